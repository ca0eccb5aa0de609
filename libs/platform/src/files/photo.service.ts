import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { IdOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { StoredFile } from './stored-file.entity.js';
import { type FileFault, StoredFileService } from './stored-file.service.js';

export const PHOTO_SIZES = ['FULL', 'SMALL'] as const;
export type PhotoSize = (typeof PHOTO_SIZES)[number];

/** What a route is asked for by `?size=`: the whole photo unless the small one is named. */
export function photoSizeOf(size: string | undefined): PhotoSize {
  return size === 'SMALL' ? 'SMALL' : 'FULL';
}

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

/** Photos that people bring, to show what is wrong with what they got, or how good it was. Only who brought one may use it. */
@Injectable()
export class PhotoService {
  constructor(
    private readonly database: Database,
    private readonly files: StoredFileService,
  ) {}

  async keep(bytes: Readable, uploadedBy: IdOf<'usr'>): Promise<PhotoRow | FileFault> {
    const kept = await this.files.keepPhoto(bytes, uploadedBy);
    if (typeof kept === 'string') return kept;
    const { file, width, height, fingerprint, smallSha256, smallSizeBytes } = kept;
    const { id, sha256, sizeBytes } = file;
    return { id, uploadedBy, width, height, fingerprint, sha256, sizeBytes, smallSha256, smallSizeBytes };
  }

  /** In any order; what is not there, or is no photo, is left out. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<PhotoRow[]> {
    if (ids.length === 0) return [];
    return on.query<PhotoRow>(
      `SELECT p.file_id AS id, f.uploaded_by AS uploadedBy, p.width, p.height, p.fingerprint, f.sha256,
         f.size_bytes AS sizeBytes, p.small_sha256 AS smallSha256, p.small_size_bytes AS smallSizeBytes
       FROM photo p JOIN stored_file f ON f.id = p.file_id WHERE p.file_id IN (?)`,
      [ids],
    );
  }

  /** Those of them that this person has brought, which belong to a case or a review from now on; see `StoredFileService.attach`. */
  async attach(
    tx: Tx,
    ids: readonly string[],
    uploadedBy: string,
    holder: string | null = null,
  ): Promise<PhotoRow[]> {
    await this.files.attach(tx, ids, uploadedBy, holder);
    const photos = await this.byIds(ids, tx);
    return photos.filter((photo) => photo.uploadedBy === uploadedBy);
  }

  /** What this holder alone has shown, and shows no longer; see `StoredFileService.release`. */
  release(tx: Tx, holder: string, uploadedBy: string): Promise<void> {
    return this.files.release(tx, [holder], uploadedBy, []);
  }

  /** Null if there is no such photo, none is named, or its bytes are not here. Whoever calls has checked who may see it. */
  async openById(id: string | null, size: PhotoSize): Promise<OpenPhoto | null> {
    const [photo] = id === null ? [] : await this.byIds([id]);
    return photo ? this.open(photo, size) : null;
  }

  /** Null if its bytes are not here. Whoever calls has checked who may see it. */
  async open(photo: PhotoRow, size: PhotoSize): Promise<OpenPhoto | null> {
    const [sha256, sizeBytes] =
      size === 'SMALL' ? [photo.smallSha256, photo.smallSizeBytes] : [photo.sha256, photo.sizeBytes];
    const bytes = await this.files.open({ sha256 });
    return bytes && { bytes, sizeBytes };
  }
}
