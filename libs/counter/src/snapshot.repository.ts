import { Injectable } from '@nestjs/common';
import type { SqlValue, Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { CabinetMessageId } from './message.entity.js';

export interface Totals {
  readonly units: bigint;
  readonly fen: bigint;
}

export interface WaitingSnapshot {
  readonly messageId: CabinetMessageId;
  readonly cabinetId: CabinetId;
  readonly bootNo: number;
  /** What was told before this place was told by another board, which counted for itself. */
  readonly bootBase: number;
  readonly seq: string;
  readonly receivedAt: Date;
  readonly toldUnits: string;
  readonly toldFen: string;
}

/** Before it: of an earlier boot, or of the same one with a lower number. */
const BEFORE = '(m.boot_no < ? OR (m.boot_no = ? AND m.seq < ?))';

/** Above every number of a boot: where no total agreed since, nothing of the boot at the base is this board's. */
const ALL_OF_BOOT = 2_147_483_647;

@Injectable()
export class SnapshotRepository {
  async insert(tx: Tx, snapshot: Readonly<Record<string, SqlValue>>): Promise<void> {
    await tx.insert('cabinet_snapshot', [snapshot]);
  }

  /** Those that nothing is missing for, and those that have waited long enough. */
  async waiting(tx: Tx, receivedBefore: Date, limit: number): Promise<WaitingSnapshot[]> {
    return tx.query<WaitingSnapshot>(
      `SELECT s.message_id AS messageId, s.cabinet_id AS cabinetId, s.boot_no AS bootNo, s.boot_base AS bootBase, s.seq, s.received_at AS receivedAt,
         s.told_units AS toldUnits, s.told_fen AS toldFen FROM cabinet_snapshot s
       WHERE s.state = 'WAITING' AND (s.received_at <= ? OR NOT EXISTS (
         SELECT 1 FROM cabinet_gap g JOIN cabinet_boot b ON b.cabinet_id = g.cabinet_id AND b.boot_id = g.boot_id
         WHERE g.cabinet_id = s.cabinet_id AND g.state = 'OPEN' AND b.boot_no > s.boot_base AND (b.boot_no < s.boot_no OR (b.boot_no = s.boot_no AND g.from_seq < s.seq))))
       ORDER BY s.received_at, s.message_id LIMIT ?`,
      [receivedBefore, limit],
    );
  }

  /** Held against what comes meanwhile: the line's lock. */
  async lockWaiting(tx: Tx, { cabinetId, messageId }: WaitingSnapshot): Promise<boolean> {
    await tx.query('SELECT cabinet_id FROM cabinet_link WHERE cabinet_id = ? FOR UPDATE', [cabinetId]);
    const rows = await tx.query(
      "SELECT message_id FROM cabinet_snapshot WHERE message_id = ? AND state = 'WAITING'",
      [messageId],
    );
    return rows.length === 1;
  }

  /** Nothing is missing that may have come before it, but for what nobody hopes for any more. */
  async isComplete(tx: Tx, { cabinetId, bootNo, bootBase, seq }: WaitingSnapshot): Promise<boolean> {
    const rows = await tx.query(
      `SELECT g.from_seq FROM cabinet_gap g JOIN cabinet_boot b ON b.cabinet_id = g.cabinet_id AND b.boot_id = g.boot_id
       WHERE g.cabinet_id = ? AND g.state = 'OPEN' AND b.boot_no > ? AND (b.boot_no < ? OR (b.boot_no = ? AND g.from_seq < ?)) LIMIT 1`,
      [cabinetId, bootBase, bootNo, bootNo, seq],
    );
    return rows.length === 0;
  }

  /** What we know to have been sold before it: since the last one that agreed, which stands for everything before; and by the same board. */
  async known(tx: Tx, { cabinetId, bootNo, bootBase, seq }: WaitingSnapshot): Promise<Totals> {
    const [base] = await tx.query<{ bootNo: number; seq: string; units: string; fen: string }>(
      `SELECT m.boot_no AS bootNo, m.seq, m.known_units AS units, m.known_fen AS fen FROM cabinet_snapshot m
       WHERE m.cabinet_id = ? AND m.state = 'AGREES' AND m.boot_no > ? AND ${BEFORE} ORDER BY m.boot_no DESC, m.seq DESC LIMIT 1`,
      [cabinetId, bootBase, bootNo, bootNo, seq],
    );
    const [since] = await tx.query<{ units: string; fen: string }>(
      `SELECT COALESCE(SUM(m.sold_units), 0) AS units, COALESCE(SUM(m.sold_fen), 0) AS fen FROM cabinet_message m
       WHERE m.cabinet_id = ? AND m.kind = 'VEND' AND ${BEFORE} AND (m.boot_no > ? OR (m.boot_no = ? AND m.seq > ?))`,
      [
        cabinetId,
        bootNo,
        bootNo,
        seq,
        base?.bootNo ?? bootBase,
        base?.bootNo ?? bootBase,
        base?.seq ?? ALL_OF_BOOT,
      ],
    );
    return {
      units: BigInt(base?.units ?? 0) + BigInt(since?.units ?? 0),
      fen: BigInt(base?.fen ?? 0) + BigInt(since?.fen ?? 0),
    };
  }

  async judge(tx: Tx, messageId: CabinetMessageId, known: Totals, agrees: boolean): Promise<void> {
    await tx.write(
      'UPDATE cabinet_snapshot SET known_units = ?, known_fen = ?, state = ? WHERE message_id = ?',
      [known.units, known.fen, agrees ? 'AGREES' : 'DIFFERS', messageId],
    );
  }

  async differsLatest(tx: Tx, cabinetId: CabinetId): Promise<boolean> {
    const [latest] = await tx.query<{ state: string }>(
      `SELECT state FROM cabinet_snapshot WHERE cabinet_id = ? AND state <> 'WAITING'
       ORDER BY boot_no DESC, seq DESC LIMIT 1`,
      [cabinetId],
    );
    return latest?.state === 'DIFFERS';
  }

  /** Something has come that lies before them: those that differed are looked at again. */
  async lookAgain(tx: Tx, cabinetId: CabinetId, bootNo: number, seq: number): Promise<void> {
    await tx.write(
      `UPDATE cabinet_snapshot SET state = 'WAITING' WHERE cabinet_id = ? AND state = 'DIFFERS'
       AND (boot_no > ? OR (boot_no = ? AND seq > ?))`,
      [cabinetId, bootNo, bootNo, seq],
    );
  }
}
