import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, DAY_MS, type IdOf, newId, plus } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { FILE_BYTES_MAX, FileGateway, type KeptBytes } from './file.gateway.js';
import { type DecodedPhoto, type PhotoFault as CodecFault, decodePhoto } from './photo-codec.js';
import { Photo } from './photo.entity.js';
import { StoredFile } from './stored-file.entity.js';

/** Long enough for a page that was left open over a weekend; what is shown nowhere by then is nobody's evidence. */
export const UNATTACHED_MS_MAX = 3 * DAY_MS;

/** A case takes nine and a review six; whoever brings more than this in a day fills our disk. */
export const PHOTOS_OF_DAY_MAX = 200;

export type PhotoFault = CodecFault | 'EMPTY' | 'TOO_LARGE' | 'TOO_MANY';

export const PHOTO_SIZES = ['FULL', 'SMALL'] as const;
export type PhotoSize = (typeof PHOTO_SIZES)[number];

export interface PhotoRow {
  readonly id: StoredFile['id'];
  readonly uploadedBy: IdOf<'usr'>;
  readonly width: number;
  readonly height: number;
  readonly fingerprint: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly smallSha256: string;
  readonly smallSizeBytes: number;
}

export interface OpenPhoto {
  readonly bytes: Readable;
  readonly sizeBytes: number;
}

/** To its end, or no further than it may be long. */
async function allOf(bytes: Readable): Promise<Buffer | 'TOO_LARGE'> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    const part = chunk as Buffer;
    sizeBytes += part.length;
    if (sizeBytes > FILE_BYTES_MAX) return 'TOO_LARGE';
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

/** Photos that people bring, to show what is wrong with what they got, or how good it was. Only who brought one may use it. */
@Injectable()
export class PhotoService {
  constructor(
    private readonly database: Database,
    private readonly files: FileGateway,
    private readonly clock: Clock,
  ) {}

  async keep(bytes: Readable, uploadedBy: IdOf<'usr'>): Promise<PhotoRow | PhotoFault> {
    if (await this.isFull(uploadedBy)) return 'TOO_MANY';
    const raw = await allOf(bytes);
    if (typeof raw === 'string') return raw;
    if (raw.length === 0) return 'EMPTY';
    const decoded = await decodePhoto(raw);
    if (typeof decoded === 'string') return decoded;
    const full = await this.files.keep(Readable.from([decoded.bytes]));
    const small = await this.files.keep(Readable.from([decoded.small]));
    return this.note(decoded, full, small, uploadedBy);
  }

  /** In any order; what is not there is left out. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<PhotoRow[]> {
    if (ids.length === 0) return [];
    return on.query<PhotoRow>(
      `SELECT p.file_id AS id, p.uploaded_by AS uploadedBy, p.width, p.height, p.fingerprint, f.sha256,
         f.size_bytes AS sizeBytes, p.small_sha256 AS smallSha256, p.small_size_bytes AS smallSizeBytes
       FROM photo p JOIN stored_file f ON f.id = p.file_id WHERE p.file_id IN (?)`,
      [ids],
    );
  }

  /**
   * Those of them that this person has brought, which belong to a case or a review from now on. Whoever sweeps what belongs to nothing waits for
   * this transaction, or has been faster: then they are not there, and whoever asks for them is told so.
   */
  async attach(tx: Tx, ids: readonly string[], uploadedBy: string): Promise<PhotoRow[]> {
    if (ids.length === 0) return [];
    await tx.write(
      'UPDATE photo SET attached_at = COALESCE(attached_at, ?) WHERE file_id IN (?) AND uploaded_by = ?',
      [this.clock.now(), ids, uploadedBy],
    );
    const photos = await this.byIds(ids, tx);
    return photos.filter((photo) => photo.uploadedBy === uploadedBy);
  }

  /** Takes away photos that nobody has shown anywhere: first the notes of them, then the bytes, as far as nobody else has the same. */
  async sweepUnattached(limit: number): Promise<number> {
    const before = plus(this.clock.now(), -UNATTACHED_MS_MAX);
    const swept = await this.database.transaction(async (tx) => {
      // Whoever is attaching one holds its row: it is passed over, and attached in the next round.
      const rows = await tx.query<Pick<PhotoRow, 'id' | 'smallSha256'>>(
        `SELECT file_id AS id, small_sha256 AS smallSha256 FROM photo WHERE attached_at IS NULL AND uploaded_at < ?
         ORDER BY uploaded_at LIMIT ? FOR UPDATE SKIP LOCKED`,
        [before, limit],
      );
      if (rows.length === 0) return { count: 0, digests: [] };
      const ids = rows.map(({ id }) => id);
      const files = await tx.query<{ sha256: string }>('SELECT sha256 FROM stored_file WHERE id IN (?)', [
        ids,
      ]);
      await tx.write('DELETE FROM photo WHERE file_id IN (?)', [ids]);
      await tx.write('DELETE FROM stored_file WHERE id IN (?)', [ids]);
      const digests = [...files.map(({ sha256 }) => sha256), ...rows.map(({ smallSha256 }) => smallSha256)];
      return { count: rows.length, digests };
    });
    // Bytes that nobody has noted harm nobody: if this process dies here, they lie there.
    for (const sha256 of swept.digests) await this.files.remove(sha256, () => this.isNoted(sha256));
    return swept.count;
  }

  /** Null if its bytes are not here. Whoever calls has checked who may see it. */
  async open(photo: PhotoRow, size: PhotoSize): Promise<OpenPhoto | null> {
    const [sha256, sizeBytes] =
      size === 'SMALL' ? [photo.smallSha256, photo.smallSizeBytes] : [photo.sha256, photo.sizeBytes];
    const bytes = await this.files.open(sha256);
    return bytes && { bytes, sizeBytes };
  }

  private async isNoted(sha256: string): Promise<boolean> {
    const [row] = await this.database.query<{ isNoted: number }>(
      `SELECT EXISTS (SELECT 1 FROM stored_file WHERE sha256 = ?)
         OR EXISTS (SELECT 1 FROM photo WHERE small_sha256 = ?) AS isNoted`,
      [sha256, sha256],
    );
    return Number(row?.isNoted) === 1;
  }

  private async isFull(uploadedBy: string): Promise<boolean> {
    const [row] = await this.database.query<{ count: string }>(
      'SELECT COUNT(*) AS count FROM photo WHERE uploaded_by = ? AND uploaded_at > ?',
      [uploadedBy, plus(this.clock.now(), -DAY_MS)],
    );
    return Number(row?.count) >= PHOTOS_OF_DAY_MAX;
  }

  private async note(
    { width, height, fingerprint, bytes, small: smallBytes }: DecodedPhoto,
    full: KeptBytes,
    small: KeptBytes,
    uploadedBy: IdOf<'usr'>,
  ): Promise<PhotoRow> {
    const id = newId('fil');
    const uploadedAt = this.clock.now();
    const shape = { width, height, fingerprint };
    const smaller = { smallSha256: small.sha256, smallSizeBytes: small.sizeBytes };
    await this.database.transaction(async (tx) => {
      // What a telephone calls it says nothing, and may say too much.
      const file = {
        id,
        ...full,
        mediaType: 'image/jpeg',
        name: 'photo.jpg',
        uploadedBy,
        uploadedAt,
      } as const;
      await tx.manager.insert(StoredFile, file);
      const row = { fileId: id, uploadedBy, uploadedAt, attachedAt: null, ...shape, ...smaller };
      await tx.manager.insert(Photo, row);
    });
    // The same bytes may have been swept away, as somebody else's, before this note of them was seen.
    if (!(await this.files.has(full.sha256))) await this.files.keep(Readable.from([bytes]));
    if (!(await this.files.has(small.sha256))) await this.files.keep(Readable.from([smallBytes]));
    return { id, uploadedBy, ...shape, ...full, ...smaller };
  }
}
