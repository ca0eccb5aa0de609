import { Injectable } from '@nestjs/common';
import {
  type CabinetActor,
  type CabinetId,
  CabinetReader,
  type CabinetRow,
  CommandService,
  SaleStopReader,
  SlotLockReader,
  linkStateOf,
} from '#libs/counter';
import { CellParcelService } from '#libs/fulfillment';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, NotFound, newId, present, refused } from '#libs/kernel';
import { type HandoverMismatchError, type MerchantOrderNotShippableError, OrderReader } from '#libs/ordering';
import { Config } from '#platform/config';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { emit } from '#platform/outbox';
import type { KioskObstacle } from './kiosk.rules.js';
import { PickUpCourseService } from './pick-up-course.service.js';
import { PickUpMoneyReader } from './pick-up-money.reader.js';
import type { PickUp, PickUpId } from './pick-up.entity.js';
import {
  CellLockedError,
  CellTakenError,
  NoCellsError,
  ParcelTooHeavyError,
  PickUpCodeWrongError,
  PickUpCodesPausedError,
  PickUpExistsError,
  PickUpPaidBackError,
  PickUpStateError,
} from './pick-up.errors.js';
import { pickUpPlaced } from './pick-up.events.js';
import { PickUpReader, type PickUpRow } from './pick-up.reader.js';
import { PickUpRepository } from './pick-up.repository.js';
import {
  afterWrong,
  codeOf,
  codeSaid,
  type Cell,
  fittingCells,
  isCode,
  isOccupied,
  keptUntilOf,
  mayBeOpened,
} from './pick-up.rules.js';
import { KioskClosedError } from './vending.errors.js';
import { vendsWithin } from './vend-scope.rules.js';

export interface PickUpPlacing {
  readonly cabinetId: string;
  readonly merchantOrderId: string;
  readonly cellCode: string;
}

interface PuttingIn {
  readonly merchantOrderId: string;
  readonly cell: Cell;
  readonly by: IdOf<'usr'>;
  /** All of the cabinet, and which of them are locked: where else it could lie. */
  readonly cells: readonly Cell[];
  readonly locked: ReadonlySet<string>;
}

type Placed =
  | PickUpId
  | NoCellsError
  | CellTakenError
  | PickUpExistsError
  | CellLockedError
  | ParcelTooHeavyError
  | PickUpStateError
  | HandoverMismatchError
  | MerchantOrderNotShippableError;

/** Parcels are put into cells by whoever runs the cabinet, and fetched by whoever has ordered them or knows their code. */
@Injectable()
export class PickUpService {
  constructor(
    private readonly database: Database,
    private readonly pickUps: PickUpRepository,
    private readonly reader: PickUpReader,
    private readonly course: PickUpCourseService,
    private readonly cabinets: CabinetReader,
    private readonly commands: CommandService,
    private readonly locks: SlotLockReader,
    private readonly stops: SaleStopReader,
    private readonly parcels: CellParcelService,
    private readonly orders: OrderReader,
    private readonly money: PickUpMoneyReader,
    private readonly audit: AuditService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * A parcel lies in a cell from now on, which is opened for whoever puts it in. The same again changes nothing. Throws NotFound for cabinets outside the scope, cells that it does not have, and orders that are
   * not picked up there.
   */
  async place(
    { cabinetId, merchantOrderId, cellCode }: PickUpPlacing,
    { userId, scope }: CabinetActor,
  ): Promise<Placed> {
    const cabinet = await this.cabinets.byId(cabinetId, scope);
    if (!cabinet) throw new NotFound('Cabinet', cabinetId);
    if (cabinet.model !== 'LOCKER' || cabinet.state !== 'ACTIVE') return new NoCellsError();
    const cells = await this.cabinets.slotsOf([cabinet.id]);
    const cell = cells.find(({ code }) => code === cellCode);
    if (!cell) throw new NotFound('CabinetSlot', cellCode);
    const locked = new Set((await this.locks.openOf([cabinet.id])).map(({ slotCode }) => slotCode));
    try {
      return await this.database.transaction((tx) =>
        this.putIn(tx, cabinet, { merchantOrderId, cell, by: userId, cells, locked }),
      );
    } catch (error) {
      // Of two parcels in one cell, or one in two, at the same moment: the unique keys let one through.
      if (isDuplicate(error)) return new CellTakenError(cellCode);
      throw error;
    }
  }

  /** What lies for a buyer in the cabinet before which they stand. Two statements, whatever lies there. */
  async ownIn(cabinetId: CabinetId, buyerId: IdOf<'usr'>): Promise<PickUpRow[]> {
    const lying = await this.reader.lyingIn(cabinetId);
    const own = new Set<string>(
      await this.orders.ownOf(
        lying.map(({ orderId }) => orderId),
        buyerId,
      ),
    );
    return lying.filter(({ orderId }) => own.has(orderId));
  }

  /** Whoever has ordered it stands there. Throws NotFound for those of others, and for what lies elsewhere. */
  async open(
    buyerId: IdOf<'usr'>,
    cabinetId: CabinetId,
    pickUpId: string,
  ): Promise<PickUpId | KioskClosedError | PickUpStateError | PickUpPaidBackError> {
    const found = await this.reader.byId(pickUpId);
    const order = found && (await this.orders.byIdForBuyer(found.orderId, buyerId));
    if (!found || !order || found.cabinetId !== cabinetId) throw new NotFound('PickUp', pickUpId);
    const obstacle = await this.obstacleAt(cabinetId);
    return this.database.transaction(async (tx) => {
      const pickUp = await this.pickUps.lock(tx, found.id);
      if (!pickUp) throw new NotFound('PickUp', pickUpId);
      return obstacle ? new KioskClosedError(obstacle) : this.ask(tx, pickUp, buyerId);
    });
  }

  /** Somebody stands there who knows a code. Wrong ones are counted, also where the answer is no. */
  async openByCode(
    cabinetId: CabinetId,
    said: string,
  ): Promise<
    | PickUpId
    | KioskClosedError
    | PickUpStateError
    | PickUpPaidBackError
    | PickUpCodeWrongError
    | PickUpCodesPausedError
  > {
    const obstacle = await this.obstacleAt(cabinetId);
    if (obstacle) return new KioskClosedError(obstacle);
    const outcome = await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const guard = await this.pickUps.lockGuard(tx, cabinetId);
      if (guard.pausedUntil && guard.pausedUntil > now) return { pausedUntil: guard.pausedUntil };
      const code = codeSaid(said);
      const here = await this.pickUps.openableIn(tx, cabinetId);
      const found = here.find(({ id, codeNo }) => isCode(code, codeOf(this.config.authSecret, id, codeNo)));
      const pickUp = found && (await this.pickUps.lock(tx, found.id));
      if (pickUp && isOccupied(pickUp.state)) return { asked: await this.ask(tx, pickUp, null) };
      await this.pickUps.changeGuard(tx, cabinetId, afterWrong(guard, now));
      return { pausedUntil: null };
    });
    if ('asked' in outcome) return outcome.asked;
    const { pausedUntil } = outcome;
    if (!pausedUntil) return new PickUpCodeWrongError();
    const leftMs = pausedUntil.getTime() - this.clock.now().getTime();
    return new PickUpCodesPausedError(pausedUntil, Math.max(1, Math.ceil(leftMs / 1_000)));
  }

  /** What opens it, for whoever has ordered it; null where nothing does. */
  codeOf({ id, codeNo, state }: PickUpRow): string | null {
    return mayBeOpened(state) ? codeOf(this.config.authSecret, id, codeNo) : null;
  }

  /** Whoever runs the cabinet takes it out, and the cell is opened for them: to put it in again, or to give it back. Again it changes nothing. */
  takeBack(
    pickUpId: string,
    isAgain: boolean,
    { userId, scope }: CabinetActor,
  ): Promise<PickUpId | PickUpStateError> {
    return this.database.transaction(async (tx) => {
      const pickUp = await this.pickUps.lockWithin(tx, pickUpId, vendsWithin('u', scope));
      if (!pickUp) throw new NotFound('PickUp', pickUpId);
      const { id, state, cabinetId, cellCode, countyCode } = pickUp;
      if (state === (isAgain ? 'TAKEN_BACK' : 'RETURNED')) return id;
      const known = { takenBackBy: userId, takenBackAt: pickUp.takenBackAt ?? this.clock.now() };
      if (!(await this.course.hear(tx, pickUp, { kind: 'TAKEN_OUT', isAgain }, known)))
        return new PickUpStateError(state);
      if (isOccupied(state)) await this.tell(tx, pickUp, 'TAKE_BACK', userId);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'pick_up.taken_back',
        subject: id,
        divisionCode: countyCode,
        detail: { cabinetId, cellCode, isAgain },
      });
      return id;
    });
  }

  private async putIn(
    tx: Tx,
    { id: cabinetId, channelPointId, countyCode, operatorId }: CabinetRow,
    { merchantOrderId, cell, by, cells, locked }: PuttingIn,
  ): Promise<Placed> {
    const { code: cellCode } = cell;
    const standing = await this.pickUps.lockStanding(tx, merchantOrderId);
    // Of what lies elsewhere nobody here is told anything.
    if (standing && standing.channelPointId !== channelPointId)
      throw new NotFound('MerchantOrder', merchantOrderId);
    if (standing && isOccupied(standing.state)) {
      const isSame = standing.cabinetId === cabinetId && standing.cellCode === cellCode;
      return isSame ? standing.id : new PickUpExistsError(standing.cellCode);
    }
    // Its money goes back: whoever fetched it now would have both.
    if (standing?.state === 'RETURNED') return new PickUpStateError(standing.state);
    if (locked.has(cellCode)) return new CellLockedError(cellCode);
    const parcel = await this.parcels.layDown(tx, merchantOrderId, channelPointId);
    if (refused(parcel)) return parcel;
    const { weightG } = parcel;
    if (weightG > cell.maxItemG) {
      const taken = new Set((await this.reader.takenIn([cabinetId], tx)).map(({ slotCode }) => slotCode));
      const fitting = fittingCells(cells, weightG, { taken, locked });
      return new ParcelTooHeavyError(cellCode, weightG, cell.maxItemG, fitting);
    }
    if (standing) await this.course.hear(tx, standing, { kind: 'PLACED_AGAIN' });
    const placedAt = this.clock.now();
    const keptUntil = keptUntilOf(placedAt, parcel.hasPerishables);
    const id = newId('pku');
    const pickUp = {
      id,
      orderId: parcel.orderId,
      merchantOrderId: parcel.merchantOrderId,
      cabinetId,
      channelPointId,
      countyCode,
      operatorId,
      cellCode,
      state: 'WAITING' as const,
      codeNo: await this.freeCodeNo(tx, cabinetId, id),
      activeCabinetId: cabinetId,
      activeMerchantOrderId: parcel.merchantOrderId,
      placedBy: by,
      placedAt,
      keptUntil,
      askedAt: null,
      takenAt: null,
      takenBackBy: null,
      takenBackAt: null,
      checkAt: keptUntil,
    };
    await this.pickUps.insert(tx, pickUp);
    await this.tell(tx, pickUp, 'PLACE', by);
    await emit(tx, pickUpPlaced(id, parcel.orderId, placedAt));
    await this.audit.record(tx, {
      actorId: by,
      act: 'pick_up.placed',
      subject: id,
      divisionCode: countyCode,
      detail: { cabinetId, cellCode },
    });
    return id;
  }

  private async ask(
    tx: Tx,
    pickUp: PickUp,
    by: IdOf<'usr'> | null,
  ): Promise<PickUpId | PickUpStateError | PickUpPaidBackError> {
    // It is being opened: whoever asks twice has heard nothing.
    if (pickUp.state === 'OPENING') return pickUp.id;
    const askedAt = this.clock.now();
    // What is theirs already they may look at once more. Of the rest the order's part is taken first: what is being paid back at this moment is seen, and nothing is from now on.
    if (pickUp.state !== 'OPENED' && (await this.isPaidBack(tx, pickUp))) return new PickUpPaidBackError();
    if (!(await this.course.hear(tx, pickUp, { kind: 'ASKED' }, { askedAt })))
      return new PickUpStateError(pickUp.state);
    const endsAt = await this.tell(tx, pickUp, 'HAND_OVER', by);
    if (pickUp.state !== 'OPENED') await this.pickUps.change(tx, pickUp.id, { checkAt: endsAt });
    return pickUp.id;
  }

  private async isPaidBack(tx: Tx, pickUp: PickUp): Promise<boolean> {
    await this.parcels.hold(tx, pickUp.merchantOrderId, pickUp.channelPointId);
    return this.money.isPaidBack(tx, pickUp);
  }

  private async tell(
    tx: Tx,
    { id, cabinetId, cellCode }: Pick<PickUp, 'id' | 'cabinetId' | 'cellCode'>,
    purpose: 'PLACE' | 'HAND_OVER' | 'TAKE_BACK',
    askedBy: IdOf<'usr'> | null,
  ): Promise<Date> {
    const commandId = newId('ccm');
    await this.pickUps.insertOpening(tx, {
      commandId,
      pickUpId: id,
      purpose,
      askedBy,
      askedAt: this.clock.now(),
    });
    return this.commands.openCell(tx, cabinetId, commandId, cellCode);
  }

  /** One that no other parcel in the same cabinet has, however rare that is. */
  private async freeCodeNo(tx: Tx, cabinetId: string, id: PickUpId): Promise<number> {
    const { authSecret } = this.config;
    const there = new Set(
      (await this.pickUps.openableIn(tx, cabinetId)).map((each) => codeOf(authSecret, each.id, each.codeNo)),
    );
    let codeNo = 1;
    while (there.has(codeOf(authSecret, id, codeNo))) codeNo += 1;
    return codeNo;
  }

  /** Nothing is opened by a cabinet that does not hear it now, or may not obey. */
  private async obstacleAt(cabinetId: CabinetId): Promise<KioskObstacle | null> {
    const cabinet = present(await this.cabinets.byId(cabinetId, { divisions: 'ALL' }), cabinetId);
    if (cabinet.model !== 'LOCKER') return 'OTHER_MODEL';
    if (cabinet.state !== 'ACTIVE') return 'CLOSED';
    const stop = await this.stops.of(cabinet.id);
    if (stop) return stop;
    return linkStateOf(cabinet, this.clock.now()) === 'ONLINE' ? null : 'OFFLINE';
  }
}
