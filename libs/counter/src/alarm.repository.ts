import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { type AlarmAddressee, type AlarmKind, CabinetAlarm, type CabinetAlarmId } from './alarm.entity.js';
import { type AlarmSeverity, type AlarmState, CabinetCondition } from './alarm.entity.js';
import type { CabinetId } from './cabinet.entity.js';
import { type CabinetScope, cabinetsWithin } from './cabinet-scope.rules.js';
import type { TemperatureBand } from './telemetry.entity.js';

/** Whose cabinet it is, and what its goods want. */
export interface WatchedCabinet {
  readonly cabinetId: CabinetId;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly temperatureBand: TemperatureBand | null;
  /** Until then nothing is made of what its thermometer says; null where it is believed. */
  readonly thermometerIgnoredUntil: Date | null;
}

/** What is wrong with a cabinet, or on its way to be. */
export interface OpenMatter {
  /** Null of what is not yet an alarm. */
  readonly alarmId: CabinetAlarmId | null;
  readonly kind: AlarmKind;
  readonly slotCode: string;
  readonly beganAt: Date;
  readonly raiseAt: Date | null;
  readonly endedAt: Date | null;
  readonly deciCelsiusPeak: number | null;
}

export interface LockedAlarm {
  readonly id: CabinetAlarmId;
  readonly cabinetId: CabinetId;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly kind: AlarmKind;
  readonly severity: AlarmSeverity;
  readonly state: AlarmState;
  readonly raisedAt: Date;
  readonly endedAt: Date | null;
  readonly escalatedTo: AlarmAddressee;
  readonly resolveAt: Date | null;
  readonly escalateAt: Date | null;
}

const LOCKED = `c.id, c.cabinet_id AS cabinetId, c.county_code AS countyCode, c.operator_id AS operatorId, c.kind, c.severity, c.state,
  c.raised_at AS raisedAt, c.ended_at AS endedAt, c.escalated_to AS escalatedTo,
  c.resolve_at AS resolveAt, c.escalate_at AS escalateAt FROM cabinet_alarm c`;

const WATCHED = `c.id AS cabinetId, c.county_code AS countyCode, c.operator_id AS operatorId, s.temperature_band AS temperatureBand,
  s.thermometer_ignored_until AS thermometerIgnoredUntil
  FROM cabinet c LEFT JOIN cabinet_setting s ON s.cabinet_id = c.id`;

/** Everything is changed under the lock of the cabinet's line, so that what it says and what people and the clock do come one after the other. */
@Injectable()
export class AlarmRepository {
  async lockLine(tx: Tx, cabinetId: string): Promise<{ readonly lastSeenAt: Date | null } | null> {
    const [line] = await tx.query<{ lastSeenAt: Date | null }>(
      'SELECT last_seen_at AS lastSeenAt FROM cabinet_link WHERE cabinet_id = ? FOR UPDATE',
      [cabinetId],
    );
    return line ?? null;
  }

  /** Null for one that has been retired. */
  async watched(tx: Tx, cabinetId: string): Promise<WatchedCabinet | null> {
    const [cabinet] = await tx.query<WatchedCabinet>(
      `SELECT ${WATCHED} WHERE c.id = ? AND c.state = 'ACTIVE'`,
      [cabinetId],
    );
    return cabinet ?? null;
  }

  async openOf(tx: Tx, cabinetId: CabinetId): Promise<OpenMatter[]> {
    return tx.query<OpenMatter>(
      `SELECT id AS alarmId, kind, slot_code AS slotCode, began_at AS beganAt, NULL AS raiseAt, ended_at AS endedAt,
         deci_celsius_peak AS deciCelsiusPeak FROM cabinet_alarm WHERE open_cabinet_id = ?
       UNION ALL SELECT NULL, kind, '', began_at, raise_at, NULL, NULL FROM cabinet_condition WHERE cabinet_id = ?`,
      [cabinetId, cabinetId],
    );
  }

  async slotCodesOf(tx: Tx, cabinetId: CabinetId): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      'SELECT code FROM cabinet_slot WHERE cabinet_id = ? ORDER BY code',
      [cabinetId],
    );
    return rows.map(({ code }) => code);
  }

  /** Under the lock of its cabinet's line. */
  async openOfKind(tx: Tx, cabinetId: CabinetId, kind: AlarmKind): Promise<LockedAlarm | null> {
    await this.lockLine(tx, cabinetId);
    const [alarm] = await tx.query<LockedAlarm>(
      `SELECT ${LOCKED} WHERE c.open_cabinet_id = ? AND c.kind = ?`,
      [cabinetId, kind],
    );
    return alarm ?? null;
  }

  async insertCondition(tx: Tx, condition: CabinetCondition): Promise<void> {
    await tx.manager.insert(CabinetCondition, condition);
  }

  async deleteCondition(tx: Tx, cabinetId: CabinetId, kind: AlarmKind): Promise<void> {
    await tx.write('DELETE FROM cabinet_condition WHERE cabinet_id = ? AND kind = ?', [cabinetId, kind]);
  }

  async insert(tx: Tx, alarm: CabinetAlarm): Promise<void> {
    await tx.manager.insert(CabinetAlarm, alarm);
  }

  async setPeak(tx: Tx, id: CabinetAlarmId, deciCelsiusPeak: number): Promise<void> {
    await tx.write('UPDATE cabinet_alarm SET deci_celsius_peak = ? WHERE id = ?', [deciCelsiusPeak, id]);
  }

  /** On again before it was over for long. */
  async setBack(tx: Tx, id: CabinetAlarmId): Promise<void> {
    await tx.write(
      'UPDATE cabinet_alarm SET ended_at = NULL, resolve_at = NULL, occurrence_count = occurrence_count + 1 WHERE id = ?',
      [id],
    );
  }

  async setEnded(
    tx: Tx,
    id: CabinetAlarmId,
    { endedAt, resolveAt }: { readonly endedAt: Date; readonly resolveAt: Date | null },
  ): Promise<void> {
    await tx.write('UPDATE cabinet_alarm SET ended_at = ?, resolve_at = ? WHERE id = ?', [
      endedAt,
      resolveAt,
      id,
    ]);
  }

  async resolve(
    tx: Tx,
    id: CabinetAlarmId,
    { at, by, note }: { readonly at: Date; readonly by: IdOf<'usr'> | null; readonly note: string },
  ): Promise<void> {
    await tx.write(
      `UPDATE cabinet_alarm SET state = 'RESOLVED', open_cabinet_id = NULL, ended_at = COALESCE(ended_at, ?), resolve_at = NULL,
         escalate_at = NULL, resolved_at = ?, resolved_by = ?, note = ? WHERE id = ?`,
      [at, at, by, note, id],
    );
  }

  async acknowledge(
    tx: Tx,
    id: CabinetAlarmId,
    { at, by, escalateAt }: { readonly at: Date; readonly by: IdOf<'usr'>; readonly escalateAt: Date | null },
  ): Promise<void> {
    await tx.write(
      "UPDATE cabinet_alarm SET state = 'ACKNOWLEDGED', acknowledged_at = ?, acknowledged_by = ?, escalate_at = ? WHERE id = ?",
      [at, by, escalateAt, id],
    );
  }

  async escalate(tx: Tx, id: CabinetAlarmId): Promise<void> {
    await tx.write("UPDATE cabinet_alarm SET escalated_to = 'COUNTY', escalate_at = NULL WHERE id = ?", [id]);
  }

  /** Within the scope, and under the lock of its cabinet's line. */
  async lock(tx: Tx, id: string, scope: CabinetScope): Promise<LockedAlarm | null> {
    const within = cabinetsWithin(scope);
    const [found] = await tx.query<{ cabinetId: CabinetId }>(
      `SELECT c.cabinet_id AS cabinetId FROM cabinet_alarm c WHERE c.id = ? AND ${within.sql}`,
      [id, ...within.values],
    );
    if (!found || !(await this.lockLine(tx, found.cabinetId))) return null;
    const [alarm] = await tx.query<LockedAlarm>(`SELECT ${LOCKED} WHERE c.id = ?`, [id]);
    return alarm ?? null;
  }

  /** As it is now, under the lock of its cabinet's line; null where it has been resolved meanwhile. */
  async lockOpen(tx: Tx, id: CabinetAlarmId, cabinetId: CabinetId): Promise<LockedAlarm | null> {
    await this.lockLine(tx, cabinetId);
    const [alarm] = await tx.query<LockedAlarm>(
      `SELECT ${LOCKED} WHERE c.id = ? AND c.open_cabinet_id IS NOT NULL`,
      [id],
    );
    return alarm ?? null;
  }

  /** Those that have lasted long enough, of cabinets that are heard: of one that is not, nobody knows whether it lasts. */
  async conditionsToRaise(
    tx: Tx,
    { now, seenAfter, limit }: { readonly now: Date; readonly seenAfter: Date; readonly limit: number },
  ): Promise<Pick<CabinetCondition, 'cabinetId' | 'kind'>[]> {
    return tx.query(
      `SELECT n.cabinet_id AS cabinetId, n.kind FROM cabinet_condition n JOIN cabinet_link l ON l.cabinet_id = n.cabinet_id
       WHERE n.raised_by_clock_at <= ? AND l.last_seen_at >= ? ORDER BY n.raised_by_clock_at LIMIT ?`,
      [now, seenAfter, limit],
    );
  }

  async raiseAtOf(tx: Tx, cabinetId: CabinetId, kind: AlarmKind): Promise<Date | null> {
    const [row] = await tx.query<{ raiseAt: Date | null }>(
      'SELECT raised_by_clock_at AS raiseAt FROM cabinet_condition WHERE cabinet_id = ? AND kind = ?',
      [cabinetId, kind],
    );
    return row?.raiseAt ?? null;
  }

  /** Slots with expired goods of which nobody is told, and those of which somebody is told without reason. */
  async expiredToFollow(
    tx: Tx,
    limit: number,
  ): Promise<{ readonly cabinetId: CabinetId; readonly slotCode: string }[]> {
    return tx.query(
      `SELECT k.cabinet_id AS cabinetId, k.slot_code AS slotCode FROM slot_lock k
       JOIN cabinet c ON c.id = k.cabinet_id AND c.state = 'ACTIVE'
       WHERE k.open_slot_code IS NOT NULL AND k.reason = 'EXPIRED' AND NOT EXISTS (SELECT 1 FROM cabinet_alarm a
         WHERE a.open_cabinet_id = k.cabinet_id AND a.kind = 'EXPIRED_GOODS' AND a.slot_code = k.slot_code)
       UNION SELECT a.cabinet_id, a.slot_code FROM cabinet_alarm a
       WHERE a.open_cabinet_id IS NOT NULL AND a.kind = 'EXPIRED_GOODS' AND NOT EXISTS (SELECT 1 FROM slot_lock k
         WHERE k.cabinet_id = a.cabinet_id AND k.open_slot_code = a.slot_code AND k.reason = 'EXPIRED')
       LIMIT ?`,
      [limit],
    );
  }

  async isExpired(tx: Tx, cabinetId: CabinetId, slotCode: string): Promise<boolean> {
    const rows = await tx.query(
      "SELECT id FROM slot_lock WHERE cabinet_id = ? AND open_slot_code = ? AND reason = 'EXPIRED'",
      [cabinetId, slotCode],
    );
    return rows.length > 0;
  }

  /** Cabinets that were heard once, and not lately, and of which that is not known. */
  async unheard(tx: Tx, seenBefore: Date, limit: number): Promise<CabinetId[]> {
    const rows = await tx.query<{ id: CabinetId }>(
      `SELECT l.cabinet_id AS id FROM cabinet_link l JOIN cabinet c ON c.id = l.cabinet_id
       WHERE l.last_seen_at < ? AND c.state = 'ACTIVE' AND NOT EXISTS (SELECT 1 FROM cabinet_alarm a
         WHERE a.open_cabinet_id = l.cabinet_id AND a.kind = 'OFFLINE' AND a.slot_code = '' AND a.ended_at IS NULL)
       ORDER BY l.last_seen_at LIMIT ?`,
      [seenBefore, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Nothing is wrong any more with a cabinet that stands nowhere. */
  async closeOf(tx: Tx, cabinetId: CabinetId, at: Date): Promise<void> {
    await tx.write('DELETE FROM cabinet_condition WHERE cabinet_id = ?', [cabinetId]);
    await tx.write(
      `UPDATE cabinet_alarm SET state = 'RESOLVED', open_cabinet_id = NULL, ended_at = COALESCE(ended_at, ?), resolve_at = NULL,
         escalate_at = NULL, resolved_at = ? WHERE open_cabinet_id = ?`,
      [at, at, cabinetId],
    );
  }

  async toResolve(tx: Tx, now: Date, limit: number): Promise<Pick<CabinetAlarm, 'id' | 'cabinetId'>[]> {
    return tx.query(
      'SELECT id, cabinet_id AS cabinetId FROM cabinet_alarm WHERE resolve_at <= ? ORDER BY resolve_at LIMIT ?',
      [now, limit],
    );
  }

  /** What is over and about to resolve by itself is no longer anybody's trouble. */
  async toEscalate(tx: Tx, now: Date, limit: number): Promise<Pick<CabinetAlarm, 'id' | 'cabinetId'>[]> {
    return tx.query(
      `SELECT id, cabinet_id AS cabinetId FROM cabinet_alarm WHERE escalate_at <= ? AND resolve_at IS NULL
       ORDER BY escalate_at LIMIT ?`,
      [now, limit],
    );
  }
}
