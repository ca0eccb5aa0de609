import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { PoolAssignmentId, PoolAssignmentState } from './pool-assignment.entity.js';
import type { HouseholdWeight } from './split.rules.js';

export interface HouseholdPool {
  /** '' where the goods came from nowhere known. */
  readonly countyCode: string;
  readonly unassignedFen: Fen;
  readonly lines: number;
}

export interface PoolShare {
  readonly lineId: string;
  readonly orderId: string;
  readonly productId: string;
  readonly amountFen: Fen;
}

export interface PoolAssignmentRow {
  readonly id: PoolAssignmentId;
  readonly countyCode: string;
  readonly note: string;
  readonly state: PoolAssignmentState;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly approvalId: IdOf<'apr'>;
  readonly assignedFen: Fen | null;
  readonly lineIds: readonly string[];
  readonly households: readonly HouseholdWeight[];
}

/** There are some 2,900 counties. */
const COUNTIES_MAX = 3_500;

const WAITS = "s.payee_kind = 'HOUSEHOLD_POOL' AND s.share_fen > s.reversed_fen + s.assigned_fen + s.fee_fen";
const WAITING_FEN = 's.share_fen - s.reversed_fen - s.assigned_fen - s.fee_fen';

@Injectable()
export class PoolReader {
  constructor(private readonly database: Database) {}

  /** Counties whose pool holds money that no household has been named for, the largest first. Empty is how it should be. */
  async waiting(): Promise<HouseholdPool[]> {
    const rows = await this.database.query<{ countyCode: string; unassigned: FenText; lines: string }>(
      `SELECT s.payee_id AS countyCode, SUM(${WAITING_FEN}) AS unassigned, COUNT(*) AS \`lines\` FROM split_share s WHERE ${WAITS}
       GROUP BY s.payee_id ORDER BY unassigned DESC, countyCode LIMIT ?`,
      [COUNTIES_MAX],
    );
    return rows.map(({ countyCode, unassigned, lines }) => ({
      countyCode,
      unassignedFen: fen(unassigned),
      lines: Number(lines),
    }));
  }

  /** In the order of lines. */
  async ofCounty(countyCode: string, { first, after }: PageRequest): Promise<Page<PoolShare>> {
    const rows = await this.database.query<Omit<PoolShare, 'amountFen'> & { amount: FenText }>(
      `SELECT s.line_id AS lineId, s.order_id AS orderId, COALESCE(l.product_id, '') AS productId, ${WAITING_FEN} AS amount
       FROM split_share s LEFT JOIN split_line l ON l.line_id = s.line_id
       WHERE ${WAITS} AND s.payee_id = ? AND s.line_id > ? ORDER BY s.line_id LIMIT ?`,
      [countyCode, after?.[0] ?? '', first + 1],
    );
    return pageOf(
      rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) })),
      first,
      ({ lineId }) => [lineId],
    );
  }

  async assignment(id: string): Promise<PoolAssignmentRow | null> {
    const [row] = await this.database.query<
      Omit<PoolAssignmentRow, 'assignedFen' | 'lineIds' | 'households'> & { assigned: FenText | null }
    >(
      `SELECT id, county_code AS countyCode, note, state, created_by AS createdBy, created_at AS createdAt,
              approval_id AS approvalId, assigned_fen AS assigned
       FROM pool_assignment WHERE id = ?`,
      [id],
    );
    if (!row) return null;
    const lines = await this.database.query<{ lineId: string }>(
      'SELECT line_id AS lineId FROM pool_assignment_line WHERE assignment_id = ? ORDER BY line_id',
      [id],
    );
    const households = await this.database.query<HouseholdWeight>(
      `SELECT household_id AS householdId, weight FROM pool_assignment_household WHERE assignment_id = ?
       ORDER BY household_id`,
      [id],
    );
    const { assigned, ...rest } = row;
    const lineIds = lines.map(({ lineId }) => lineId);
    return { ...rest, assignedFen: assigned === null ? null : fen(assigned), lineIds, households };
  }
}
