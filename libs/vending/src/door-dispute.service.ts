import { Injectable } from '@nestjs/common';
import type { CabinetActor } from '#libs/counter';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, type InvalidInputError, NotFound, eachInTurn } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { DoorDisputeState } from './door-dispute.entity.js';
import { DoorDisputeRepository } from './door-dispute.repository.js';
import {
  type DisputeWord,
  disputableUntil,
  disputeDueAt,
  isTooLate,
  refuseSaid,
  turnOfDispute,
} from './door-dispute.rules.js';
import type { DoorOpening, DoorOpeningId } from './door-opening.entity.js';
import { DoorDisputeOverError, DoorNotDisputedError, DoorNotOwedError } from './door-opening.errors.js';
import { DoorOpeningRepository } from './door-opening.repository.js';
import { refuseNote } from './door-opening.rules.js';
import { DoorWaiverService } from './door-waiver.service.js';
import { vendsWithin } from './vend-scope.rules.js';

const BY_TIME = '对账单的异议未在期限内得到答复';

/** What is said of a bill that is still owed: by its buyer, whoever runs the cabinet, an official, and time. What was paid is disputed by an after-sale case. */
@Injectable()
export class DoorDisputeService {
  constructor(
    private readonly database: Database,
    private readonly openings: DoorOpeningRepository,
    private readonly disputes: DoorDisputeRepository,
    private readonly waivers: DoorWaiverService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Once per bill; said again it changes nothing. Throws NotFound for those of others. */
  open(
    buyerId: IdOf<'usr'>,
    openingId: string,
    text: string,
  ): Promise<DoorOpeningId | InvalidInputError | DoorNotOwedError | DoorDisputeOverError> {
    return this.database.transaction(async (tx) => {
      const opening = await this.openings.lock(tx, openingId);
      if (!opening || opening.buyerId !== buyerId) throw new NotFound('DoorOpening', openingId);
      if (await this.disputes.lock(tx, opening.id)) return opening.id;
      const invalid = refuseSaid(text);
      if (invalid) return invalid;
      if (opening.state !== 'DEBT' || opening.billedAt === null) return new DoorNotOwedError(opening.state);
      const now = this.clock.now();
      const until = disputableUntil(opening.billedAt);
      if (now >= until) return new DoorDisputeOverError(until);
      await this.disputes.insert(tx, {
        openingId: opening.id,
        state: 'OPEN',
        said: text.trim(),
        openedAt: now,
        dueAt: disputeDueAt('OPEN', now),
        answeredBy: null,
        answeredAt: null,
        note: '',
      });
      await this.write(tx, opening, 'door_opening.disputed', buyerId);
      return opening.id;
    });
  }

  /** The bill stands, for whoever says so: of whoever runs the cabinet an official decides, of an official it is over. To agree is to waive it. Throws NotFound outside the scope. */
  refuse(
    openingId: string,
    note: string,
    { userId, scope }: CabinetActor,
  ): Promise<DoorOpeningId | InvalidInputError | DoorNotDisputedError> {
    return this.database.transaction(async (tx) => {
      const opening = await this.openings.lockWithin(tx, openingId, vendsWithin('d', scope));
      if (!opening) throw new NotFound('DoorOpening', openingId);
      const invalid = refuseNote(note);
      if (invalid) return invalid;
      const dispute = await this.disputes.lock(tx, opening.id);
      // Said again, by somebody who has heard nothing.
      if (dispute?.answeredBy === userId && dispute.note === note.trim()) return opening.id;
      const isOfficial = 'divisions' in scope;
      // Nobody decides about what they owe themselves.
      const word: DisputeWord | null = opening.buyerId === userId ? null : { kind: 'REFUSED', isOfficial };
      const next = dispute && word && turnOfDispute(dispute.state, word);
      if (!dispute || !next) return new DoorNotDisputedError(dispute?.state ?? null);
      if (isTooLate(dispute, this.clock.now())) return new DoorNotDisputedError(dispute.state, true);
      await this.move(tx, opening.id, next.state, {
        answeredBy: userId,
        answeredAt: this.clock.now(),
        note: note.trim(),
      });
      await this.write(tx, opening, 'door_opening.dispute_refused', userId, { note: note.trim() });
      return opening.id;
    });
  }

  /** What time alone decides. */
  async checkDue(limit: number): Promise<number> {
    const now = this.clock.now();
    const ids = await this.database.transaction((tx) => this.disputes.due(tx, now, limit));
    await eachInTurn(ids, (id) => this.database.transaction((tx) => this.check(tx, id)));
    return ids.length;
  }

  private async check(tx: Tx, id: DoorOpeningId): Promise<void> {
    const opening = await this.openings.lock(tx, id);
    const dispute = opening && (await this.disputes.lock(tx, id));
    if (!opening || !dispute?.dueAt || dispute.dueAt > this.clock.now()) return;
    const mayWaive = await this.waivers.isForOperator(tx, opening);
    const next = turnOfDispute(dispute.state, { kind: 'SILENT', mayWaive });
    if (!next) return;
    // Paid at this moment: what was paid closes it.
    if (!next.isWaived) await this.move(tx, id, next.state);
    else if (await this.waivers.writeOff(tx, opening))
      await this.write(tx, opening, 'door_opening.waived', null, { note: BY_TIME });
  }

  private move(
    tx: Tx,
    id: DoorOpeningId,
    state: DoorDisputeState,
    answered: { readonly answeredBy?: IdOf<'usr'>; readonly answeredAt?: Date; readonly note?: string } = {},
  ): Promise<void> {
    return this.disputes.change(tx, id, {
      ...answered,
      state,
      dueAt: disputeDueAt(state, this.clock.now()),
    });
  }

  private write(
    tx: Tx,
    { id, countyCode, orderId }: DoorOpening,
    act: string,
    actorId: IdOf<'usr'> | null,
    detail: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act,
      subject: id,
      divisionCode: countyCode,
      detail: { orderId: orderId ?? '', ...detail },
    });
  }
}
