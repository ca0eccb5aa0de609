import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';
import type { StoredFileId } from './stored-file.entity.js';

/** A photo as it is shown: decoded, upright and written anew. Beside it lies a small one for lists. */
@Entity('photo')
export class Photo {
  @IdColumn({ primary: true }) fileId!: StoredFileId;
  @IdColumn() uploadedBy!: IdOf<'usr'>;
  @Column('int') width!: number;
  @Column('int') height!: number;
  @Column('char', { length: 16 }) fingerprint!: string;
  @Column('char', { length: 64 }) smallSha256!: string;
  @Column('int') smallSizeBytes!: number;
  @InstantColumn() uploadedAt!: Date;
  /** When somebody first showed it somewhere; null while nobody has, and so long it may be swept. */
  @InstantColumn({ nullable: true }) attachedAt!: Date | null;
}
