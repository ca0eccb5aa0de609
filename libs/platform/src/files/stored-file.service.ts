import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, newId } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { type FileFault, FileGateway, type KeptBytes } from './file.gateway.js';
import { StoredFile } from './stored-file.entity.js';

const NAME_LENGTH_MAX = 120;

/** For people to read, never a path: no separators, no control characters, and not endless. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(plain).slice(-NAME_LENGTH_MAX).join('') || 'file';
}

/** Files that people hand in: the bytes first, then the note that they are here. Bytes that nobody has noted harm nobody. */
@Injectable()
export class StoredFileService {
  constructor(
    private readonly database: Database,
    private readonly files: FileGateway,
    private readonly clock: Clock,
  ) {}

  async keep(bytes: Readable, name: string, uploadedBy: IdOf<'usr'>): Promise<StoredFile | FileFault> {
    const stored = await this.files.put(bytes);
    if (typeof stored === 'string') return stored;
    const file: StoredFile = {
      id: newId('fil'),
      ...stored,
      name: fileNameOf(name),
      uploadedBy,
      uploadedAt: this.clock.now(),
    };
    await this.database.transaction((tx) => tx.manager.insert(StoredFile, file));
    // Taken away as somebody's unused photo between the two: whoever hands it in is told to do it again, and nothing is noted that is not here.
    if (await this.files.has(file.sha256)) return file;
    await this.database.transaction((tx) => tx.write('DELETE FROM stored_file WHERE id = ?', [file.id]));
    throw new Error('A file was swept away while it was noted.');
  }

  /** What we have made ourselves; whoever made it notes where it is. */
  keepOwn(bytes: Readable): Promise<KeptBytes> {
    return this.files.keep(bytes);
  }

  /** In any order; a photo that is shown nowhere is no file yet, and may be gone tomorrow. A caller with an open transaction hands it on. */
  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    return on.query<StoredFile>(
      `SELECT id, sha256, size_bytes AS sizeBytes, media_type AS mediaType, name, uploaded_by AS uploadedBy,
         uploaded_at AS uploadedAt FROM stored_file f WHERE id IN (?)
         AND NOT EXISTS (SELECT 1 FROM photo p WHERE p.file_id = f.id AND p.attached_at IS NULL)`,
      [ids],
    );
  }

  open({ sha256 }: Pick<StoredFile, 'sha256'>): Promise<Readable | null> {
    return this.files.open(sha256);
  }
}
