import { Injectable } from '@nestjs/common';
import { Clock, newId, plus } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { AlarmKind, CabinetAlarmId } from './alarm.entity.js';
import { cabinetAlarmChanged } from './alarm.events.js';
import { AlarmRepository, type OpenMatter, type WatchedCabinet } from './alarm.repository.js';
import { ALARM_RULES, type Known, escalateAt, resolveAt, turnOf } from './alarm.rules.js';
import type { Signal } from './alarm-signal.rules.js';
import type { CabinetId } from './cabinet.entity.js';
import { SlotLockService } from './slot-lock.service.js';
import { DEFAULT_BAND, furtherOut, isOut } from './temperature.rules.js';

const keyOf = ({ kind, slotCode }: Pick<OpenMatter, 'kind' | 'slotCode'>) => `${kind}:${slotCode}`;

function knownAs(matter: OpenMatter | null): Known | null {
  if (matter === null) return null;
  if (matter.raiseAt !== null) return { as: 'CONDITION', raiseAt: matter.raiseAt };
  return { as: 'ALARM', endedAt: matter.endedAt };
}

/** A reading of it, or its own alarm about one. */
const isThermometer = ({ kind }: Pick<Signal, 'kind'>) => kind === 'TEMPERATURE';

/** Turns what is seen of cabinets into alarms: one of a kind (and slot) at a time. Whoever calls it holds the lock of the cabinet's line. */
@Injectable()
export class AlarmWatchService {
  constructor(
    private readonly alarms: AlarmRepository,
    private readonly locks: SlotLockService,
    private readonly clock: Clock,
  ) {}

  /** `at`: when it was seen so, which may be long ago. */
  async observe(tx: Tx, cabinet: WatchedCabinet, signals: readonly Signal[], at: Date): Promise<void> {
    if (signals.length === 0) return;
    const open = await this.alarms.openOf(tx, cabinet.cabinetId);
    const matters = new Map(open.map((matter) => [keyOf(matter), matter]));
    const changed = new Set<CabinetAlarmId>();
    for (const signal of signals) {
      const before = matters.get(keyOf(signal)) ?? null;
      const after = await this.turn(tx, cabinet, before, signal, at, changed);
      if (after) matters.set(keyOf(signal), after);
      else matters.delete(keyOf(signal));
    }
    const { cabinetId, operatorId, countyCode } = cabinet;
    const now = this.clock.now();
    await emit(
      tx,
      ...[...changed].map((alarmId) =>
        cabinetAlarmChanged({ alarmId, cabinetId, operatorId, countyCode }, now),
      ),
    );
  }

  /** What is known of it afterwards. */
  private async turn(
    tx: Tx,
    cabinet: WatchedCabinet,
    matter: OpenMatter | null,
    signal: Signal,
    at: Date,
    changed: Set<CabinetAlarmId>,
  ): Promise<OpenMatter | null> {
    const { cabinetId, temperatureBand, thermometerIgnoredUntil } = cabinet;
    const { kind, slotCode, deciCelsius, afterMs } = signal;
    if (isThermometer(signal) && thermometerIgnoredUntil && at < thermometerIgnoredUntil) return matter;
    const band = temperatureBand ?? DEFAULT_BAND;
    const wasOut = matter !== null && matter.endedAt === null;
    const isOn = deciCelsius === null ? signal.isOn : isOut(band, deciCelsius, wasOut);
    const { isSampled } = ALARM_RULES[kind];
    switch (turnOf(knownAs(matter), isOn, at, { afterMs, isSampled })) {
      case 'NOTE': {
        const raiseAt = plus(at, afterMs);
        const raisedByClockAt = isSampled ? null : raiseAt;
        await this.alarms.insertCondition(tx, { cabinetId, kind, beganAt: at, raiseAt, raisedByClockAt });
        return { alarmId: null, kind, slotCode, beganAt: at, raiseAt, endedAt: null, deciCelsiusPeak: null };
      }
      case 'FORGET':
        await this.alarms.deleteCondition(tx, cabinetId, kind);
        return null;
      case 'RAISE':
        return this.raise(tx, cabinet, matter, signal, { at, endedAt: null, changed });
      case 'RAISE_AND_END':
        return this.raise(tx, cabinet, matter, signal, { at, endedAt: at, changed });
      case 'RETURN':
        if (matter?.alarmId) {
          await this.alarms.setBack(tx, matter.alarmId);
          await this.lockGoods(tx, cabinetId, kind);
          changed.add(matter.alarmId);
        }
        return matter && { ...matter, endedAt: null };
      case 'END':
        return matter && this.end(tx, matter, at, changed);
      case 'NOTHING':
        return this.keepPeak(tx, matter, isOn ? deciCelsius : null, band);
    }
  }

  private async raise(
    tx: Tx,
    { cabinetId, countyCode, operatorId }: WatchedCabinet,
    condition: OpenMatter | null,
    { kind, slotCode, detail, deciCelsius }: Signal,
    {
      at,
      endedAt,
      changed,
    }: { readonly at: Date; readonly endedAt: Date | null; readonly changed: Set<CabinetAlarmId> },
  ): Promise<OpenMatter | null> {
    if (condition) await this.alarms.deleteCondition(tx, cabinetId, kind);
    const now = this.clock.now();
    const { severity } = ALARM_RULES[kind];
    const id = newId('alm');
    const beganAt = condition?.beganAt ?? at;
    const deciCelsiusPeak = endedAt === null ? deciCelsius : null;
    await this.alarms.insert(tx, {
      id,
      cabinetId,
      openCabinetId: cabinetId,
      countyCode,
      operatorId,
      kind,
      slotCode,
      severity,
      state: 'OPEN',
      detail,
      deciCelsiusPeak,
      beganAt,
      raisedAt: now,
      occurrenceCount: 1,
      endedAt: null,
      resolveAt: null,
      escalatedTo: 'OPERATOR',
      escalateAt: escalateAt(severity, 'OPERATOR', now, false),
      acknowledgedAt: null,
      acknowledgedBy: null,
      resolvedAt: null,
      resolvedBy: null,
      note: '',
    });
    changed.add(id);
    await this.lockGoods(tx, cabinetId, kind);
    const raised = { alarmId: id, kind, slotCode, beganAt, raiseAt: null, endedAt: null, deciCelsiusPeak };
    return endedAt === null ? raised : this.end(tx, raised, endedAt, changed);
  }

  /** All that lies in it: there is one thermometer. Nothing of it is sold until somebody has decided, slot by slot. */
  private async lockGoods(tx: Tx, cabinetId: CabinetId, kind: AlarmKind): Promise<void> {
    if (kind !== 'TEMPERATURE') return;
    const codes = await this.alarms.slotCodesOf(tx, cabinetId);
    await this.locks.lock(tx, cabinetId, codes, { reason: 'TEMPERATURE', detail: '温度越限', by: null });
  }

  /** Resolved at once where it has been over for long enough, as what we hear of late may have been. */
  private async end(
    tx: Tx,
    matter: OpenMatter,
    at: Date,
    changed: Set<CabinetAlarmId>,
  ): Promise<OpenMatter | null> {
    const { alarmId, kind } = matter;
    if (alarmId === null) return matter;
    const now = this.clock.now();
    const due = resolveAt(kind, at);
    changed.add(alarmId);
    await this.alarms.setEnded(tx, alarmId, { endedAt: at, resolveAt: due });
    if (due === null || due > now) return { ...matter, endedAt: at };
    await this.alarms.resolve(tx, alarmId, { at: now, by: null, note: '' });
    return null;
  }

  private async keepPeak(
    tx: Tx,
    matter: OpenMatter | null,
    deciCelsius: number | null,
    band: Parameters<typeof furtherOut>[0],
  ): Promise<OpenMatter | null> {
    if (!matter?.alarmId || deciCelsius === null) return matter;
    const deciCelsiusPeak = furtherOut(band, matter.deciCelsiusPeak, deciCelsius);
    if (deciCelsiusPeak === matter.deciCelsiusPeak) return matter;
    await this.alarms.setPeak(tx, matter.alarmId, deciCelsiusPeak);
    return { ...matter, deciCelsiusPeak };
  }
}
