import { DAY_MS, present } from '#libs/kernel';
import type { ChainEnd } from './chain.rules.js';
import { type Leaf, chainHashOf, leafText } from './leaf.rules.js';
import { type Frontier, type Hash, leafHashOf } from './merkle.rules.js';
import type { SealStream } from './seal.entity.js';
import { type Checkpoint, type PublicKey, checkpointFrom, signerOf } from './signed-note.rules.js';

export const BREAK_KINDS = [
  'LEAF_DIFFERS', // the record is not what was sealed
  'RECORD_MISSING', // sealed, and gone
  'SEAL_MISSING', // a place in the order is empty
  'CHAIN_BROKEN', // a link does not hold the one before
  'NODE_DIFFERS', // a kept node of the tree is not what its leaves make
  'HEAD_DIFFERS', // the chain does not end where its head says
  'RECORD_UNSEALED', // written without asking for a seal
  'RECORD_VANISHED', // asked for a seal, and was gone before it came
  'CHECKPOINT_MALFORMED', // no checkpoint of this stream
  'CHECKPOINT_ALTERED', // the row says something else than its signed note
  'SIGNATURE_WRONG', // signed by no key that is trusted
  'TREE_SHRANK', // fewer records than were signed
  'ROOT_DIFFERS', // not the records that were signed
] as const;
export type BreakKind = (typeof BREAK_KINDS)[number];

export interface SealBreak {
  readonly kind: BreakKind;
  /** The place in the order; null for what has none. */
  readonly seq: number | null;
  /** The record, the day of the checkpoint, or the name of the file. */
  readonly subject: string;
  readonly detail: string;
}

/** Written down before a checkpoint of its day was signed, sealed after it: added later, or committed very late. No break; to be explained. */
export interface LateSeal {
  readonly seq: number;
  readonly subject: string;
  readonly recordedAt: string;
  /** The day whose checkpoint does not have it. */
  readonly day: string;
}

/** A checkpoint from elsewhere, e.g. a file that an official has kept. */
export interface HeldNote {
  readonly name: string;
  readonly note: string;
}

/** A checkpoint that is well signed: once the tree has so many leaves, its root and its chain must be these. */
export interface SignedHead {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

/** Which notes may be held against the stream, and what is wrong with the others. */
export function judgeNotes(
  stream: SealStream,
  notes: readonly HeldNote[],
  trusted: readonly PublicKey[],
): { readonly heads: SignedHead[]; readonly breaks: SealBreak[] } {
  const heads: SignedHead[] = [];
  const breaks: SealBreak[] = [];
  for (const { name, note } of notes) {
    const found = (kind: BreakKind, detail: string) =>
      breaks.push({ kind, seq: null, subject: name, detail });
    const checkpoint = checkpointFrom(note);
    if (!checkpoint?.origin.endsWith(`/${stream}`))
      found('CHECKPOINT_MALFORMED', `is no checkpoint of ${stream}`);
    else if (!signerOf(note, trusted)) found('SIGNATURE_WRONG', 'is signed by none of the trusted keys');
    else heads.push({ name, checkpoint });
  }
  return { heads, breaks };
}

export interface WalkedSeal {
  readonly seq: number;
  readonly subjectId: string;
  readonly leafHash: Hash;
  readonly prevHash: Hash;
  readonly hash: Hash;
}

export interface WalkedRecord {
  readonly leaf: Leaf;
  readonly recordedAt: string;
}

/** Names the first of many; who has found a hundred has found enough. */
const NAMED_MAX = 100;

/** Goes along the chain, link by link, and notes what does not fit. */
export class ChainWalk {
  readonly breaks: SealBreak[] = [];
  readonly late: LateSeal[] = [];
  lateCount = 0;
  walked = 0;
  /** False once a place was empty: the tree cannot be built on. */
  isContiguous = true;
  private readonly heads: SignedHead[];
  private readonly days: readonly { readonly size: number; readonly day: string; readonly endsAt: string }[];
  private passedDays = 0;

  constructor(
    private end: ChainEnd,
    private readonly frontier: Frontier,
    heads: readonly SignedHead[],
  ) {
    this.heads = heads
      .filter(({ checkpoint }) => checkpoint.treeSize >= end.seq)
      .toSorted((a, b) => a.checkpoint.treeSize - b.checkpoint.treeSize);
    this.days = heads
      .map(({ checkpoint: { treeSize, day } }) => ({
        size: treeSize,
        day,
        endsAt: new Date(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS).toISOString(),
      }))
      .toSorted((a, b) => a.size - b.size);
    this.compareHeads();
  }

  get seq(): number {
    return this.end.seq;
  }

  get hash(): Hash {
    return this.end.hash;
  }

  found(kind: BreakKind, seq: number | null, subject: string, detail: string): void {
    if (this.breaks.length < NAMED_MAX) this.breaks.push({ kind, seq, subject, detail });
  }

  step(seal: WalkedSeal, record: WalkedRecord | undefined): void {
    const { seq, subjectId, leafHash, prevHash, hash } = seal;
    if (seq !== this.end.seq + 1) {
      const upTo = seq - 1 > this.end.seq + 1 ? ` to ${seq - 1}` : '';
      this.found('SEAL_MISSING', this.end.seq + 1, '', `place ${this.end.seq + 1}${upTo} is empty`);
      this.isContiguous = false;
    }
    if (!record) this.found('RECORD_MISSING', seq, subjectId, 'was sealed and is gone');
    else if (!leafHashOf(leafText(record.leaf)).equals(leafHash))
      this.found('LEAF_DIFFERS', seq, subjectId, 'is not what was sealed');
    if (this.isContiguous && !prevHash.equals(this.end.hash))
      this.found('CHAIN_BROKEN', seq, subjectId, 'does not follow the link before');
    if (!chainHashOf(prevHash, leafHash).equals(hash))
      this.found('CHAIN_BROKEN', seq, subjectId, 'its hash is not made of the link before and its record');
    this.end = { seq, hash };
    this.walked += 1;
    if (this.isContiguous) this.frontier.push(leafHash);
    if (record) this.noteLateness(seq, subjectId, record.recordedAt);
    this.compareHeads();
  }

  /** After the last link: whatever was signed beyond it is gone. */
  finish(): void {
    for (const { name, checkpoint } of this.heads) {
      const detail = `was signed over ${checkpoint.treeSize} records; there are ${this.end.seq}`;
      this.found('TREE_SHRANK', this.end.seq + 1, name, detail);
    }
  }

  private compareHeads(): void {
    for (let next = this.heads[0]; next && next.checkpoint.treeSize <= this.end.seq; next = this.heads[0]) {
      const { name, checkpoint } = present(this.heads.shift(), 'the head');
      if (!this.isContiguous || checkpoint.treeSize < this.end.seq) continue;
      const isSame =
        checkpoint.merkleRoot.equals(this.frontier.root()) && checkpoint.chainHash.equals(this.end.hash);
      if (isSame) continue;
      const detail = `was signed over other records than the first ${checkpoint.treeSize}`;
      this.found('ROOT_DIFFERS', checkpoint.treeSize, name, detail);
    }
  }

  private noteLateness(seq: number, subject: string, recordedAt: string): void {
    while ((this.days[this.passedDays]?.size ?? Infinity) < seq) this.passedDays += 1;
    const passed = this.days[this.passedDays - 1];
    if (!passed || recordedAt >= passed.endsAt) return;
    this.lateCount += 1;
    if (this.late.length < NAMED_MAX) this.late.push({ seq, subject, recordedAt, day: passed.day });
  }
}
