import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, type IdOf, type Message, NotFound, refused } from '#libs/kernel';
import { OrderPlacementService, OrderReader, OrderService, OrderSigningService } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import type { BulkOrderRecord } from './bulk-order-record.rules.js';
import { BulkOrderRepository, type ParcelToDo } from './bulk-order.repository.js';
import {
  ATTEMPTS_MAX,
  type AtWork,
  KEEP_DAYS,
  LEASE_MS,
  TO_DO,
  parcelKey,
  stateAfter,
} from './bulk-order.rules.js';

/** Small enough to end long before the lease does. */
const PARCELS_AT_ONCE = 20;

interface Said {
  readonly code: string;
  readonly message: Message;
}

type Outcome =
  | { readonly state: ParcelToDo['state']; readonly orderId: IdOf<'ord'> | null }
  | { readonly refusal: Said };

type Job = BulkOrderRecord & { readonly state: AtWork };

const NO_LONGER: Said = {
  code: 'NOT_FOUND',
  message: {
    zh: '下单人或签批人已不能为该单位办理',
    en: 'Whoever orders or signs may no longer act for the unit.',
  },
};

const GIVEN_UP: Said = {
  code: 'GIVEN_UP',
  message: { zh: '多次尝试未成功，请联系平台', en: 'It failed again and again; please tell the platform.' },
};

/** Places, signs and calls off what lists name, parcel by parcel, each in a transaction of its own: whoever is killed in the middle is followed by another. */
@Injectable()
export class BulkRunService {
  constructor(
    private readonly database: Database,
    private readonly lists: BulkOrderRepository,
    private readonly placements: OrderPlacementService,
    private readonly signing: OrderSigningService,
    private readonly orders: OrderService,
    private readonly reader: OrderReader,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Some parcels of the oldest list at which nobody is. 0 when there is none; any number of processes may call it at once. */
  async work(): Promise<number> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + LEASE_MS);
    const job = await this.database.transaction((tx) => this.lists.take(tx, now, until));
    if (!job) return 0;
    await this.batch(job as Job);
    return 1;
  }

  /** Who the parcels of old lists went to is not kept beside the orders; returns how many lists. */
  sweep(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const old = await this.lists.lockOld(tx, new Date(at.getTime() - KEEP_DAYS * DAY_MS), limit);
      for (const id of old) await this.lists.forget(tx, id, at);
      return old.length;
    });
  }

  private async batch(job: Job): Promise<void> {
    const states = TO_DO[job.state];
    const { parcels, lines } = await this.database.transaction(async (tx) => {
      if (job.state === 'UNDOING') await this.lists.undoWaiting(tx, job.id);
      const todo = await this.lists.toDo(tx, job.id, states, PARCELS_AT_ONCE);
      const nos = todo.map(({ parcelNo }) => parcelNo);
      return { parcels: todo, lines: await this.lists.linesOf(tx, job.id, nos) };
    });
    for (const parcel of parcels) {
      const own = lines.filter(({ parcelNo }) => parcelNo === parcel.parcelNo);
      const isRefused = await this.one(job, parcel, own);
      // One refusal is enough: what waits need not be tried.
      if (isRefused && job.state === 'PLACING' && job.mode === 'ALL_OR_NOTHING') break;
    }
    await this.database.transaction((tx) => this.rest(tx, job));
  }

  /** True where somebody has said no. */
  private async one(
    job: Job,
    parcel: ParcelToDo,
    lines: readonly { readonly variantId: string; readonly quantity: number }[],
  ): Promise<boolean> {
    let outcome: Outcome;
    try {
      outcome = await this.done(job, parcel, lines);
    } catch (error) {
      if (error instanceof NotFound) outcome = { refusal: NO_LONGER };
      else {
        // Of ours, not of the parcel's: it is tried again with the next batch, some times.
        this.log.fault(error, `Parcel ${parcel.parcelNo} of ${job.id} failed`);
        if (parcel.attempts + 1 < ATTEMPTS_MAX) {
          await this.database.transaction((tx) => this.lists.countAttempt(tx, job.id, parcel.parcelNo));
          return false;
        }
        outcome = await this.givenUp(job, parcel);
      }
    }
    const { parcelNo } = parcel;
    await this.database.transaction((tx) =>
      'refusal' in outcome
        ? this.lists.markRefused(tx, job.id, { parcelNo, state: refusedState(parcel) }, outcome.refusal)
        : this.lists.markDone(tx, job.id, { parcelNo, ...outcome }),
    );
    return 'refusal' in outcome;
  }

  private done(
    job: Job,
    parcel: ParcelToDo,
    lines: readonly { readonly variantId: string; readonly quantity: number }[],
  ): Promise<Outcome> {
    if (job.state === 'PLACING') return this.place(job, parcel, lines);
    return job.state === 'SIGNING' ? this.sign(job, parcel) : this.undo(job, parcel);
  }

  /** The key is the parcel's, so that what was placed and not noted is found again and placed once. */
  private async place(
    { id, buyerId, unitId, isForUnion, invoiceTitleId, campaignCode, paymentTerm }: Job,
    { parcelNo, name, phone, countyCode, address, totalFen }: ParcelToDo,
    lines: readonly { readonly variantId: string; readonly quantity: number }[],
  ): Promise<Outcome> {
    const placed = await this.placements.place(buyerId, {
      idempotencyKey: parcelKey(id, parcelNo),
      lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity, channelPointId: '' })),
      recipient: { name, phone, countyCode, address },
      totalFen,
      unitId,
      isForUnion,
      invoiceTitleId: invoiceTitleId || null,
      campaignCode: campaignCode || null,
      paymentTerm,
      handover: 'PARCEL',
      couponIds: [],
    });
    return refused(placed) ? { refusal: placed } : { state: 'PLACED', orderId: placed };
  }

  /** What was placed all the same, and only its answer lost every time, is not given up. */
  private async givenUp({ id, buyerId, state }: Job, { parcelNo }: ParcelToDo): Promise<Outcome> {
    const orderId = state === 'PLACING' ? await this.reader.idByKey(buyerId, parcelKey(id, parcelNo)) : null;
    return orderId === null ? { refusal: GIVEN_UP } : { state: 'PLACED', orderId };
  }

  private async sign({ signerId }: Job, { orderId }: ParcelToDo): Promise<Outcome> {
    if (signerId === null || orderId === null) return { refusal: NO_LONGER };
    const signed = await this.signing.sign(signerId, orderId);
    return refused(signed) ? { refusal: signed } : { state: 'SIGNED', orderId };
  }

  /** An order that is cancelled already, by whomever, is called off; so is one that was placed and never noted, which its key finds. */
  private async undo({ id, buyerId }: Job, { parcelNo, orderId: noted }: ParcelToDo): Promise<Outcome> {
    const orderId = noted ?? (await this.reader.idByKey(buyerId, parcelKey(id, parcelNo)));
    if (orderId === null) return { state: 'UNDONE', orderId };
    const cancelled = await this.orders.cancel(buyerId, orderId);
    if (!refused(cancelled)) return { state: 'UNDONE', orderId };
    const isCancelled = (await this.reader.byId(orderId))?.state === 'CANCELLED';
    return isCancelled ? { state: 'UNDONE', orderId } : { refusal: cancelled };
  }

  /** What comes next: the lease ends, and another batch or none follows. */
  private async rest(tx: Tx, job: Job): Promise<void> {
    const order = await this.lists.lock(tx, job.id);
    // Somebody whose lease began when ours had ended has gone on with it.
    if (order?.state !== job.state) return;
    const standing = await this.lists.standing(tx, job.id, TO_DO[job.state]);
    const state = stateAfter(job.state, { mode: job.mode, ...standing });
    if (state === 'UNDOING' && job.state === 'PLACING') return this.lists.begin(tx, job.id, 'UNDOING');
    const isAtRest = state !== job.state;
    await this.lists.release(tx, job.id, { state, finishedAt: isAtRest ? this.clock.now() : null });
  }
}

/** What was never placed is refused; what was placed stays so, with why it was not signed or called off. */
function refusedState({ state }: ParcelToDo): ParcelToDo['state'] {
  return state === 'WAITING' ? 'REFUSED' : state;
}
