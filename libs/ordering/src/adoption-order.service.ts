import { Injectable } from '@nestjs/common';
import { Clock, businessDay } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { AdoptionOrderRepository, type WatchedInstalment } from './adoption-order.repository.js';
import { proposedFor } from './presale-order.rules.js';

/** Promised days of what is adopted. Whoever decides about them knows what has left. */
@Injectable()
export class AdoptionOrderService {
  constructor(
    private readonly database: Database,
    private readonly adoptions: AdoptionOrderRepository,
    private readonly clock: Clock,
  ) {}

  /** Joins: an instalment of an offer, of everybody who waits for it and was promised an earlier day. Locked. */
  lockWaiting(tx: Tx, offerId: string, number: number, before: string): Promise<WatchedInstalment[]> {
    return this.adoptions.lockWaiting(tx, offerId, number, before);
  }

  /** Joins: instalments whose promised day is over, at most `limit`. Locked. */
  lockOverdue(tx: Tx, limit: number): Promise<WatchedInstalment[]> {
    return this.adoptions.lockOverdue(tx, businessDay(this.clock.now()), limit);
  }

  /** Instalments whose promised day is over, at most `limit`, as they are seen now: whoever acts on one locks its order first. */
  overdue(limit: number): Promise<WatchedInstalment[]> {
    return this.database.transaction((tx) =>
      this.adoptions.overdue(tx, businessDay(this.clock.now()), limit),
    );
  }

  /** Joins: another day is promised from now on. */
  async promise(
    tx: Tx,
    instalments: readonly WatchedInstalment[],
    day: string,
    reason: string,
  ): Promise<void> {
    await this.adoptions.promise(
      tx,
      instalments.map(({ orderLineId }) => orderLineId),
      day,
      reason,
    );
  }

  /** Joins: what has left or is called off is late no more; what nobody has paid is not late yet. */
  async settle(
    tx: Tx,
    { over, unpaid }: Readonly<Record<'over' | 'unpaid', readonly WatchedInstalment[]>>,
  ): Promise<void> {
    const idsOf = (rows: readonly WatchedInstalment[]) => rows.map(({ orderLineId }) => orderLineId);
    await this.adoptions.watchOn(tx, idsOf(over), null);
    await this.adoptions.watchOn(tx, idsOf(unpaid), businessDay(this.clock.now()));
  }

  /** For what is late and nobody has said anything about. */
  proposedDay(): string {
    return proposedFor(this.clock.now());
  }
}
