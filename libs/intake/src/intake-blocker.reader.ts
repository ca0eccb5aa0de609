import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import type { BlockerCounts, BlockerSource } from '#libs/volume';
import type { Tx } from '#platform/database';

type Counts = Readonly<Record<'DUPLICATES_HELD' | 'CLAIMS_OPEN' | 'FEEDS_LATE', string>>;

/** What of a month is still to be decided, or has not been told. It is left out of the month's figures, and counts when it is decided. */
@Injectable()
export class IntakeBlockerReader implements BlockerSource {
  async blockerCounts(on: Pick<Tx, 'query'>, from: string, to: string): Promise<BlockerCounts> {
    const [counts] = await on.query<Counts>(
      `SELECT
        (SELECT COUNT(*) FROM suspected_duplicate d
         LEFT JOIN intake_row r ON d.subject_kind = 'INTAKE_ROW' AND r.id = d.subject_id
         LEFT JOIN claim_line l ON d.subject_kind = 'CLAIM' AND l.id = d.line_id
         WHERE d.state = 'HELD'
           AND COALESCE(DATE(DATE_ADD(r.effective_at, INTERVAL 8 HOUR)), l.sold_on) BETWEEN ? AND ?) AS DUPLICATES_HELD,
        (SELECT COUNT(*) FROM claim c WHERE c.state = 'SUBMITTED'
           AND EXISTS (SELECT 1 FROM claim_line l WHERE l.claim_id = c.id AND l.sold_on BETWEEN ? AND ?)) AS CLAIMS_OPEN,
        (SELECT COUNT(*) FROM intake_feed f JOIN partner p ON p.id = f.partner_id
         WHERE p.state = 'ACTIVE' AND f.complete_through < ?) AS FEEDS_LATE`,
      [from, to, from, to, to],
    );
    const { DUPLICATES_HELD, CLAIMS_OPEN, FEEDS_LATE } = present(counts, 'counts');
    return {
      DUPLICATES_HELD: Number(DUPLICATES_HELD),
      CLAIMS_OPEN: Number(CLAIMS_OPEN),
      FEEDS_LATE: Number(FEEDS_LATE),
    };
  }
}
