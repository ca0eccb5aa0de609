import { Injectable } from '@nestjs/common';
import { TakenService } from '#libs/fulfillment';
import { Clock, fen, present, refused } from '#libs/kernel';
import { OrderPlacementService, OrderReader, type WantedLine } from '#libs/ordering';
import { PaymentHoldReader, PaymentHoldService } from '#libs/payment';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { DoorCourseService } from './door-course.service.js';
import type { DoorOpening, DoorOpeningId } from './door-opening.entity.js';
import { DoorLossService } from './door-loss.service.js';
import { DoorOpeningReader } from './door-opening.reader.js';
import { DoorOpeningRepository, type OpeningItem } from './door-opening.repository.js';
import { goneAt } from './door-opening.rules.js';

/** Whoever has taken it is asked for no name; what they took, the order knows. */
const NOBODY = { name: '开门柜取货', phone: '', countyCode: '', address: '' } as const;

/** Makes an order of what was taken, and has it paid by what the bank keeps ready. */
@Injectable()
export class DoorBillService {
  constructor(
    private readonly database: Database,
    private readonly openings: DoorOpeningRepository,
    private readonly reader: DoorOpeningReader,
    private readonly course: DoorCourseService,
    private readonly placements: OrderPlacementService,
    private readonly orders: OrderReader,
    private readonly holds: PaymentHoldService,
    private readonly holdReader: PaymentHoldReader,
    private readonly taken: TakenService,
    private readonly losses: DoorLossService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** May be repeated: the opening is the key of its order, and what is placed already is found. */
  async bill(openingId: DoorOpeningId): Promise<void> {
    const opening = await this.reader.byId(openingId);
    if (opening?.state !== 'BILLING') return;
    const items = await this.openings.itemsOf(this.database, openingId);
    const hold = present(await this.holdReader.byId(opening.holdId), opening.holdId);
    const placed = await this.placements.place(opening.buyerId, {
      idempotencyKey: `door:${openingId}`,
      lines: items.map((item) => lineOf(opening.channelPointId, item)),
      recipient: NOBODY,
      totalFen: null,
      handover: 'TAKEN',
      ...(hold.state === 'HELD' ? { heldFen: hold.amountFen } : {}),
    });
    if (refused(placed)) {
      if (placed.code === 'CROWDED') throw new Error(`${openingId} is billed once the crowd is gone`);
      this.log.warn({ openingId, code: placed.code }, 'what was taken cannot be ordered');
      await this.database.transaction(async (tx) => {
        const locked = present(await this.openings.lock(tx, openingId), openingId);
        await this.course.hear(tx, locked, { kind: 'NOT_SOLD' });
      });
      return;
    }
    await this.database.transaction((tx) => this.enter(tx, openingId, placed));
  }

  /** Joins: the order is paid, by the bank's money or by the buyer. What was taken is theirs, from the moment when they took it. */
  async paid(tx: Tx, orderId: string): Promise<void> {
    const opening = await this.openings.lockByOrder(tx, orderId);
    // Of another kind; or not entered yet, and then whoever enters it sees that it is paid.
    if (opening) await this.conclude(tx, opening, orderId);
  }

  /** Joins: the order was called off before it was paid. Nothing is asked for it any more, and what was taken is lost. */
  async calledOff(tx: Tx, orderId: string): Promise<void> {
    const opening = await this.openings.lockByOrder(tx, orderId);
    // Of another kind; or not entered yet, and then whoever enters it sees that it is called off.
    if (opening) await this.waive(tx, opening);
  }

  /** Joins, behind the opening's lock: nothing is asked for what was billed, and whatever else is known with it. What was taken is lost. */
  async waive(
    tx: Tx,
    opening: DoorOpening,
    known: Partial<Pick<DoorOpening, 'decidedBy' | 'decidedNote'>> = {},
  ): Promise<void> {
    if (!(await this.course.hear(tx, opening, { kind: 'CALLED_OFF' }, known))) return;
    await this.losses.write(tx, opening, { hasLeft: true });
  }

  private async enter(
    tx: Tx,
    openingId: DoorOpeningId,
    orderId: NonNullable<DoorOpening['orderId']>,
  ): Promise<void> {
    const opening = present(await this.openings.lock(tx, openingId), openingId);
    if (opening.state !== 'BILLING') return;
    const order = present(await this.orders.byId(orderId, tx), orderId);
    const totalFen = fen(order.totalFen);
    const isOpen = order.state === 'PLACED' && totalFen > 0n;
    // Paid by its buyer before we came to it, or by others: then nothing is to be captured.
    const isCaptured = isOpen && (await this.holds.captureFor(tx, opening.holdId, opening.buyerId, orderId));
    if (!isOpen) await this.holds.release(tx, opening.holdId);
    const isCovered = !isOpen || (isCaptured && totalFen <= opening.heldFen);
    const billed = { orderId, billedFen: totalFen, billedAt: this.clock.now() };
    await this.course.hear(tx, opening, { kind: 'ORDERED', isCovered }, billed);
    const entered = present(await this.openings.lock(tx, openingId), openingId);
    if (order.state === 'PAID') await this.conclude(tx, entered, orderId);
    // Last, because of the stock.
    await this.taken.leave(tx, orderId, goneAt(entered, this.clock.now()));
    if (order.state === 'CANCELLED') await this.waive(tx, entered);
  }

  private async conclude(tx: Tx, opening: DoorOpening, orderId: string): Promise<void> {
    if (!(await this.course.hear(tx, opening, { kind: 'PAID' }))) return;
    await this.taken.conclude(tx, orderId, goneAt(opening, this.clock.now()));
  }
}

function lineOf(
  channelPointId: string,
  { slotCode, variantId, quantity, priceFen }: OpeningItem,
): WantedLine {
  const slot = { channelPointId, slotCode, priceFen: priceFen.toString() };
  return { variantId, quantity, channelPointId, slot };
}
