import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { VolumeChannel } from './volume-fact.entity.js';

/** What is to be recognised in a year. Written once; the highest version holds. */
@Entity('volume_target')
export class VolumeTarget {
  @Column('smallint', { primary: true }) year!: number;
  @DivisionColumn({ primary: true }) divisionCode!: string;
  @WordColumn({ primary: true }) channelKind!: VolumeChannel | '';
  @IdColumn({ primary: true }) unitId!: string;
  @Column('int', { primary: true }) version!: number;
  @FenColumn() amountFen!: Fen;
  @IdColumn() setBy!: IdOf<'usr'>;
  @InstantColumn() setAt!: Date;
}
