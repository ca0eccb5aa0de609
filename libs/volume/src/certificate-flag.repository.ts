import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { VolumeCertificateFlag } from './certificate-flag.entity.js';

@Injectable()
export class CertificateFlagRepository {
  /** Joins. Once for each entry, however often it is told. */
  async flag(tx: Tx, flag: Pick<VolumeCertificateFlag, keyof VolumeCertificateFlag>): Promise<void> {
    await tx.write(
      `INSERT IGNORE INTO volume_certificate_flag (certification_id, product_id, merchant_id, origin_county_code, since_on, flagged_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        flag.certificationId,
        flag.productId,
        flag.merchantId,
        flag.originCountyCode,
        flag.sinceOn,
        flag.flaggedAt,
      ],
    );
  }
}
