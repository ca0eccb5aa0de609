import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { ChainEnd } from './chain.rules.js';
import { CHAIN_START } from './leaf.rules.js';
import {
  type Hash,
  type KeptNode,
  type LeafRange,
  type NodeRange,
  hashesOf,
  keptRanges,
} from './merkle.rules.js';
import { SEAL_STREAMS, type SealStream } from './seal.entity.js';
import { type PublicKey, publicKeyFrom } from './signed-note.rules.js';

export interface SealRow {
  readonly seq: number;
  readonly subjectId: string;
  readonly leafHash: Hash;
  readonly prevHash: Hash;
  readonly hash: Hash;
}

export interface SealStatus {
  readonly stream: SealStream;
  /** The last place given; also the number of leaves. */
  readonly headSeq: number;
  /** Records that wait. */
  readonly backlog: number;
  /** How long the oldest of them has waited; zero where none waits. */
  readonly lagSeconds: number;
}

export interface CheckpointRow {
  readonly stream: SealStream;
  readonly day: string;
  readonly treeSize: number;
  readonly merkleRoot: Hash;
  readonly chainHash: Hash;
  readonly keyId: string;
  readonly signature: Buffer;
  readonly note: string;
  readonly createdAt: Date;
}

export interface ReadingRow {
  readonly stream: SealStream;
  readonly day: string;
  readonly fromSeq: number;
  readonly untilSeq: number;
  readonly nextSeq: number;
  readonly breakCount: number;
  readonly firstBrokenSeq: number | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

type RawReading = Omit<ReadingRow, `${string}Seq` | 'breakCount'> & {
  readonly [K in 'fromSeq' | 'untilSeq' | 'nextSeq' | 'breakCount']: string;
} & { readonly firstBrokenSeq: string | null };

function readingOf(row: RawReading): ReadingRow {
  return {
    ...row,
    fromSeq: Number(row.fromSeq),
    untilSeq: Number(row.untilSeq),
    nextSeq: Number(row.nextSeq),
    breakCount: Number(row.breakCount),
    firstBrokenSeq: row.firstBrokenSeq === null ? null : Number(row.firstBrokenSeq),
  };
}

interface Raw {
  readonly seq: string;
}

const SELECT_CHECKPOINTS = `SELECT stream, day, tree_size AS treeSize, merkle_root AS merkleRoot, chain_hash AS chainHash,
  key_id AS keyId, signature, note, created_at AS createdAt FROM seal_checkpoint`;

const SELECT_READINGS = `SELECT stream, day, from_seq AS fromSeq, until_seq AS untilSeq, next_seq AS nextSeq, break_count AS breakCount,
  first_broken_seq AS firstBrokenSeq, started_at AS startedAt, finished_at AS finishedAt FROM seal_reading`;

/** One a day: more than two thousand years. */
const CHECKPOINTS_MAX = 1_000_000;
/** One a rotation. */
const KEYS_MAX = 1_000;

@Injectable()
export class SealReader {
  constructor(private readonly database: Database) {}

  /** The longest waiting first; those younger than the delay may still be overtaken and are left out. */
  async waiting(stream: SealStream, delayMs: number, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT subject_id AS id FROM seal_waiting
       WHERE stream = ? AND queued_at <= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND ORDER BY queued_at, subject_id LIMIT ?`,
      [stream, delayMs * 1_000, limit],
    );
    return rows.map(({ id }) => id);
  }

  async isWaitingSince(stream: SealStream, instant: Date): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM seal_waiting WHERE stream = ? AND queued_at < ? LIMIT 1',
      [stream, instant],
    );
    return rows.length > 0;
  }

  /** In the order of `SEAL_STREAMS`. */
  async statuses(): Promise<SealStatus[]> {
    const rows = await this.database.query<{
      stream: SealStream;
      seq: string;
      backlog: string;
      lag: string | null;
    }>(
      `SELECT h.stream, h.seq,
              (SELECT COUNT(*) FROM seal_waiting w WHERE w.stream = h.stream) AS backlog,
              (SELECT TIMESTAMPDIFF(SECOND, MIN(w.queued_at), UTC_TIMESTAMP(6)) FROM seal_waiting w WHERE w.stream = h.stream) AS lag
       FROM seal_head h`,
    );
    return SEAL_STREAMS.flatMap((stream) =>
      rows
        .filter((row) => row.stream === stream)
        .map(({ seq, backlog, lag }) => ({
          stream,
          headSeq: Number(seq),
          backlog: Number(backlog),
          lagSeconds: Math.max(0, Number(lag ?? 0)),
        })),
    );
  }

  /** From `after` on, exclusive, in their order. */
  async seals(stream: SealStream, after: number, limit: number): Promise<SealRow[]> {
    const rows = await this.database.query<SealRow & Raw>(
      `SELECT seq, subject_id AS subjectId, leaf_hash AS leafHash, prev_hash AS prevHash, hash FROM seal
       WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?`,
      [stream, after, limit],
    );
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  /** The seals of these records, in no order. */
  async sealsOf(stream: SealStream, ids: readonly string[]): Promise<SealRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<SealRow & Raw>(
      `SELECT seq, subject_id AS subjectId, leaf_hash AS leafHash, prev_hash AS prevHash, hash FROM seal
       WHERE stream = ? AND subject_id IN (?)`,
      [stream, ids],
    );
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }

  async waitingAmong(stream: SealStream, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<{ id: string }>(
      'SELECT subject_id AS id FROM seal_waiting WHERE stream = ? AND subject_id IN (?)',
      [stream, ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Where the chain stands with `seq` links; null where there is no such link. */
  async chainEnd(stream: SealStream, seq: number): Promise<ChainEnd | null> {
    if (seq === 0) return { seq, hash: CHAIN_START };
    const [row] = await this.seals(stream, seq - 1, 1);
    return row?.seq === seq ? { seq, hash: row.hash } : null;
  }

  /** What the sealer says is the end, whatever the chain says. */
  async head(stream: SealStream): Promise<ChainEnd> {
    const [row] = await this.database.query<{ seq: string; hash: Buffer }>(
      'SELECT seq, hash FROM seal_head WHERE stream = ?',
      [stream],
    );
    return { seq: Number(row?.seq ?? 0), hash: row?.hash ?? CHAIN_START };
  }

  /** Sealed records and waiting ones together, at one moment. */
  async count(stream: SealStream): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(
      `SELECT (SELECT COUNT(*) FROM seal WHERE stream = ?) + (SELECT COUNT(*) FROM seal_waiting WHERE stream = ?) AS count`,
      [stream, stream],
    );
    return Number(row?.count ?? 0);
  }

  /** The kept nodes of these ranges, in at most two statements. */
  async nodes(stream: SealStream, ranges: readonly NodeRange[]): Promise<KeptNode[]> {
    const wanted = ranges.filter(({ from, until }) => from < until);
    const [leaves, inner] = [
      wanted.filter(({ level }) => level === 0),
      wanted.filter(({ level }) => level > 0),
    ];
    const found: KeptNode[] = [];
    if (leaves.length > 0) {
      const rows = await this.database.query<{ seq: string; hash: Buffer }>(
        `SELECT seq, leaf_hash AS hash FROM seal WHERE stream = ? AND (${leaves.map(() => 'seq BETWEEN ? AND ?').join(' OR ')})`,
        [stream, ...leaves.flatMap(({ from, until }) => [from + 1, until])],
      );
      for (const { seq, hash } of rows) found.push({ level: 0, index: Number(seq) - 1, hash });
    }
    if (inner.length > 0) {
      const rows = await this.database.query<{ level: number; position: string; hash: Buffer }>(
        `SELECT level, position, hash FROM seal_node
         WHERE stream = ? AND (${inner.map(() => '(level = ? AND position BETWEEN ? AND ?)').join(' OR ')})`,
        [stream, ...inner.flatMap(({ level, from, until }): SqlValue[] => [level, from, until - 1])],
      );
      for (const { level, position, hash } of rows) found.push({ level, index: Number(position), hash });
    }
    return found;
  }

  /** The hash of each run of leaves, at a cost that grows with the logarithm of the tree. */
  async hashes(stream: SealStream, ranges: readonly LeafRange[]): Promise<Hash[]> {
    return hashesOf(ranges, await this.nodes(stream, ranges.flatMap(keptRanges)));
  }

  async root(stream: SealStream, treeSize: number): Promise<Hash | undefined> {
    const [root] = await this.hashes(stream, [{ from: 0, until: treeSize }]);
    return root;
  }

  /** The latest first. */
  async checkpoints(stream: SealStream, { first, after }: PageRequest): Promise<Page<CheckpointRow>> {
    const [before = '9999-12-31'] = after ?? [];
    const rows = await this.read('WHERE stream = ? AND day < ? ORDER BY day DESC LIMIT ?', [
      stream,
      before,
      first + 1,
    ]);
    return pageOf(rows, first, ({ day }) => [day]);
  }

  /** The earliest first. */
  allCheckpoints(stream: SealStream): Promise<CheckpointRow[]> {
    return this.read('WHERE stream = ? ORDER BY day LIMIT ?', [stream, CHECKPOINTS_MAX]);
  }

  async checkpointOf(stream: SealStream, day: string): Promise<CheckpointRow | null> {
    const [row] = await this.read('WHERE stream = ? AND day = ?', [stream, day]);
    return row ?? null;
  }

  /** One of each stream that has any. */
  latestCheckpoints(): Promise<CheckpointRow[]> {
    return this.read(
      'WHERE (stream, day) IN (SELECT stream, MAX(day) FROM seal_checkpoint GROUP BY stream) ORDER BY stream',
      [],
    );
  }

  /** The first that has the place. */
  async checkpointCovering(stream: SealStream, seq: number): Promise<CheckpointRow | null> {
    const [row] = await this.read('WHERE stream = ? AND tree_size >= ? ORDER BY day LIMIT 1', [stream, seq]);
    return row ?? null;
  }

  async latestCheckpoint(stream: SealStream): Promise<CheckpointRow | null> {
    const [row] = await this.read('WHERE stream = ? ORDER BY day DESC LIMIT 1', [stream]);
    return row ?? null;
  }

  /** The latest checkpoint of each stream that nobody has read to its end yet; in no order. */
  checkpointsToRead(): Promise<CheckpointRow[]> {
    return this.read(
      `WHERE (stream, day) IN (SELECT stream, MAX(day) FROM seal_checkpoint GROUP BY stream)
       AND NOT EXISTS (SELECT 1 FROM seal_reading r
         WHERE r.stream = seal_checkpoint.stream AND r.day = seal_checkpoint.day AND r.finished_at IS NOT NULL)`,
      [],
    );
  }

  async readingOf(stream: SealStream, day: string): Promise<ReadingRow | null> {
    const [row] = await this.database.query<RawReading>(`${SELECT_READINGS} WHERE stream = ? AND day = ?`, [
      stream,
      day,
    ]);
    return row ? readingOf(row) : null;
  }

  /** The last place that a finished reading has come to. */
  async readUpTo(stream: SealStream): Promise<number> {
    const [row] = await this.database.query<{ seq: string | null }>(
      'SELECT MAX(until_seq) AS seq FROM seal_reading WHERE stream = ? AND finished_at IS NOT NULL',
      [stream],
    );
    return Number(row?.seq ?? 0);
  }

  /** The latest first. */
  async readings(stream: SealStream, { first, after }: PageRequest): Promise<Page<ReadingRow>> {
    const [before = '9999-12-31'] = after ?? [];
    const rows = await this.database.query<RawReading>(
      `${SELECT_READINGS} WHERE stream = ? AND day < ? ORDER BY day DESC LIMIT ?`,
      [stream, before, first + 1],
    );
    return pageOf(rows.map(readingOf), first, ({ day }) => [day]);
  }

  /** What has been found of each stream since everything was last read again. */
  async breakCounts(): Promise<ReadonlyMap<SealStream, number>> {
    const rows = await this.database.query<{ stream: SealStream; breaks: string }>(
      `SELECT r.stream, SUM(r.break_count) AS breaks FROM seal_reading r
       LEFT JOIN (SELECT stream, MAX(day) AS day FROM seal_reading WHERE from_seq = 1 GROUP BY stream) AS whole
         ON whole.stream = r.stream
       WHERE whole.day IS NULL OR r.day >= whole.day GROUP BY r.stream`,
    );
    return new Map(rows.map(({ stream, breaks }) => [stream, Number(breaks)]));
  }

  /** Every key that has ever signed, as the database has them: whoever does not trust it brings their own. */
  async keys(): Promise<PublicKey[]> {
    const rows = await this.database.query<{ text: string }>(
      'SELECT text FROM seal_key ORDER BY first_used_at LIMIT ?',
      [KEYS_MAX],
    );
    return rows.flatMap(({ text }) => publicKeyFrom(text) ?? []);
  }

  private async read(where: string, values: readonly SqlValue[]): Promise<CheckpointRow[]> {
    const rows = await this.database.query<Omit<CheckpointRow, 'treeSize'> & { treeSize: string }>(
      `${SELECT_CHECKPOINTS} ${where}`,
      values,
    );
    return rows.map((row) => ({ ...row, treeSize: Number(row.treeSize) }));
  }
}
