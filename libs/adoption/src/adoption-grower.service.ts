import { Injectable } from '@nestjs/common';
import { RestService } from '#libs/fulfillment';
import { AuditService } from '#libs/identity';
import { AdoptionOfferReader, type AdoptionOfferRow, AdoptionOfferService } from '#libs/inventory';
import {
  Clock,
  type IdOf,
  InvalidInputError,
  NotFound,
  assert,
  businessDay,
  newId,
  present,
  refused,
} from '#libs/kernel';
import {
  AdoptionOrderReader,
  AdoptionOrderService,
  type AdoptionRow,
  MerchantOrderService,
  OrderService,
  type WatchedInstalment,
} from '#libs/ordering';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { PhotoService } from '#platform/files';
import { emit } from '#platform/outbox';
import type { AdoptionUpdate, AdoptionUpdateId } from './adoption.entity.js';
import {
  AdoptionHarvestDeclaredError,
  AdoptionHarvestSharedError,
  AdoptionUnpaidError,
  AdoptionUpdateKeyUsedError,
} from './adoption.errors.js';
import { adoptionDelayed, adoptionHarvested } from './adoption.events.js';
import { AdoptionReader } from './adoption.reader.js';
import { AdoptionRepository, type PublishedUpdate } from './adoption.repository.js';
import {
  type HarvestCorrection,
  type HarvestWish,
  type Shortfall,
  type UpdateWish,
  givenUpOf,
  refuseCorrection,
  refuseDelay,
  refuseHarvest,
  refuseUpdate,
  shortfallOf,
} from './adoption.rules.js';

export interface InstalmentDelay {
  readonly offerId: string;
  /** Which instalment, from 1. */
  readonly number: number;
  readonly newDay: string;
  readonly reason: string;
}

/** Facts in one statement. */
const CHUNK = 500;
const NOTHING: Shortfall = { promised: 0, short: 0, units: [] };

const notDeclared = new InvalidInputError([
  {
    path: 'objectIds',
    message: {
      zh: '所选编号本季尚未登记收成',
      en: 'The harvest of some of these has not been declared yet.',
    },
  },
]);
const noSuchInstalment = new InvalidInputError([
  { path: 'number', message: { zh: '没有这一期', en: 'There is no such instalment.' } },
]);

/** What growers say to those who have adopted: how it stands, that it comes later, and what has grown. */
@Injectable()
export class AdoptionGrowerService {
  constructor(
    private readonly database: Database,
    private readonly kept: AdoptionRepository,
    private readonly reader: AdoptionReader,
    private readonly adoptions: AdoptionOrderReader,
    private readonly promises: AdoptionOrderService,
    private readonly offerReader: AdoptionOfferReader,
    private readonly offers: AdoptionOfferService,
    private readonly orders: OrderService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly rest: RestService,
    private readonly photos: PhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Published again under the same key, it is the first one; with other content it is refused. Throws NotFound for offers of other merchants, their objects, and photos of others. */
  async publish(
    merchantIds: readonly string[],
    wish: UpdateWish,
    by: IdOf<'usr'>,
  ): Promise<AdoptionUpdateId | InvalidInputError | AdoptionUpdateKeyUsedError> {
    const refusal = refuseUpdate(wish);
    if (refusal) return refusal;
    const offer = await this.ownOffer(merchantIds, wish.offerId);
    const { idempotencyKey, text, objectId = null, photoId = null } = wish;
    const [object] = objectId === null ? [] : await this.offerReader.objectsByIds([objectId]);
    if (objectId !== null && object?.offerId !== offer.id) throw new NotFound('AdoptionObject', objectId);
    const id = newId('aup');
    try {
      return await this.database.transaction(async (tx) => {
        const [photo] = photoId === null ? [] : await this.photos.attach(tx, [photoId], by);
        if (photoId !== null && !photo) throw new NotFound('Photo', photoId);
        const earlier = await this.kept.updateOfKey(tx, offer.id, idempotencyKey);
        if (earlier) return publishedAgain(earlier, wish);
        const update: Pick<AdoptionUpdate, keyof AdoptionUpdate> = {
          id,
          offerId: offer.id,
          objectId: object?.id ?? null,
          idempotencyKey,
          text: text.trim(),
          photoId: photo?.id ?? null,
          publishedBy: by,
          publishedAt: this.clock.now(),
        };
        await this.kept.insertUpdate(tx, update);
        return id;
      });
    } catch (error) {
      // The same key arrived twice at once; the unique key let the other one through.
      if (!isDuplicate(error)) throw error;
      const first = await this.kept.updateOfKey(this.database, offer.id, idempotencyKey);
      return publishedAgain(present(first, 'the first one'), wish);
    }
  }

  /**
   * Says what objects have given in a season, all of it, and calls off what was promised and is not there: its money goes back, in proportion. Nobody
   * adopts them for this harvest any more. Said again alike, it changes nothing; otherwise it is refused, because money has gone back for what was said.
   * Throws NotFound for objects of other merchants, and of several offers. Returns their offer.
   */
  async declareHarvest(
    merchantIds: readonly string[],
    wish: HarvestWish,
    by: IdOf<'usr'>,
  ): Promise<
    AdoptionOfferRow['id'] | InvalidInputError | AdoptionHarvestDeclaredError | AdoptionUnpaidError
  > {
    const refusal = refuseHarvest(wish, await this.seasonsOf(merchantIds, wish.objectIds));
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const { offer } = await this.offers.harvest(tx, merchantIds, wish.objectIds);
      const said = await this.kept.harvestsOf(tx, wish.objectIds, wish.season);
      const other = said.find(({ harvestedG }) => harvestedG !== wish.harvestedG);
      if (other) return new AdoptionHarvestDeclaredError(other.objectId, other.harvestedG);
      const fresh = wish.objectIds.filter((id) => !said.some(({ objectId }) => objectId === id));
      if (fresh.length === 0) return offer.id;
      const standing = await this.adoptions.standingOf(fresh, tx);
      const unpaid = standing.find(({ orderState }) => orderState === 'PLACED');
      if (unpaid) return new AdoptionUnpaidError(unpaid.objectId);
      const shortfalls = new Map<string, Shortfall>();
      // In the order of the orders' ids, each before its part.
      for (const adoption of standing)
        shortfalls.set(adoption.objectId, await this.settle(tx, merchantIds, adoption, wish, offer.portionG));
      const declaredAt = this.clock.now();
      const { season, harvestedG, note } = wish;
      await this.kept.insertHarvests(
        tx,
        fresh.map((objectId) => {
          const { promised, short } = shortfalls.get(objectId) ?? NOTHING;
          const row = { objectId: objectId as IdOf<'aob'>, season, harvestedG, note: note.trim() };
          const paid = { promisedPortions: promised, shortPortions: short };
          return { ...row, ...paid, declaredBy: by, declaredAt, correctedAt: null };
        }),
      );
      const short = [...shortfalls.values()].reduce((sum, each) => sum + each.short, 0);
      const detail = { season, harvestedG, objects: fresh.length, shortPortions: short };
      await this.audit.record(tx, {
        actorId: by,
        act: 'adoption.harvest_declared',
        subject: offer.id,
        detail,
      });
      return offer.id;
    });
  }

  /**
   * What was said of a harvest was wrong. More than was said calls nothing back: what has been paid back stays so. Less calls off what lacks besides. Until
   * something of it leaves: from then on it is what was sent by. Said again alike, it changes nothing. Throws NotFound like the declaration.
   */
  async correctHarvest(
    merchantIds: readonly string[],
    wish: HarvestCorrection,
    by: IdOf<'usr'>,
  ): Promise<AdoptionOfferRow['id'] | InvalidInputError | AdoptionHarvestSharedError> {
    const refusal = refuseCorrection(wish, await this.seasonsOf(merchantIds, wish.objectIds));
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const { offer } = await this.offers.harvest(tx, merchantIds, wish.objectIds);
      const said = await this.kept.harvestsOf(tx, wish.objectIds, wish.season);
      if (said.length < wish.objectIds.length) return notDeclared;
      const other = said.filter(({ harvestedG }) => harvestedG !== wish.harvestedG);
      const standing = await this.adoptions.standingOf(
        other.map(({ objectId }) => objectId),
        tx,
      );
      const shared = await this.sharedOf(tx, standing, wish.season);
      if (shared) return new AdoptionHarvestSharedError(shared.objectId);
      const { season, harvestedG } = wish;
      const [note, correctedAt] = [wish.reason.trim(), this.clock.now()];
      for (const { objectId, shortPortions: before } of other) {
        const adoption = standing.find((each) => each.objectId === objectId);
        const { short } = adoption
          ? await this.settle(tx, merchantIds, adoption, wish, offer.portionG)
          : NOTHING;
        const shortPortions = before + short;
        await this.kept.correctHarvest(tx, {
          objectId,
          season,
          harvestedG,
          shortPortions,
          note,
          correctedAt,
        });
      }
      for (const { objectId, harvestedG: fromG } of other)
        await this.audit.record(tx, {
          actorId: by,
          act: 'adoption.harvest_corrected',
          subject: objectId,
          detail: { season, fromG, toG: harvestedG, reason: note },
        });
      return offer.id;
    });
  }

  /**
   * An instalment comes later than was agreed, for everybody who waits for it: they are told, and may call it off, as they may at any time. Announced again
   * there is nobody left to tell. Returns how many were.
   */
  async announceDelay(
    merchantIds: readonly string[],
    { offerId, number, newDay, reason }: InstalmentDelay,
    by: IdOf<'usr'>,
  ): Promise<number | InvalidInputError> {
    const offer = await this.ownOffer(merchantIds, offerId);
    const schedule = await this.offerReader.scheduleOf([offer.id]);
    const agreed = schedule.find((each) => each.number === number);
    if (!agreed) return noSuchInstalment;
    const refusal = refuseDelay({ newDay, reason }, agreed.lastOn, businessDay(this.clock.now()));
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const waiting = await this.promises.lockWaiting(tx, offer.id, number, newDay);
      const late = await this.stillToLeave(tx, waiting);
      await this.postpone(tx, late, newDay, reason.trim());
      const detail = { number, newDay, adoptions: late.length };
      await this.audit.record(tx, { actorId: by, act: 'adoption.delayed', subject: offer.id, detail });
      return late.length;
    });
  }

  /** Tells adopters whose promised day is over and whose portions have not left; returns how many it looked at. Call again while it returns `limit`. */
  tellOverdue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const watched = await this.promises.lockOverdue(tx, limit);
      const schedule = await this.offerReader.scheduleOf(
        [...new Set(watched.map(({ offerId }) => offerId))],
        tx,
      );
      const isWaiting = ({ partState }: WatchedInstalment) =>
        partState === 'TO_SHIP' || partState === 'PARTLY_SHIPPED';
      const overdue = await this.stillToLeave(tx, watched.filter(isWaiting));
      // What should have been called off for being too late and could not be is looked at again tomorrow, and nobody hears of it once more.
      const givenUp = givenUpOf(overdue, schedule, businessDay(this.clock.now()));
      const late = overdue.filter((each) => !givenUp.includes(each));
      await this.postpone(tx, late, this.promises.proposedDay(), '');
      const unpaid = [...givenUp, ...watched.filter(({ partState }) => partState === 'UNPAID')];
      const over = watched.filter((each) => !late.includes(each) && !unpaid.includes(each));
      await this.promises.settle(tx, { over, unpaid });
      return watched.length;
    });
  }

  /** In which years something of the offer that these objects stand in is to leave. Throws NotFound for objects of other merchants. */
  private async seasonsOf(merchantIds: readonly string[], objectIds: readonly string[]): Promise<number[]> {
    const [known] = await this.offerReader.objectsByIds(objectIds.slice(0, 1));
    const offerId = known?.offerId ?? '';
    if (objectIds.length > 0) await this.ownOffer(merchantIds, offerId, objectIds[0]);
    const schedule = await this.offerReader.scheduleOf([offerId]);
    return schedule.map(({ firstOn }) => Number(firstOn.slice(0, 4)));
  }

  /** Of these adoptions, one of which something of the season has left. */
  private async sharedOf(
    tx: Tx,
    adoptions: readonly AdoptionRow[],
    season: number,
  ): Promise<AdoptionRow | null> {
    const instalments = await this.adoptions.instalmentsOf(
      adoptions.map(({ id }) => id),
      tx,
    );
    const ofSeason = instalments.filter((each) => each.season === season);
    const progress = await this.reader.progressOfLines(
      tx,
      ofSeason.map(({ orderLineId }) => orderLineId),
    );
    const left = progress.find(({ shippedPortions }) => shippedPortions > 0);
    return adoptions.find(({ id }) => id === left?.adoptionId) ?? null;
  }

  private async settle(
    tx: Tx,
    merchantIds: readonly string[],
    adoption: AdoptionRow,
    { season, harvestedG }: Pick<HarvestWish, 'season' | 'harvestedG'>,
    portionG: number,
  ): Promise<Shortfall> {
    const order = await this.orders.lockPayable(tx, adoption.buyerId, adoption.orderId);
    const part = await this.merchantOrders.lockForMerchants(tx, adoption.merchantOrderId, merchantIds);
    // Called off meanwhile: nobody is promised anything of it.
    if (order.state !== 'PAID') return NOTHING;
    const [left, calledOff, instalments] = [
      await this.rest.leftOf(tx, part),
      await this.merchantOrders.calledOffOf(tx, part),
      await this.adoptions.instalmentsOf([adoption.id], tx),
    ];
    const sumFor = (rows: readonly { orderLineId: string; quantity: number }[], id: string) =>
      rows.filter(({ orderLineId }) => orderLineId === id).reduce((sum, { quantity }) => sum + quantity, 0);
    const shortfall = shortfallOf(
      instalments
        .filter((each) => each.season === season)
        .map(({ orderLineId, quantity }) => ({
          orderLineId,
          quantity,
          left: sumFor(left, orderLineId),
          calledOff: sumFor(calledOff, orderLineId),
        })),
      harvestedG,
      portionG,
    );
    if (shortfall.short > 0) {
      const outcome = await this.rest.callOffUnits(tx, part, shortfall.units, 'MERCHANT');
      const gone = outcome === 'CALLED_OFF' ? null : await this.orders.callOff(tx, order, 'HARVEST_FAILED');
      assert(!refused(gone), `nothing of ${order.id} has left, so nothing speaks against it`);
    }
    await emit(tx, adoptionHarvested(adoption, season, shortfall.short, this.clock.now()));
    return shortfall;
  }

  private async postpone(
    tx: Tx,
    late: readonly WatchedInstalment[],
    day: string,
    reason: string,
  ): Promise<void> {
    await this.promises.promise(tx, late, day, reason);
    const at = this.clock.now();
    for (let from = 0; from < late.length; from += CHUNK)
      await emit(tx, ...late.slice(from, from + CHUNK).map((each) => adoptionDelayed(each, day, at)));
  }

  /** A parcel that leaves at this moment may be told about as late: its buyer has it all the same. */
  private async stillToLeave(
    tx: Tx,
    instalments: readonly WatchedInstalment[],
  ): Promise<WatchedInstalment[]> {
    const progress = await this.reader.progressOfLines(
      tx,
      instalments.map(({ orderLineId }) => orderLineId),
    );
    const open = new Set(
      progress.filter(({ leftPortions }) => leftPortions > 0).map(({ orderLineId }) => orderLineId as string),
    );
    return instalments.filter(({ orderLineId }) => open.has(orderLineId));
  }

  private async ownOffer(
    merchantIds: readonly string[],
    offerId: string,
    asked: string = offerId,
  ): Promise<AdoptionOfferRow> {
    const offer = await this.offerReader.byIdForMerchants(offerId, merchantIds);
    if (!offer) throw new NotFound('AdoptionOffer', asked);
    return offer;
  }
}

function publishedAgain(
  { id, objectId, text, photoId }: PublishedUpdate,
  wish: UpdateWish,
): AdoptionUpdateId | AdoptionUpdateKeyUsedError {
  const isSame =
    text === wish.text.trim() && objectId === (wish.objectId ?? null) && photoId === (wish.photoId ?? null);
  return isSame ? id : new AdoptionUpdateKeyUsedError();
}
