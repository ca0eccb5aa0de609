import { assert, present } from '#libs/kernel';
import { type Leaf, chainHashOf, leafText } from './leaf.rules.js';
import {
  FAN_OUT,
  type Hash,
  type KeptNode,
  type LeafRange,
  type NodeRange,
  completedNodes,
  leafHashOf,
  parentOf,
} from './merkle.rules.js';
import type { SealStream } from './seal.entity.js';

/** Where a chain ends: the number of its links, and the hash of the last. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: Hash;
}

export interface LinkedSeal extends Readonly<Record<string, string | number | Buffer>> {
  readonly stream: SealStream;
  readonly seq: number;
  readonly subjectId: string;
  readonly leafHash: Hash;
  readonly prevHash: Hash;
  readonly hash: Hash;
}

/** Gives each record the next place, in the order given. */
export function link(
  stream: SealStream,
  end: ChainEnd,
  records: readonly { readonly id: string; readonly leaf: Leaf }[],
): LinkedSeal[] {
  let { seq, hash } = end;
  return records.map(({ id, leaf }) => {
    const leafHash = leafHashOf(leafText(leaf));
    const prevHash = hash;
    hash = chainHashOf(prevHash, leafHash);
    seq += 1;
    return { stream, seq, subjectId: id, leafHash, prevHash, hash };
  });
}

/** Which kept nodes are wanted from before, so that the nodes that complete with these leaves can be hashed. */
export function tailRanges(leaves: LeafRange): NodeRange[] {
  return completedNodes(leaves).map(({ level, from }) => ({
    level: level - 1,
    from: from * FAN_OUT,
    until: Math.floor(leaves.from / FAN_OUT ** (level - 1)),
  }));
}

/** The nodes that complete with these leaves, each from its 256 children. */
export function grownNodes(
  leaves: LeafRange,
  hashes: readonly Hash[],
  tails: readonly KeptNode[],
): KeptNode[] {
  assert(hashes.length === leaves.until - leaves.from, 'a hash per leaf');
  const grown: KeptNode[] = [];
  let children = new Map<number, Hash>(hashes.map((hash, offset) => [leaves.from + offset, hash]));
  for (const { level, from, until } of completedNodes(leaves)) {
    for (const tail of tails) if (tail.level === level - 1) children.set(tail.index, tail.hash);
    const parents = new Map<number, Hash>();
    for (let index = from; index < until; index += 1) {
      const family = Array.from({ length: FAN_OUT }, (_, child) =>
        present(
          children.get(index * FAN_OUT + child),
          `the child ${child} of node ${index} of level ${level}`,
        ),
      );
      const hash = parentOf(family);
      parents.set(index, hash);
      grown.push({ level, index, hash });
    }
    children = parents;
  }
  return grown;
}
