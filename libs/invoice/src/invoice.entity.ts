import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ItemTreatment } from './tax-treatment.rules.js';

export type InvoiceId = IdOf<'inv'>;
export type InvoiceExportId = IdOf<'ivx'>;

/** GOODS: a supplier bills a buyer. SERVICE_FEE: the platform bills a merchant for a month. */
export const INVOICE_SUBJECTS = ['GOODS', 'SERVICE_FEE'] as const;
export type InvoiceSubject = (typeof INVOICE_SUBJECTS)[number];

/** RED takes back of a blue one what a refund gave back. */
export const INVOICE_KINDS = ['BLUE', 'RED'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];

export const INVOICE_STATES = ['REQUESTED', 'ISSUED', 'RED_ISSUED', 'FAILED'] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** What somebody is to bill somebody else, and what the tax system has answered. */
@Entity('invoice')
export class Invoice {
  @IdColumn({ primary: true }) id!: InvoiceId;
  @WordColumn({ default: 'GOODS' }) subject!: InvoiceSubject;
  /** None for service fees. */
  @IdColumn({ nullable: true }) orderId!: string | null;
  /** Likewise. */
  @IdColumn({ nullable: true }) merchantOrderId!: string | null;
  /** Who bills for goods; who is billed for service. */
  @IdColumn() merchantId!: string;
  /** None for service fees. */
  @IdColumn({ nullable: true }) buyerId!: string | null;
  /** YYYY-MM, the month of service fees; a red one's is its blue one's. None for goods. */
  @Column('char', { length: 7, nullable: true }) period!: string | null;
  @WordColumn() kind!: InvoiceKind;
  /** What a red one takes back: a refund, or what a later month's statement shows to have gone back. '' for a blue one. */
  @IdColumn() refundId!: string;
  /** A blue one that failed may be asked for again. */
  @Column('int') attempt!: number;
  @IdColumn({ nullable: true }) originalId!: InvoiceId | null;
  @Column('varchar', { length: 120 }) title!: string;
  /** '' for a person. */
  @Column('varchar', { length: 20 }) taxNumber!: string;
  @FenColumn() totalFen!: Fen;
  @WordColumn() state!: InvoiceState;
  @IdColumn({ nullable: true }) exportId!: InvoiceExportId | null;
  @Column('varchar', { length: 40, nullable: true }) number!: string | null;
  @Column('date', { nullable: true }) issuedOn!: string | null;
  @Column('varchar', { length: 200, nullable: true }) failureNote!: string | null;
  @InstantColumn() requestedAt!: Date;
}

/** A refund that an invoice is less by: it had gone back when the invoice was asked for, whenever its fact arrives. */
@Entity('invoice_refund')
export class InvoiceRefund {
  @IdColumn({ primary: true }) invoiceId!: InvoiceId;
  @IdColumn({ primary: true }) refundId!: string;
}

/** What it names. */
@Entity('invoice_item')
export class InvoiceItem {
  @IdColumn({ primary: true }) invoiceId!: InvoiceId;
  @Column('int', { primary: true }) lineNo!: number;
  /** '' for freight. */
  @IdColumn() orderLineId!: string;
  @Column('varchar', { length: 200 }) name!: string;
  /** 0 where an amount goes back and no unit. */
  @Column('int') quantity!: number;
  @FenColumn() amountFen!: Fen;
  /** As finance had set it when the invoice was asked for; a red one's is its blue one's. */
  @WordColumn({ default: 'UNSET' }) taxTreatment!: ItemTreatment;
  /** Hundredths of a per cent; none where it is exempt or unset. */
  @Column('int', { nullable: true }) taxRateBps!: number | null;
}

/** A file of requests for the tax system: made once, and the same bytes for ever. */
@Entity('invoice_export')
export class InvoiceExport {
  @IdColumn({ primary: true }) id!: InvoiceExportId;
  @Column('char', { length: 64 }) sha256!: string;
  @Column('int') sizeBytes!: number;
  @Column('int') invoiceCount!: number;
  @IdColumn() madeBy!: string;
  @InstantColumn() madeAt!: Date;
}

/** Held by whoever asks for invoices of an order, and by whoever takes back of them; under a merchant's id by whoever bills service fees. */
@Entity('invoice_gate')
export class InvoiceGate {
  @IdColumn({ primary: true }) orderId!: string;
}
