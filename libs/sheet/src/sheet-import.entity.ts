import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { SheetCells, SheetEffect, SheetFault, SheetKind } from './sheet-kind.rules.js';

export type SheetImportId = IdOf<'shi'>;

/** CHECKED: read, and nothing is changed. RUNNING: at work. STOPPED: somebody has said so; it may go on. DONE: as far as it went. DISCARDED: nobody wants it. */
export const SHEET_IMPORT_STATES = ['CHECKED', 'RUNNING', 'STOPPED', 'DONE', 'DISCARDED'] as const;
export type SheetImportState = (typeof SHEET_IMPORT_STATES)[number];

/** FAULTY: left out. WAITING: to be done. REFUSED: the service has said no when it was done. */
export const SHEET_ROW_STATES = ['FAULTY', 'WAITING', 'DONE', 'REFUSED'] as const;
export type SheetRowState = (typeof SHEET_ROW_STATES)[number];

/** A table that a merchant has brought, and what became of it. */
@Entity('sheet_import')
export class SheetImport {
  @IdColumn({ primary: true }) id!: SheetImportId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @WordColumn() kind!: SheetKind;
  /** By which the same table is brought in again on purpose; '' unless said. */
  @Column('varchar', { length: 60, default: '' }) reference!: string;
  @Column('binary', { length: 32 }) contentHash!: Buffer;
  @Column('varchar', { length: 120 }) fileName!: string;
  /** Where its bytes lie; null once they are forgotten. */
  @Column('char', { length: 64, nullable: true }) fileSha256!: string | null;
  @WordColumn() state!: SheetImportState;
  @Column('int') rowCount!: number;
  @IdColumn() broughtBy!: IdOf<'usr'>;
  /** In whose name it is done; null until somebody has said yes. */
  @IdColumn({ nullable: true }) confirmedBy!: IdOf<'usr'> | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() checkedAt!: Date;
  @InstantColumn({ nullable: true }) confirmedAt!: Date | null;
  /** Null while something is to be done. */
  @InstantColumn({ nullable: true }) finishedAt!: Date | null;
  /** Null while no process is at it; what is past is a process that died. */
  @InstantColumn({ nullable: true }) leaseUntil!: Date | null;
  /** Null while its rows and its file are kept. */
  @InstantColumn({ nullable: true }) forgottenAt!: Date | null;
}

/** A row as it was written, with what is wrong with it or what became of it. */
@Entity('sheet_import_row')
export class SheetImportRow {
  @IdColumn({ primary: true }) importId!: SheetImportId;
  @Column('int', { primary: true }) rowNo!: number;
  /** Rows of one entry are one act. */
  @Column('int') entryNo!: number;
  @Column('json') cells!: SheetCells;
  @WordColumn() state!: SheetRowState;
  /** What it would do, then what it did. */
  @WordColumn() effect!: SheetEffect;
  @Column('json') faults!: readonly Omit<SheetFault, 'rowNo'>[];
  /** What it was done to; null before, and where there is nothing. */
  @IdColumn({ nullable: true }) subjectId!: string | null;
  /** That failed for reasons of ours. */
  @Column('int', { default: 0 }) attempts!: number;
}
