import { Column, Entity } from 'typeorm';
import { DivisionColumn, WordColumn } from '#platform/database';

export const DIVISION_LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE'] as const;
export type DivisionLevel = (typeof DIVISION_LEVELS)[number];

/** A place in the administrative order. Codes are given by the state and never used twice; a renamed place gets a new row. */
@Entity('division')
export class Division {
  @DivisionColumn({ primary: true }) code!: string;
  @DivisionColumn({ nullable: true }) parentCode!: string | null;
  @WordColumn() level!: DivisionLevel;
  @Column('varchar', { length: 60 }) name!: string;
  @Column('boolean', { default: false }) isDesignated!: boolean;
  @Column('decimal', { precision: 9, scale: 6, nullable: true }) longitude!: string | null;
  @Column('decimal', { precision: 9, scale: 6, nullable: true }) latitude!: string | null;
  @Column('date', { nullable: true }) validFrom!: string | null;
  @Column('date', { nullable: true }) validTo!: string | null;
  @DivisionColumn({ nullable: true }) replacedBy!: string | null;
}

/** What a list of divisions says of each. */
export interface DivisionFacts extends Pick<
  Division,
  'code' | 'parentCode' | 'level' | 'name' | 'isDesignated'
> {
  /** Degrees. */
  readonly longitude: number | null;
  readonly latitude: number | null;
}
