import { Injectable } from '@nestjs/common';
import { BatchReader, BatchService, VariantReader } from '#libs/catalog';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, newId, present } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import { AdoptionOfferOverlapError } from './adoption-offer.errors.js';
import type { Presale, PresaleId, PresaleVariant } from './presale.entity.js';
import { PresaleClosedError, PresaleDayTakenError, PresaleOverlapError } from './presale.errors.js';
import { presaleChanged } from './presale.events.js';
import { type DayRow, type LockedPresale, PresaleRepository } from './presale.repository.js';
import {
  PRESALE_CAPACITY_G_MAX,
  type PresaleWish,
  daysOf,
  isCapacity,
  isDispatchDay,
  isLater,
  roomOf,
  refuseOrdersCloseAt,
  refusePresale,
} from './presale.rules.js';

type Variant = Omit<Pick<PresaleVariant, keyof PresaleVariant>, 'presaleId'>;

/** What a presale that is being opened announces: where and when it is harvested, and how much. */
export interface AnnouncedHarvest {
  readonly presaleId: PresaleId;
  readonly batchId: IdOf<'bat'>;
  readonly merchantId: IdOf<'mer'>;
  readonly productId: IdOf<'prd'>;
  readonly kindCode: string | null;
  readonly countyCode: string;
  /** Null where the earlier batch does not say in which village it grew. */
  readonly villageCode: string | null;
  readonly firstOn: string;
  readonly lastOn: string;
  readonly announcedG: number;
  readonly openedBy: IdOf<'usr'>;
}

/** What a presale promises together from now on; `roomG`: what it could promise so far, or, closed, has promised. */
export interface PresaleGrounds {
  readonly announcedG: number;
  readonly roomG: number;
}

/** Whoever keeps how much villages can grow. All join, and answer how many grams may be promised by now. */
export interface HarvestGranter {
  announced(tx: Tx, harvest: AnnouncedHarvest): Promise<number>;
  changed(tx: Tx, batchId: IdOf<'bat'>, grounds: PresaleGrounds): Promise<number>;
}

/** Of one day, what can leave. */
export interface PresaleCapacity {
  readonly presaleId: string;
  readonly day: string;
  readonly capacityG: number;
}

/** What is promised for one day, to another one. */
export interface PresaleMove {
  readonly presaleId: string;
  readonly day: string;
  readonly newDay: string;
}

const takenOf = ({ reservedG, shippedG }: Pick<DayRow, 'reservedG' | 'shippedG'>): number =>
  reservedG + shippedG;

/** What can leave on one day, said anew. */
interface SaidOfDay {
  readonly day: string;
  readonly announcedG: number;
}

/** Of one that is closed only what is taken counts. `said`: a day of which something else is said from now on. */
function groundsOf(
  { state }: Pick<LockedPresale, 'state'>,
  days: readonly DayRow[],
  said?: SaidOfDay,
): PresaleGrounds {
  const sum = (gramsOf: (row: DayRow) => number) => days.reduce((grams, row) => grams + gramsOf(row), 0);
  if (state === 'CLOSED') return { announcedG: sum(takenOf), roomG: sum(takenOf) };
  const others = sum((row) => (row.day === said?.day ? 0 : row.announcedG));
  return { announcedG: others + (said?.announcedG ?? 0), roomG: sum(({ capacityG }) => capacityG) };
}

const unlikeProduct = new InvalidInputError([
  {
    path: 'variantIds',
    message: { zh: '一期预售只含同一商品的规格', en: 'The variants of a presale are of one product.' },
  },
]);
const noSuchDay = new InvalidInputError([
  { path: 'day', message: { zh: '该日不在发货期内', en: 'It is no day of this presale.' } },
]);
const noCapacity = new InvalidInputError([
  {
    path: 'capacityG',
    message: {
      zh: `可发量须在 0 到 ${PRESALE_CAPACITY_G_MAX} 克之间`,
      en: `A day's capacity lies between 0 and ${PRESALE_CAPACITY_G_MAX} grams.`,
    },
  },
]);
const notLater = new InvalidInputError([
  {
    path: 'newDay',
    message: {
      zh: '新的发货日须晚于原定日和今天，且不晚于一个月后',
      en: 'The new day is after the old one and after today, and at most a month after it.',
    },
  },
]);

/** What merchants say of their harvests to come. Orders take and give back capacity through `StockService`. */
@Injectable()
export class PresaleService {
  constructor(
    private readonly database: Database,
    private readonly presales: PresaleRepository,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly harvests: BatchService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a presale, and a batch for the harvest to come; of its days, from the earliest on, as much can be ordered as is granted. Asked again, the one that is open is named. What takes no orders any more is closed by it.
   * Throws NotFound for variants of other merchants and for batches of other products.
   */
  async open(
    merchantIds: readonly string[],
    wish: PresaleWish,
    openedBy: IdOf<'usr'>,
    granter: HarvestGranter,
  ): Promise<PresaleId | InvalidInputError | PresaleOverlapError | AdoptionOfferOverlapError> {
    const now = this.clock.now();
    const refusal = refusePresale(wish, now);
    if (refusal) return refusal;
    const found = await this.variants.byIds(wish.variantIds);
    const missing = wish.variantIds.find(
      (id) => !found.some((each) => each.id === id && merchantIds.includes(each.merchantId)),
    );
    if (missing !== undefined) throw new NotFound('Variant', missing);
    const { productId, merchantId, kindCode } = present(found[0], 'a variant');
    if (found.some((each) => each.productId !== productId)) return unlikeProduct;
    const [like] = await this.batches.byIds([wish.likeBatchId]);
    if (like?.productId !== productId) throw new NotFound('Batch', wish.likeBatchId);

    const id = newId('psl');
    try {
      return await this.database.transaction(async (tx) => {
        for (const over of await this.presales.lockOver(tx, wish.variantIds, now))
          await this.end(tx, over, granter);
        const batchId = await this.harvests.announce(tx, like, wish.firstOn);
        const { firstOn, lastOn, ordersOpenAt, ordersCloseAt, payment, depositBps, balanceDueOn } = wish;
        const said = daysOf(firstOn, lastOn).map((day) => ({ day, announcedG: wish.capacityG, takenG: 0 }));
        const grantedG = await granter.announced(tx, {
          presaleId: id,
          batchId,
          merchantId,
          productId,
          kindCode,
          countyCode: like.originCountyCode,
          villageCode: like.originVillageCode,
          firstOn,
          lastOn,
          announcedG: wish.capacityG * said.length,
          openedBy,
        });
        const room = roomOf(said, grantedG, businessDay(now));
        const row: Pick<Presale, keyof Presale> = {
          id,
          merchantId,
          productId,
          batchId,
          firstOn,
          lastOn,
          ordersOpenAt,
          ordersCloseAt,
          payment,
          depositBps: depositBps ?? 0,
          balanceDueOn,
          state: 'OPEN',
          openedBy,
          createdAt: now,
          closedAt: null,
        };
        const variants = found.map(({ id: variantId, netWeightG }): Variant => ({
          variantId,
          netWeightG,
          openVariantId: variantId,
        }));
        await this.presales.insert(
          tx,
          row,
          variants.map((variant) => ({ presaleId: id, ...variant })),
          said.map(({ day, announcedG }) => ({ day, announcedG, capacityG: room.get(day) ?? 0 })),
        );
        const offerId = await this.presales.adoptionAhead(tx, wish.variantIds, now);
        if (offerId !== null) return new AdoptionOfferOverlapError(offerId);
        await this.tell(tx, id);
        return id;
      });
    } catch (error) {
      // A variant is in an open presale, also one that was opened at this moment: the unique key decides.
      if (!isDuplicate(error)) throw error;
      const open = await this.database.transaction((tx) => this.presales.openOfVariants(tx, wish.variantIds));
      return new PresaleOverlapError(open ?? id);
    }
  }

  /** What can leave on a day; not less than is promised and shipped of it. A day at the end may be added. While it is open, what all days may promise is granted anew. */
  setCapacity(
    merchantIds: readonly string[],
    { presaleId, day, capacityG }: PresaleCapacity,
    granter: HarvestGranter,
  ): Promise<PresaleId | InvalidInputError | PresaleDayTakenError> {
    return this.change(merchantIds, presaleId, async (tx, presale) => {
      if (!isCapacity(capacityG)) return noCapacity;
      if (!isDispatchDay(presale, day)) return noSuchDay;
      const { announcedG, roomG } = groundsOf(presale, await this.presales.daysOf(tx, presale.id), {
        day,
        announcedG: capacityG,
      });
      // Closed, it promises nothing more: there is room for what is moved there, and nobody is asked.
      const grantedG =
        presale.state === 'OPEN' ? await granter.changed(tx, presale.batchId, { announcedG, roomG }) : 0;
      await this.presales.addDay(tx, presale.id, day);
      const days = await this.presales.lockAllDays(tx, presale.id);
      const takenG = takenOf(
        present(
          days.find((row) => row.day === day),
          'the day just made',
        ),
      );
      if (takenG > capacityG) return new PresaleDayTakenError(day, takenG, capacityG);
      await this.layOut(tx, days, grantedG, { day, announcedG: capacityG });
      await this.tell(tx, presale.id);
      return presale.id;
    });
  }

  /** Joins, and holds the presale, before its batch: what it promises, for whoever decides how much that may be. */
  async lockGrounds(tx: Tx, presaleId: PresaleId): Promise<PresaleGrounds> {
    const presale = present(await this.presales.lock(tx, presaleId), 'the presale of a batch');
    return groundsOf(presale, await this.presales.daysOf(tx, presaleId));
  }

  /** Joins, behind that lock: as much may be promised from now on, never less than is. Of one that takes no orders any more nothing changes. */
  async grant(tx: Tx, presaleId: PresaleId, grantedG: number): Promise<void> {
    const presale = present(await this.presales.lock(tx, presaleId), 'the presale of a batch');
    if (presale.state === 'CLOSED') return;
    const days = await this.presales.lockAllDays(tx, presaleId);
    await this.layOut(tx, days, grantedG);
    await this.tell(tx, presaleId);
  }

  /** It takes no orders any more; what is promised stays promised, and what is not is free for others of the village. Closed again, what was called off since is free as well. */
  close(merchantIds: readonly string[], presaleId: string, granter: HarvestGranter): Promise<PresaleId> {
    return this.change(merchantIds, presaleId, async (tx, presale) => {
      await this.end(tx, presale, granter);
      return presale.id;
    });
  }

  /** Orders are taken longer, or less long. */
  setOrdersCloseAt(
    merchantIds: readonly string[],
    presaleId: string,
    ordersCloseAt: Date,
  ): Promise<PresaleId | InvalidInputError | PresaleClosedError | AdoptionOfferOverlapError> {
    return this.change(merchantIds, presaleId, async (tx, presale) => {
      if (presale.state === 'CLOSED') return new PresaleClosedError();
      const now = this.clock.now();
      const refusal = refuseOrdersCloseAt(presale, ordersCloseAt, now);
      if (refusal) return refusal;
      // Its time may have been over, and the variant offered for adoption since.
      const offerId = await this.presales.adoptionAhead(
        tx,
        await this.presales.variantIdsOf(tx, presale.id),
        now,
      );
      if (offerId !== null) return new AdoptionOfferOverlapError(offerId);
      await this.presales.postpone(tx, presale.id, ordersCloseAt);
      await this.tell(tx, presale.id);
      return presale.id;
    });
  }

  /**
   * Joins: all that is promised for a day is promised for a later one from now on, and the day takes nothing more. What was said of it is said no longer: while
   * the presale is open, what its days may promise is granted anew and laid out over those there are. Answers whose orders these are.
   * Refused where the later day has no room for it; the merchant makes room first.
   */
  async moveDay(
    tx: Tx,
    merchantIds: readonly string[],
    { presaleId, day, newDay }: PresaleMove,
    granter: HarvestGranter,
  ): Promise<readonly IdOf<'ord'>[] | InvalidInputError | PresaleDayTakenError> {
    const presale = await this.locked(tx, merchantIds, presaleId);
    if (!isLater(day, newDay, businessDay(this.clock.now()))) return notLater;
    const grant = async (grounds: PresaleGrounds) =>
      presale.state === 'OPEN' ? granter.changed(tx, presale.batchId, grounds) : 0;
    // Batch and capacity are locked before the days, as when a day is set. What has left of the day stands still only behind its own lock, so what is said from now on
    // is told behind all of them; so far nothing is given up, for that might not come back.
    await grant(groundsOf(presale, await this.presales.daysOf(tx, presale.id)));
    await this.presales.addDay(tx, presale.id, newDay);
    const rows = await this.presales.lockAllDays(tx, presale.id);
    const [from, to] = [rows.find((row) => row.day === day), rows.find((row) => row.day === newDay)];
    if (!from || !to) return noSuchDay;
    const takenG = to.reservedG + to.shippedG + from.reservedG;
    // By what can leave and not by what was granted: that is brought along.
    if (takenG > to.announcedG) return new PresaleDayTakenError(newDay, takenG, to.announcedG);
    const orderIds = await this.presales.ordersHolding(tx, from.id);
    const grantedG = await grant(groundsOf(presale, rows, { day, announcedG: from.shippedG }));
    await this.presales.moveHeld(tx, from, to);
    const days = await this.presales.lockAllDays(tx, presale.id);
    await this.layOut(tx, days, grantedG);
    await this.tell(tx, presale.id);
    return orderIds;
  }

  /** Its days are written first, and stay locked while its batch and the capacity are waited for: what is taken must stand still before it is counted. */
  private async end(
    tx: Tx,
    { id, batchId }: Pick<LockedPresale, 'id' | 'batchId'>,
    granter: HarvestGranter,
  ): Promise<void> {
    await this.presales.close(tx, id, this.clock.now());
    await granter.changed(tx, batchId, groundsOf({ state: 'CLOSED' }, await this.presales.daysOf(tx, id)));
    await this.tell(tx, id);
  }

  /** Days that are locked; written are those that change. */
  private async layOut(tx: Tx, days: readonly DayRow[], grantedG: number, now?: SaidOfDay): Promise<void> {
    const said = days.map((row) => ({
      ...row,
      announcedG: row.day === now?.day ? now.announcedG : row.announcedG,
      takenG: takenOf(row),
    }));
    const room = roomOf(said, grantedG, businessDay(this.clock.now()));
    const laid = said.map(({ id, day, announcedG, takenG }) => ({
      id,
      announcedG,
      capacityG: room.get(day) ?? takenG,
    }));
    const isChanged = (after: (typeof laid)[number], index: number) =>
      after.announcedG !== days[index]?.announcedG || after.capacityG !== days[index]?.capacityG;
    await this.presales.setDays(tx, laid.filter(isChanged));
  }

  private async tell(tx: Tx, id: PresaleId): Promise<void> {
    await emit(tx, presaleChanged(id, await this.presales.variantIdsOf(tx, id), this.clock.now()));
  }

  private change<T>(
    merchantIds: readonly string[],
    presaleId: string,
    work: (tx: Tx, presale: LockedPresale) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => work(tx, await this.locked(tx, merchantIds, presaleId)));
  }

  private async locked(tx: Tx, merchantIds: readonly string[], presaleId: string): Promise<LockedPresale> {
    const presale = await this.presales.lock(tx, presaleId);
    if (!presale || !merchantIds.includes(presale.merchantId)) throw new NotFound('Presale', presaleId);
    return presale;
  }
}
