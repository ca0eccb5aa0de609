import { hash as digest } from 'node:crypto';
import { assert, present } from '#libs/kernel';

/**
 * The Merkle tree of RFC 6962, section 2.1: leaves are hashed behind a zero byte and nodes behind a one, so that neither passes for
 * the other. Of the nodes only every eighth level is kept (level 0 are the leaves, level 1 has one node per 256 leaves, and so on);
 * what lies between is hashed again from at most 255 kept nodes a level, so a proof over millions reads some hundreds of rows.
 */
export type Hash = Buffer;

export const HASH_BYTES = 32;
const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);

/** Leaves below one kept node of the next level. */
export const FAN_OUT = 256;
/** 256^4 leaves are four thousand million. */
export const LEVEL_MAX = 4;

export function leafHashOf(leaf: string | Buffer): Hash {
  return digest('sha256', Buffer.concat([LEAF_PREFIX, Buffer.from(leaf)]), 'buffer');
}

export function nodeHashOf(left: Hash, right: Hash): Hash {
  return digest('sha256', Buffer.concat([NODE_PREFIX, left, right]), 'buffer');
}

export const EMPTY_ROOT: Hash = digest('sha256', '', 'buffer');

interface Subtree {
  readonly size: number;
  readonly hash: Hash;
}

/** A run of leaves as the few whole subtrees that cover it, largest first: adding a leaf costs one hash on average. */
export class Frontier {
  private readonly subtrees: Subtree[] = [];
  private covered = 0;

  get size(): number {
    return this.covered;
  }

  /** A whole subtree of `size` leaves, a power of two, beside what is there. */
  push(hash: Hash, size = 1): void {
    this.covered += size;
    let added: Subtree = { size, hash };
    for (let last = this.subtrees.at(-1); last?.size === added.size; last = this.subtrees.at(-1)) {
      this.subtrees.pop();
      added = { size: added.size * 2, hash: nodeHashOf(last.hash, added.hash) };
    }
    assert(added.size < (this.subtrees.at(-1)?.size ?? Infinity), 'subtrees come largest first');
    this.subtrees.push(added);
  }

  root(): Hash {
    return (
      this.subtrees.reduceRight<Hash | null>(
        (right, { hash }) => (right === null ? hash : nodeHashOf(hash, right)),
        null,
      ) ?? EMPTY_ROOT
    );
  }
}

/** Leaves from `from` (counted from zero) up to `until`, exclusive. */
export interface LeafRange {
  readonly from: number;
  readonly until: number;
}

/** Kept nodes of one level, from the index `from` up to `until`, exclusive. */
export interface NodeRange extends LeafRange {
  readonly level: number;
}

export interface KeptNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Hash;
}

/** The largest power of two below `size`: where the RFC cuts a tree in two. */
function leftSizeOf(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

/** What an inclusion proof consists of, bottom up: the hashes of these runs of leaves. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  assert(Number.isSafeInteger(index) && index >= 0 && index < size, 'the leaf is in the tree');
  const ranges: LeafRange[] = [];
  let [from, until] = [0, size];
  while (until - from > 1) {
    const middle = from + leftSizeOf(until - from);
    if (index < middle) {
      ranges.push({ from: middle, until });
      until = middle;
    } else {
      ranges.push({ from, until: middle });
      from = middle;
    }
  }
  return ranges.toReversed();
}

/** What a proof consists of that the tree of `size` leaves begins with the tree of `before`. */
export function consistencyRanges(before: number, size: number): LeafRange[] {
  assert(before >= 0 && before <= size, 'a tree only grows');
  if (before === 0 || before === size) return [];
  const ranges: LeafRange[] = [];
  let [from, until, isWhole] = [0, size, true];
  while (before < until) {
    const middle = from + leftSizeOf(until - from);
    if (before <= middle) {
      ranges.push({ from: middle, until });
      until = middle;
    } else {
      ranges.push({ from, until: middle });
      from = middle;
      isWhole = false;
    }
  }
  // The old tree itself need not be told to whoever holds its root.
  return (isWhole ? ranges : [...ranges, { from, until }]).toReversed();
}

/** The kept nodes that cover these leaves, in their order; ranges are those that the RFC cuts, so they begin where a subtree does. */
export function keptRanges({ from, until }: LeafRange): NodeRange[] {
  const ranges: NodeRange[] = [];
  let at = from;
  for (let level = LEVEL_MAX; level >= 0; level -= 1) {
    const leaves = FAN_OUT ** level;
    const count = at % leaves === 0 ? Math.floor((until - at) / leaves) : 0;
    if (count === 0) continue;
    ranges.push({ level, from: at / leaves, until: at / leaves + count });
    at += count * leaves;
  }
  return ranges;
}

function keyOf(level: number, index: number): string {
  return `${level}/${index}`;
}

/** The hash of each range, from the kept nodes that `keptRanges` names. */
export function hashesOf(ranges: readonly LeafRange[], nodes: readonly KeptNode[]): Hash[] {
  const known = new Map(nodes.map(({ level, index, hash }) => [keyOf(level, index), hash]));
  return ranges.map((range) => {
    const frontier = new Frontier();
    for (const { level, from, until } of keptRanges(range)) {
      for (let index = from; index < until; index += 1) {
        const hash = present(known.get(keyOf(level, index)), `the node ${index} of level ${level}`);
        frontier.push(hash, FAN_OUT ** level);
      }
    }
    return frontier.root();
  });
}

/** The nodes to keep that are complete with `until` leaves and were not with `from`, lowest level first. */
export function completedNodes({ from, until }: LeafRange): NodeRange[] {
  const ranges: NodeRange[] = [];
  for (let level = 1; level <= LEVEL_MAX; level += 1) {
    const leaves = FAN_OUT ** level;
    const range = { level, from: Math.floor(from / leaves), until: Math.floor(until / leaves) };
    if (range.from < range.until) ranges.push(range);
  }
  return ranges;
}

/** A node of the next level from its 256 children. */
export function parentOf(children: readonly Hash[]): Hash {
  assert(children.length === FAN_OUT, `a kept node has ${FAN_OUT} children`);
  const frontier = new Frontier();
  for (const child of children) frontier.push(child);
  return frontier.root();
}

function isWhole(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}

/** True if the leaf stands at `index` of the tree with this root. RFC 9162, section 2.1.3.2. */
export function includes(
  {
    index,
    size,
    leafHash,
    root,
  }: { readonly index: number; readonly size: number; readonly leafHash: Hash; readonly root: Hash },
  path: readonly Hash[],
): boolean {
  if (!isWhole(index) || !isWhole(size) || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leafHash];
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHashOf(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHashOf(hash, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}

export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** True if the later tree begins with the earlier one, leaf by leaf. RFC 9162, section 2.1.4.2. */
export function extendsTree(before: TreeHead, after: TreeHead, path: readonly Hash[]): boolean {
  if (!isWhole(before.size) || !isWhole(after.size) || before.size > after.size) return false;
  if (before.size === after.size) return path.length === 0 && before.root.equals(after.root);
  if (before.size === 0) return path.length === 0 && before.root.equals(EMPTY_ROOT);
  let [at, last] = [before.size - 1, after.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const [first, ...rest] = at === 0 ? [before.root, ...path] : path;
  if (!first) return false;
  let [old, grown] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [old, grown] = [nodeHashOf(sibling, old), nodeHashOf(sibling, grown)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      grown = nodeHashOf(grown, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && old.equals(before.root) && grown.equals(after.root);
}
