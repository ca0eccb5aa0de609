import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { FreightTemplateVersion } from './freight-template.entity.js';
import type { FreightZone } from './freight.rules.js';

@Injectable()
export class FreightTemplateRepository {
  /** Fails on the unique key when somebody else has just made this version. */
  async insert(
    tx: Tx,
    template: Pick<FreightTemplateVersion, keyof FreightTemplateVersion>,
    zones: readonly FreightZone[],
  ): Promise<void> {
    await tx.insert('freight_template', [template]);
    await tx.insert(
      'freight_zone',
      zones.map(({ provinceCodes, ...zone }, index) => ({
        templateId: template.id,
        zoneNo: index + 1,
        provinceCodes: provinceCodes.join(','),
        ...zone,
      })),
    );
  }
}
