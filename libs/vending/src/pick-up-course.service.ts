import { Injectable } from '@nestjs/common';
import { type CabinetCellAnswered, CommandService, SlotLockService } from '#libs/counter';
import { CellParcelService } from '#libs/fulfillment';
import { Clock, plus, eachInTurn } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { PickUpMoneyReader } from './pick-up-money.reader.js';
import type { PickUpId } from './pick-up.entity.js';
import { pickUpChanged, pickUpOverdue, pickUpReturned } from './pick-up.events.js';
import { PickUpRepository, type PickUpRowWritten } from './pick-up.repository.js';
import {
  CELL_ANSWER_WITHIN_MS,
  type PickUpWord,
  checkPickUpAt,
  isOccupied,
  takenAtOf,
  turnOfPickUp,
} from './pick-up.rules.js';
import { VendRepository } from './vend.repository.js';

/** What comes of a parcel in a cell: by what people, the cabinet and the clock say of it, in whatever order. */
@Injectable()
export class PickUpCourseService {
  constructor(
    private readonly database: Database,
    private readonly pickUps: PickUpRepository,
    private readonly parcels: CellParcelService,
    private readonly commands: CommandService,
    private readonly locks: SlotLockService,
    private readonly vends: VendRepository,
    private readonly money: PickUpMoneyReader,
    private readonly clock: Clock,
  ) {}

  /** Joins, behind its lock: what follows of a word, and whatever else is known with it. False where nothing does. */
  async hear(
    tx: Tx,
    pickUp: PickUpRowWritten,
    word: PickUpWord,
    known: Partial<PickUpRowWritten> = {},
  ): Promise<boolean> {
    const next = turnOfPickUp(pickUp.state, word);
    if (!next) return false;
    const { id, orderId, merchantOrderId, cabinetId, channelPointId, cellCode, keptUntil } = pickUp;
    const now = this.clock.now();
    const { state, act } = next;
    const isThere = isOccupied(state);
    await this.pickUps.change(tx, id, {
      ...known,
      state,
      activeCabinetId: isThere ? cabinetId : null,
      activeMerchantOrderId: isThere ? merchantOrderId : null,
      checkAt: checkPickUpAt(state, { keptUntil, takenAt: known.takenAt ?? pickUp.takenAt, now }),
    });
    // From when the cabinet is told until it is known: nothing is paid back meanwhile.
    if (state === 'OPENING') await this.parcels.opening(tx, merchantOrderId, channelPointId, now);
    else if (pickUp.state === 'OPENING')
      await this.parcels.opening(tx, merchantOrderId, channelPointId, null);
    if (act === 'LOCK')
      await this.locks.lock(tx, cabinetId, [cellCode], {
        reason: 'FAULT',
        detail: '格口未能打开，待现场查看',
        by: null,
      });
    await emit(tx, state === 'OVERDUE' ? pickUpOverdue(id, orderId, now) : pickUpChanged(id, orderId, now));
    if (act === 'HAND_OVER')
      await this.parcels.fetched(tx, merchantOrderId, channelPointId, known.takenAt ?? now);
    if (act === 'REFUND') {
      await this.parcels.givenBack(tx, merchantOrderId, channelPointId);
      await emit(tx, pickUpReturned(id, orderId, merchantOrderId, now));
    }
    return true;
  }

  /** The cabinet has opened a cell, or will not. Told twice, late or in another order it is the same. */
  async answered(
    tx: Tx,
    { cabinetId, commandId, messageId, occurredAt }: CabinetCellAnswered['payload'],
  ): Promise<void> {
    const opening = await this.pickUps.openingBy(tx, cabinetId, commandId);
    const pickUp = opening && (await this.pickUps.lock(tx, opening.pickUpId));
    // Whoever takes it out has a key as well.
    if (!pickUp || opening.purpose === 'TAKE_BACK') return;
    const isHeard = await this.follow(tx, pickUp, opening.purpose, commandId, new Date(occurredAt));
    if (opening.purpose === 'PLACE' || pickUp.state === 'OPENED') return;
    if ((await this.commands.stateOf(tx, commandId)) !== 'DONE') return;
    // Opened for its buyer, and taken out by the operator: only one of them has it. Or opened, and we hear of it so late that its money has gone back: its buyer has both.
    if (isHeard ? !(await this.money.isPaidBack(tx, pickUp)) : pickUp.takenBackAt === null) return;
    const { countyCode, operatorId, cellCode: slotCode } = pickUp;
    const found = { kind: 'LATE_OPENING', units: 1, vendId: null, messageId, slotCode } as const;
    await this.vends.insertBreak(
      tx,
      { ...found, cabinetId: pickUp.cabinetId, countyCode, operatorId },
      0,
      this.clock.now(),
    );
  }

  /** What time alone decides. */
  async checkDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) => this.pickUps.due(tx, now, limit));
    await eachInTurn(ids, (id) => this.database.transaction((tx) => this.check(tx, id)));
    return ids.length;
  }

  private async check(tx: Tx, id: PickUpId): Promise<void> {
    const pickUp = await this.pickUps.lock(tx, id);
    const now = this.clock.now();
    if (!pickUp || pickUp.checkAt === null || pickUp.checkAt > now) return;
    if (pickUp.state === 'OPENING') return this.giveUp(tx, pickUp, now);
    if (pickUp.state === 'OPENED') await this.hear(tx, pickUp, { kind: 'LEFT_ALONE' });
    else if (pickUp.state === 'TAKEN_BACK') await this.hear(tx, pickUp, { kind: 'NOT_AGAIN' });
    else await this.hear(tx, pickUp, { kind: 'DAYS_OVER' });
  }

  /** What was never said was never done. Of what was said the answer is waited for; what comes later still counts. */
  private async giveUp(tx: Tx, pickUp: PickUpRowWritten, now: Date): Promise<void> {
    const last = await this.pickUps.lastHandOver(tx, pickUp.id);
    if (!last) return;
    const endsAt = plus(last.askedAt, CELL_ANSWER_WITHIN_MS);
    const [unsaid] = await this.commands.endUnsaid(tx, [last.commandId]);
    if (unsaid) {
      await this.hear(tx, pickUp, { kind: 'SILENT' });
      return;
    }
    // It has come in, and its fact has not been looked at yet.
    if (await this.follow(tx, pickUp, 'HAND_OVER', last.commandId, now)) return;
    if (now < endsAt) await this.pickUps.change(tx, pickUp.id, { checkAt: endsAt });
    else await this.hear(tx, pickUp, { kind: 'SILENT' });
  }

  private async follow(
    tx: Tx,
    pickUp: PickUpRowWritten,
    purpose: 'PLACE' | 'HAND_OVER',
    commandId: string,
    occurredAt: Date,
  ): Promise<boolean> {
    const state = await this.commands.stateOf(tx, commandId);
    if (state === 'FAILED') return this.hear(tx, pickUp, { kind: 'JAMMED' });
    if (state === 'EXPIRED') return this.hear(tx, pickUp, { kind: 'SILENT' });
    if (state !== 'DONE' || purpose === 'PLACE') return false;
    const takenAt = takenAtOf(occurredAt, pickUp.placedAt, this.clock.now());
    return this.hear(tx, pickUp, { kind: 'SEEN_OPEN' }, { takenAt });
  }
}
