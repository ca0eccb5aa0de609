import { Injectable } from '@nestjs/common';
import type { CertificationRevoked } from '#libs/certification';
import { CertificateFlagRepository } from '#libs/volume';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The register keeps what it says; whoever reads it is told what to think of it. */
@Injectable()
export class FlagVolumeOnCertificationRevoked implements Consumer<CertificationRevoked> {
  readonly queue = 'volume';

  constructor(private readonly flags: CertificateFlagRepository) {}

  async apply(tx: Tx, { payload, occurredAt }: CertificationRevoked): Promise<void> {
    const { certificationId, productId, merchantId, countyCode, wrongSinceOn } = payload;
    await this.flags.flag(tx, {
      certificationId,
      productId,
      merchantId,
      originCountyCode: countyCode,
      sinceOn: wrongSinceOn,
      flaggedAt: new Date(occurredAt),
    });
  }
}
