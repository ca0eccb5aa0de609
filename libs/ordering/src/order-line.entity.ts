import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, WordColumn } from '#platform/database';
import type { MerchantOrderId } from './merchant-order.entity.js';
import type { OrderId } from './order.entity.js';

export type OrderLineId = IdOf<'oln'>;

export const SALE_CHANNEL_KINDS = ['PAVILION', 'ZONE', 'COUNTER', 'ONLINE', 'PROCUREMENT', 'FAIR'] as const;
export type SaleChannelKind = (typeof SALE_CHANNEL_KINDS)[number];

/** ORGANISATION: a procurement unit's own buyers. CONTRACTOR: whoever runs its canteen. UNION: a union, or a unit's buyers for theirs. */
export type BuyerKind = 'CONSUMER' | 'ORGANISATION' | 'CONTRACTOR' | 'UNION';

/** One variant of one batch. Everything that counts later is frozen here, so that no later change rewrites the past. */
@Entity('order_line')
export class OrderLine {
  @IdColumn({ primary: true }) id!: OrderLineId;
  @IdColumn() orderId!: OrderId;
  @IdColumn() merchantOrderId!: MerchantOrderId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() productId!: IdOf<'prd'>;
  @IdColumn() variantId!: IdOf<'var'>;
  @IdColumn() batchId!: IdOf<'bat'>;
  @Column('varchar', { length: 120 }) productName!: string;
  @Column('varchar', { length: 80 }) variantName!: string;
  @Column('int') quantity!: number;
  @FenColumn() unitPriceFen!: Fen;
  /** What the merchant is paid for: units at their price, less the discount. */
  @FenColumn() goodsFen!: Fen;
  /** What the merchant has taken off. */
  @FenColumn({ default: 0 }) discountFen!: Fen;
  /** What others than the buyer pay of the goods. */
  @FenColumn({ default: 0 }) subsidyFen!: Fen;
  @Column('int') netWeightG!: number;
  @Column('boolean') isPerishable!: boolean;
  @DivisionColumn() originCountyCode!: string;
  @DivisionColumn({ default: '' }) sellerCountyCode!: string;
  @WordColumn() channelKind!: SaleChannelKind;
  @IdColumn() channelPointId!: IdOf<'chp'> | '';
  @DivisionColumn() saleCountyCode!: string;
  @DivisionColumn({ default: '' }) consumptionCountyCode!: string;
  @WordColumn() buyerKind!: BuyerKind;
  @IdColumn({ default: '' }) unitId!: string;
  @IdColumn({ default: '' }) campaignCode!: string;
  @IdColumn({ nullable: true }) linkageAgreementId!: IdOf<'lnk'> | null;
  @IdColumn({ nullable: true }) certificationId!: IdOf<'crt'> | null;
  /** The day on which it leaves, as it was promised when it was ordered; null on older lines. */
  @Column('date', { nullable: true }) promisedOn!: string | null;
}
