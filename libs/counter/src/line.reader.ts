import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { SnapshotState } from './command.entity.js';
import type { CabinetDrop, CabinetReading } from './message.entity.js';

/** What has not come, and what waits. */
export interface Backlog {
  readonly cabinetId: CabinetId;
  readonly missingCount: number;
  readonly parkedCount: number;
}

export interface SnapshotRow {
  readonly cabinetId: CabinetId;
  readonly state: SnapshotState;
  readonly takenAt: Date;
  readonly toldUnits: number;
  readonly toldFen: bigint;
  readonly knownUnits: number | null;
  readonly knownFen: bigint | null;
}

/** A month of them. */
const SNAPSHOTS_SHOWN_MAX = 30;
/** A month of one reason. */
const DROPS_SHOWN_MAX = 30;

/** What has come over the lines, and what has not. Of cabinets that were found within a scope. */
@Injectable()
export class LineReader {
  constructor(private readonly database: Database) {}

  async readingsOf(cabinetIds: readonly string[]): Promise<CabinetReading[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<CabinetReading>(
      `SELECT cabinet_id AS cabinetId, taken_at AS takenAt, deci_celsius AS deciCelsius, is_door_open AS isDoorOpen,
         is_mains_on AS isMainsOn, signal_dbm AS signalDbm FROM cabinet_reading WHERE cabinet_id IN (?)`,
      [cabinetIds],
    );
    return rows.map(({ cabinetId, takenAt, deciCelsius, isDoorOpen, isMainsOn, signalDbm }) => ({
      cabinetId,
      takenAt,
      deciCelsius,
      isDoorOpen: Boolean(isDoorOpen),
      isMainsOn: Boolean(isMainsOn),
      signalDbm,
    }));
  }

  async backlogsOf(cabinetIds: readonly string[]): Promise<Backlog[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<{
      cabinetId: CabinetId;
      missingCount: string;
      parkedCount: string;
    }>(
      `SELECT c.id AS cabinetId,
         (SELECT COALESCE(SUM(g.to_seq - g.from_seq + 1), 0) FROM cabinet_gap g WHERE g.cabinet_id = c.id) AS missingCount,
         (SELECT COUNT(*) FROM parked_message p WHERE p.cabinet_id = c.id) AS parkedCount
       FROM cabinet c WHERE c.id IN (?)`,
      [cabinetIds],
    );
    return rows.map((row) => ({
      cabinetId: row.cabinetId,
      missingCount: Number(row.missingCount),
      parkedCount: Number(row.parkedCount),
    }));
  }

  /** The latest of each, newest first. */
  async dropsOf(cabinetIds: readonly string[]): Promise<CabinetDrop[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<CabinetDrop>(
      `SELECT cabinetId, day, reason, droppedCount, lastAt, lastKind, lastDetail FROM (
         SELECT cabinet_id AS cabinetId, day, reason, dropped_count AS droppedCount, last_at AS lastAt, last_kind AS lastKind,
           last_detail AS lastDetail, ROW_NUMBER() OVER (PARTITION BY cabinet_id ORDER BY last_at DESC, reason) AS place
         FROM cabinet_drop WHERE cabinet_id IN (?)) ranked
       WHERE place <= ? ORDER BY lastAt DESC, reason`,
      [cabinetIds, DROPS_SHOWN_MAX],
    );
  }

  /** The latest of each, newest first. */
  async snapshotsOf(cabinetIds: readonly string[]): Promise<SnapshotRow[]> {
    if (cabinetIds.length === 0) return [];
    type Raw = Pick<SnapshotRow, 'cabinetId' | 'state' | 'takenAt'> &
      Readonly<Record<'toldUnits' | 'toldFen', string>> &
      Readonly<Record<'knownUnits' | 'knownFen', string | null>>;
    const rows = await this.database.query<Raw>(
      `SELECT cabinetId, state, takenAt, toldUnits, toldFen, knownUnits, knownFen FROM (
         SELECT cabinet_id AS cabinetId, state, taken_at AS takenAt, told_units AS toldUnits, told_fen AS toldFen, known_units AS knownUnits,
           known_fen AS knownFen, message_id AS messageId, ROW_NUMBER() OVER (PARTITION BY cabinet_id ORDER BY message_id DESC) AS place
         FROM cabinet_snapshot WHERE cabinet_id IN (?)) ranked
       WHERE place <= ? ORDER BY messageId DESC`,
      [cabinetIds, SNAPSHOTS_SHOWN_MAX],
    );
    return rows.map((row) => ({
      ...row,
      toldUnits: Number(row.toldUnits),
      toldFen: BigInt(row.toldFen),
      knownUnits: row.knownUnits === null ? null : Number(row.knownUnits),
      knownFen: row.knownFen === null ? null : BigInt(row.knownFen),
    }));
  }
}
