import { Injectable } from '@nestjs/common';
import { MembershipReader } from '#libs/identity';
import { type PlacedStockRow, StockPlaceReader } from '#libs/inventory';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import { emit } from '#platform/outbox';
import { type StockThresholdRow, StockThresholdRepository } from './stock-threshold.repository.js';
import { isHourToTell, judge } from './stock-threshold.rules.js';
import { stockLow } from './stockkeeping.events.js';

/** Owners are told once each time that something falls below what they want to have, and not for every sale after that. */
@Injectable()
export class StockAlertService {
  constructor(
    private readonly database: Database,
    private readonly thresholds: StockThresholdRepository,
    private readonly stock: StockPlaceReader,
    private readonly memberships: MembershipReader,
    private readonly clock: Clock,
  ) {}

  /** Looks at all there are, a page at a time; returns of how many it told. What falls at night is told of in the morning, if it is still so. */
  async tellLow(limit: number): Promise<number> {
    if (!isHourToTell(this.clock.now())) return 0;
    let told = 0;
    for (let after: StockThresholdRow | null = null; ;) {
      const page = await this.thresholds.pageAfter(after, limit);
      told += await this.tell(page);
      after = page.at(-1) ?? null;
      if (after === null || page.length < limit) return told;
    }
  }

  private async tell(page: readonly StockThresholdRow[]): Promise<number> {
    const rows = await this.stock.ofVariants([...new Set(page.map(({ variantId }) => variantId))]);
    const judged = page.map((row) => ({ row, news: judge(row, freeAt(rows, row)) }));
    const low = judged.flatMap(({ row, news }) => (news === 'LOW' ? [row] : []));
    const enough = judged.flatMap(({ row, news }) => (news === 'ENOUGH' ? [row] : []));
    if (low.length + enough.length === 0) return 0;
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      for (const row of enough) await this.thresholds.markEnough(tx, row);
      const fresh: StockThresholdRow[] = [];
      for (const row of low) if (await this.thresholds.markLow(tx, row, at)) fresh.push(row);
      const merchantIds = [...new Set(fresh.map(({ merchantId }) => merchantId))];
      for (const { merchantId, userId } of await this.memberships.ownersOf(merchantIds, tx)) {
        const own = fresh.filter((row) => row.merchantId === merchantId);
        const variantIds = [...new Set(own.map(({ variantId }) => variantId))];
        await emit(tx, stockLow({ merchantId, userId, variantIds }, at));
      }
      return fresh.length;
    });
  }
}

function freeAt(
  rows: readonly PlacedStockRow[],
  { variantId, channelPointId }: Pick<StockThresholdRow, 'variantId' | 'channelPointId'>,
): number {
  const there = rows.find(
    (row) =>
      row.variantId === variantId &&
      (channelPointId === '' ? row.kind === 'WAREHOUSE' : row.channelPointId === channelPointId),
  );
  return there?.free ?? 0;
}
