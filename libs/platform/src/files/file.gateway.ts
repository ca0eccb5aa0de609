import type { Readable } from 'node:stream';

export interface KeptBytes {
  /** In hex; the bytes' name. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Only what looks like a digest becomes a path or an address. */
export function isDigest(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}

/** Where files lie, outside the database. They are named by what they hold, so the same bytes lie there once and nothing can be exchanged. */
export abstract class FileGateway {
  /** Whatever it is, and as large as it is: who hands in what is decided before. Nothing stays of what breaks off. */
  abstract keep(bytes: Readable): Promise<KeptBytes>;
  abstract has(sha256: string): Promise<boolean>;
  /** Takes bytes away, unless somebody wants them. Whoever notes bytes looks afterwards whether they are still here. */
  abstract remove(sha256: string, isWanted: () => Promise<boolean>): Promise<void>;
  /** Null if they are not here. */
  abstract open(sha256: string): Promise<Readable | null>;
}
