import { Injectable } from '@nestjs/common';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { AlarmAddressee, AlarmKind, AlarmSeverity, AlarmState, CabinetAlarmId } from './alarm.entity.js';
import type { CabinetId } from './cabinet.entity.js';
import { type CabinetScope, cabinetsWithin } from './cabinet-scope.rules.js';

export interface AlarmRow {
  readonly id: CabinetAlarmId;
  readonly cabinetId: CabinetId;
  readonly serialNo: string;
  readonly channelPointId: IdOf<'chp'>;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly kind: AlarmKind;
  /** '' where it is about the whole cabinet. */
  readonly slotCode: string;
  readonly severity: AlarmSeverity;
  readonly state: AlarmState;
  readonly detail: string;
  readonly deciCelsiusPeak: number | null;
  readonly beganAt: Date;
  readonly raisedAt: Date;
  readonly occurrenceCount: number;
  readonly endedAt: Date | null;
  readonly escalatedTo: AlarmAddressee;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: IdOf<'usr'> | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: IdOf<'usr'> | null;
  readonly note: string;
}

export interface AlarmFilter {
  readonly state?: AlarmState | null;
  readonly isOpen?: boolean | null;
  readonly severity?: AlarmSeverity | null;
  readonly kind?: AlarmKind | null;
  readonly escalatedTo?: AlarmAddressee | null;
  readonly cabinetId?: string | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const ALARM_KEY_PARTS = 1;

/** Of one cabinet: one of a kind, and those of its slots as far as somebody would read. */
const OPEN_SHOWN_MAX = 50;

const FROM = 'FROM cabinet_alarm c JOIN cabinet k ON k.id = c.cabinet_id';
const COLUMNS = `c.id, c.cabinet_id AS cabinetId, k.serial_no AS serialNo, k.channel_point_id AS channelPointId, c.county_code AS countyCode, c.operator_id AS operatorId, c.kind,
  c.slot_code AS slotCode, c.severity, c.state, c.detail, c.deci_celsius_peak AS deciCelsiusPeak, c.began_at AS beganAt,
  c.raised_at AS raisedAt, c.occurrence_count AS occurrenceCount, c.ended_at AS endedAt, c.escalated_to AS escalatedTo,
  c.acknowledged_at AS acknowledgedAt, c.acknowledged_by AS acknowledgedBy, c.resolved_at AS resolvedAt, c.resolved_by AS resolvedBy, c.note`;

const COLUMN_OF = {
  state: 'c.state',
  severity: 'c.severity',
  kind: 'c.kind',
  escalatedTo: 'c.escalated_to',
  cabinetId: 'c.cabinet_id',
} as const;

@Injectable()
export class AlarmReader {
  constructor(private readonly database: Database) {}

  /** Null unless it lies within the scope. */
  async byId(id: string, scope: CabinetScope): Promise<AlarmRow | null> {
    const within = cabinetsWithin(scope);
    const [row] = await this.database.query<AlarmRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE c.id = ? AND ${within.sql}`,
      [id, ...within.values],
    );
    return row ?? null;
  }

  /** The latest first. */
  async page(
    scope: CabinetScope,
    filter: AlarmFilter,
    { first, after }: PageRequest,
  ): Promise<Page<AlarmRow>> {
    const within = cabinetsWithin(scope);
    const conditions: string[] = [within.sql];
    const values: SqlValue[] = [...within.values];
    for (const [name, column] of Object.entries(COLUMN_OF) as [keyof typeof COLUMN_OF, string][]) {
      const wanted = filter[name];
      if (wanted === null || wanted === undefined) continue;
      conditions.push(`${column} = ?`);
      values.push(wanted);
    }
    if (filter.isOpen !== null && filter.isOpen !== undefined)
      conditions.push(`c.open_cabinet_id IS ${filter.isOpen ? 'NOT ' : ''}NULL`);
    if (after !== null) {
      conditions.push('c.id < ?');
      values.push(after[0] ?? '');
    }
    const rows = await this.database.query<AlarmRow>(
      `SELECT ${COLUMNS} ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY c.id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** What is wrong now, the worst first; of cabinets that were found within a scope. */
  async openOf(cabinetIds: readonly string[]): Promise<AlarmRow[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<AlarmRow>(
      `SELECT * FROM (
         SELECT ${COLUMNS}, ROW_NUMBER() OVER (
           PARTITION BY c.cabinet_id ORDER BY FIELD(c.severity, 'CRITICAL', 'WARNING', 'NOTICE'), c.id) AS place
         ${FROM} WHERE c.open_cabinet_id IN (?)) ranked
       WHERE place <= ? ORDER BY cabinetId, place`,
      [cabinetIds, OPEN_SHOWN_MAX],
    );
  }
}
