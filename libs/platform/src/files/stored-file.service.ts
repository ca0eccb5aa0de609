import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, type IdOf, newId, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { FileGateway, type KeptBytes } from './file.gateway.js';
import { paperTypeOf } from './media-type.js';
import { type DecodedPhoto, type PhotoFault, decodePhoto } from './photo-codec.js';
import { Photo } from './photo.entity.js';
import { StoredFile } from './stored-file.entity.js';

/** Photos of a telephone and scanned contracts; what is larger is a film. */
export const FILE_BYTES_MAX = 10 * 1024 * 1024;

/** Long enough for a page that was left open over a weekend; what is put to nothing by then is nobody's. */
export const UNATTACHED_MS_MAX = 3 * DAY_MS;

/** An after-sale case takes nine and an application a dozen; whoever brings more than this in a day fills our disk. */
export const FILES_OF_DAY_MAX = 200;

const NAME_LENGTH_MAX = 120;

export type FileFault = PhotoFault | 'EMPTY' | 'TOO_LARGE' | 'TOO_MANY';

export interface KeptPhoto extends DecodedPhoto {
  readonly file: StoredFile;
  readonly smallSha256: string;
  readonly smallSizeBytes: number;
}

const COLUMNS = `f.id, f.sha256, f.size_bytes AS sizeBytes, f.media_type AS mediaType, f.name, f.uploaded_by AS uploadedBy,
  f.uploaded_at AS uploadedAt, f.attached_at AS attachedAt, f.holder`;

/** For people to read, never a path: no separators, no control characters, and not endless. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(plain).slice(-NAME_LENGTH_MAX).join('') || 'file';
}

/** Written anew it is a JPEG, whatever it was called. */
function photoNameOf(name: string): string {
  return fileNameOf(`${fileNameOf(name).replace(/\.(jpe?g|png|webp)$/i, '')}.jpg`);
}

/** To its end, or no further than it may be long. */
async function allOf(bytes: Readable): Promise<Buffer | 'EMPTY' | 'TOO_LARGE'> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    const part = chunk as Buffer;
    sizeBytes += part.length;
    if (sizeBytes > FILE_BYTES_MAX) return 'TOO_LARGE';
    chunks.push(part);
  }
  return sizeBytes === 0 ? 'EMPTY' : Buffer.concat(chunks);
}

/**
 * The one road by which people's files come in: looked at, photos written anew, the bytes kept and then noted. What is noted waits until somebody puts
 * it to something; what nobody does is swept. Bytes that nobody has noted harm nobody.
 */
@Injectable()
export class StoredFileService {
  constructor(
    private readonly database: Database,
    private readonly files: FileGateway,
    private readonly clock: Clock,
  ) {}

  /** A paper as it is, or a photo. */
  async keep(bytes: Readable, name: string, uploadedBy: IdOf<'usr'>): Promise<StoredFile | FileFault> {
    const raw = await this.receive(bytes, uploadedBy);
    if (typeof raw === 'string') return raw;
    const mediaType = await paperTypeOf(raw);
    if (mediaType === null) {
      const kept = await this.keepDecoded(raw, photoNameOf(name), uploadedBy);
      return typeof kept === 'string' ? kept : kept.file;
    }
    const kept = await this.files.keep(Readable.from([raw]));
    const file = this.fileOf({ ...kept, mediaType, name: fileNameOf(name) }, uploadedBy);
    await this.database.transaction((tx) => tx.manager.insert(StoredFile, file));
    await this.keepAgain([[file.sha256, raw]]);
    return file;
  }

  /** A photo and nothing else. What a telephone calls it says nothing, and may say too much. */
  async keepPhoto(bytes: Readable, uploadedBy: IdOf<'usr'>): Promise<KeptPhoto | FileFault> {
    const raw = await this.receive(bytes, uploadedBy);
    return typeof raw === 'string' ? raw : this.keepDecoded(raw, 'photo.jpg', uploadedBy);
  }

  /**
   * What we have made ourselves; whoever made it notes where it is. Noted here besides: a merchant brings its statement as evidence, thinks better of it,
   * and what is swept then are not the bytes of the statement.
   */
  async keepOwn(bytes: Readable): Promise<KeptBytes> {
    const kept = await this.files.keep(bytes);
    await this.database.transaction((tx) =>
      tx.write('INSERT IGNORE INTO made_file (sha256, made_at) VALUES (?, ?)', [
        kept.sha256,
        this.clock.now(),
      ]),
    );
    // Swept before this note was seen; they have gone by, and whoever makes them makes them again.
    if (!(await this.files.has(kept.sha256)))
      throw new Error(`The bytes of ${kept.sha256} were swept while they were noted.`);
    return kept;
  }

  /** In any order. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    return on.query<StoredFile>(`SELECT ${COLUMNS} FROM stored_file f WHERE f.id IN (?)`, [ids]);
  }

  /**
   * Those of them that this person has brought, which belong to something from now on. Whoever sweeps what belongs to nothing waits for this
   * transaction, or has been faster: then they are not there, and whoever asks for them is told so. A holder is named by whoever may let go of them again.
   */
  async attach(
    tx: Tx,
    ids: readonly string[],
    uploadedBy: string,
    holder: string | null = null,
  ): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    // The holder first: assignments are made from left to right.
    await tx.write(
      `UPDATE stored_file SET
         holder = CASE WHEN attached_at IS NULL OR holder = ? THEN ? WHEN LEFT(holder, 3) = LEFT(?, 3) THEN LEFT(?, 3) END,
         attached_at = COALESCE(attached_at, ?)
       WHERE id IN (?) AND uploaded_by = ?`,
      [holder, holder, holder, holder, this.clock.now(), ids, uploadedBy],
    );
    const files = await this.byIds(ids, tx);
    return files.filter((file) => file.uploadedBy === uploadedBy);
  }

  /** What these holders alone have shown, and show no longer, waits again, and is swept like what was never shown. */
  async release(
    tx: Tx,
    holders: readonly string[],
    uploadedBy: string,
    kept: readonly string[],
  ): Promise<void> {
    await tx.write(
      'UPDATE stored_file SET attached_at = NULL, holder = NULL WHERE uploaded_by = ? AND holder IN (?) AND id NOT IN (?)',
      [uploadedBy, holders, ['', ...kept]],
    );
  }

  /** Takes away what nobody has put to anything: first the notes, then the bytes, as far as nobody else has the same. */
  async sweepUnattached(limit: number): Promise<number> {
    const before = plus(this.clock.now(), -UNATTACHED_MS_MAX);
    const swept = await this.database.transaction(async (tx) => {
      // Whoever is attaching one holds its row: it is passed over, and attached in the next round.
      const rows = await tx.query<{ id: string; sha256: string; smallSha256: string | null }>(
        `SELECT f.id, f.sha256, p.small_sha256 AS smallSha256 FROM stored_file f LEFT JOIN photo p ON p.file_id = f.id
         WHERE f.attached_at IS NULL AND f.uploaded_at < ? ORDER BY f.uploaded_at LIMIT ? FOR UPDATE SKIP LOCKED`,
        [before, limit],
      );
      if (rows.length === 0) return { count: 0, digests: [] };
      const ids = rows.map(({ id }) => id);
      await tx.write('DELETE FROM photo WHERE file_id IN (?)', [ids]);
      await tx.write('DELETE FROM stored_file WHERE id IN (?)', [ids]);
      const digests = rows.flatMap(({ sha256, smallSha256 }) => [sha256, smallSha256 ?? sha256]);
      return { count: rows.length, digests: [...new Set(digests)] };
    });
    // If this process dies here, they lie there.
    for (const sha256 of swept.digests) await this.files.remove(sha256, () => this.isNoted(sha256));
    return swept.count;
  }

  open({ sha256 }: Pick<StoredFile, 'sha256'>): Promise<Readable | null> {
    return this.files.open(sha256);
  }

  private async receive(bytes: Readable, uploadedBy: string): Promise<Buffer | FileFault> {
    const [row] = await this.database.query<{ count: string }>(
      'SELECT COUNT(*) AS count FROM stored_file WHERE uploaded_by = ? AND uploaded_at > ?',
      [uploadedBy, plus(this.clock.now(), -DAY_MS)],
    );
    return Number(row?.count) >= FILES_OF_DAY_MAX ? 'TOO_MANY' : allOf(bytes);
  }

  private async keepDecoded(
    raw: Buffer,
    name: string,
    uploadedBy: IdOf<'usr'>,
  ): Promise<KeptPhoto | FileFault> {
    const photo = await decodePhoto(raw);
    if (typeof photo === 'string') return photo;
    const full = await this.files.keep(Readable.from([photo.bytes]));
    const small = await this.files.keep(Readable.from([photo.small]));
    const file = this.fileOf({ ...full, mediaType: 'image/jpeg', name }, uploadedBy);
    const smaller = { smallSha256: small.sha256, smallSizeBytes: small.sizeBytes };
    const { width, height, fingerprint } = photo;
    await this.database.transaction(async (tx) => {
      await tx.manager.insert(StoredFile, file);
      await tx.manager.insert(Photo, { fileId: file.id, width, height, fingerprint, ...smaller });
    });
    await this.keepAgain([
      [full.sha256, photo.bytes],
      [small.sha256, photo.small],
    ]);
    return { ...photo, file, ...smaller };
  }

  private fileOf(
    what: Pick<StoredFile, 'sha256' | 'sizeBytes' | 'mediaType' | 'name'>,
    uploadedBy: IdOf<'usr'>,
  ): StoredFile {
    return {
      id: newId('fil'),
      ...what,
      uploadedBy,
      uploadedAt: this.clock.now(),
      attachedAt: null,
      holder: null,
    };
  }

  /** The same bytes may have been swept away, as somebody else's, before this note of them was seen. */
  private async keepAgain(parts: readonly (readonly [string, Buffer])[]): Promise<void> {
    for (const [sha256, bytes] of parts)
      if (!(await this.files.has(sha256))) await this.files.keep(Readable.from([bytes]));
  }

  private async isNoted(sha256: string): Promise<boolean> {
    const [row] = await this.database.query<{ isNoted: number }>(
      `SELECT EXISTS (SELECT 1 FROM stored_file WHERE sha256 = ?)
         OR EXISTS (SELECT 1 FROM photo WHERE small_sha256 = ?)
         OR EXISTS (SELECT 1 FROM made_file WHERE sha256 = ?) AS isNoted`,
      [sha256, sha256, sha256],
    );
    return Number(row?.isNoted) === 1;
  }
}
