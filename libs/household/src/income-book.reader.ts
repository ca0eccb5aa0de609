import { Injectable } from '@nestjs/common';
import { type InvalidInputError, NotFound, fen } from '#libs/kernel';
import { Database } from '#platform/database';
import type { BookedPayment, IncomeBook } from './income-book.rules.js';
import { incomeBookOf, incomeWindow, refuseMonth } from './income-book.rules.js';
import { householdsWithin } from './linkage-scope.rules.js';

/** What a household has been given in twelve months, as far as evidence shows. */
@Injectable()
export class IncomeBookReader {
  constructor(private readonly database: Database) {}

  /** Throws NotFound outside the divisions. Two statements. */
  async of(
    householdId: string,
    month: string,
    divisions: readonly string[] | 'ALL',
  ): Promise<IncomeBook | InvalidInputError> {
    const refusal = refuseMonth(month);
    if (refusal) return refusal;
    const within = householdsWithin({ divisions });
    const [household] = await this.database.query<{ id: string }>(
      `SELECT h.id FROM household h WHERE h.id = ? AND ${within.sql}`,
      [householdId, ...within.values],
    );
    if (!household) throw new NotFound('Household', householdId);
    const { from, before } = incomeWindow(month);
    const rows = await this.database.query<
      Pick<BookedPayment, 'category'> & { amountFen: string; isDenied: number }
    >(
      `SELECT p.category, COALESCE(c.answer = 'NOT_RECEIVED', FALSE) AS isDenied, SUM(p.amount_fen) AS amountFen FROM linkage_payment p LEFT JOIN linkage_confirmation c ON c.payment_id = p.id
       WHERE p.household_id = ? AND p.paid_on >= ? AND p.paid_on < ? AND p.reverses_id IS NULL
         AND NOT EXISTS (SELECT 1 FROM linkage_payment r WHERE r.reverses_id = p.id)
       GROUP BY p.category, isDenied`,
      [householdId, from, before],
    );
    return incomeBookOf(
      month,
      rows.map(({ category, amountFen, isDenied }) => ({
        category,
        amountFen: fen(amountFen),
        isDenied: Number(isDenied) === 1,
      })),
    );
  }
}
