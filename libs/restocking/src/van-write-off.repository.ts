import { Injectable } from '@nestjs/common';
import type { CabinetScope } from '#libs/counter';
import type { Tx } from '#platform/database';
import type { RestockRouteId } from './restock-route.entity.js';
import { writeOffsWithin } from './restock-scope.rules.js';
import {
  VanWriteOff,
  type VanWriteOffId,
  VanWriteOffLine,
  type VanWriteOffState,
} from './van-write-off.entity.js';

/** A write-off as plain values; and a line of it. */
export type WriteOffRow = { readonly [Key in keyof VanWriteOff]: VanWriteOff[Key] };
export type WriteOffLineRow = { readonly [Key in keyof VanWriteOffLine]: VanWriteOffLine[Key] };

/** All of it behind the lock of the route: whoever moves what is on its van takes turns. */
@Injectable()
export class VanWriteOffRepository {
  byKey(tx: Tx, routeId: RestockRouteId, causeKey: string): Promise<WriteOffRow | null> {
    return tx.manager.findOneBy(VanWriteOff, { routeId, causeKey });
  }

  /** Of which route, for whoever has to lock that first; null outside the scope. */
  async routeOf(
    tx: Tx,
    id: string,
    scope: CabinetScope,
  ): Promise<Pick<WriteOffRow, 'routeId' | 'operatorId'> | null> {
    const within = writeOffsWithin(scope);
    const [row] = await tx.query<Pick<WriteOffRow, 'routeId' | 'operatorId'>>(
      `SELECT w.route_id AS routeId, w.operator_id AS operatorId FROM van_write_off w WHERE w.id = ? AND ${within.sql}`,
      [id, ...within.values],
    );
    return row ?? null;
  }

  lock(tx: Tx, id: VanWriteOffId): Promise<WriteOffRow | null> {
    return tx.manager.findOne(VanWriteOff, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  linesOf(tx: Tx, writeOffId: VanWriteOffId): Promise<WriteOffLineRow[]> {
    return tx.manager.find(VanWriteOffLine, {
      where: { writeOffId },
      order: { variantId: 'ASC', batchId: 'ASC' },
    });
  }

  async insert(tx: Tx, writeOff: WriteOffRow, lines: readonly WriteOffLineRow[]): Promise<void> {
    await tx.insert('van_write_off', [{ ...writeOff }]);
    await tx.insert(
      'van_write_off_line',
      lines.map((line) => ({ ...line })),
    );
  }

  async decide(tx: Tx, id: VanWriteOffId, state: VanWriteOffState, decidedAt: Date): Promise<void> {
    await tx.manager.update(VanWriteOff, { id }, { state, decidedAt });
  }

  /** What of one batch was written off on a route and has not been found since, the latest first. */
  bookedOf(tx: Tx, routeId: string, variantId: string, batchId: string): Promise<WriteOffLineRow[]> {
    return tx.query(
      `SELECT l.write_off_id AS writeOffId, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn,
         l.merchant_id AS merchantId, l.quantity, l.found_units AS foundUnits
       FROM van_write_off w JOIN van_write_off_line l ON l.write_off_id = w.id
       WHERE w.route_id = ? AND w.state = 'BOOKED' AND l.variant_id = ? AND l.batch_id = ? AND l.found_units < l.quantity
       ORDER BY w.id DESC FOR UPDATE`,
      [routeId, variantId, batchId],
    );
  }

  async noteFound(tx: Tx, { writeOffId, variantId, batchId }: WriteOffLineRow, units: number): Promise<void> {
    await tx.write(
      'UPDATE van_write_off_line SET found_units = found_units + ? WHERE write_off_id = ? AND variant_id = ? AND batch_id = ?',
      [units, writeOffId, variantId, batchId],
    );
  }
}
