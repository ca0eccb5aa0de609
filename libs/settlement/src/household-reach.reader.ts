import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';

/** What of one order line is for households. */
export interface LineReach {
  readonly lineId: string;
  /** Whether an agreement was in force when it was paid, and named somebody. */
  readonly isStated: boolean;
  /** Those whose share has not gone back. */
  readonly householdCount: number;
  readonly householdFen: Fen;
  /** Of that, what is theirs to be paid: the after-sale window is over. */
  readonly releasedFen: Fen;
}

/** Of many lines together. */
export interface SumReach {
  /** Each counted once. */
  readonly householdCount: number;
  readonly householdFen: Fen;
  readonly releasedFen: Fen;
}

interface RawReach {
  readonly householdCount: string;
  readonly householdFen: FenText | null;
  readonly releasedFen: FenText | null;
}

/** What of a share is still there: what went back of it and the fee it bears have gone. */
const LEFT = 's.share_fen - s.reversed_fen - s.assigned_fen - s.fee_fen';

/**
 * Shares that an agreement in force at the payment has stated. A line whose households' part went into the county's pool had none: those
 * whom two people name for it later stand in no agreement.
 */
const STATED = `s.payee_kind = 'HOUSEHOLD' AND NOT EXISTS (
  SELECT 1 FROM split_share pool WHERE pool.line_id = s.line_id AND pool.payee_kind = 'HOUSEHOLD_POOL')`;
const REACHED = `${LEFT} > 0 AND ${STATED}`;

/** Sold on account and not paid yet: nobody has anything of it. */
const PAID = `NOT EXISTS (SELECT 1 FROM share_hold h
  WHERE h.order_id = s.order_id AND h.reason = 'RECEIVABLE' AND h.lifted_at IS NULL)`;

function reachOf({ householdCount, householdFen, releasedFen }: RawReach): SumReach {
  return {
    householdCount: Number(householdCount),
    householdFen: fen(householdFen ?? '0'),
    releasedFen: fen(releasedFen ?? '0'),
  };
}

/** How much of what was paid is for households, by number and amount. Never who they are. */
@Injectable()
export class HouseholdReachReader {
  constructor(private readonly database: Database) {}

  /** By line, freight left out; a line that the books have not split yet is missing. Null while the order is sold on account and not paid. */
  async ofOrder(orderId: string): Promise<ReadonlyMap<string, LineReach> | null> {
    const rows = await this.database.query<
      RawReach & { readonly lineId: string; readonly isPaid: number; readonly isStated: number }
    >(
      `SELECT s.line_id AS lineId, MIN(${PAID}) AS isPaid, MAX(${STATED}) AS isStated,
         COUNT(DISTINCT IF(${REACHED}, s.payee_id, NULL)) AS householdCount,
         SUM(IF(${REACHED}, ${LEFT}, 0)) AS householdFen,
         SUM(IF(${REACHED} AND s.released_at IS NOT NULL, ${LEFT}, 0)) AS releasedFen
       FROM split_share s WHERE s.order_id = ? AND s.line_id <> s.merchant_order_id GROUP BY s.line_id`,
      [orderId],
    );
    if (rows.some(({ isPaid }) => isPaid === 0)) return null;
    return new Map(
      rows.map(({ lineId, isStated, ...row }) => [
        lineId,
        { lineId, isStated: isStated === 1, ...reachOf(row) },
      ]),
    );
  }

  /** Of these orders together, lines that reach fewer than `atLeast` left out: their households would be too few to be told of. */
  async ofOrders(orderIds: readonly string[], atLeast: number): Promise<SumReach> {
    if (orderIds.length === 0) return { householdCount: 0, householdFen: 0n, releasedFen: 0n };
    const [row] = await this.database.query<RawReach>(
      `SELECT COUNT(DISTINCT s.payee_id) AS householdCount, SUM(${LEFT}) AS householdFen,
         SUM(IF(s.released_at IS NOT NULL, ${LEFT}, 0)) AS releasedFen
       FROM split_share s JOIN (
         SELECT s.line_id FROM split_share s WHERE s.order_id IN (?) AND ${REACHED} AND ${PAID}
         GROUP BY s.line_id HAVING COUNT(DISTINCT s.payee_id) >= ?
       ) told ON told.line_id = s.line_id WHERE ${REACHED}`,
      [orderIds, atLeast],
    );
    return reachOf(row ?? { householdCount: '0', householdFen: null, releasedFen: null });
  }
}
