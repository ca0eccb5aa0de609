import { Column, Entity } from 'typeorm';
import { DivisionColumn, WordColumn } from '#platform/database';

/** As standards of produce grade it; UNGRADED is what nobody grades. */
export const GOODS_GRADES = ['EXTRA', 'FIRST', 'SECOND', 'UNGRADED'] as const;
export type GoodsGrade = (typeof GOODS_GRADES)[number];

/** What is compared with each other: yellow peaches with yellow peaches, whoever sells them. */
@Entity('goods_kind')
export class GoodsKind {
  @WordColumn({ primary: true }) code!: string;
  @WordColumn() categoryCode!: string;
  /** Whose officials keep its reference prices. */
  @DivisionColumn() keeperCode!: string;
  @Column('varchar', { length: 40 }) nameZh!: string;
  @Column('varchar', { length: 60 }) nameEn!: string;
  @Column('int') position!: number;
}
