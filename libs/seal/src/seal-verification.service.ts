import { Injectable } from '@nestjs/common';
import { MINUTE_MS, present } from '#libs/kernel';
import { grownNodes, tailRanges } from './chain.rules.js';
import { FAN_OUT, Frontier, type Hash, completedNodes, keptRanges } from './merkle.rules.js';
import type { SealStream } from './seal.entity.js';
import { type CheckpointRow, SealReader, type SealRow } from './seal.reader.js';
import type { SealedRecord, SealedStream } from './sealed-stream.gateway.js';
import { SealedStreams } from './sealed-streams.service.js';
import { type PublicKey, checkpointFrom } from './signed-note.rules.js';
import { ChainWalk, type HeldNote, type LateSeal, type SealBreak, judgeNotes } from './verification.rules.js';

export interface VerificationRequest {
  readonly stream: SealStream;
  /** The first place to look at; what lies before is taken from the kept nodes. */
  readonly from?: number;
  /** The last place to look at; without it, all that is sealed. */
  readonly until?: number;
  /** Checkpoints from elsewhere, held against the stream beside its own. */
  readonly held?: readonly HeldNote[];
  /** The keys to believe; without any, those that the database says have signed. */
  readonly trusted?: readonly PublicKey[];
  /** Told how far it has come. */
  readonly onProgress?: (seq: number) => void;
}

export interface Verification {
  readonly stream: SealStream;
  readonly from: number;
  readonly until: number;
  /** How many records were read and hashed again. */
  readonly records: number;
  /** In the order in which they were found; the first hundred. */
  readonly breaks: readonly SealBreak[];
  readonly late: readonly LateSeal[];
  readonly lateCount: number;
}

/** Records of one batch; the next is read while this one is hashed. Larger ones outlive the young heap, and cost more than they save. */
const BATCH = 1_000;
const IDS_PER_PAGE = 10_000;
/** A record that young may still be waiting for its turn. */
const WAITING_MS = MINUTE_MS;

interface Batch {
  readonly seals: readonly SealRow[];
  readonly records: ReadonlyMap<string, SealedRecord>;
}

/** Hashes everything again, and compares it with the chain, the tree, and what was signed. Changes nothing. */
@Injectable()
export class SealVerificationService {
  constructor(
    private readonly streams: SealedStreams,
    private readonly reader: SealReader,
  ) {}

  async verify({
    stream,
    from = 1,
    until,
    held = [],
    trusted,
    onProgress,
  }: VerificationRequest): Promise<Verification> {
    const source = this.streams.of(stream);
    const head = await this.reader.head(stream);
    const last = Math.min(until ?? head.seq, head.seq);
    const checkpoints = await this.reader.allCheckpoints(stream);
    const keys = trusted ?? (await this.reader.keys());
    const own = checkpoints.map(({ day, note }): HeldNote => ({ name: `checkpoint ${day}`, note }));
    const { heads, breaks } = judgeNotes(stream, [...own, ...held], keys);
    const relevant =
      until === undefined ? heads : heads.filter(({ checkpoint }) => checkpoint.treeSize <= last);

    const walk = new ChainWalk(
      await this.begin(stream, from),
      await this.frontier(stream, from - 1),
      relevant,
    );
    walk.breaks.push(...breaks, ...checkpoints.flatMap(alteredRow));
    await this.walk(walk, source, last, onProgress);
    if (until === undefined) {
      await this.compareEnds(walk, stream, head.seq);
      walk.finish();
      await this.findUnsealed(walk, source);
    }
    return {
      stream,
      from,
      until: walk.seq,
      records: walk.walked,
      breaks: walk.breaks,
      late: walk.late,
      lateCount: walk.lateCount,
    };
  }

  private async begin(stream: SealStream, from: number) {
    return (await this.reader.chainEnd(stream, from - 1)) ?? { seq: from - 1, hash: Buffer.alloc(0) };
  }

  private async frontier(stream: SealStream, size: number): Promise<Frontier> {
    const ranges = keptRanges({ from: 0, until: size });
    const nodes = await this.reader.nodes(stream, ranges);
    const frontier = new Frontier();
    for (const { level, from, until } of ranges) {
      const hashes = new Map(
        nodes.filter((node) => node.level === level).map(({ index, hash }) => [index, hash]),
      );
      for (let index = from; index < until; index += 1)
        frontier.push(present(hashes.get(index), `node ${index} of level ${level}`), FAN_OUT ** level);
    }
    return frontier;
  }

  private async read(source: SealedStream, after: number, last: number): Promise<Batch> {
    const seals = await this.reader.seals(source.stream, after, Math.min(BATCH, last - after));
    return { seals, records: await source.records(seals.map(({ subjectId }) => subjectId)) };
  }

  private async walk(
    walk: ChainWalk,
    source: SealedStream,
    last: number,
    onProgress: VerificationRequest['onProgress'],
  ): Promise<void> {
    if (walk.seq >= last) return;
    let next = this.read(source, walk.seq, last);
    for (;;) {
      const { seals, records } = await next;
      const end = seals.at(-1)?.seq;
      if (end === undefined) return;
      // Asked for before this batch is hashed, so that the database works meanwhile.
      const isLast = end >= last;
      if (!isLast) {
        next = this.read(source, end, last);
        // Awaited in the next turn; a failure must not count as unhandled before.
        next.catch(() => undefined);
      }
      const before = walk.seq;
      for (const seal of seals) walk.step(seal, records.get(seal.subjectId));
      if (walk.isContiguous) await this.compareNodes(walk, source.stream, before, seals);
      onProgress?.(walk.seq);
      if (isLast) return;
    }
  }

  private async compareNodes(
    walk: ChainWalk,
    stream: SealStream,
    from: number,
    seals: readonly SealRow[],
  ): Promise<void> {
    const leaves = { from, until: from + seals.length };
    const ranges = completedNodes(leaves);
    if (ranges.length === 0) return;
    const [kept, tails] = [
      await this.reader.nodes(stream, ranges),
      await this.reader.nodes(stream, tailRanges(leaves)),
    ];
    const hashOf = new Map<string, Hash>(kept.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
    const hashes = seals.map(({ leafHash }) => leafHash);
    for (const { level, index, hash } of grownNodes(leaves, hashes, tails)) {
      if (hashOf.get(`${level}/${index}`)?.equals(hash)) continue;
      const seq = (index + 1) * FAN_OUT ** level;
      walk.found('NODE_DIFFERS', seq, `${level}/${index}`, 'is not what the leaves below it make');
    }
  }

  private async compareEnds(walk: ChainWalk, stream: SealStream, last: number): Promise<void> {
    const [beyond, now] = [await this.reader.seals(stream, last, 1), await this.reader.head(stream)];
    if (walk.seq < last) {
      walk.found('SEAL_MISSING', walk.seq + 1, '', `the head says ${last}, the chain ends at ${walk.seq}`);
    } else if (now.seq === last && (beyond.length > 0 || !now.hash.equals(walk.hash))) {
      walk.found('HEAD_DIFFERS', last, '', 'the chain does not end where its head says');
    }
  }

  /** Every record is sealed or waits, and what waits is there. */
  private async findUnsealed(walk: ChainWalk, source: SealedStream): Promise<void> {
    const { stream } = source;
    const waiting = await this.reader.waiting(stream, WAITING_MS, IDS_PER_PAGE);
    const there = await source.records(waiting);
    for (const id of waiting) {
      if (!there.has(id))
        walk.found('RECORD_VANISHED', null, id, 'was written, and was gone before its seal');
    }
    // Equal numbers on a quiet database mean that nobody is missing, for every seal has been seen with its record.
    if ((await source.count()) === (await this.reader.count(stream)) && walk.breaks.length === 0) return;
    for (let ids = await source.idsAfter('', IDS_PER_PAGE); ids.length > 0;) {
      // In this order: a record moves from the queue to the seals and never back.
      const queued = new Set(await this.reader.waitingAmong(stream, ids));
      const sealed = new Set((await this.reader.sealsOf(stream, ids)).map(({ subjectId }) => subjectId));
      for (const id of ids) {
        if (!queued.has(id) && !sealed.has(id))
          walk.found('RECORD_UNSEALED', null, id, 'was written without asking for its seal');
      }
      ids = await source.idsAfter(ids.at(-1) ?? '', IDS_PER_PAGE);
    }
  }
}

/** The columns beside the note are what lists show: they say what the note says. */
function alteredRow({
  day,
  treeSize,
  merkleRoot,
  chainHash,
  keyId,
  signature,
  note,
}: CheckpointRow): SealBreak[] {
  const signed = checkpointFrom(note);
  const [, signatureLine = ''] = note.split('\n\n');
  const signedWith = Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64');
  const isSame =
    signed?.day === day &&
    signed.treeSize === treeSize &&
    signed.merkleRoot.equals(merkleRoot) &&
    signed.chainHash.equals(chainHash) &&
    signatureLine.endsWith(` ${signedWith}\n`);
  if (isSame) return [];
  const detail = 'the row says something else than its signed note';
  return [{ kind: 'CHECKPOINT_ALTERED', seq: null, subject: `checkpoint ${day}`, detail }];
}
