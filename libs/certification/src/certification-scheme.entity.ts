import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, WordColumn } from '#platform/database';

export const CERTIFICATION_OFFICES = ['TOWNSHIP', 'SECTOR', 'COUNTY', 'CITY', 'PROVINCE', 'NATION'] as const;
/** Who speaks: the office of a division, or the department of a county that knows the trade. */
export type CertificationOffice = (typeof CERTIFICATION_OFFICES)[number];

export const CHAIN_STEP_KINDS = ['DECISION', 'NOTICE'] as const;

export interface ChainStep {
  readonly kind: (typeof CHAIN_STEP_KINDS)[number];
  /** Who decides, or hears objections. */
  readonly office: CertificationOffice;
  /** How long it hangs out; null for a decision: the sources set none a limit. */
  readonly days: number | null;
}

/** By which steps products are recognised, and for how long. It changed within months, so it is data. */
@Entity('certification_scheme')
export class CertificationScheme {
  @WordColumn({ primary: true }) code!: string;
  @Column('varchar', { length: 80 }) nameZh!: string;
  @Column('varchar', { length: 80 }) nameEn!: string;
  @Column('varchar', { length: 8 }) numberPrefix!: string;
  @Column('json') chain!: readonly ChainStep[];
  /** 0 where the scheme states none. */
  @FenColumn() commodityValueMinFen!: Fen;
  @Column('int') householdMin!: number;
  @Column('int') validMonths!: number;
  @Column('int') recheckMonths!: number;
  @Column('boolean') isOpen!: boolean;
}
