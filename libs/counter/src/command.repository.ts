import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import {
  CabinetCommand,
  type CabinetCommandId,
  type CommandKind,
  type CommandState,
} from './command.entity.js';
import type { GapState } from './message.entity.js';
import type { Span } from './sequence.rules.js';

export interface GapRow extends Span {
  readonly cabinetId: CabinetId;
  readonly bootId: string;
  readonly askedCount: number;
}

type RawGap = Omit<GapRow, 'fromSeq' | 'toSeq'> & { readonly fromSeq: string; readonly toSeq: string };

const GAP = `g.cabinet_id AS cabinetId, g.boot_id AS bootId, g.from_seq AS fromSeq, g.to_seq AS toSeq,
  g.asked_count AS askedCount`;

const gapOf = (row: RawGap): GapRow => ({
  ...row,
  fromSeq: Number(row.fromSeq),
  toSeq: Number(row.toSeq),
});

@Injectable()
export class CommandRepository {
  async insert(tx: Tx, command: CabinetCommand): Promise<void> {
    await tx.manager.insert(CabinetCommand, command);
  }

  /** To be said now, and noted as said: to these cabinets, or to any where only the broker knows who is in. */
  async takeDue(
    tx: Tx,
    connected: readonly string[] | null,
    {
      now,
      saidBefore,
      deliverSaidBefore,
      limit,
    }: {
      readonly now: Date;
      readonly saidBefore: Date;
      readonly deliverSaidBefore: Date;
      readonly limit: number;
    },
  ): Promise<Pick<CabinetCommand, 'id' | 'cabinetId' | 'kind' | 'data' | 'expiresAt'>[]> {
    if (connected?.length === 0) return [];
    const rows = await tx.query<Pick<CabinetCommand, 'id' | 'cabinetId' | 'kind' | 'data' | 'expiresAt'>>(
      `SELECT id, cabinet_id AS cabinetId, kind, data, expires_at AS expiresAt FROM cabinet_command
       WHERE state = 'WAITING' AND expires_at > ? AND (sent_at IS NULL OR sent_at <= IF(kind IN ('DELIVER', 'OPEN_DOOR', 'OPEN_CELL'), ?, ?)) ${connected === null ? '' : 'AND cabinet_id IN (?)'}
       ORDER BY id LIMIT ? FOR UPDATE`,
      [now, deliverSaidBefore, saidBefore, ...(connected === null ? [] : [connected]), limit],
    );
    if (rows.length > 0)
      await tx.write('UPDATE cabinet_command SET sent_at = ? WHERE id IN (?)', [
        now,
        rows.map(({ id }) => id),
      ]);
    return rows;
  }

  async expire(tx: Tx, now: Date): Promise<number> {
    return tx.write(
      "UPDATE cabinet_command SET state = 'EXPIRED' WHERE state = 'WAITING' AND expires_at <= ?",
      [now],
    );
  }

  /** Ended without ever having been said: then nobody can have done it. Locked, so that a broker does not begin to say it meanwhile. */
  async endUnsaid(tx: Tx, commandIds: readonly CabinetCommandId[], now: Date): Promise<CabinetCommandId[]> {
    if (commandIds.length === 0) return [];
    const rows = await tx.query<{ id: CabinetCommandId }>(
      `SELECT id FROM cabinet_command WHERE id IN (?) AND sent_at IS NULL AND expires_at <= ? AND state IN ('WAITING', 'EXPIRED')
       ORDER BY id FOR UPDATE`,
      [commandIds, now],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) await tx.write("UPDATE cabinet_command SET state = 'EXPIRED' WHERE id IN (?)", [ids]);
    return ids;
  }

  async stateOf(tx: Tx, commandId: string): Promise<CommandState | null> {
    const [row] = await tx.query<Pick<CabinetCommand, 'state'>>(
      'SELECT state FROM cabinet_command WHERE id = ?',
      [commandId],
    );
    return row?.state ?? null;
  }

  /** Of that cabinet, and unanswered; an answer may come after the end. */
  async lock(
    tx: Tx,
    cabinetId: CabinetId,
    commandId: CabinetCommandId,
  ): Promise<{ readonly kind: CommandKind; readonly data: string } | null> {
    const [row] = await tx.query<{ kind: CommandKind; data: string }>(
      `SELECT kind, data FROM cabinet_command WHERE id = ? AND cabinet_id = ? AND state IN ('WAITING', 'EXPIRED') FOR UPDATE`,
      [commandId, cabinetId],
    );
    return row ?? null;
  }

  async answer(
    tx: Tx,
    commandId: CabinetCommandId,
    {
      state,
      detail,
      log,
      at,
    }: {
      readonly state: CommandState;
      readonly detail: string;
      readonly log: string | null;
      readonly at: Date;
    },
  ): Promise<void> {
    await tx.write('UPDATE cabinet_command SET state = ?, detail = ?, log = ?, replied_at = ? WHERE id = ?', [
      state,
      detail,
      log,
      at,
      commandId,
    ]);
  }

  /** Gaps that are due, of cabinets that were heard lately. */
  async gapsToAsk(
    tx: Tx,
    { now, seenAfter, limit }: { readonly now: Date; readonly seenAfter: Date; readonly limit: number },
  ): Promise<GapRow[]> {
    const rows = await tx.query<RawGap>(
      `SELECT ${GAP} FROM cabinet_gap g JOIN cabinet_link l ON l.cabinet_id = g.cabinet_id
       WHERE g.state = 'OPEN' AND g.ask_at <= ? AND l.last_seen_at >= ? ORDER BY g.ask_at LIMIT ?`,
      [now, seenAfter, limit],
    );
    return rows.map(gapOf);
  }

  /** The lock under which a cabinet's line is changed: what it says waits meanwhile. */
  async lockLine(tx: Tx, cabinetId: CabinetId): Promise<void> {
    await tx.query('SELECT cabinet_id FROM cabinet_link WHERE cabinet_id = ? FOR UPDATE', [cabinetId]);
  }

  /** As it is now, if it still is, and is due. */
  async dueGap(tx: Tx, gap: GapRow, now: Date): Promise<GapRow | null> {
    const [row] = await tx.query<RawGap>(
      `SELECT ${GAP} FROM cabinet_gap g WHERE g.cabinet_id = ? AND g.boot_id = ? AND g.from_seq = ?
       AND g.state = 'OPEN' AND g.ask_at <= ?`,
      [gap.cabinetId, gap.bootId, gap.fromSeq, now],
    );
    return row ? gapOf(row) : null;
  }

  async gapsWithin(
    tx: Tx,
    cabinetId: CabinetId,
    bootId: string,
    { fromSeq, toSeq }: Span,
  ): Promise<GapRow[]> {
    const rows = await tx.query<RawGap>(
      `SELECT ${GAP} FROM cabinet_gap g
       WHERE g.cabinet_id = ? AND g.boot_id = ? AND g.state = 'OPEN' AND g.from_seq <= ? AND g.to_seq >= ?`,
      [cabinetId, bootId, toSeq, fromSeq],
    );
    return rows.map(gapOf);
  }

  async noteAsked(tx: Tx, { cabinetId, bootId, fromSeq, askedCount }: GapRow, againAt: Date): Promise<void> {
    await tx.write(
      'UPDATE cabinet_gap SET ask_at = ?, asked_count = ? WHERE cabinet_id = ? AND boot_id = ? AND from_seq = ?',
      [againAt, askedCount + 1, cabinetId, bootId, fromSeq],
    );
  }

  async setGapState(tx: Tx, { cabinetId, bootId, fromSeq }: GapRow, state: GapState): Promise<void> {
    await tx.write('UPDATE cabinet_gap SET state = ? WHERE cabinet_id = ? AND boot_id = ? AND from_seq = ?', [
      state,
      cabinetId,
      bootId,
      fromSeq,
    ]);
  }
}
