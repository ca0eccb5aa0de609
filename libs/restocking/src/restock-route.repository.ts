import { Injectable } from '@nestjs/common';
import { RetryTransaction, type SqlValue, type Tx, isDuplicate } from '#platform/database';
import type { RestockPlan, RestockPlanId, RestockRoute, RestockRouteId } from './restock-route.entity.js';
import { type RestockScope, routesWithin } from './restock-scope.rules.js';

type Row = Readonly<Record<string, SqlValue>>;

export interface LockedRoute {
  readonly id: RestockRouteId;
  readonly operatorId: RestockRoute['operatorId'];
  readonly state: RestockRoute['state'];
  readonly restockerId: RestockRoute['restockerId'];
  readonly nextVisitOn: string;
}

@Injectable()
export class RestockRouteRepository {
  async planByKey(
    tx: Tx,
    operatorId: string,
    idempotencyKey: string,
  ): Promise<Pick<RestockPlan, 'id' | 'contentHash'> | null> {
    const [row] = await tx.query<{ id: RestockPlanId; contentHash: string }>(
      'SELECT id, content_hash AS contentHash FROM restock_plan WHERE operator_id = ? AND idempotency_key = ?',
      [operatorId, idempotencyKey],
    );
    return row ?? null;
  }

  /** Of these, the cabinets that somebody is on the way to already. */
  async openAmong(tx: Tx, cabinetIds: readonly string[]): Promise<string[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await tx.query<{ id: string }>(
      'SELECT open_cabinet_id AS id FROM restock_stop WHERE open_cabinet_id IN (?)',
      [cabinetIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Two who plan at once: the key of plans, or that of cabinets on their way, decides, and the second looks again. */
  async insertPlan(
    tx: Tx,
    {
      plan,
      routes,
      stops,
      needs,
    }: { plan: Row; routes: readonly Row[]; stops: readonly Row[]; needs: readonly Row[] },
  ): Promise<void> {
    try {
      await tx.insert('restock_plan', [plan]);
      if (routes.length === 0) return;
      await tx.insert('restock_route', routes);
      await tx.insert('restock_stop', stops);
      if (needs.length > 0) await tx.insert('restock_need', needs);
    } catch (error) {
      // Somebody was faster: what they have planned is seen the second time.
      if (isDuplicate(error)) throw new RetryTransaction('planned meanwhile');
      throw error;
    }
  }

  async lock(tx: Tx, id: string, scope: RestockScope): Promise<LockedRoute | null> {
    const within = routesWithin(scope);
    const [row] = await tx.query<LockedRoute>(
      `SELECT r.id, r.operator_id AS operatorId, r.state, r.restocker_id AS restockerId, r.next_visit_on AS nextVisitOn
       FROM restock_route r WHERE r.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ?? null;
  }

  /** Where it goes, and what was wanted there when it was planned. */
  async wishesOf(tx: Tx, id: RestockRouteId): Promise<{ cabinetId: string; variantId: string | null }[]> {
    return tx.query(
      `SELECT s.cabinet_id AS cabinetId, n.variant_id AS variantId
       FROM restock_stop s LEFT JOIN restock_need n ON n.stop_id = s.id WHERE s.route_id = ?`,
      [id],
    );
  }

  async take(tx: Tx, id: RestockRouteId, restockerId: string, at: Date): Promise<void> {
    await tx.write(
      "UPDATE restock_route SET state = 'UNDER_WAY', restocker_id = ?, taken_at = ? WHERE id = ?",
      [restockerId, at, id],
    );
  }

  /** Nobody goes there any more: its cabinets are free for the next plan. */
  async end(tx: Tx, id: RestockRouteId, state: 'DONE' | 'CANCELLED', at: Date): Promise<void> {
    await tx.write('UPDATE restock_route SET state = ?, ended_at = ? WHERE id = ?', [state, at, id]);
    await tx.write(
      "UPDATE restock_stop SET state = 'SKIPPED', open_cabinet_id = NULL WHERE route_id = ? AND state = 'AHEAD'",
      [id],
    );
  }
}
