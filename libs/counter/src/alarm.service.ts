import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, InvalidInputError, NotFound, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { CabinetAlarmId } from './alarm.entity.js';
import { AlarmResolvedError, AlarmStillOnError, GoodsUndecidedError } from './alarm.errors.js';
import { cabinetAlarmChanged } from './alarm.events.js';
import { AlarmRepository, type LockedAlarm, type WatchedCabinet } from './alarm.repository.js';
import { escalateAt, isStillOn } from './alarm.rules.js';
import { slotSignal, statusSignal } from './alarm-signal.rules.js';
import { AlarmWatchService } from './alarm-watch.service.js';
import type { CabinetId } from './cabinet.entity.js';
import { SILENT_AFTER_MS } from './cabinet.rules.js';
import type { CabinetActor } from './cabinet.service.js';
import { SlotLockService } from './slot-lock.service.js';
import { TelemetryRepository } from './telemetry.repository.js';
import { WireReader } from './wire.reader.js';
import { unheardBefore } from './wire.rules.js';

const NOTE_LENGTH_MAX = 500;

/** What people and the clock do about alarms. */
@Injectable()
export class AlarmService {
  constructor(
    private readonly database: Database,
    private readonly alarms: AlarmRepository,
    private readonly watch: AlarmWatchService,
    private readonly telemetry: TelemetryRepository,
    private readonly locks: SlotLockService,
    private readonly wires: WireReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Somebody sees to it. The first one is kept; repeating it is harmless. */
  acknowledge(alarmId: string, actor: CabinetActor): Promise<CabinetAlarmId | AlarmResolvedError> {
    return this.database.transaction(async (tx) => {
      const alarm = await this.lock(tx, alarmId, actor);
      if (alarm.state === 'RESOLVED') return new AlarmResolvedError();
      if (alarm.state === 'ACKNOWLEDGED') return alarm.id;
      await this.alarms.acknowledge(tx, alarm.id, {
        at: this.clock.now(),
        by: actor.userId,
        escalateAt: escalateAt(alarm.severity, alarm.escalatedTo, alarm.raisedAt, true),
      });
      await this.note(tx, alarm, actor, 'cabinet_alarm.acknowledged', {});
      return alarm.id;
    });
  }

  /** Done, and how. What a sensor watches cannot be declared over while it says otherwise. */
  resolve(
    alarmId: string,
    note: string,
    actor: CabinetActor,
  ): Promise<
    CabinetAlarmId | InvalidInputError | AlarmResolvedError | AlarmStillOnError | GoodsUndecidedError
  > {
    const said = note.trim();
    return this.database.transaction(async (tx) => {
      const alarm = await this.lock(tx, alarmId, actor);
      if (said.length < 2 || said.length > NOTE_LENGTH_MAX)
        return new InvalidInputError([
          {
            path: 'note',
            message: {
              zh: `请说明处理情况（2 到 ${NOTE_LENGTH_MAX} 字）`,
              en: `Say what was done in 2 to ${NOTE_LENGTH_MAX} characters.`,
            },
          },
        ]);
      if (alarm.state === 'RESOLVED') return new AlarmResolvedError();
      if (isStillOn(alarm.kind, alarm.state, alarm.endedAt)) return new AlarmStillOnError();
      if (
        alarm.kind === 'TEMPERATURE' &&
        (await this.locks.openFor(tx, alarm.cabinetId, 'TEMPERATURE')).length > 0
      )
        return new GoodsUndecidedError();
      await this.alarms.resolve(tx, alarm.id, { at: this.clock.now(), by: actor.userId, note: said });
      if (alarm.kind === 'THERMOMETER')
        await this.telemetry.ignoreThermometer(tx, alarm.cabinetId, null, {
          by: actor.userId,
          at: this.clock.now(),
        });
      await this.note(tx, alarm, actor, 'cabinet_alarm.resolved', { kind: alarm.kind, note: said });
      return alarm.id;
    });
  }

  /**
   * In the transaction in which somebody decides about goods that were too warm: they are told first whether it is still so, and the alarm
   * is done when there is nothing left to decide. The line is locked before slots are.
   */
  async isTooWarm(tx: Tx, cabinetId: CabinetId): Promise<boolean> {
    const alarm = await this.alarms.openOfKind(tx, cabinetId, 'TEMPERATURE');
    return alarm !== null && alarm.endedAt === null;
  }

  async resolveDecided(
    tx: Tx,
    cabinetId: CabinetId,
    by: CabinetActor['userId'],
    note: string,
  ): Promise<void> {
    const alarm = await this.alarms.openOfKind(tx, cabinetId, 'TEMPERATURE');
    if (!alarm?.endedAt || (await this.locks.openFor(tx, cabinetId, 'TEMPERATURE')).length > 0) return;
    await this.alarms.resolve(tx, alarm.id, { at: this.clock.now(), by, note });
    await this.tell(tx, alarm);
  }

  /**
   * Somebody has measured by hand that the thermometer is wrong: what it says from now on is not believed for a day, an alarm about it stays until it is repaired, and the one
   * about the temperature is over.
   */
  async ignoreThermometer(
    tx: Tx,
    cabinetId: CabinetId,
    {
      by,
      until,
      detail,
    }: { readonly by: CabinetActor['userId']; readonly until: Date; readonly detail: string },
  ): Promise<void> {
    const now = this.clock.now();
    await this.telemetry.ignoreThermometer(tx, cabinetId, until, { by, at: now });
    const alarm = await this.alarms.openOfKind(tx, cabinetId, 'TEMPERATURE');
    if (alarm && alarm.endedAt === null) {
      await this.alarms.setEnded(tx, alarm.id, { endedAt: now, resolveAt: null });
      await this.tell(tx, alarm);
    }
    const cabinet = await this.alarms.watched(tx, cabinetId);
    if (cabinet) await this.watch.observe(tx, cabinet, [statusSignal('THERMOMETER', true, detail)], now);
  }

  /** In the transaction of a visit, before any slot of the cabinet is locked: what it says, people and the clock take turns. */
  async hold(tx: Tx, cabinetId: CabinetId): Promise<void> {
    await this.alarms.lockLine(tx, cabinetId);
  }

  /** Under that lock. Somebody has counted less than there should be, at that moment; found again while it is open, it is the same alarm. */
  async sayLoss(tx: Tx, cabinetId: CabinetId, detail: string, at: Date): Promise<void> {
    const cabinet = await this.alarms.watched(tx, cabinetId);
    if (cabinet) await this.watch.observe(tx, cabinet, [statusSignal('STOCK_LOSS', true, detail)], at);
  }

  /** Under that lock. What a tray weighs cannot be, so its scale is not believed until somebody has set it. */
  async sayDrift(tx: Tx, cabinetId: CabinetId, slotCode: string, detail: string, at: Date): Promise<void> {
    const cabinet = await this.alarms.watched(tx, cabinetId);
    if (cabinet) await this.watch.observe(tx, cabinet, [slotSignal('TRAY_DRIFT', slotCode, detail)], at);
  }

  /** Of what has lasted for long enough although nothing further was said of it. */
  async raiseLasting(limit: number): Promise<number> {
    const now = this.clock.now();
    const seenAfter = plus(now, -SILENT_AFTER_MS);
    const found = await this.database.transaction((tx) =>
      this.alarms.conditionsToRaise(tx, { now, seenAfter, limit }),
    );
    for (const { cabinetId, kind } of found)
      await this.look(cabinetId, async (tx, cabinet) => {
        // Over meanwhile, and noted anew: the look before was without a lock.
        const raiseAt = await this.alarms.raiseAtOf(tx, cabinet.cabinetId, kind);
        if (raiseAt && raiseAt <= now) await this.watch.observe(tx, cabinet, [statusSignal(kind, true)], now);
      });
    return found.length;
  }

  /** Whoever was heard once and is not any more: no message says so. */
  async raiseUnheard(limit: number): Promise<number> {
    // Where we ourselves can hear nobody it is said once, of us, and not of every cabinet.
    const before = unheardBefore(await this.wires.wire(), this.clock.now());
    if (before === null) return 0;
    const cabinetIds = await this.database.transaction((tx) => this.alarms.unheard(tx, before, limit));
    for (const cabinetId of cabinetIds)
      await this.look(cabinetId, async (tx, cabinet, lastSeenAt) => {
        if (lastSeenAt === null || lastSeenAt >= before) return; // Heard meanwhile.
        await this.telemetry.putOutage(tx, cabinetId, lastSeenAt, null);
        await this.watch.observe(tx, cabinet, [statusSignal('OFFLINE', true)], lastSeenAt);
      });
    return cabinetIds.length;
  }

  /** Slots that are locked because of what lies in them, and those that are not any more. */
  async followExpired(limit: number): Promise<number> {
    const found = await this.database.transaction((tx) => this.alarms.expiredToFollow(tx, limit));
    for (const { cabinetId, slotCode } of found)
      await this.look(cabinetId, async (tx, cabinet) => {
        const isLocked = await this.alarms.isExpired(tx, cabinetId, slotCode);
        const signal = { ...statusSignal('EXPIRED_GOODS', isLocked), slotCode };
        await this.watch.observe(tx, cabinet, [signal], this.clock.now());
      });
    return found.length;
  }

  /** What has been over for long enough. */
  async resolveCalm(limit: number): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.transaction((tx) => this.alarms.toResolve(tx, now, limit));
    for (const { id, cabinetId } of due)
      await this.database.transaction(async (tx) => {
        const alarm = await this.alarms.lockOpen(tx, id, cabinetId);
        if (!alarm?.resolveAt || alarm.resolveAt > now) return;
        await this.alarms.resolve(tx, id, { at: now, by: null, note: '' });
        await this.tell(tx, alarm);
      });
    return due.length;
  }

  /** Told to the county as well, where the operator has let it lie. */
  async escalate(limit: number): Promise<number> {
    const now = this.clock.now();
    const due = await this.database.transaction((tx) => this.alarms.toEscalate(tx, now, limit));
    for (const { id, cabinetId } of due)
      await this.database.transaction(async (tx) => {
        const alarm = await this.alarms.lockOpen(tx, id, cabinetId);
        if (!alarm?.escalateAt || alarm.escalateAt > now) return;
        await this.alarms.escalate(tx, id);
        await this.tell(tx, alarm);
      });
    return due.length;
  }

  /** Under the lock of its line; not at one that has been retired meanwhile. */
  private look(
    cabinetId: CabinetId,
    work: (tx: Tx, cabinet: WatchedCabinet, lastSeenAt: Date | null) => Promise<void>,
  ): Promise<void> {
    return this.database.transaction(async (tx) => {
      const line = await this.alarms.lockLine(tx, cabinetId);
      const cabinet = await this.alarms.watched(tx, cabinetId);
      if (line && cabinet) await work(tx, cabinet, line.lastSeenAt);
    });
  }

  private async lock(tx: Tx, alarmId: string, { scope }: CabinetActor): Promise<LockedAlarm> {
    const alarm = await this.alarms.lock(tx, alarmId, scope);
    if (!alarm) throw new NotFound('CabinetAlarm', alarmId);
    return alarm;
  }

  private async note(
    tx: Tx,
    alarm: LockedAlarm,
    { userId }: CabinetActor,
    act: string,
    detail: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.audit.record(tx, {
      actorId: userId,
      act,
      subject: alarm.id,
      divisionCode: alarm.countyCode,
      detail: { cabinetId: alarm.cabinetId, ...detail },
    });
    await this.tell(tx, alarm);
  }

  private async tell(tx: Tx, { id, cabinetId, operatorId, countyCode }: LockedAlarm): Promise<void> {
    await emit(tx, cabinetAlarmChanged({ alarmId: id, cabinetId, operatorId, countyCode }, this.clock.now()));
  }
}
