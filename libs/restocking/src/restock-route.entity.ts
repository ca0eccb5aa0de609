import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type RestockPlanId = IdOf<'rsp'>;
export type RestockRouteId = IdOf<'rsr'>;
export type RestockStopId = IdOf<'rst'>;

export const RESTOCK_ROUTE_STATES = ['PLANNED', 'UNDER_WAY', 'DONE', 'CANCELLED'] as const;
export type RestockRouteState = (typeof RESTOCK_ROUTE_STATES)[number];

export const RESTOCK_STOP_STATES = ['AHEAD', 'VISITED', 'SKIPPED'] as const;
export type RestockStopState = (typeof RESTOCK_STOP_STATES)[number];

/** One planning of an operator: once per key, whatever comes of it. */
@Entity('restock_plan')
export class RestockPlan {
  @IdColumn({ primary: true }) id!: RestockPlanId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @Column('char', { length: 64 }) contentHash!: string;
  @Column('int') leftOutCabinets!: number;
  @IdColumn() plannedBy!: IdOf<'usr'>;
  @InstantColumn() plannedAt!: Date;
}

/** A round trip of one van on one day. Whoever takes it is its restocker. */
@Entity('restock_route')
export class RestockRoute {
  @IdColumn({ primary: true }) id!: RestockRouteId;
  @IdColumn() planId!: RestockPlanId;
  @IdColumn() operatorId!: IdOf<'mer'>;
  @Column('date') day!: string;
  @Column('date') nextVisitOn!: string;
  @WordColumn() state!: RestockRouteState;
  @Column('int') distanceM!: number;
  @Column('int') loadG!: number;
  @IdColumn({ nullable: true }) restockerId!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) takenAt!: Date | null;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}

/** A cabinet on a route. */
@Entity('restock_stop')
export class RestockStop {
  @IdColumn({ primary: true }) id!: RestockStopId;
  @IdColumn() routeId!: RestockRouteId;
  @Column('int') position!: number;
  @IdColumn() cabinetId!: IdOf<'cab'>;
  @IdColumn({ nullable: true }) openCabinetId!: IdOf<'cab'> | null;
  @IdColumn() channelPointId!: IdOf<'chp'>;
  @WordColumn() state!: RestockStopState;
  @Column('int') legM!: number;
}

/** What is to be done at a slot of it, as it stood when it was planned. */
@Entity('restock_need')
export class RestockNeed {
  @IdColumn({ primary: true }) stopId!: RestockStopId;
  @Column('varchar', { primary: true, length: 8 }) slotCode!: string;
  @IdColumn() variantId!: IdOf<'var'>;
  @Column('int') fillUnits!: number;
  @Column('int') removeUnits!: number;
}
