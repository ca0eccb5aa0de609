import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { type LevelMove, StockTransferRepository } from './stock-transfer.repository.js';
import { type PlaceSale, type SoldPart, allocateAtPlaces } from './place-stock.rules.js';

/** What lies on the shelves of pavilions and zones and is sold by whoever runs them, who tells of it afterwards. */
@Injectable()
export class PlaceStockService {
  constructor(
    private readonly transfers: StockTransferRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes what was sold from what lies at its place, first expired first, and says of each sale what came of which batch and of how many none lay there:
   * the goods are gone, whatever the book says. What is promised to orders stays. Once for each key.
   */
  async sell(tx: Tx, sales: readonly PlaceSale[]): Promise<ReadonlyMap<string, readonly SoldPart[]>> {
    const places = [...new Set(sales.map(({ channelPointId }) => channelPointId))];
    const shelves = await this.shelvesAt(tx, places);
    const levels = await this.transfers.lock(tx, [], [...shelves.keys()]);
    const free = levels.map((level) => ({ ...level, channelPointId: shelves.get(level.locationId) ?? '' }));
    const parts = allocateAtPlaces(sales, free);
    const at = this.clock.now();
    const moves = [...parts].flatMap(([key, taken]): LevelMove[] =>
      taken.flatMap(({ levelId, quantity }) =>
        levelId === null ? [] : [{ levelId, kind: 'SHIPPED', quantity: -quantity, causeKey: key, at }],
      ),
    );
    await this.transfers.apply(tx, moves);
    return parts;
  }

  /** What was told wrongly lies where it lay. Once for each key. */
  async takeBack(tx: Tx, told: readonly Pick<PlaceSale, 'key' | 'channelPointId'>[]): Promise<void> {
    if (told.length === 0) return;
    // By what lies at those places: movements are found by their level.
    const moved = await tx.query<{ levelId: LevelMove['levelId']; quantity: number; causeKey: string }>(
      `SELECT m.stock_level_id AS levelId, m.quantity, m.cause_key AS causeKey FROM stock_location p
       JOIN stock_level l ON l.location_id = p.id
       JOIN stock_movement m ON m.stock_level_id = l.id AND m.cause_key IN (?)
       WHERE p.channel_point_id IN (?) AND m.kind = 'SHIPPED' ORDER BY m.stock_level_id`,
      [told.map(({ key }) => key), [...new Set(told.map(({ channelPointId }) => channelPointId))]],
    );
    if (moved.length === 0) return;
    await tx.query('SELECT id FROM stock_level WHERE id IN (?) ORDER BY id FOR UPDATE', [
      moved.map(({ levelId }) => levelId),
    ]);
    const at = this.clock.now();
    await this.transfers.apply(
      tx,
      moved.map(({ levelId, quantity, causeKey }) => ({
        levelId,
        kind: 'RETURNED' as const,
        quantity: -quantity,
        causeKey: `${causeKey}:back`,
        at,
      })),
    );
  }

  /** By id, the place at which each lies; where nothing was ever delivered there is none. Slots of cabinets are none of these. */
  private async shelvesAt(tx: Tx, channelPointIds: readonly string[]): Promise<Map<string, string>> {
    if (channelPointIds.length === 0) return new Map();
    const rows = await tx.query<{ id: string; channelPointId: string }>(
      "SELECT id, channel_point_id AS channelPointId FROM stock_location WHERE channel_point_id IN (?) AND slot_code = ''",
      [channelPointIds],
    );
    return new Map(rows.map(({ id, channelPointId }) => [id, channelPointId]));
  }
}
