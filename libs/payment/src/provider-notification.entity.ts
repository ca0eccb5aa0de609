import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ProviderNotificationId = IdOf<'ntf'>;

/**
 * APPLIED: the object it named has been looked at. FOREIGN: about another installation's object. IGNORED: of no interest here.
 * MANUAL: a word nobody has taught us yet, so a person looks.
 */
export const NOTIFICATION_OUTCOMES = ['APPLIED', 'FOREIGN', 'IGNORED', 'MANUAL'] as const;
export type NotificationOutcome = (typeof NOTIFICATION_OUTCOMES)[number];

/** What the provider has told us, kept once and word for word. */
@Entity('provider_notification')
export class ProviderNotification {
  @IdColumn({ primary: true }) id!: ProviderNotificationId;
  @WordColumn() provider!: 'STRIPE';
  @Column('varchar', { length: 120 }) providerEventId!: string;
  @Column('varchar', { length: 80 }) type!: string;
  @Column('varchar', { length: 120 }) objectId!: string;
  @Column('mediumtext') body!: string;
  @InstantColumn() receivedAt!: Date;
  @WordColumn({ nullable: true }) outcome!: NotificationOutcome | null;
}

/** How far the provider's own list has been compared with what reached us. */
@Entity('provider_sweep')
export class ProviderSweep {
  @WordColumn({ primary: true }) provider!: 'STRIPE';
  @InstantColumn() sweptUntil!: Date;
}
