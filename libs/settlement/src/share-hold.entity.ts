import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

/** RECEIVABLE: sold on account and not paid yet; the sellers are paid when the money is there. */
export const HOLD_REASONS = ['DISPUTE', 'AFTER_SALE', 'RECEIVABLE'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Shares that are not released while a case about them is open. */
@Entity('share_hold')
export class ShareHold {
  /** The dispute or the after-sale case. */
  @IdColumn({ primary: true }) caseRef!: string;
  @IdColumn({ primary: true }) orderId!: string;
  /** An order line, a merchant order for its freight, or '' for the whole order. */
  @IdColumn({ primary: true }) lineId!: string;
  @WordColumn() reason!: HoldReason;
  @InstantColumn() placedAt!: Date;
  @InstantColumn({ nullable: true }) liftedAt!: Date | null;
}
