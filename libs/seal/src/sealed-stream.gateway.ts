import type { Leaf } from './leaf.rules.js';
import type { SealStream } from './seal.entity.js';

export interface SealedRecord {
  readonly leaf: Leaf;
  /** As SQL writes it, by the clock of whoever wrote it down. */
  readonly recordedAt: string;
}

/**
 * How a stream's records are read: by the context that owns them, which alone knows its tables. Each record is written once and never
 * changed. One call is a few statements whatever the number of ids.
 */
export abstract class SealedStream {
  abstract readonly stream: SealStream;

  /** The leaves of these records; those that are not there are left out. */
  abstract records(ids: readonly string[]): Promise<ReadonlyMap<string, SealedRecord>>;

  /** Ids above `after`, in their order: for an audit that compares all records with all seals. */
  abstract idsAfter(after: string, limit: number): Promise<string[]>;

  /** How many records there are. */
  abstract count(): Promise<number>;
}
