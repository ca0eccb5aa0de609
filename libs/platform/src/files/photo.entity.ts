import { Column, Entity } from 'typeorm';
import { IdColumn } from '#platform/database';
import type { StoredFileId } from './stored-file.entity.js';

/** What a stored file is besides, if it is a photo: decoded, upright and written anew. Beside it lies a small one for lists. */
@Entity('photo')
export class Photo {
  @IdColumn({ primary: true }) fileId!: StoredFileId;
  @Column('int') width!: number;
  @Column('int') height!: number;
  @Column('char', { length: 16 }) fingerprint!: string;
  @Column('char', { length: 64 }) smallSha256!: string;
  @Column('int') smallSizeBytes!: number;
}
