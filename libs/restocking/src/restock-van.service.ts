import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  type InsufficientStockError,
  type StockCauseReusedError,
  type VanGoods,
  type VanShortError,
  VanStockService,
} from '#libs/inventory';
import { Clock, type IdOf, type InvalidInputError, NotFound } from '#libs/kernel';
import { VendingShelfReader } from '#libs/vending';
import { Database, type Tx } from '#platform/database';
import { type LockedRoute, RestockRouteRepository } from './restock-route.repository.js';
import type { RestockRouteId } from './restock-route.entity.js';
import type { RestockScope } from './restock-scope.rules.js';
import { RestockVanReader } from './restock-van.reader.js';
import { type VanLine, refuseVanLines } from './restock-van.rules.js';
import { RestockRouteStateError } from './restocking.errors.js';
import { VanFoundService } from './van-found.service.js';

export interface VanCarrying {
  readonly routeId: string;
  readonly lines: readonly VanLine[];
  readonly causeKey: string;
}

type Driver = RestockScope & { readonly userId: IdOf<'usr'> };

/** Whoever loads a van has taken its route. What it brings back is counted, and what is missing then stays on its book. */
@Injectable()
export class RestockVanService {
  constructor(
    private readonly database: Database,
    private readonly routes: RestockRouteRepository,
    private readonly vans: VanStockService,
    private readonly goods: RestockVanReader,
    private readonly found: VanFoundService,
    private readonly shelf: VendingShelfReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The first loading takes the route; further ones add to it. The same key again changes nothing. */
  load(
    carrying: VanCarrying,
    driver: Driver,
  ): Promise<
    | RestockRouteId
    | InvalidInputError
    | RestockRouteStateError
    | InsufficientStockError
    | StockCauseReusedError
  > {
    return this.carry(carrying, driver, async (tx, route, goods) => {
      if (route.state !== 'PLANNED' && route.state !== 'UNDER_WAY')
        return new RestockRouteStateError(route.state);
      await this.checkOutside(tx, route, goods);
      if (route.state === 'PLANNED') await this.routes.take(tx, route.id, driver.userId, this.clock.now());
      const { operatorId } = route;
      const causeKey = `load:${carrying.causeKey}`;
      const refusal = await this.vans.load(tx, { routeId: route.id, operatorId, goods, causeKey });
      if (refusal) return refusal;
      await this.note(tx, driver, route, 'restock.van_loaded', goods);
      return route.id;
    });
  }

  /** The van is back: what was counted on it leaves it. Stops where nobody has been are skipped; a visit that we hear of later still counts. The same key again changes nothing. */
  close(
    carrying: VanCarrying,
    driver: Driver,
  ): Promise<
    RestockRouteId | InvalidInputError | RestockRouteStateError | VanShortError | StockCauseReusedError
  > {
    return this.carry(carrying, driver, async (tx, route, goods) => {
      if (route.state !== 'UNDER_WAY' && route.state !== 'DONE')
        return new RestockRouteStateError(route.state);
      const { operatorId } = route;
      const causeKey = `unload:${carrying.causeKey}`;
      const { id: routeId } = route;
      const refusal = await this.found.during(tx, { routeId, causeKey }, () =>
        this.vans.unload(tx, { routeId, operatorId, goods, causeKey }),
      );
      if (refusal) return refusal;
      if (route.state === 'UNDER_WAY') await this.routes.end(tx, route.id, 'DONE', this.clock.now());
      await this.note(tx, driver, route, 'restock.van_unloaded', goods);
      return route.id;
    });
  }

  private carry<Outcome>(
    { routeId, lines, causeKey }: VanCarrying,
    driver: Driver,
    work: (tx: Tx, route: LockedRoute, goods: readonly VanGoods[]) => Promise<Outcome>,
  ): Promise<Outcome | InvalidInputError> {
    return this.database.transaction(async (tx): Promise<Outcome | InvalidInputError> => {
      const route = await this.routes.lock(tx, routeId, driver);
      if (!route) throw new NotFound('RestockRoute', routeId);
      const invalid = refuseVanLines(lines, causeKey);
      if (invalid) return invalid;
      return work(tx, route, await this.goods.goodsOf(tx, lines));
    });
  }

  /** Goods of others come from no book of ours, so only what the route's cabinets are for, or were when it was planned, can have been handed over. */
  private async checkOutside(
    tx: Tx,
    { id, operatorId }: LockedRoute,
    goods: readonly VanGoods[],
  ): Promise<void> {
    const outside = goods.filter(({ merchantId }) => merchantId !== operatorId);
    if (outside.length === 0) return;
    const wishes = await this.routes.wishesOf(tx, id);
    const cabinetIds = [...new Set(wishes.map(({ cabinetId }) => cabinetId))];
    const known = new Set([
      ...wishes.map(({ variantId }) => variantId),
      ...(await this.shelf.variantsPlanned(cabinetIds, tx)),
    ]);
    const stray = outside.find(({ variantId }) => !known.has(variantId));
    if (stray) throw new NotFound('Variant', stray.variantId);
  }

  private note(
    tx: Tx,
    { userId }: Driver,
    { id, operatorId }: LockedRoute,
    act: string,
    goods: readonly VanGoods[],
  ): Promise<void> {
    const units = goods.reduce((sum, { quantity }) => sum + quantity, 0);
    return this.audit.record(tx, {
      actorId: userId,
      act,
      subject: id,
      divisionCode: null,
      detail: { merchantId: operatorId, batches: goods.length, units },
    });
  }
}
