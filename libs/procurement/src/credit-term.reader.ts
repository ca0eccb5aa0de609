import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { CreditExceededError, NoCreditTermError } from './credit-term.errors.js';
import { type CreditTermRow, refuseCredit } from './credit-term.rules.js';

/** What a unit may owe, and how much of it is taken. */
export interface UnitCredit {
  readonly limitFen: Fen;
  readonly usedFen: Fen;
  readonly daysToPay: number;
}

type Raw = Omit<CreditTermRow, 'limitFen'> & { readonly limitFen: FenText };

@Injectable()
export class CreditTermReader {
  constructor(private readonly database: Database) {}

  /** Null for a unit without a term in force, and for one that the person neither buys nor approves for as one of its own. */
  async ofMember(unitId: string, userId: string): Promise<UnitCredit | null> {
    const [row] = await this.database.query<{ limitFen: FenText; daysToPay: number; usedFen: FenText }>(
      `SELECT t.limit_fen AS limitFen, t.days_to_pay AS daysToPay,
              (SELECT COALESCE(SUM(u.open_fen), 0) FROM credit_use u WHERE u.unit_id = t.unit_id) AS usedFen
       FROM credit_term t
       WHERE t.unit_id = ? AND t.state = 'IN_FORCE' AND EXISTS (
         SELECT 1 FROM procurement_member m
         WHERE m.unit_id = t.unit_id AND m.user_id = ? AND m.contractor_id IS NULL AND m.ended_at IS NULL)
       ORDER BY t.version DESC LIMIT 1`,
      [unitId, userId],
    );
    return row ? { ...row, limitFen: fen(row.limitFen), usedFen: fen(row.usedFen) } : null;
  }

  /** Why a unit could not owe so much more at this moment, or null; what counts is what an order takes. The caller has asked whether somebody buys for it. */
  async refusalOf(unitId: string, amountFen: Fen): Promise<NoCreditTermError | CreditExceededError | null> {
    const [row] = await this.database.query<{ limitFen: FenText; usedFen: FenText }>(
      `SELECT t.limit_fen AS limitFen,
              (SELECT COALESCE(SUM(u.open_fen), 0) FROM credit_use u WHERE u.unit_id = t.unit_id) AS usedFen
       FROM credit_term t WHERE t.unit_id = ? AND t.state = 'IN_FORCE' ORDER BY t.version DESC LIMIT 1`,
      [unitId],
    );
    return refuseCredit(row ? { limitFen: fen(row.limitFen) } : null, fen(row?.usedFen ?? '0'), amountFen);
  }

  /** The latest first; of one unit, or of all. Ids are made in the order of time. */
  async page(unitId: string | null, { first, after }: PageRequest): Promise<Page<CreditTermRow>> {
    const [before = 'ctm_~'] = after ?? [];
    const values: SqlValue[] = unitId === null ? [before] : [before, unitId];
    const rows = await this.database.query<Raw>(
      `SELECT id, unit_id AS unitId, version, limit_fen AS limitFen, days_to_pay AS daysToPay, state,
              approval_request_id AS approvalRequestId, proposed_by AS proposedBy, proposed_at AS proposedAt,
              decided_at AS decidedAt
       FROM credit_term WHERE id < ?${unitId === null ? '' : ' AND unit_id = ?'} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    const terms = rows.map((row): CreditTermRow => ({ ...row, limitFen: fen(row.limitFen) }));
    return pageOf(terms, first, ({ id }) => [id]);
  }
}
