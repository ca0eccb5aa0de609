import { Injectable } from '@nestjs/common';
import { Clock, isId, newId, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import { SILENT_AFTER_MS } from './cabinet.rules.js';
import { emit } from '#platform/outbox';
import { cabinetCellAnswered, cabinetDeliveryRefused, cabinetDoorAnswered } from './cabinet.events.js';
import type { CabinetCommand, CabinetCommandId, CommandKind, CommandState } from './command.entity.js';
import { CommandRepository, type GapRow } from './command.repository.js';
import {
  COMMAND_LIFE_MS,
  DELIVER_LIFE_MS,
  DELIVER_SAID_AGAIN_MS,
  SAID_AGAIN_MS,
  firstPart,
  pauseAfter,
  stateAfter,
} from './command.rules.js';
import { InboxRepository } from './inbox.repository.js';
import type { CabinetMessageId } from './message.entity.js';
import type { UplinkOf } from './message-schema.service.js';
import { type Span, split } from './sequence.rules.js';

const SEND_MAX = 200;

export interface Delivery {
  readonly slot: string;
  readonly units: number;
  /** What all of it costs, for the cabinet's own sums. */
  readonly fen: number;
}

/** What cabinets are told, and what becomes of it. */
@Injectable()
export class CommandService {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly inbox: InboxRepository,
    private readonly clock: Clock,
  ) {}

  /** Goods come out of a slot, within ten seconds or not at all. Whoever asks knows its id beforehand. */
  deliver(tx: Tx, cabinetId: CabinetId, id: CabinetCommandId, delivery: Delivery): Promise<Date> {
    return this.request(tx, cabinetId, 'DELIVER', delivery, { id, lifeMs: DELIVER_LIFE_MS });
  }

  /** The door is unlocked for whoever stands there, within ten seconds or not at all. */
  openDoor(tx: Tx, cabinetId: CabinetId, id: CabinetCommandId): Promise<Date> {
    return this.request(tx, cabinetId, 'OPEN_DOOR', {}, { id, lifeMs: DELIVER_LIFE_MS });
  }

  /** A cell is unlocked for whoever stands there, likewise. */
  openCell(tx: Tx, cabinetId: CabinetId, id: CabinetCommandId, slot: string): Promise<Date> {
    return this.request(tx, cabinetId, 'OPEN_CELL', { slot }, { id, lifeMs: DELIVER_LIFE_MS });
  }

  stateOf(tx: Tx, commandId: string): Promise<CommandState | null> {
    return this.commands.stateOf(tx, commandId);
  }

  /** Of these, those that are over and were never said: nothing can come of them any more. */
  endUnsaid(tx: Tx, commandIds: readonly CabinetCommandId[]): Promise<CabinetCommandId[]> {
    return this.commands.endUnsaid(tx, commandIds, this.clock.now());
  }

  async request(
    tx: Tx,
    cabinetId: CabinetId,
    kind: CommandKind,
    data: object,
    {
      id = newId('ccm'),
      lifeMs = COMMAND_LIFE_MS,
    }: { readonly id?: CabinetCommandId; readonly lifeMs?: number } = {},
  ): Promise<Date> {
    const requestedAt = this.clock.now();
    const expiresAt = plus(requestedAt, lifeMs);
    await this.commands.insert(tx, {
      id,
      cabinetId,
      kind,
      data: JSON.stringify(data),
      state: 'WAITING',
      requestedAt,
      expiresAt,
      sentAt: null,
      repliedAt: null,
      detail: '',
      requestedBy: null,
      causeKey: null,
      log: null,
    });
    return expiresAt;
  }

  /** What is to be said now. Noted as said first: what gets lost is said again, and an id that comes twice is done once. */
  due(
    connected: readonly string[] | null,
  ): Promise<Pick<CabinetCommand, 'id' | 'cabinetId' | 'kind' | 'data' | 'expiresAt'>[]> {
    return this.database.transaction((tx) => {
      const now = this.clock.now();
      return this.commands.takeDue(tx, connected, {
        now,
        saidBefore: plus(now, -SAID_AGAIN_MS),
        deliverSaidBefore: plus(now, -DELIVER_SAID_AGAIN_MS),
        limit: SEND_MAX,
      });
    });
  }

  expire(): Promise<number> {
    return this.database.transaction((tx) => this.commands.expire(tx, this.clock.now()));
  }

  /** Asks for what is missing, ever more rarely, and gives it up in the end. */
  async askForMissing(limit: number): Promise<number> {
    const now = this.clock.now();
    const gaps = await this.database.transaction((tx) =>
      this.commands.gapsToAsk(tx, { now, seenAfter: plus(now, -SILENT_AFTER_MS), limit }),
    );
    let asked = 0;
    for (const gap of gaps) asked += Number(await this.ask(gap));
    return asked;
  }

  /** In the transaction that takes the reply. An answer to nothing that we know changes nothing. */
  async settle(
    tx: Tx,
    cabinetId: CabinetId,
    { commandId, outcome, detail, gone, log }: UplinkOf<'reply'>['data'],
    { messageId, occurredAt }: { readonly messageId: CabinetMessageId; readonly occurredAt: Date },
  ): Promise<void> {
    if (!isId('ccm', commandId)) return;
    const command = await this.commands.lock(tx, cabinetId, commandId);
    if (!command) return;
    const at = this.clock.now();
    await this.commands.answer(tx, commandId, { state: stateAfter(outcome), detail, log: log ?? null, at });
    // A FAILED one has begun: what came out of it a vend says.
    if (command.kind === 'DELIVER' && (outcome === 'EXPIRED' || outcome === 'UNSUPPORTED'))
      await emit(tx, cabinetDeliveryRefused(cabinetId, commandId, at));
    if (command.kind === 'OPEN_DOOR')
      await emit(tx, cabinetDoorAnswered(cabinetId, commandId, messageId, at));
    if (command.kind === 'OPEN_CELL') {
      const answer = { cabinetId, commandId, messageId, occurredAt: occurredAt.toISOString() };
      await emit(tx, cabinetCellAnswered(answer, at));
    }
    if (command.kind !== 'RESEND') return;
    const { bootId } = JSON.parse(command.data) as { readonly bootId: string };
    for (const span of gone ?? []) await this.giveUp(tx, cabinetId, bootId, span);
  }

  /** False where it has come meanwhile: the look before was without a lock. */
  private ask(found: GapRow): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      await this.commands.lockLine(tx, found.cabinetId);
      const gap = await this.commands.dueGap(tx, found, now);
      if (!gap) return false;
      const pauseMs = pauseAfter(gap.askedCount + 1);
      if (pauseMs === null) {
        await this.commands.setGapState(tx, gap, 'LOST');
        return true;
      }
      await this.request(tx, gap.cabinetId, 'RESEND', { bootId: gap.bootId, ...firstPart(gap) });
      await this.commands.noteAsked(tx, gap, plus(now, pauseMs));
      return true;
    });
  }

  private async giveUp(tx: Tx, cabinetId: CabinetId, bootId: string, span: Span): Promise<void> {
    const at = this.clock.now();
    for (const gap of await this.commands.gapsWithin(tx, cabinetId, bootId, span)) {
      const { gone, left } = split(gap, span);
      if (!gone) continue;
      await this.inbox.deleteGap(tx, cabinetId, bootId, gap);
      await this.inbox.insertGaps(tx, cabinetId, bootId, left, { state: 'OPEN', at });
      await this.inbox.insertGaps(tx, cabinetId, bootId, [gone], { state: 'LOST', at });
    }
  }
}
