import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { EventId } from './event.js';

@Entity('outbox')
export class OutboxMessage {
  @PrimaryColumn('varchar', { length: 40 }) id!: EventId;
  @Column('varchar', { length: 80 }) name!: string;
  @Column('json') payload!: object;
  @Column('varchar', { length: 64, nullable: true }) traceId!: string | null;
  @InstantColumn() occurredAt!: Date;
  @InstantColumn({ nullable: true }) publishedAt!: Date | null;
}

export const RECEIPT_STATES = ['WAITING', 'APPLIED', 'DEAD'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** One per event and consumer: written by the relay, turned by the consumer in the transaction of its effect. */
@Entity('inbox')
export class Receipt {
  @PrimaryColumn('varchar', { length: 80 }) consumer!: string;
  @IdColumn({ primary: true }) eventId!: EventId;
  @WordColumn() queue!: string;
  @WordColumn() state!: ReceiptState;
  @Column('int', { default: 0 }) attempts!: number;
  @InstantColumn() queuedAt!: Date;
  @InstantColumn({ nullable: true }) appliedAt!: Date | null;
  @Column('varchar', { length: 500, nullable: true }) lastError!: string | null;
}
