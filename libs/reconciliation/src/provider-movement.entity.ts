import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fen } from '#libs/kernel';
import type { MovementKind } from '#libs/payment';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

/** A line of the provider's account of our balance, fetched once and never changed there. */
@Entity('provider_movement')
export class ProviderMovementRecord {
  @PrimaryColumn('varchar', { length: 80 }) ref!: string;
  @WordColumn() kind!: MovementKind;
  @Column('varchar', { length: 80 }) providerType!: string;
  @Column('varchar', { length: 120 }) subjectRef!: string;
  @FenColumn() grossFen!: Fen;
  @FenColumn() feeFen!: Fen;
  @InstantColumn() createdAt!: Date;
  @Column('date') day!: string;
  @FenColumn({ nullable: true }) bookedFen!: Fen | null;
  @InstantColumn({ nullable: true }) matchedAt!: Date | null;
}

/** A journal of ours and the movement that it stands for. */
@Entity('provider_match')
export class ProviderMatch {
  @IdColumn({ primary: true }) journalId!: string;
  @Column('varchar', { length: 80 }) movementRef!: string;
  @FenColumn() amountFen!: Fen;
  @Column('date') movementDay!: string;
  @Column('date') journalDay!: string;
}

/** One business day at the provider: from opening to closing, beside what the books say of it. */
@Entity('provider_day')
export class ProviderDay {
  @Column('date', { primary: true }) day!: string;
  @FenColumn() openingFen!: Fen;
  @FenColumn() capturedFen!: Fen;
  @FenColumn() refundedFen!: Fen;
  @FenColumn() disputedFen!: Fen;
  @FenColumn() transferredFen!: Fen;
  @FenColumn() bankFen!: Fen;
  @FenColumn() otherFen!: Fen;
  @FenColumn() feeFen!: Fen;
  @FenColumn() closingFen!: Fen;
  @FenColumn() bookedFen!: Fen;
  @FenColumn() timingFen!: Fen;
  @InstantColumn() computedAt!: Date;
}

/** A row as statements read and write it. */
export type ProviderDayRow = Pick<ProviderDay, keyof ProviderDay>;
