import { Injectable } from '@nestjs/common';
import { Clock, businessDay, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { CabinetCredentialId, CabinetId } from './cabinet.entity.js';
import { placeOfBoot } from './boot.rules.js';
import { cabinetVended, cabinetWeighed } from './cabinet.events.js';
import { dated, startOf } from './dating.rules.js';
import { type Boot, GAPS_MAX, InboxRepository, type Line } from './inbox.repository.js';
import type { DropReason, MessageKind, ParkedMessageId } from './message.entity.js';
import { MessageSchemaService, type UplinkMessage, type UplinkOf } from './message-schema.service.js';
import { missingBelow, placeOf } from './sequence.rules.js';
import { CabinetWatchService } from './cabinet-watch.service.js';
import { CommandService } from './command.service.js';
import { SnapshotRepository } from './snapshot.repository.js';
import { VERSIONS } from './topic.rules.js';
import { soldIn } from './vend.rules.js';

/** A month of a cabinet that speaks to nobody who understands it; then it is told to stop. */
const PARKED_MAX = 1_000;

export interface Uplink {
  readonly cabinetId: string;
  /** What it has signed in with; null where somebody else's broker has let it in. */
  readonly credentialId: CabinetCredentialId | null;
  readonly version: number;
  readonly kind: string;
  readonly payload: Buffer;
  /** Sent before, without an answer: it was kept waiting, so it says nothing about clocks. */
  readonly isResent: boolean;
}

/**
 * What became of it. Whatever is not STRANGER or BUSY is committed and may be acknowledged: sent again it changes nothing.
 * STRANGER: not, or no longer, somebody who may say anything. BUSY: to be sent again later.
 */
export type Receipt = 'TAKEN' | 'REPEATED' | 'PARKED' | 'DROPPED' | 'STRANGER' | 'BUSY';

type Numbered = Exclude<UplinkMessage, { readonly kind: 'heartbeat' }>;

/** Takes what cabinets say, each message once, whatever the line does to it. */
@Injectable()
export class InboxService {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly commands: CommandService,
    private readonly snapshots: SnapshotRepository,
    private readonly schemas: MessageSchemaService,
    private readonly watch: CabinetWatchService,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the effect has been committed. */
  receive(uplink: Uplink): Promise<Receipt> {
    const read = this.schemas.read(uplink.version, uplink.kind, uplink.payload);
    return this.database.transaction(async (tx): Promise<Receipt> => {
      const now = this.clock.now();
      const bootId = read.as === 'MESSAGE' ? read.message.bootId : null;
      const { credentialId } = uplink;
      const line = await this.inbox.lockLine(tx, uplink.cabinetId, { credentialId, bootId, now });
      if (!line) return 'STRANGER';
      await this.watch.heard(tx, line);
      switch (read.as) {
        case 'MALFORMED':
          return this.drop(tx, line, uplink, read.reason, read.detail);
        case 'UNKNOWN_VERSION':
          return this.park(tx, line, uplink, read.version);
        case 'MESSAGE':
          return this.take(tx, line, uplink, read.message);
      }
    });
  }

  /** What waited for a version that is understood by now, in the order in which it came. */
  async replayParked(limit: number): Promise<number> {
    const waiting = await this.database.transaction((tx) => this.inbox.parkedOf(tx, VERSIONS, limit));
    let replayed = 0;
    for (const { id, cabinetId } of waiting) replayed += Number(await this.replay(id, cabinetId));
    return replayed;
  }

  /** False where somebody else has done it, or it has to wait. Of a cabinet that says nothing any more it is forgotten. */
  private replay(id: ParkedMessageId, cabinetId: CabinetId): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const found = await this.inbox.parked(tx, id);
      if (!found) return false;
      const { version, kind, payload } = found;
      const read = this.schemas.read(version, kind, payload);
      if (read.as === 'UNKNOWN_VERSION') return false;
      const bootId = read.as === 'MESSAGE' ? read.message.bootId : null;
      const line = await this.inbox.lockLine(tx, cabinetId, {
        credentialId: null,
        bootId,
        now: this.clock.now(),
      });
      // What it says never changes; whether it still waits is known only under the lock.
      if (!(await this.inbox.parked(tx, id))) return false;
      if (line) {
        const uplink = { cabinetId, credentialId: null, version, kind, payload, isResent: true };
        const receipt =
          read.as === 'MESSAGE'
            ? await this.take(tx, line, uplink, read.message)
            : await this.drop(tx, line, uplink, read.reason, read.detail);
        if (receipt === 'BUSY') return false;
      }
      await this.inbox.unpark(tx, id);
      return true;
    });
  }

  private async take(tx: Tx, line: Line, uplink: Uplink, message: UplinkMessage): Promise<Receipt> {
    const boot = line.boot ?? (await this.begin(tx, line, uplink, message));
    if (message.kind === 'heartbeat') return this.beat(tx, line, uplink, boot, message);
    return this.takeNumbered(tx, line, uplink, boot, message);
  }

  /** A start that was never heard of gets its place among the others. One that counts anew without having been signed in anew is for a person to see. */
  private async begin(
    tx: Tx,
    line: Line,
    { isResent }: Uplink,
    { kind, bootId, bootNo: toldNo }: UplinkMessage,
  ): Promise<Boot> {
    const isLive = kind === 'heartbeat' && !isResent;
    const { bootNo, bootBase, as } = placeOfBoot(
      { ...line, credentialAt: line.heardCredentialAt },
      { bootNo: toldNo, isLive, credentialAt: line.credentialAt },
    );
    const boot: Boot = { bootId, bootNo, bootBase, startedAt: null, highestSeq: 0 };
    const now = this.clock.now();
    await this.inbox.insertBoot(tx, line.cabinetId, boot, now);
    if (as === 'DOUBTFUL' || as === 'RESET')
      await this.watch.bootDoubted(tx, line, as === 'DOUBTFUL', toldNo);
    return boot;
  }

  /** Never kept for later, so it tells which boot this is, when that began, how far its clock is off, and what it has numbered so far. */
  private async beat(
    tx: Tx,
    line: Line,
    uplink: Uplink,
    boot: Boot,
    { seq, at, up, bootId }: UplinkOf<'heartbeat'>,
  ): Promise<Receipt> {
    const now = this.clock.now();
    const missing = missingBelow(seq + 1, boot.highestSeq);
    if (missing) {
      if (await this.isFull(tx, line, uplink, bootId)) return 'BUSY';
      await this.inbox.insertGaps(tx, line.cabinetId, bootId, [missing], { state: 'OPEN', at: now });
    }
    const highestSeq = Math.max(boot.highestSeq, seq);
    const startedAt = uplink.isResent ? boot.startedAt : startOf(now, up, boot.startedAt);
    const isCurrent = line.bootNo === null || boot.bootNo >= line.bootNo;
    const change = {
      lastSeenAt: now,
      ...(isCurrent
        ? {
            bootId,
            bootNo: boot.bootNo,
            bootBase: boot.bootBase,
            seq: highestSeq,
          }
        : {}),
      ...(uplink.isResent ? {} : { clockSkewMs: Date.parse(at) - now.getTime() }),
      ...(isCurrent && !uplink.isResent ? { heardCredentialAt: line.credentialAt } : {}),
    };
    await this.inbox.changeLink(tx, line.cabinetId, change, { bootId, startedAt, highestSeq });
    return 'TAKEN';
  }

  private async takeNumbered(
    tx: Tx,
    line: Line,
    uplink: Uplink,
    boot: Boot,
    message: Numbered,
  ): Promise<Receipt> {
    const { bootId, seq } = message;
    const { cabinetId } = line;
    const now = this.clock.now();
    const gap = seq > boot.highestSeq ? null : await this.inbox.gapHolding(tx, cabinetId, bootId, seq);
    const place = placeOf(seq, boot.highestSeq, gap);
    if (place.kind === 'REPEATED') {
      await this.inbox.changeLink(tx, cabinetId, { lastSeenAt: now });
      return 'REPEATED';
    }
    if (place.kind === 'FILLS') {
      await this.inbox.deleteGap(tx, cabinetId, bootId, place.gap);
      const state = gap?.state ?? 'OPEN';
      await this.inbox.insertGaps(tx, cabinetId, bootId, place.left, { state, at: now });
    } else {
      if (place.missing) {
        if (await this.isFull(tx, line, uplink, bootId)) return 'BUSY';
        await this.inbox.insertGaps(tx, cabinetId, bootId, [place.missing], { state: 'OPEN', at: now });
      }
    }
    const isCurrent = line.bootNo === null || boot.bootNo >= line.bootNo;
    // What comes late tells what was, and not what is.
    await this.effect(tx, line, boot, message, isCurrent && place.kind === 'AHEAD');
    // Totals that were told after it and did not fit may fit now.
    if (place.kind === 'FILLS' || !isCurrent) await this.snapshots.lookAgain(tx, cabinetId, boot.bootNo, seq);
    const change = {
      lastSeenAt: now,
      ...(isCurrent
        ? {
            bootId,
            bootNo: boot.bootNo,
            bootBase: boot.bootBase,
            seq: Math.max(seq, boot.highestSeq),
          }
        : {}),
      ...(isCurrent && message.kind === 'boot'
        ? { firmwareVersion: message.data.firmware, configVersion: message.data.config }
        : {}),
    };
    const ahead = { bootId, startedAt: boot.startedAt, highestSeq: seq };
    await this.inbox.changeLink(tx, cabinetId, change, place.kind === 'AHEAD' ? ahead : null);
    return 'TAKEN';
  }

  /** In the transaction that notes that it has come. Whoever sells, fills or watches hangs on here. */
  private async effect(tx: Tx, line: Line, boot: Boot, message: Numbered, isLatest: boolean): Promise<void> {
    const receivedAt = this.clock.now();
    const deviceAt = new Date(message.at);
    const when = dated({
      deviceAt,
      upMs: message.up,
      receivedAt,
      startedAt: boot.startedAt,
      clockSkewMs: line.clockSkewMs,
    });
    await this.watch.take(tx, line, message, { occurredAt: when.occurredAt, isLatest });
    if (message.kind === 'telemetry') {
      await this.inbox.keepReading(tx, line.cabinetId, when.occurredAt, message.data);
      return;
    }
    const sold = message.kind === 'vend' ? soldIn(message.data) : { units: 0, fen: 0n };
    const id = newId('cms');
    const { cabinetId } = line;
    const { bootId, bootNo } = boot;
    const { seq } = message;
    await this.inbox.insertMessage(tx, {
      id,
      cabinetId,
      bootId,
      bootNo,
      seq,
      kind: message.kind.toUpperCase() as MessageKind,
      deviceAt,
      receivedAt,
      ...when,
      data: JSON.stringify(message.data),
      soldUnits: sold.units,
      soldFen: sold.fen,
    });
    if (message.kind === 'vend') await emit(tx, cabinetVended(cabinetId, id, receivedAt));
    if (message.kind === 'weighing') await emit(tx, cabinetWeighed(cabinetId, id, receivedAt));
    if (message.kind === 'reply')
      await this.commands.settle(tx, cabinetId, message.data, { messageId: id, occurredAt: when.occurredAt });
    if (message.kind === 'snapshot')
      await this.snapshots.insert(tx, {
        messageId: id,
        cabinetId,
        bootNo,
        bootBase: boot.bootBase,
        seq,
        takenAt: when.occurredAt,
        receivedAt,
        toldUnits: message.data.soldUnits,
        toldFen: message.data.soldFen,
        state: 'WAITING',
      });
  }

  /** A line that has lost so much in pieces takes nothing further before some of it has come. */
  private async isFull(tx: Tx, line: Line, uplink: Uplink, bootId: string): Promise<boolean> {
    if ((await this.inbox.countGaps(tx, line.cabinetId, bootId)) < GAPS_MAX) return false;
    await this.drop(tx, line, uplink, 'TOO_MANY_GAPS', bootId);
    return true;
  }

  private async park(tx: Tx, line: Line, uplink: Uplink, version: number): Promise<Receipt> {
    const { cabinetId } = line;
    if ((await this.inbox.countParked(tx, cabinetId)) >= PARKED_MAX)
      return this.drop(tx, line, uplink, 'TOO_MANY_PARKED', `version ${version}`);
    const receivedAt = this.clock.now();
    const { kind, payload } = uplink;
    await this.inbox.park(tx, { id: newId('cpk'), cabinetId, version, kind, payload, receivedAt });
    await this.inbox.changeLink(tx, cabinetId, { lastSeenAt: receivedAt });
    return 'PARKED';
  }

  private async drop(
    tx: Tx,
    { cabinetId }: Line,
    { kind }: Uplink,
    reason: DropReason,
    detail: string,
  ): Promise<Receipt> {
    const at = this.clock.now();
    await this.inbox.drop(tx, cabinetId, { day: businessDay(at), reason, at, kind, detail });
    await this.inbox.changeLink(tx, cabinetId, { lastSeenAt: at });
    return 'DROPPED';
  }
}
