import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export const RECEIVABLE_STATES = ['OPEN', 'PARTLY_PAID', 'PAID', 'CREDITED', 'WRITTEN_OFF'] as const;
export type ReceivableState = (typeof RECEIVABLE_STATES)[number];

/** What a procurement unit owes for one order that was signed for. */
@Entity('receivable')
export class Receivable {
  @IdColumn({ primary: true }) orderId!: IdOf<'ord'>;
  @IdColumn() unitId!: IdOf<'pru'>;
  @DivisionColumn() divisionCode!: string;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @Column('date') signedOn!: string;
  @Column('date') dueOn!: string;
  @FenColumn() amountFen!: Fen;
  @FenColumn() paidFen!: Fen;
  @FenColumn() paidOnTimeFen!: Fen;
  @FenColumn() creditedFen!: Fen;
  @FenColumn() writtenOffFen!: Fen;
  @FenColumn() openFen!: Fen;
  @WordColumn() state!: ReceivableState;
  @IdColumn() holdRef!: string;
  @InstantColumn() updatedAt!: Date;
}

/** One merchant's part of it. */
@Entity('receivable_part')
export class ReceivablePart {
  @IdColumn({ primary: true }) orderId!: IdOf<'ord'>;
  @IdColumn({ primary: true }) merchantId!: IdOf<'mer'>;
  @FenColumn() amountFen!: Fen;
  @FenColumn() creditedFen!: Fen;
  @FenColumn() openFen!: Fen;
}

/** REOPENED: a receipt was recorded wrongly and is reversed. */
export const RECEIVABLE_ENTRY_KINDS = ['OPENED', 'PAID', 'REOPENED', 'CREDITED', 'WRITTEN_OFF'] as const;
export type ReceivableEntryKind = (typeof RECEIVABLE_ENTRY_KINDS)[number];

/** What has happened to it, one after the other; only added to. */
@Entity('receivable_entry')
export class ReceivableEntry {
  @IdColumn({ primary: true }) id!: IdOf<'rce'>;
  @IdColumn() orderId!: IdOf<'ord'>;
  @WordColumn() kind!: ReceivableEntryKind;
  @FenColumn() amountFen!: Fen;
  @IdColumn() sourceRef!: string;
  @Column('date') effectiveOn!: string;
  @InstantColumn() at!: Date;
}
