import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type SplitRuleId = IdOf<'spr'>;

/** Basis points of the goods value that each payee gets; together 10 000. A rule is never changed, a newer version follows it. */
@Entity('split_rule')
export class SplitRule {
  @IdColumn({ primary: true }) id!: SplitRuleId;
  @Column('int') version!: number;
  @WordColumn() channelKind!: string;
  @Column('int') merchantBps!: number;
  @Column('int') householdBps!: number;
  @Column('int') platformBps!: number;
  @Column('int') operatorBps!: number;
  @Column('int') fundBps!: number;
  @InstantColumn() effectiveFrom!: Date;
}
