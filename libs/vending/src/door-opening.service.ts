import { Injectable } from '@nestjs/common';
import { CommandService } from '#libs/counter';
import { Clock, type IdOf, InvalidInputError, NotFound, fen, newId, plus, refused } from '#libs/kernel';
import { PaymentHoldService } from '#libs/payment';
import { Config } from '#platform/config';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { DoorCourseService } from './door-course.service.js';
import type { DoorOpening, DoorOpeningId } from './door-opening.entity.js';
import {
  DoorBusyError,
  DoorDebtUnpaidError,
  DoorKeyUsedError,
  DoorNotReadyError,
} from './door-opening.errors.js';
import { DoorOpeningRepository } from './door-opening.repository.js';
import { READY_WITHIN_MS, mayBeOpen } from './door-opening.rules.js';
import { type Kiosk, KioskReader } from './kiosk.reader.js';
import { PlanogramRepository } from './planogram.repository.js';
import { KioskClosedError, ScanExpiredError, SlotLockedError } from './vending.errors.js';

type Shut = ScanExpiredError | KioskClosedError | SlotLockedError;

const KEY = /^[\w:.-]{8,80}$/;

/** A buyer who stands before a cabinet with one door: has money kept ready, opens, takes, and shuts it. */
@Injectable()
export class DoorOpeningService {
  constructor(
    private readonly database: Database,
    private readonly openings: DoorOpeningRepository,
    private readonly kiosks: KioskReader,
    private readonly plans: PlanogramRepository,
    private readonly holds: PaymentHoldService,
    private readonly commands: CommandService,
    private readonly course: DoorCourseService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** What the key has begun at this cabinet already, whatever has become of the cabinet and of the visit since; null where that is nothing. */
  async startedBefore(
    buyerId: IdOf<'usr'>,
    cabinetId: IdOf<'cab'>,
    idempotencyKey: string,
  ): Promise<DoorOpeningId | DoorKeyUsedError | null> {
    if (!KEY.test(idempotencyKey)) return null;
    const earlier = await this.openings.byKey(this.database, buyerId, idempotencyKey);
    return earlier && answerAgain(earlier, cabinetId);
  }

  /** Has the buyer's bank asked to keep money ready. The same key answers with the first opening. */
  async start(
    buyerId: IdOf<'usr'>,
    cabinetId: IdOf<'cab'>,
    idempotencyKey: string,
  ): Promise<
    DoorOpeningId | InvalidInputError | DoorKeyUsedError | Shut | DoorBusyError | DoorDebtUnpaidError
  > {
    if (!KEY.test(idempotencyKey)) return invalidKey();
    const kiosk = await this.shutOrKiosk(cabinetId);
    if (refused(kiosk)) return kiosk;
    const started = await this.begin(buyerId, kiosk, idempotencyKey);
    if (refused(started)) return started;
    if (started.isNew) await this.holds.act(started.holdId);
    return started.id;
  }

  /** Opens, as soon as the money is kept ready; within ten seconds or not at all. Again while it is open it changes nothing. */
  async open(
    buyerId: IdOf<'usr'>,
    cabinetId: IdOf<'cab'>,
    openingId: string,
  ): Promise<DoorOpeningId | Shut | DoorBusyError | DoorNotReadyError> {
    const kiosk = await this.shutOrKiosk(cabinetId);
    try {
      return await this.database.transaction(async (tx) => {
        const opening = await this.lockOwn(tx, buyerId, openingId);
        if (opening.cabinetId !== cabinetId) throw new NotFound('DoorOpening', openingId);
        if (mayBeOpen(opening.state)) return opening.id;
        if (opening.state !== 'READY') return new DoorNotReadyError(opening.state);
        if (refused(kiosk)) return kiosk;
        await this.tell(tx, opening);
        return opening.id;
      });
    } catch (error) {
      // Somebody else has it open: the unique key decides, not a look beforehand.
      if (isDuplicate(error)) return new DoorBusyError();
      throw error;
    }
  }

  /** The buyer does not want to open any more. Once the door is open it changes nothing. */
  cancel(buyerId: IdOf<'usr'>, openingId: string): Promise<DoorOpeningId> {
    return this.database.transaction(async (tx) => {
      const opening = await this.lockOwn(tx, buyerId, openingId);
      await this.course.hear(tx, opening, { kind: 'GIVEN_UP' });
      return opening.id;
    });
  }

  private async begin(
    buyerId: IdOf<'usr'>,
    { cabinetId, channelPointId, countyCode, operatorId }: Kiosk,
    idempotencyKey: string,
  ): Promise<
    | { readonly id: DoorOpeningId; readonly holdId: IdOf<'pay'>; readonly isNew: boolean }
    | DoorKeyUsedError
    | DoorBusyError
    | DoorDebtUnpaidError
  > {
    const [id, holdId] = [newId('dop'), newId('pay')];
    // More than is usually taken at once, and no more than most cards give.
    const amountFen = fen(this.config.doorHoldFen);
    try {
      return await this.database.transaction(async (tx) => {
        const earlier = await this.openings.byKey(tx, buyerId, idempotencyKey);
        if (earlier) return again(answerAgain(earlier, cabinetId), holdId);
        const debt = await this.openings.debtOf(tx, buyerId);
        if (debt) return new DoorDebtUnpaidError(debt.orderId);
        const startedAt = this.clock.now();
        await this.openings.insert(tx, {
          id,
          buyerId,
          idempotencyKey,
          cabinetId,
          channelPointId,
          countyCode,
          operatorId,
          state: 'AWAITING_HOLD',
          activeCabinetId: null,
          activeBuyerId: buyerId,
          holdId,
          heldFen: amountFen,
          commandId: newId('ccm'),
          startedAt,
          askedAt: null,
          openedAt: null,
          closedAt: null,
          messageId: null,
          reviewReason: null,
          orderId: null,
          billedFen: null,
          billedAt: null,
          checkAt: plus(startedAt, READY_WITHIN_MS),
          decidedBy: null,
          decidedNote: null,
        });
        await this.holds.open(tx, { id: holdId, buyerId, subjectId: id, amountFen });
        return { id, holdId, isNew: true };
      });
    } catch (error) {
      // One at a time: of two that begin at once the unique keys let one through. Where it was the same key, that one is the answer.
      if (!isDuplicate(error)) throw error;
      const before = await this.startedBefore(buyerId, cabinetId, idempotencyKey);
      return before === null ? new DoorBusyError() : again(before, holdId);
    }
  }

  private async tell(tx: Tx, opening: DoorOpening): Promise<void> {
    const askedAt = this.clock.now();
    const planned = await this.plans.slotsOf(tx, opening.cabinetId);
    await this.course.hear(
      tx,
      { ...(opening as Pick<DoorOpening, keyof DoorOpening>), askedAt },
      { kind: 'ASKED' },
      { askedAt },
    );
    await this.openings.keepGoods(
      tx,
      opening.id,
      planned.flatMap(({ slotCode, variantId, priceFen, unitG, toleranceG }) =>
        unitG === null || toleranceG === null ? [] : [{ slotCode, variantId, priceFen, unitG, toleranceG }],
      ),
    );
    const endsAt = await this.commands.openDoor(tx, opening.cabinetId, opening.commandId);
    await this.openings.change(tx, opening.id, { checkAt: endsAt });
  }

  private async lockOwn(tx: Tx, buyerId: string, openingId: string): Promise<DoorOpening> {
    const opening = await this.openings.lock(tx, openingId);
    if (opening?.buyerId !== buyerId) throw new NotFound('DoorOpening', openingId);
    return opening;
  }

  /** There is one door: what may not be sold on any tray keeps it shut. */
  private async shutOrKiosk(cabinetId: string): Promise<Kiosk | Shut> {
    const kiosk = await this.kiosks.of(cabinetId);
    if (!kiosk) return new ScanExpiredError();
    if (kiosk.model !== 'OPEN_DOOR') return new KioskClosedError('OTHER_MODEL');
    if (kiosk.obstacle) return new KioskClosedError(kiosk.obstacle);
    const locked = kiosk.slots.find(({ lock }) => lock !== null);
    if (locked?.lock) return new SlotLockedError(locked.slotCode, locked.lock);
    return kiosk.slots.length > 0 ? kiosk : new KioskClosedError('CLOSED');
  }
}

/** The cabinet is what the key stands for. */
function answerAgain(
  earlier: Pick<DoorOpening, 'id' | 'cabinetId'>,
  cabinetId: string,
): DoorOpeningId | DoorKeyUsedError {
  return earlier.cabinetId === cabinetId ? earlier.id : new DoorKeyUsedError();
}

function again(before: DoorOpeningId | DoorKeyUsedError, holdId: IdOf<'pay'>) {
  return refused(before) ? before : { id: before, holdId, isNew: false };
}

function invalidKey(): InvalidInputError {
  const message = {
    zh: '请求编号须为 8 到 80 个字母、数字或 -_.:',
    en: 'The key has 8 to 80 letters, digits or any of -_.:',
  };
  return new InvalidInputError([{ path: 'idempotencyKey', message }]);
}
