import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { CampaignFacts } from './campaign.rules.js';

@Injectable()
export class CampaignRepository {
  /** By its code; written again it is what was written last. */
  async save(tx: Tx, { code, name, startsOn, endsOn }: CampaignFacts, at: Date): Promise<void> {
    await tx.write(
      `INSERT INTO campaign (code, name, starts_on, ends_on, updated_at) VALUES (?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE name = VALUES(name), starts_on = VALUES(starts_on), ends_on = VALUES(ends_on),
         updated_at = VALUES(updated_at)`,
      [code, name, startsOn, endsOn, at],
    );
  }
}
