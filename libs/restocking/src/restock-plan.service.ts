import { Injectable } from '@nestjs/common';
import { ChannelPointReader } from '#libs/channel';
import { CabinetReader } from '#libs/counter';
import { AuditService } from '#libs/identity';
import { WarehouseReader } from '#libs/inventory';
import { Clock, type IdOf, type InvalidInputError, NotFound, businessDay, newId } from '#libs/kernel';
import { Database } from '#platform/database';
import { RestockNeedReader, type SlotNeedRow } from './restock-need.reader.js';
import { cutToLoad, isDue, totalOf } from './restock-need.rules.js';
import { type RestockWish, hashOf, refuseWish } from './restock-plan.rules.js';
import type { RestockPlanId } from './restock-route.entity.js';
import { RestockRouteRepository } from './restock-route.repository.js';
import {
  RestockKeyReusedError,
  RestockRouteStateError,
  WarehouseUnplacedError,
} from './restocking.errors.js';
import type { RestockScope } from './restock-scope.rules.js';
import { type RoutePlan, type StopWish, lengthOf, planRoutes } from './route.rules.js';

/** Cabinets of one operator that a plan looks at; the largest has some dozens. */
const CABINETS_MAX = 1_000;
/** A cabinet that has stopped somewhere comes before every one where something is merely missing. */
const STOPPED_WEIGHS = 10_000;

interface Due extends StopWish {
  readonly channelPointId: string;
  readonly needs: readonly SlotNeedRow[];
}

/** Plans who has to go where, from what the cabinets need now. */
@Injectable()
export class RestockPlanService {
  constructor(
    private readonly database: Database,
    private readonly routes: RestockRouteRepository,
    private readonly needs: RestockNeedReader,
    private readonly cabinets: CabinetReader,
    private readonly points: ChannelPointReader,
    private readonly warehouses: WarehouseReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key with the same wish answers with the first plan. Cabinets that somebody is on the way to already are left to them. */
  async plan(
    wish: RestockWish,
    { userId, managed }: Pick<RestockScope, 'managed'> & { readonly userId: IdOf<'usr'> },
  ): Promise<RestockPlanId | InvalidInputError | WarehouseUnplacedError | RestockKeyReusedError> {
    const { merchantId } = wish;
    if (!managed.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const now = this.clock.now();
    const invalid = refuseWish(wish, businessDay(now));
    if (invalid) return invalid;
    const start = await this.warehouses.positionOf(merchantId);
    if (!start) return new WarehouseUnplacedError();
    const { due, unplaced } = await this.dueOf(wish);
    return this.database.transaction(async (tx) => {
      const contentHash = hashOf(wish);
      const before = await this.routes.planByKey(tx, merchantId, wish.idempotencyKey);
      if (before) return before.contentHash === contentHash ? before.id : new RestockKeyReusedError();
      const open = new Set(
        await this.routes.openAmong(
          tx,
          due.map(({ id }) => id),
        ),
      );
      const free = due.filter(({ id }) => !open.has(id));
      const planned = planRoutes(start, free, wish);
      const id = newId('rsp');
      const leftOutCabinets = planned.leftOut.length + unplaced;
      const { idempotencyKey } = wish;
      const plan = {
        id,
        operatorId: merchantId,
        idempotencyKey,
        contentHash,
        leftOutCabinets,
        plannedBy: userId,
        plannedAt: now,
      };
      await this.routes.insertPlan(tx, { plan, ...rowsOf(id, wish, planned, free) });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'restock.planned',
        subject: id,
        divisionCode: null,
        detail: { merchantId, day: wish.day, routes: planned.tours.length, leftOutCabinets },
      });
      return id;
    });
  }

  /** Before anybody has loaded it. Doing it twice is harmless. */
  cancel(
    routeId: string,
    scope: RestockScope & { readonly userId: IdOf<'usr'> },
  ): Promise<string | RestockRouteStateError> {
    return this.database.transaction(async (tx) => {
      const route = await this.routes.lock(tx, routeId, scope);
      if (!route) throw new NotFound('RestockRoute', routeId);
      if (route.state === 'CANCELLED') return route.id;
      if (route.state !== 'PLANNED') return new RestockRouteStateError(route.state);
      await this.routes.end(tx, route.id, 'CANCELLED', this.clock.now());
      await this.audit.record(tx, {
        actorId: scope.userId,
        act: 'restock.route_cancelled',
        subject: route.id,
        divisionCode: null,
        detail: { merchantId: route.operatorId },
      });
      return route.id;
    });
  }

  private async dueOf({ merchantId, nextVisitOn, fillUnitsMin }: RestockWish) {
    const page = { first: CABINETS_MAX, after: null };
    const { nodes } = await this.cabinets.page({ merchantIds: [merchantId] }, { state: 'ACTIVE' }, page);
    const needs = await this.needs.ofCabinets(
      nodes.map(({ id }) => id),
      nextVisitOn,
    );
    const pointOf = new Map(
      (await this.points.byIds(nodes.map(({ channelPointId }) => channelPointId))).map((point) => [
        point.id,
        point,
      ]),
    );
    const wanting = nodes.flatMap(({ id, channelPointId }) => {
      const here = needs.filter(({ cabinetId }) => cabinetId === id);
      const total = totalOf(here);
      return isDue(total, fillUnitsMin) ? [{ id, channelPointId, needs: here, total }] : [];
    });
    const due = wanting.flatMap(({ total, ...cabinet }): Due[] => {
      const { longitude = null, latitude = null } = pointOf.get(cabinet.channelPointId) ?? {};
      // Nobody has surveyed it: it is left out, and counted.
      if (longitude === null || latitude === null) return [];
      const urgency = total.stoppedSlots * STOPPED_WEIGHS + total.fillUnits + total.removeUnits;
      return [{ ...cabinet, position: { longitude, latitude }, loadG: total.loadG, urgency }];
    });
    return { due, unplaced: wanting.length - due.length };
  }
}

function rowsOf(planId: RestockPlanId, wish: RestockWish, { tours }: RoutePlan, due: readonly Due[]) {
  const dueOf = new Map(due.map((cabinet) => [cabinet.id, cabinet]));
  const made = tours.map(({ stops, legsM }) => {
    const routeId = newId('rsr');
    const visits = stops.map(({ id }, index) => {
      const { channelPointId = '', needs = [] } = dueOf.get(id) ?? {};
      return {
        stopId: newId('rst'),
        cabinetId: id,
        channelPointId,
        position: index + 1,
        legM: legsM[index] ?? 0,
        needs,
      };
    });
    const loadG = stops.reduce((sum, stop) => sum + stop.loadG, 0);
    return { routeId, loadG, distanceM: lengthOf({ legsM }), visits };
  });
  return {
    routes: made.map(({ routeId, loadG, distanceM }) => ({
      id: routeId,
      planId,
      operatorId: wish.merchantId,
      day: wish.day,
      nextVisitOn: wish.nextVisitOn,
      state: 'PLANNED',
      distanceM,
      loadG,
      restockerId: null,
      takenAt: null,
      endedAt: null,
    })),
    stops: made.flatMap(({ routeId, visits }) =>
      visits.map(({ stopId, cabinetId, channelPointId, position, legM }) => ({
        id: stopId,
        routeId,
        position,
        cabinetId,
        openCabinetId: cabinetId,
        channelPointId,
        state: 'AHEAD',
        legM,
      })),
    ),
    needs: made.flatMap(({ visits }) =>
      visits.flatMap(({ stopId, needs }) =>
        cutToLoad(needs, wish.loadMaxG).map(({ slotCode, variantId, fillUnits, removeUnits }) => ({
          stopId,
          slotCode,
          variantId,
          fillUnits,
          removeUnits,
        })),
      ),
    ),
  };
}
