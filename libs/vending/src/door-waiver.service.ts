import { Injectable } from '@nestjs/common';
import type { CabinetActor } from '#libs/counter';
import { AuditService } from '#libs/identity';
import { type Fen, type InvalidInputError, NotFound, assert, fen, present, refused } from '#libs/kernel';
import { OrderReader, OrderService } from '#libs/ordering';
import { Config } from '#platform/config';
import { Database, type Tx } from '#platform/database';
import { DoorBillService } from './door-bill.service.js';
import type { DoorOpening, DoorOpeningId } from './door-opening.entity.js';
import { DoorNotOwedError, DoorWaiveByAnotherError } from './door-opening.errors.js';
import { DoorOpeningRepository } from './door-opening.repository.js';
import { type DoorWaiveObstacle, obstacleToWaiving, refuseNote } from './door-opening.rules.js';
import { vendsWithin } from './vend-scope.rules.js';

/** A person asks for nothing more of what is owed for an opening: its order is called off, and what was taken is lost. */
@Injectable()
export class DoorWaiverService {
  constructor(
    private readonly database: Database,
    private readonly openings: DoorOpeningRepository,
    private readonly bills: DoorBillService,
    private readonly orders: OrderService,
    private readonly orderReader: OrderReader,
    private readonly audit: AuditService,
    private readonly config: Config,
  ) {}

  /** All of the bill: what the bank has given of it goes back. Said again by the same person it changes nothing. Throws NotFound outside the scope. */
  waive(
    openingId: string,
    note: string,
    actor: CabinetActor,
  ): Promise<DoorOpeningId | InvalidInputError | DoorNotOwedError | DoorWaiveByAnotherError> {
    return this.database.transaction(async (tx) => {
      const opening = await this.openings.lockWithin(tx, openingId, vendsWithin('d', actor.scope));
      if (!opening) throw new NotFound('DoorOpening', openingId);
      const { id, state, orderId, billedFen } = opening;
      if (state === 'WAIVED' && orderId !== null && opening.decidedBy === actor.userId) return id;
      if (state !== 'DEBT') return new DoorNotOwedError(state);
      const owed = { orderId: present(orderId, 'a debt has an order'), billedFen: fen(billedFen ?? 0n) };
      const refusal = refuseNote(note) ?? (await this.byAnother(tx, opening, actor));
      if (refusal) return refusal;
      const known = { decidedBy: actor.userId, decidedNote: note.trim() };
      if (!(await this.writeOff(tx, opening, known))) return new DoorNotOwedError(state);
      await this.audit.record(tx, {
        actorId: actor.userId,
        act: 'door_opening.waived',
        subject: id,
        divisionCode: opening.countyCode,
        detail: { orderId: owed.orderId, billedFen: owed.billedFen.toString(), note: note.trim() },
      });
      return id;
    });
  }

  /** Joins, behind the opening's lock, whoever decides it; nobody where time does. False where it is paid at this moment. */
  async writeOff(
    tx: Tx,
    opening: DoorOpening,
    known: Partial<Pick<DoorOpening, 'decidedBy' | 'decidedNote'>> = {},
  ): Promise<boolean> {
    const orderId = present(opening.orderId, 'a debt has an order');
    // Behind its own lock, and before the hold's and the stock's: it may have been paid at this moment.
    const order = await this.orders.lockPayable(tx, opening.buyerId, orderId);
    if (order.state !== 'PLACED') return false;
    await this.bills.waive(tx, opening, known);
    const gone = await this.orders.callOff(tx, order, 'WAIVED');
    assert(!refused(gone), `${orderId} is not paid, and so can be called off`);
    return true;
  }

  /** Whether whoever runs the cabinet might waive the bill by themselves: so far their silence goes. */
  async isForOperator(tx: Tx, opening: DoorOpening): Promise<boolean> {
    return (await this.obstacle(tx, opening, { isBuyer: false, isOfficial: false })) === null;
  }

  private async byAnother(
    tx: Tx,
    opening: DoorOpening,
    { userId, scope }: CabinetActor,
  ): Promise<DoorWaiveByAnotherError | null> {
    const who = { isBuyer: userId === opening.buyerId, isOfficial: 'divisions' in scope };
    const obstacle = await this.obstacle(tx, opening, who);
    return obstacle && new DoorWaiveByAnotherError(obstacle, this.limitFen);
  }

  private async obstacle(
    tx: Tx,
    { operatorId, orderId, billedFen }: DoorOpening,
    who: { readonly isBuyer: boolean; readonly isOfficial: boolean },
  ): Promise<DoorWaiveObstacle | null> {
    const lines = await this.orderReader.linesOfOrder(present(orderId, 'a debt has an order'), tx);
    const sellerIds = lines.map(({ merchantId }) => merchantId);
    const bill = { operatorId, sellerIds, billedFen: fen(billedFen ?? 0n) };
    return obstacleToWaiving(bill, { ...who, limitFen: this.limitFen });
  }

  private get limitFen(): Fen {
    return fen(this.config.doorWaiveFen);
  }
}
