import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type TaxTreatmentId = IdOf<'txt'>;

export const TAX_TREATMENTS = ['SELF_PRODUCED_EXEMPT', 'STANDARD', 'SMALL_SCALE'] as const;
export type TaxTreatmentWord = (typeof TAX_TREATMENTS)[number];

/** All goods of a seller, those of one category, or what it takes for carrying them; and the platform's own service. */
export const TAX_SUBJECTS = ['GOODS', 'CATEGORY', 'FREIGHT', 'SERVICE'] as const;
export type TaxSubject = (typeof TAX_SUBJECTS)[number];

/** How something that a seller sells is taxed, from a day on, as finance has set it. Never changed: a later one takes its place. */
@Entity('tax_treatment')
export class TaxTreatment {
  @IdColumn({ primary: true }) id!: TaxTreatmentId;
  /** The seller: a merchant, or 'platform'. */
  @IdColumn() merchantId!: string;
  @WordColumn() subject!: TaxSubject;
  /** '' unless it is about a category. */
  @WordColumn() categoryCode!: string;
  /** The first business day of payment for which it holds. */
  @Column('date') effectiveOn!: string;
  /** From 1; of one day the highest holds. */
  @Column('int') revision!: number;
  @WordColumn() treatment!: TaxTreatmentWord;
  /** Hundredths of a per cent; none where it is exempt. */
  @Column('int', { nullable: true }) rateBps!: number | null;
  @Column('varchar', { length: 400 }) reason!: string;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}
