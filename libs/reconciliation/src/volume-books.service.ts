import { Injectable } from '@nestjs/common';
import { HOUR_MS, businessDay, plus } from '#libs/kernel';
import { ClearingReader, LedgerAuditReader } from '#libs/ledger';
import { RefundReader } from '#libs/payment';
import { SplitReader } from '#libs/settlement';
import { SaleSumReader, VolumeCheckReader } from '#libs/volume';
import type { Comparison, Round, Sight } from './reconciliation.rules.js';
import {
  type SaleInBooks,
  boundOf,
  findingOfDifference,
  findingsOfSale,
  goodsBackOf,
} from './volume-books.rules.js';

/** Orders of one round. */
const ORDERS_MAX = 500;
/** A refund that has just arrived may not have been counted on both sides. */
const SETTLED_AFTER_MS = HOUR_MS;

/**
 * R7: the register says of every sale what the books say, and its sums by day are the sums of its facts. The second half is found by the
 * register itself every night; the first is compared here, order by order, day by day.
 */
@Injectable()
export class VolumeBooksService implements Comparison {
  readonly name = 'VOLUME';

  constructor(
    private readonly checks: VolumeCheckReader,
    private readonly sales: SaleSumReader,
    private readonly ledger: ClearingReader,
    private readonly audit: LedgerAuditReader,
    private readonly splits: SplitReader,
    private readonly refunds: RefundReader,
  ) {}

  async look({ position, coversFrom, now }: Sight): Promise<Round | null> {
    if (position === null) return this.rollups(coversFrom, now);
    const [day = '', reached = ''] = position.split(' ');
    return this.day(day, reached, now);
  }

  /** F11: null until tonight's comparison of the rollups is done. */
  private async rollups(coversFrom: Date, now: Date): Promise<Round | null> {
    if (!(await this.checks.isDone(businessDay(now)))) return null;
    const differences = await this.checks.differences('ALL');
    const first = await this.dayAfter(businessDay(coversFrom), now);
    return {
      findings: differences.map((each) => findingOfDifference(each)),
      examined: Math.max(1, differences.length),
      matched: differences.length === 0 ? 1 : 0,
      position: first === null ? null : `${first} `,
    };
  }

  private async day(day: string, reached: string, now: Date): Promise<Round> {
    const from = new Date(`${day}T00:00:00+08:00`);
    const until = new Date(`${day}T24:00:00+08:00`);
    const page = { after: reached, limit: ORDERS_MAX };
    const split = await this.ledger.sumsBetween('order_split', 'liability:escrow', { from, until }, page);
    const counted = await this.sales.ofDay(day, reached, ORDERS_MAX);
    const ids = [split.map(({ subject }) => subject), counted.map(({ orderId }) => orderId)];
    const bound = boundOf(ids, ORDERS_MAX);
    const orderIds = [...new Set(ids.flat())].filter((id) => bound === null || id <= bound).toSorted();
    const sales = await this.compared(orderIds, now);
    const findings = sales.flatMap((sale) => findingsOfSale(sale, day));
    const wrong = new Set(findings.map(({ subject }) => subject)).size;
    const next = bound === null ? await this.dayAfter(day, now) : day;
    return {
      findings,
      examined: sales.length,
      matched: sales.length - wrong,
      position: next === null ? null : `${next} ${bound ?? ''}`,
    };
  }

  private async compared(orderIds: readonly string[], now: Date): Promise<SaleInBooks[]> {
    if (orderIds.length === 0) return [];
    const split = new Map(
      // What left escrow.
      (await this.ledger.sumsOf('order_split', 'liability:escrow', orderIds)).map(({ subject, sumFen }) => [
        subject,
        0n - sumFen,
      ]),
    );
    const freight = await this.splits.freightOfOrders(orderIds);
    const counted = new Map((await this.sales.ofOrders(orderIds)).map((sum) => [sum.orderId, sum]));
    const refunds = await this.refunds.ofOrders(orderIds);
    const young = new Set(
      refunds
        .filter(({ updatedAt }) => updatedAt > plus(now, -SETTLED_AFTER_MS))
        .map(({ orderId }) => orderId as string),
    );
    const arrived = refunds.filter(({ state }) => state === 'SUCCEEDED');
    const lines = arrived.length === 0 ? [] : await this.refunds.linesOfMany(arrived.map(({ id }) => id));
    const back = goodsBackOf(arrived, lines);
    return orderIds
      .filter((orderId) => !young.has(orderId))
      .map((orderId) => ({
        orderId,
        splitFen: (split.get(orderId) ?? 0n) - (freight.get(orderId) ?? 0n),
        goodsBackFen: back.get(orderId) ?? 0n,
        paidFen: counted.get(orderId)?.paidFen ?? 0n,
        refundedFen: counted.get(orderId)?.refundedFen ?? 0n,
      }));
  }

  /** Days that are over and on which something happened on either side. */
  private async dayAfter(day: string, now: Date): Promise<string | null> {
    const [booked = null] = await this.audit.daysAfter(day, 1);
    const counted = await this.sales.dayAfter(day);
    const days = [booked, counted].flatMap((each) =>
      each !== null && each < businessDay(now) ? [each] : [],
    );
    return days.toSorted()[0] ?? null;
  }
}
