import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Database } from '#platform/database';
import { FileGateway, type KeptBytes, isDigest } from './file.gateway.js';

/** Counts and hashes what passes. */
class Meter extends Transform {
  readonly hash = createHash('sha256');
  sizeBytes = 0;

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error: Error | null, data?: Buffer) => void) {
    this.sizeBytes += chunk.length;
    this.hash.update(chunk);
    return done(null, chunk);
  }
}

/** Files on this machine's disk, or one that all machines mount. Two who bring the same bytes at once end with one file. */
export class LocalFileGateway extends FileGateway {
  constructor(
    private readonly directory: string,
    private readonly database: Pick<Database, 'assertNoneOpen'>,
  ) {
    super();
  }

  /** Written down beside the others first, so that no half of a file ever has a digest's name. */
  async keep(bytes: Readable): Promise<KeptBytes> {
    this.database.assertNoneOpen();
    const draft = join(this.directory, 'incoming', randomUUID());
    await mkdir(dirname(draft), { recursive: true });
    const meter = new Meter();
    try {
      await pipeline(bytes, meter, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
      const sha256 = meter.hash.digest('hex');
      const path = this.pathOf(sha256);
      await mkdir(dirname(path), { recursive: true });
      // Over what may lie there already: it holds the same bytes.
      await rename(draft, path);
      return { sha256, sizeBytes: meter.sizeBytes };
    } finally {
      await rm(draft, { force: true });
    }
  }

  async open(sha256: string): Promise<Readable | null> {
    this.database.assertNoneOpen();
    return (await this.has(sha256)) ? createReadStream(this.pathOf(sha256)) : null;
  }

  async has(sha256: string): Promise<boolean> {
    if (!isDigest(sha256)) return false;
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

  /** Two levels, so that no folder holds more than a few thousand. */
  private pathOf(sha256: string): string {
    return join(this.directory, sha256.slice(0, 2), sha256);
  }
}
