import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Database } from '#platform/database';
import {
  FILE_BYTES_MAX,
  type FileFault,
  FileGateway,
  type KeptBytes,
  type StoredBytes,
} from './file.gateway.js';
import { HEAD_BYTES, mediaTypeOf } from './media-type.js';

class TooLarge extends Error {}

/** Counts, hashes and remembers the beginning of what passes. */
class Meter extends Transform {
  constructor(private readonly bytesMax: number) {
    super();
  }

  readonly hash = createHash('sha256');
  head = Buffer.alloc(0);
  sizeBytes = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: Error | null, data?: Buffer) => void) {
    this.sizeBytes += chunk.length;
    if (this.sizeBytes > this.bytesMax) return done(new TooLarge());
    this.hash.update(chunk);
    if (this.head.length < HEAD_BYTES) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_BYTES - this.head.length)]);
    }
    return done(null, chunk);
  }
}

/** Files on this machine's disk, or one that all machines mount. Two who bring the same bytes at once end with one file. */
export class LocalFileGateway extends FileGateway {
  constructor(
    private readonly directory: string,
    private readonly database: Database,
  ) {
    super();
  }

  async put(bytes: Readable): Promise<StoredBytes | FileFault> {
    try {
      return await this.draft(bytes, FILE_BYTES_MAX, async ({ sizeBytes, head }, settle) => {
        if (sizeBytes === 0) return 'EMPTY';
        const mediaType = await mediaTypeOf(head);
        return mediaType === null ? 'UNKNOWN_TYPE' : { ...(await settle()), mediaType };
      });
    } catch (error) {
      if (error instanceof TooLarge) return 'TOO_LARGE';
      throw error;
    }
  }

  keep(bytes: Readable): Promise<KeptBytes> {
    return this.draft(bytes, Number.MAX_SAFE_INTEGER, (_, settle) => settle());
  }

  async open(sha256: string): Promise<Readable | null> {
    this.database.assertNoneOpen();
    return (await this.has(sha256)) ? createReadStream(this.pathOf(sha256)) : null;
  }

  async has(sha256: string): Promise<boolean> {
    // Only what looks like a digest becomes a path.
    if (!/^[0-9a-f]{64}$/.test(sha256)) return false;
    return stat(this.pathOf(sha256)).then(
      (found) => found.isFile(),
      () => false, // Not here: for whoever asks that is an answer.
    );
  }

  /**
   * Out of the way first, and asked once more: whoever has noted the same bytes before that is heard now, and whoever notes them after finds them gone
   * and brings them again.
   */
  async remove(sha256: string, isWanted: () => Promise<boolean>): Promise<void> {
    this.database.assertNoneOpen();
    if (!(await this.has(sha256)) || (await isWanted())) return;
    const [path, aside] = [this.pathOf(sha256), join(this.directory, 'incoming', randomUUID())];
    await mkdir(dirname(aside), { recursive: true });
    try {
      await rename(path, aside);
    } catch (error) {
      // Somebody else has taken it away meanwhile.
      if ((Object(error) as { code?: unknown }).code === 'ENOENT') return;
      throw error;
    }
    if (await isWanted()) await rename(aside, path);
    else await rm(aside, { force: true });
  }

  /** Writes the bytes down beside the others; `finish` decides whether they take their place there. */
  private async draft<T>(
    bytes: Readable,
    bytesMax: number,
    finish: (meter: Meter, settle: () => Promise<KeptBytes>) => Promise<T>,
  ): Promise<T> {
    this.database.assertNoneOpen();
    const draft = join(this.directory, 'incoming', randomUUID());
    await mkdir(dirname(draft), { recursive: true });
    const meter = new Meter(bytesMax);
    try {
      await pipeline(bytes, meter, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
      return await finish(meter, async () => {
        const sha256 = meter.hash.digest('hex');
        const path = this.pathOf(sha256);
        await mkdir(dirname(path), { recursive: true });
        // Over what may lie there already: it holds the same bytes.
        await rename(draft, path);
        return { sha256, sizeBytes: meter.sizeBytes };
      });
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Two levels, so that no folder holds more than a few thousand. */
  private pathOf(sha256: string): string {
    return join(this.directory, sha256.slice(0, 2), sha256);
  }
}
