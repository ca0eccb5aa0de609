import type { Readable } from 'node:stream';
import type { MediaType } from './stored-file.entity.js';

/** Photos of a telephone and scanned contracts; what is larger is a film. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;

export interface KeptBytes {
  /** In hex; the bytes' name. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface StoredBytes extends KeptBytes {
  readonly mediaType: MediaType;
}

export type FileFault = 'EMPTY' | 'TOO_LARGE' | 'UNKNOWN_TYPE';

/** Where files lie, outside the database. They are named by what they hold, so the same bytes lie there once and nothing can be exchanged. */
export abstract class FileGateway {
  /** Takes the stream to its end or refuses it; nothing stays of what is refused. */
  abstract put(bytes: Readable): Promise<StoredBytes | FileFault>;
  /** What we have made ourselves: of any type, and as large as it is. */
  abstract keep(bytes: Readable): Promise<KeptBytes>;
  abstract has(sha256: string): Promise<boolean>;
  /** Takes bytes away, unless somebody wants them. Whoever notes bytes looks afterwards whether they are still here. */
  abstract remove(sha256: string, isWanted: () => Promise<boolean>): Promise<void>;
  /** Null if they are not here. */
  abstract open(sha256: string): Promise<Readable | null>;
}
