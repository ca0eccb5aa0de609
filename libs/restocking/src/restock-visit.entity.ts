import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { RestockRouteId } from './restock-route.entity.js';

export type RestockVisitId = IdOf<'rvs'>;

/** What somebody has done at a cabinet besides its goods. */
export const VISIT_DEEDS = ['CLEANED', 'DISINFECTED', 'REPAIRED', 'INSPECTED'] as const;
export type VisitDeed = (typeof VISIT_DEEDS)[number];

/** Somebody has been at a cabinet, and says so in one document, perhaps late and in parts. */
@Entity('restock_visit')
export class RestockVisit {
  @IdColumn({ primary: true }) id!: RestockVisitId;
  @Column('varchar', { length: 80 }) visitKey!: string;
  /** None where somebody came without one. */
  @IdColumn({ nullable: true }) routeId!: RestockRouteId | null;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @DivisionColumn() countyCode!: string;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @IdColumn() visitedBy!: IdOf<'usr'>;
  @InstantColumn() arrivedAt!: Date;
  @InstantColumn({ nullable: true }) leftAt!: Date | null;
  @InstantColumn({ nullable: true }) scannedAt!: Date | null;
  @Column('int', { nullable: true }) measuredDeciCelsius!: number | null;
  @IdColumn({ nullable: true }) signatureId!: IdOf<'fil'> | null;
  @Column('varchar', { length: 500 }) note!: string;
  @InstantColumn() submittedAt!: Date;
}

/** What was found and done at one slot; said once. */
@Entity('restock_visit_slot')
export class RestockVisitSlot {
  @IdColumn({ primary: true }) visitId!: RestockVisitId;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @Column('char', { length: 64 }) contentHash!: string;
  @InstantColumn() countedAt!: Date;
  @Column('int') countedUnits!: number;
  @Column('int') varianceUnits!: number;
  @Column('int') removedUnits!: number;
  @Column('int') disposedUnits!: number;
  @Column('int') filledUnits!: number;
  @Column('boolean') isSuperseded!: boolean;
}

@Entity('restock_visit_deed')
export class RestockVisitDeed {
  @IdColumn({ primary: true }) visitId!: RestockVisitId;
  @WordColumn({ primary: true }) deed!: VisitDeed;
}

@Entity('restock_visit_photo')
export class RestockVisitPhoto {
  @IdColumn({ primary: true }) visitId!: RestockVisitId;
  @IdColumn({ primary: true }) photoId!: IdOf<'fil'>;
}
