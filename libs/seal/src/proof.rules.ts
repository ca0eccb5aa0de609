import { type Hash, includes, leafHashOf } from './merkle.rules.js';
import type { SealStream } from './seal.entity.js';
import { type PublicKey, checkpointFrom, signerOf } from './signed-note.rules.js';

/**
 * That a record stands in the tree of a checkpoint. Holds all that is needed to check it without us, as
 * `scripts/ledger/verify-proof.mjs` does; what `key` is worth, whoever checks it knows from elsewhere.
 */
export interface InclusionProof {
  readonly format: 'taoyuan.inclusion.v1';
  readonly stream: SealStream;
  /** From 1. */
  readonly seq: number;
  /** The record's canonical text; its hash is what is proven. */
  readonly leaf: string;
  /** Hashes from the leaf to the root, in base64. */
  readonly path: readonly string[];
  /** The signed note whose root they lead to. */
  readonly checkpoint: string;
  readonly key: string;
}

/** That the tree of one checkpoint begins with the tree of an earlier one: nothing was taken out, nothing was changed. */
export interface ConsistencyProof {
  readonly format: 'taoyuan.consistency.v1';
  readonly stream: SealStream;
  readonly path: readonly string[];
  readonly before: string;
  readonly after: string;
  /** Of both; two lines where the key was changed between them. */
  readonly key: string;
}

export function base64Of(hashes: readonly Hash[]): string[] {
  return hashes.map((hash) => hash.toString('base64'));
}

/** True if the proof leads to its checkpoint, and one of these keys has signed that. */
export function isProven(proof: InclusionProof, trusted: readonly PublicKey[]): boolean {
  const checkpoint = checkpointFrom(proof.checkpoint);
  if (!checkpoint?.origin.endsWith(`/${proof.stream}`) || !signerOf(proof.checkpoint, trusted)) return false;
  return includes(
    {
      index: proof.seq - 1,
      size: checkpoint.treeSize,
      leafHash: leafHashOf(proof.leaf),
      root: checkpoint.merkleRoot,
    },
    proof.path.map((hash) => Buffer.from(hash, 'base64')),
  );
}

/**
 * What a statement prints as a QR code, some 900 characters for millions of records: the place, the day of the checkpoint, the record's
 * hash and the path. Checked against a checkpoint that one holds, and, where the record itself is at hand, against its hash.
 */
export function qrTextOf({ stream, seq, leaf, path, checkpoint }: InclusionProof): string {
  const signed = checkpointFrom(checkpoint);
  const hashes = Buffer.concat([leafHashOf(leaf), ...path.map((hash) => Buffer.from(hash, 'base64'))]);
  return ['TAOYUAN1', stream, seq, signed?.treeSize, signed?.day, hashes.toString('base64url')].join('.');
}
