import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { VariantReader } from '#libs/catalog';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type {
  RestockPlanId,
  RestockRouteId,
  RestockRouteState,
  RestockStopId,
  RestockStopState,
} from './restock-route.entity.js';
import { type RestockScope, routesWithin } from './restock-scope.rules.js';

export interface RestockRouteRow {
  readonly id: RestockRouteId;
  readonly planId: RestockPlanId;
  readonly operatorId: IdOf<'mer'>;
  readonly day: string;
  readonly nextVisitOn: string;
  readonly state: RestockRouteState;
  readonly distanceM: number;
  readonly loadG: number;
  readonly restockerId: IdOf<'usr'> | null;
  readonly takenAt: Date | null;
  readonly endedAt: Date | null;
}

export interface RestockStopRow {
  readonly id: RestockStopId;
  readonly routeId: RestockRouteId;
  readonly position: number;
  readonly cabinetId: IdOf<'cab'>;
  readonly channelPointId: IdOf<'chp'>;
  readonly state: RestockStopState;
  readonly legM: number;
  readonly placeName: string;
  readonly address: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
}

export interface RestockNeedRow {
  readonly stopId: RestockStopId;
  readonly slotCode: string;
  readonly variantId: IdOf<'var'>;
  readonly productName: string;
  readonly variantName: string;
  readonly fillUnits: number;
  readonly removeUnits: number;
}

export interface RestockRouteFilter {
  readonly day?: string | null;
  readonly state?: RestockRouteState | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const RESTOCK_ROUTE_KEY_PARTS = 1;

const ROUTE = `SELECT r.id, r.plan_id AS planId, r.operator_id AS operatorId, r.day, r.next_visit_on AS nextVisitOn, r.state,
  r.distance_m AS distanceM, r.load_g AS loadG, r.restocker_id AS restockerId, r.taken_at AS takenAt, r.ended_at AS endedAt FROM restock_route r`;

@Injectable()
export class RestockRouteReader {
  constructor(
    private readonly database: Database,
    private readonly points: ChannelPointReader,
    private readonly variants: VariantReader,
  ) {}

  /** Newest first. */
  async page(
    scope: RestockScope,
    { day = null, state = null }: RestockRouteFilter,
    { first, after }: PageRequest,
  ): Promise<Page<RestockRouteRow>> {
    const within = routesWithin(scope);
    const values: SqlValue[] = [...within.values];
    const narrow = (sql: string, value: string | null | undefined) => {
      if (value === null || value === undefined) return '';
      values.push(value);
      return ` AND ${sql}`;
    };
    const where = `${within.sql}${narrow('r.day = ?', day)}${narrow('r.state = ?', state)}${narrow('r.id < ?', after?.[0])}`;
    const rows = await this.database.query<RestockRouteRow>(
      `${ROUTE} WHERE ${where} ORDER BY r.id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async byId(id: string, scope: RestockScope): Promise<RestockRouteRow | null> {
    const within = routesWithin(scope);
    const [row] = await this.database.query<RestockRouteRow>(`${ROUTE} WHERE r.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }

  async plan(id: RestockPlanId): Promise<{ id: RestockPlanId; leftOutCabinets: number } | null> {
    const [row] = await this.database.query<{ id: RestockPlanId; leftOutCabinets: number }>(
      'SELECT id, left_out_cabinets AS leftOutCabinets FROM restock_plan WHERE id = ?',
      [id],
    );
    return row ?? null;
  }

  /** In the order in which they were planned. */
  ofPlan(planId: RestockPlanId): Promise<RestockRouteRow[]> {
    return this.database.query<RestockRouteRow>(`${ROUTE} WHERE r.plan_id = ? ORDER BY r.id`, [planId]);
  }

  /** Of routes that were found within a scope, in the order in which they are driven; so below. Two statements. */
  async stopsOf(routeIds: readonly string[]): Promise<RestockStopRow[]> {
    if (routeIds.length === 0) return [];
    const stops = await this.database.query<Omit<RestockStopRow, 'placeName'>>(
      `SELECT id, route_id AS routeId, position, cabinet_id AS cabinetId, channel_point_id AS channelPointId, state, leg_m AS legM
       FROM restock_stop WHERE route_id IN (?) ORDER BY route_id, position`,
      [routeIds],
    );
    const points = await this.points.byIds([...new Set(stops.map(({ channelPointId }) => channelPointId))]);
    const pointOf = new Map(points.map((point) => [point.id, point]));
    return stops.map((stop) => {
      const point = pointOf.get(stop.channelPointId);
      return {
        ...stop,
        placeName: point?.name ?? '',
        address: point?.address ?? '',
        longitude: point?.longitude ?? null,
        latitude: point?.latitude ?? null,
      };
    });
  }

  /** Two statements. */
  async needsOf(stopIds: readonly string[]): Promise<RestockNeedRow[]> {
    if (stopIds.length === 0) return [];
    const needs = await this.database.query<Omit<RestockNeedRow, 'productName' | 'variantName'>>(
      `SELECT stop_id AS stopId, slot_code AS slotCode, variant_id AS variantId, fill_units AS fillUnits, remove_units AS removeUnits
       FROM restock_need WHERE stop_id IN (?) ORDER BY stop_id, slot_code`,
      [stopIds],
    );
    const variants = await this.variants.byIds([...new Set(needs.map(({ variantId }) => variantId))]);
    const variantOf = new Map(variants.map((variant) => [variant.id, variant]));
    return needs.map((need) => {
      const variant = variantOf.get(need.variantId);
      return { ...need, productName: variant?.productName ?? '', variantName: variant?.name ?? '' };
    });
  }
}
