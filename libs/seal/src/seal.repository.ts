import { Injectable } from '@nestjs/common';
import { type Tx, isDuplicate, unlessTaken } from '#platform/database';
import type { ChainEnd, LinkedSeal } from './chain.rules.js';
import type { KeptNode } from './merkle.rules.js';
import type { SealStream } from './seal.entity.js';
import type { ReadingRow } from './seal.reader.js';

/** The end of a chain, and the token under which it may be lengthened. */
export interface Lead extends ChainEnd {
  readonly token: string;
}

export interface NewCheckpoint extends Readonly<Record<string, string | number | Buffer | Date>> {
  readonly stream: SealStream;
  readonly day: string;
  readonly treeSize: number;
  readonly merkleRoot: Buffer;
  readonly chainHash: Buffer;
  readonly keyId: string;
  readonly signature: Buffer;
  readonly note: string;
  readonly createdAt: Date;
}

@Injectable()
export class SealRepository {
  async enqueue(tx: Tx, stream: SealStream, ids: readonly string[]): Promise<void> {
    const rows = ids.map(() => '(?, ?, UTC_TIMESTAMP(6))').join(', ');
    await tx.write(
      `INSERT INTO seal_waiting (stream, subject_id, queued_at) VALUES ${rows}`,
      ids.flatMap((id) => [stream, id]),
    );
  }

  /** Null while another leader's lease lasts. Whoever leads already keeps the token; whoever takes over gets the next. */
  async lead(tx: Tx, stream: SealStream, leader: string, leaseMs: number): Promise<Lead | null> {
    // Assigned from left to right, so the token still sees who led before.
    const taken = await tx.write(
      `UPDATE seal_head SET token = CASE WHEN leader = ? THEN token ELSE token + 1 END, leader = ?,
              leased_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
       WHERE stream = ? AND (leader = ? OR leased_until < UTC_TIMESTAMP(6))`,
      [leader, leader, leaseMs * 1_000, stream, leader],
    );
    if (taken === 0) return null;
    const [head] = await tx.query<{ seq: string; hash: Buffer; token: string }>(
      'SELECT seq, hash, token FROM seal_head WHERE stream = ?',
      [stream],
    );
    return head ? { ...head, seq: Number(head.seq) } : null;
  }

  /** False, and nothing is written, where somebody else has led or written since. */
  async append(
    tx: Tx,
    before: Lead,
    seals: readonly LinkedSeal[],
    nodes: readonly KeptNode[],
  ): Promise<boolean> {
    const last = seals.at(-1);
    if (!last) return false;
    const { stream } = last;
    // The fence: a leader that slept through its lease finds another token, or another end.
    const isOurs = await tx.write(
      'UPDATE seal_head SET seq = ?, hash = ? WHERE stream = ? AND token = ? AND seq = ?',
      [last.seq, last.hash, stream, before.token, before.seq],
    );
    if (isOurs === 0) return false;
    const rows = seals.map(({ seq, subjectId, leafHash, prevHash, hash }) => [
      stream,
      seq,
      subjectId,
      leafHash,
      prevHash,
      hash,
    ]);
    await tx.write(
      `INSERT INTO seal (stream, seq, subject_id, leaf_hash, prev_hash, hash, sealed_at)
       VALUES ${rows.map(() => '(?, UTC_TIMESTAMP(6))').join(', ')}`,
      rows,
    );
    await tx.insert(
      'seal_node',
      nodes.map(({ level, index, hash }) => ({ stream, level, position: index, hash })),
    );
    await tx.write('DELETE FROM seal_waiting WHERE stream = ? AND subject_id IN (?)', [
      stream,
      seals.map(({ subjectId }) => subjectId),
    ]);
    return true;
  }

  /** False where the day has its checkpoint already: the first one stands. */
  async insertCheckpoint(tx: Tx, checkpoint: NewCheckpoint, keyText: string): Promise<boolean> {
    await this.noteKey(tx, checkpoint, keyText);
    try {
      await tx.insert('seal_checkpoint', [checkpoint]);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Whoever comes first decides where the reading begins; the others find theirs. */
  async openReading(
    tx: Tx,
    reading: Pick<ReadingRow, 'stream' | 'day' | 'fromSeq' | 'untilSeq' | 'startedAt'>,
  ): Promise<void> {
    const { stream, day, fromSeq, untilSeq, startedAt } = reading;
    await tx.write(
      `INSERT INTO seal_reading (stream, day, from_seq, until_seq, next_seq, started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE stream = VALUES(stream)`,
      [stream, day, fromSeq, untilSeq, fromSeq, startedAt, fromSeq > untilSeq ? startedAt : null],
    );
  }

  /** False where another process has read the same piece meanwhile: what it found is counted, and this is not. */
  async advanceReading(
    tx: Tx,
    { stream, day, nextSeq, untilSeq }: ReadingRow,
    piece: {
      readonly until: number;
      readonly breakCount: number;
      readonly firstBrokenSeq: number | null;
      readonly at: Date;
    },
  ): Promise<boolean> {
    const changed = await tx.write(
      `UPDATE seal_reading SET next_seq = ?, break_count = break_count + ?, first_broken_seq = COALESCE(first_broken_seq, ?), finished_at = ?
       WHERE stream = ? AND day = ? AND next_seq = ?`,
      [
        piece.until + 1,
        piece.breakCount,
        piece.firstBrokenSeq,
        piece.until >= untilSeq ? piece.at : null,
        stream,
        day,
        nextSeq,
      ],
    );
    return changed === 1;
  }

  /** Looked up beforehand: keys are only added to, and for ON DUPLICATE KEY one must be allowed to change them. */
  private async noteKey(tx: Tx, { keyId, createdAt }: NewCheckpoint, text: string): Promise<void> {
    const known = await tx.query('SELECT key_id FROM seal_key WHERE key_id = ?', [keyId]);
    if (known.length > 0) return;
    await unlessTaken('another process has noted the key first', () =>
      tx.insert('seal_key', [{ keyId, text, firstUsedAt: createdAt }]),
    );
  }
}
