import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn } from '#platform/database';

export type StoredFileId = IdOf<'fil'>;

/** What the bytes say they are; names are not believed. OFD is what e-invoices come as beside PDF; photos are written anew as JPEG, and were kept as they came before. */
export const MEDIA_TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'application/ofd'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** A file that somebody has handed in. The bytes are named by their digest and lie elsewhere. */
@Entity('stored_file')
export class StoredFile {
  @IdColumn({ primary: true }) id!: StoredFileId;
  @Column('char', { length: 64 }) sha256!: string;
  @Column('int') sizeBytes!: number;
  @Column('varchar', { length: 40 }) mediaType!: MediaType;
  @Column('varchar', { length: 120 }) name!: string;
  @IdColumn() uploadedBy!: IdOf<'usr'>;
  @InstantColumn() uploadedAt!: Date;
  /** When somebody first put it to something; null while nobody has, and so long it may be swept. */
  @InstantColumn({ nullable: true }) attachedAt!: Date | null;
  /** The one thing that it may be taken out of again; of several of a kind the prefix of their ids; null where nobody says so, and for what others show as well. */
  @IdColumn({ nullable: true }) holder!: string | null;
}
