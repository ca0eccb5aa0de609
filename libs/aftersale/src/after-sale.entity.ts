import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type AfterSaleId = IdOf<'afs'>;

/** FRESH_CLAIM: of what perishes nothing is sent back; photos and the weight of what is bad decide. */
export const AFTER_SALE_KINDS = ['REFUND_ONLY', 'RETURN_REFUND', 'EXCHANGE', 'FRESH_CLAIM'] as const;
export type AfterSaleKind = (typeof AFTER_SALE_KINDS)[number];

export const AFTER_SALE_REASONS = [
  'NOT_RECEIVED',
  'DAMAGED',
  'WRONG_GOODS',
  'QUALITY',
  'SPOILED',
  'NO_LONGER_WANTED',
  'NOT_TAKEN',
] as const;
export type AfterSaleReason = (typeof AFTER_SALE_REASONS)[number];

export const AFTER_SALE_STATES = [
  'REQUESTED',
  'REFUSED',
  'AT_PLATFORM',
  'AWAITING_RETURN',
  'RETURNING',
  'TO_REPLACE',
  'REPLACING',
  'REFUNDING',
  'REFUNDED',
  'REPLACED',
  'REJECTED',
  'WITHDRAWN',
  'LAPSED',
] as const;
export type AfterSaleState = (typeof AFTER_SALE_STATES)[number];

export const AFTER_SALE_ACTS = [
  'OPENED',
  'EVIDENCE_ADDED',
  'WITHDRAWN',
  'APPROVED',
  'REFUSED',
  'APPEALED',
  'ACCEPTED',
  'CONTESTED',
  'ESCALATED',
  'SENT_BACK',
  'RETURN_CONFIRMED',
  'REPLACEMENT_SHIPPED',
  'REPLACEMENT_RECEIVED',
  'REPLACEMENT_OVERDUE',
  'REFUND_DECIDED',
  'RETURN_DECIDED',
  'REJECT_DECIDED',
  'REFUND_SUCCEEDED',
  'REFUND_FAILED',
  'LAPSED',
] as const;
export type AfterSaleAct = (typeof AFTER_SALE_ACTS)[number];

/** TIME: nobody said anything in time. */
export const AFTER_SALE_SIDES = ['BUYER', 'MERCHANT', 'PLATFORM', 'TIME'] as const;
export type AfterSaleSide = (typeof AFTER_SALE_SIDES)[number];

/** What a photo shows: the waybill, the bad fruit on a scale, or the goods. */
export const PHOTO_SUBJECTS = ['WAYBILL', 'SCALE', 'GOODS'] as const;
export type PhotoSubject = (typeof PHOTO_SUBJECTS)[number];

/** What a buyer asks for about one line of an order, and what becomes of it. */
@Entity('after_sale')
export class AfterSale {
  @IdColumn({ primary: true }) id!: AfterSaleId;
  @IdColumn() buyerId!: IdOf<'usr'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @Column('binary', { length: 32 }) requestHash!: Buffer;
  @IdColumn() orderId!: IdOf<'ord'>;
  @IdColumn() merchantOrderId!: IdOf<'mor'>;
  @IdColumn() orderLineId!: IdOf<'oln'>;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() productId!: IdOf<'prd'>;
  @IdColumn() variantId!: IdOf<'var'>;
  @Column('varchar', { length: 120 }) productName!: string;
  @Column('varchar', { length: 80 }) variantName!: string;
  @DivisionColumn() countyCode!: string;
  /** The line while the case is open, so that a line has one at a time. */
  @IdColumn({ nullable: true }) openLineId!: string | null;
  @WordColumn() kind!: AfterSaleKind;
  @WordColumn() reason!: AfterSaleReason;
  @WordColumn() state!: AfterSaleState;
  @Column('int') quantity!: number;
  @Column('int', { nullable: true }) badWeightG!: number | null;
  @Column('int', { nullable: true }) badShareBps!: number | null;
  @FenColumn() askedFen!: Fen;
  @Column('boolean') isWhole!: boolean;
  @FenColumn({ nullable: true }) grantedFen!: Fen | null;
  @IdColumn({ nullable: true }) refundId!: IdOf<'rfd'> | null;
  @Column('varchar', { length: 200, nullable: true }) returnAddress!: string | null;
  @Column('varchar', { length: 40, nullable: true }) returnCarrier!: string | null;
  @Column('varchar', { length: 60, nullable: true }) returnTrackingNo!: string | null;
  @Column('boolean', { default: false }) isFinal!: boolean;
  @InstantColumn({ nullable: true }) dueAt!: Date | null;
  @InstantColumn() openedAt!: Date;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
}

/** What happened to a case, in order. Written once; only the words are taken out when the buyer is forgotten. */
@Entity('after_sale_step')
export class AfterSaleStep {
  @IdColumn({ primary: true }) id!: IdOf<'ass'>;
  @IdColumn() afterSaleId!: AfterSaleId;
  @WordColumn() act!: AfterSaleAct;
  @WordColumn() side!: AfterSaleSide;
  @IdColumn({ nullable: true }) actorId!: string | null;
  @WordColumn() state!: AfterSaleState;
  @Column('varchar', { length: 500 }) note!: string;
  @InstantColumn() at!: Date;
}

/** A photo that one side has brought to a case. Its fingerprint is kept in four pieces, by which the same photo is found in other cases. */
@Entity('after_sale_photo')
export class AfterSalePhoto {
  @IdColumn({ primary: true }) afterSaleId!: AfterSaleId;
  @IdColumn({ primary: true }) photoId!: IdOf<'fil'>;
  @WordColumn() side!: AfterSaleSide;
  @WordColumn() subject!: PhotoSubject;
  @IdColumn() orderId!: string;
  @Column('char', { length: 16 }) fingerprint!: string;
  @Column('char', { length: 4 }) bandA!: string;
  @Column('char', { length: 4 }) bandB!: string;
  @Column('char', { length: 4 }) bandC!: string;
  @Column('char', { length: 4 }) bandD!: string;
  @InstantColumn() addedAt!: Date;
}
