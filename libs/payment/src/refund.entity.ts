import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PaymentId } from './payment.entity.js';

export type RefundId = IdOf<'rfd'>;

/** REQUESTED: decided by us. SENT: provider or bank has been asked, and may or may not have answered. */
export const REFUND_STATES = ['REQUESTED', 'SENT', 'SUCCEEDED', 'FAILED'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** PROVIDER: made by somebody at the provider's own desk, and adopted. DISPUTE: the buyer's bank took it. */
export const REFUND_REASONS = [
  'CANCELLED',
  'AFTER_SALE',
  'GOODWILL',
  'LATE',
  'DUPLICATE',
  'MISMATCHED',
  'PROVIDER',
  'DISPUTE',
  'CALLED_OFF',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** What may be asked for. FULL: all that is left. LINE: units of lines. PARTIAL: amounts of lines. GOODWILL: an amount over the order. */
export const REFUND_ASK_KINDS = ['FULL', 'LINE', 'PARTIAL', 'FREIGHT', 'GOODWILL'] as const;
export type RefundAskKind = (typeof REFUND_ASK_KINDS)[number];

/** AMOUNT: decided elsewhere, by the provider's desk or the buyer's bank, and spread over what is left. */
export const REFUND_KINDS = ['FULL', 'LINE', 'PARTIAL', 'FREIGHT', 'GOODWILL', 'AMOUNT'] as const;
export type RefundKind = (typeof REFUND_KINDS)[number];

/** By which way somebody may ask for it. */
export const REFUND_REQUEST_CHANNELS = ['PROVIDER', 'MANUAL_BANK'] as const;
export type RefundRequestChannel = (typeof REFUND_REQUEST_CHANNELS)[number];

/** How it travels. DISPUTE: it has left already, by the hand of the buyer's bank. ON_ACCOUNT: the unit owes so much less, or has it to its credit. NONE: nothing of it is the buyer's. */
export const REFUND_CHANNELS = ['PROVIDER', 'MANUAL_BANK', 'DISPUTE', 'ON_ACCOUNT', 'NONE'] as const;
export type RefundChannel = (typeof REFUND_CHANNELS)[number];

/** SELLERS: whoever has a share gives from it. PLATFORM: nobody's share is touched; it is an expense. */
export const COST_BEARERS = ['SELLERS', 'PLATFORM'] as const;
export type CostBearer = (typeof COST_BEARERS)[number];

/** Money going back for one payment. Its id makes our idempotency keys towards the provider. */
@Entity('refund')
export class Refund {
  @IdColumn({ primary: true }) id!: RefundId;
  @IdColumn() paymentId!: PaymentId;
  @IdColumn() orderId!: IdOf<'ord'>;
  @WordColumn() reason!: RefundReason;
  @WordColumn({ default: 'FULL' }) kind!: RefundKind;
  @WordColumn({ default: 'PROVIDER' }) channel!: RefundChannel;
  @WordColumn({ default: 'SELLERS' }) borneBy!: CostBearer;
  @FenColumn() amountFen!: Fen;
  @WordColumn() state!: RefundState;
  @Column('varchar', { length: 80, nullable: true }) providerRef!: string | null;
  @Column('varchar', { length: 80, nullable: true }) failureCode!: string | null;
  @IdColumn({ nullable: true }) requestedBy!: string | null;
  @Column('varchar', { length: 400, default: '' }) note!: string;
  /** The after-sale case that has asked for it and follows it; null where none has. Where two payments have paid the order, a case may ask for two refunds at once. */
  @IdColumn({ nullable: true }) forRef!: string | null;
  @Column('varchar', { length: 80, nullable: true }) idempotencyKey!: string | null;
  @Column('binary', { length: 32, nullable: true }) requestHash!: Buffer | null;
  @InstantColumn() createdAt!: Date;
  @InstantColumn() updatedAt!: Date;
  @InstantColumn({ nullable: true }) nextCheckAt!: Date | null;
  /** The next one is taken only where the provider has shown that nothing came of the last. */
  @Column('int', { default: 1 }) keyNo!: number;
  /** When the provider was first asked under this key; null before it was. */
  @InstantColumn({ nullable: true }) keyTriedAt!: Date | null;
}

/** What the money was for. The lines of a refund add up to its amount. */
@Entity('refund_line')
export class RefundLine {
  @IdColumn({ primary: true }) refundId!: RefundId;
  /** '' for freight, and for money that never belonged to a line. */
  @IdColumn({ primary: true }) orderLineId!: string;
  /** '' for money that never belonged to a line. */
  @IdColumn({ primary: true }) merchantOrderId!: string;
  /** What the buyer gets for goods. */
  @FenColumn() goodsFen!: Fen;
  @FenColumn() freightFen!: Fen;
  @Column('int') quantity!: number;
  /** What goes back to those who paid of the goods besides the buyer; no part of the refund's amount. */
  @FenColumn({ default: 0 }) subsidyFen!: Fen;
  /** Of an amount, for how many units of the line it is; 0 where it is for all of it, where units go back, and for freight. */
  @Column('int', { default: 0 }) compensatedQuantity!: number;
  /** An amount for some units. Where two payments give it, both say so, and the first counts the units. */
  @Column('boolean', { default: false }) isForUnits!: boolean;
}

/** Of what goes back to others than the buyer, how much to whom. Written with the refund and never changed. */
@Entity('refund_funding')
export class RefundFunding {
  @IdColumn({ primary: true }) refundId!: RefundId;
  @IdColumn({ primary: true }) orderLineId!: string;
  @IdColumn({ primary: true }) promotionId!: string;
  @IdColumn({ primary: true }) couponId!: string;
  /** PLATFORM, or the code of the division whose finance bureau has paid. */
  @IdColumn() funder!: string;
  @FenColumn() amountFen!: Fen;
}
