import { Column, Entity } from 'typeorm';
import { WordColumn } from '#platform/database';

/** A shelf label. Codes are words of ours; names are shown. */
@Entity('category')
export class Category {
  @WordColumn({ primary: true }) code!: string;
  @Column('varchar', { length: 40 }) nameZh!: string;
  @Column('varchar', { length: 60 }) nameEn!: string;
  @Column('int') position!: number;
}
