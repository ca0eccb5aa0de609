import { Injectable } from '@nestjs/common';
import { BatchReader, BatchService, VariantReader } from '#libs/catalog';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, newId, present } from '#libs/kernel';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import { AdoptionOfferOverlapError } from './adoption-offer.errors.js';
import type { Presale, PresaleId, PresaleVariant } from './presale.entity.js';
import { PresaleClosedError, PresaleDayTakenError, PresaleOverlapError } from './presale.errors.js';
import { presaleChanged } from './presale.events.js';
import { type LockedPresale, PresaleRepository } from './presale.repository.js';
import {
  PRESALE_CAPACITY_G_MAX,
  type PresaleWish,
  daysOf,
  isCapacity,
  isDispatchDay,
  isLater,
  refuseOrdersCloseAt,
  refusePresale,
} from './presale.rules.js';

type Variant = Omit<Pick<PresaleVariant, keyof PresaleVariant>, 'presaleId'>;

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
   * Opens a presale, and a batch for the harvest to come. Asked again, the one that is open is named. What takes no orders any more is closed by it.
   * Throws NotFound for variants of other merchants and for batches of other products.
   */
  async open(
    merchantIds: readonly string[],
    wish: PresaleWish,
    openedBy: IdOf<'usr'>,
  ): Promise<PresaleId | InvalidInputError | PresaleOverlapError | AdoptionOfferOverlapError> {
    const now = this.clock.now();
    const refusal = refusePresale(wish, now);
    if (refusal) return refusal;
    const found = await this.variants.byIds(wish.variantIds);
    const missing = wish.variantIds.find(
      (id) => !found.some((each) => each.id === id && merchantIds.includes(each.merchantId)),
    );
    if (missing !== undefined) throw new NotFound('Variant', missing);
    const { productId, merchantId } = present(found[0], 'a variant');
    if (found.some((each) => each.productId !== productId)) return unlikeProduct;
    const [like] = await this.batches.byIds([wish.likeBatchId]);
    if (like?.productId !== productId) throw new NotFound('Batch', wish.likeBatchId);

    const id = newId('psl');
    try {
      return await this.database.transaction(async (tx) => {
        for (const over of await this.presales.lockOver(tx, wish.variantIds, now)) {
          await this.presales.close(tx, over, now);
          await this.tell(tx, over);
        }
        const batchId = await this.harvests.announce(tx, like, wish.firstOn);
        const { firstOn, lastOn, ordersOpenAt, ordersCloseAt, payment, depositBps, balanceDueOn } = wish;
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
          daysOf(firstOn, lastOn),
          wish.capacityG,
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

  /** What can leave on a day; not less than is promised and shipped of it. A day at the end may be added. */
  setCapacity(
    merchantIds: readonly string[],
    { presaleId, day, capacityG }: PresaleCapacity,
  ): Promise<PresaleId | InvalidInputError | PresaleDayTakenError> {
    return this.change(merchantIds, presaleId, async (tx, presale) => {
      if (!isCapacity(capacityG)) return noCapacity;
      if (!isDispatchDay(presale, day)) return noSuchDay;
      await this.presales.addDay(tx, presale.id, day);
      const [row] = await this.presales.lockDays(tx, presale.id, [day]);
      const { id, reservedG, shippedG } = present(row, 'the day just made');
      const takenG = reservedG + shippedG;
      if (takenG > capacityG) return new PresaleDayTakenError(day, takenG, capacityG);
      await this.presales.setCapacity(tx, id, capacityG);
      await this.tell(tx, presale.id);
      return presale.id;
    });
  }

  /** It takes no orders any more; what is promised stays promised. Closed again it stays as it is. */
  close(merchantIds: readonly string[], presaleId: string): Promise<PresaleId> {
    return this.change(merchantIds, presaleId, async (tx, presale) => {
      if (presale.state === 'CLOSED') return presale.id;
      await this.presales.close(tx, presale.id, this.clock.now());
      await this.tell(tx, presale.id);
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
   * Joins: all that is promised for a day is promised for a later one from now on, and the day takes nothing more. Answers whose orders these are.
   * Refused where the later day has no room for it; the merchant makes room first.
   */
  async moveDay(
    tx: Tx,
    merchantIds: readonly string[],
    { presaleId, day, newDay }: PresaleMove,
  ): Promise<readonly IdOf<'ord'>[] | InvalidInputError | PresaleDayTakenError> {
    const presale = await this.locked(tx, merchantIds, presaleId);
    if (!isLater(day, newDay, businessDay(this.clock.now()))) return notLater;
    await this.presales.addDay(tx, presale.id, newDay);
    const rows = await this.presales.lockDays(tx, presale.id, [day, newDay]);
    const [from, to] = [rows.find((row) => row.day === day), rows.find((row) => row.day === newDay)];
    if (!from || !to) return noSuchDay;
    const takenG = to.reservedG + to.shippedG + from.reservedG;
    if (takenG > to.capacityG) return new PresaleDayTakenError(newDay, takenG, to.capacityG);
    const orderIds = await this.presales.ordersHolding(tx, from.id);
    await this.presales.moveHeld(tx, from, to);
    await this.tell(tx, presale.id);
    return orderIds;
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
