import { Column, Entity } from 'typeorm';
import { WordColumn } from '#platform/database';

export const TERM_KEYS = [
  'CAMPAIGN',
  'GOODS',
  'COUNTY',
  'VILLAGE',
  'HOUSEHOLD',
  'WORKSHOP',
  'DONATION_NETWORK',
  'UNIT_PLATFORM',
  'AGENCY',
  'VOCATIONAL_SUBSIDY',
] as const;
export type TermKey = (typeof TERM_KEYS)[number];

/** What something was officially called, in both languages, from one day until before another. */
@Entity('term')
export class Term {
  @WordColumn({ primary: true }) termKey!: TermKey;
  @Column('date', { primary: true }) startsOn!: string;
  @Column('date', { nullable: true }) endsBefore!: string | null;
  @Column('varchar', { length: 60 }) zh!: string;
  @Column('varchar', { length: 120 }) en!: string;
}
