import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ZoneContractId } from './zone-contract.entity.js';

export type ChannelPointId = IdOf<'chp'>;

export const CHANNEL_KINDS = ['PAVILION', 'ZONE', 'COUNTER'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const CHANNEL_POINT_STATES = [
  'PROPOSED',
  'SITE_AGREED',
  'APPROVED',
  'BUILT',
  'INSPECTED',
  'OPEN',
  'SUSPENDED',
  'CLOSED',
] as const;
export type ChannelPointState = (typeof CHANNEL_POINT_STATES)[number];

/** Whoever runs it or wants to, the county and the city, and the book itself for what was recorded as it stood. */
export const PLACE_SIDES = ['BOOK', 'OPERATOR', 'OFFICE'] as const;
export type PlaceSide = (typeof PLACE_SIDES)[number];

export const PLACE_ACTS = [
  'RECORDED',
  'PROPOSED',
  'AMENDED',
  'SITE_AGREED',
  'APPROVED',
  'RETURNED',
  'ENTRUSTED',
  'BUILT',
  'INSPECTED',
  'OPENED',
  'SUSPENDED',
  'CLOSED',
] as const;
export type PlaceAct = (typeof PLACE_ACTS)[number];

export const PAVILION_OWNER_KINDS = ['CITY', 'COUNTY', 'ENTERPRISE'] as const;
export type PavilionOwnerKind = (typeof PAVILION_OWNER_KINDS)[number];

export const ZONE_HOST_KINDS = ['SUPERMARKET', 'PETROL_STATION', 'MARKET', 'SERVICE_AREA', 'CAMPUS'] as const;
export type ZoneHostKind = (typeof ZONE_HOST_KINDS)[number];

/** How a counter knows what was taken. */
export const CABINET_KINDS = ['SLOT', 'GRAVITY', 'VISION', 'RFID', 'CELL'] as const;
export type CabinetKind = (typeof CABINET_KINDS)[number];

/** A place of sale. Exactly the one kind word of its own kind is set: owner of a pavilion, host of a zone, cabinet of a counter. */
@Entity('channel_point')
export class ChannelPoint {
  @IdColumn({ primary: true }) id!: ChannelPointId;
  @WordColumn() kind!: ChannelKind;
  @Column('varchar', { length: 120 }) name!: string;
  @DivisionColumn() countyCode!: string;
  @DivisionColumn({ nullable: true }) townshipCode!: string | null;
  @Column('varchar', { length: 200 }) address!: string;
  @Column('decimal', { precision: 9, scale: 6, nullable: true }) longitude!: string | null;
  @Column('decimal', { precision: 9, scale: 6, nullable: true }) latitude!: string | null;
  @WordColumn({ nullable: true }) ownerKind!: PavilionOwnerKind | null;
  @WordColumn({ nullable: true }) hostKind!: ZoneHostKind | null;
  @WordColumn({ nullable: true }) cabinetKind!: CabinetKind | null;
  @Column('varchar', { length: 120, nullable: true }) hostName!: string | null;
  @Column('varchar', { length: 500, nullable: true }) introduction!: string | null;
  @Column('varchar', { length: 60, nullable: true }) openingHours!: string | null;
  @WordColumn() state!: ChannelPointState;
  @Column('date', { nullable: true }) openedOn!: string | null;
  /** Null for what was recorded before anybody had to say who runs it. */
  @IdColumn({ nullable: true }) operatorId!: IdOf<'mer'> | null;
  /** The number of its last step. */
  @Column('int', { default: 0 }) revision!: number;
  /** Who has suspended it; null unless it is suspended. */
  @WordColumn({ nullable: true }) heldBy!: PlaceSide | null;
  /** By which paper it was approved; '' before, and for what was recorded as open. */
  @Column('varchar', { length: 60, default: '' }) documentNo!: string;
  /** Null for what was recorded, like its key. */
  @IdColumn({ nullable: true }) proposedBy!: IdOf<'usr'> | null;
  @Column('varchar', { length: 80, nullable: true }) proposalKey!: string | null;
  /** Of zones that stand under a contract: its series, and the days on which it lets them sell as things are. All null for others. */
  @IdColumn({ nullable: true }) contractSeriesId!: ZoneContractId | null;
  @Column('date', { nullable: true }) contractedFrom!: string | null;
  @Column('date', { nullable: true }) contractedTo!: string | null;
  @InstantColumn() createdAt!: Date;
}

/** One step in the life of a place, never changed. Of what was recorded as it stood nobody has taken it. */
@Entity('channel_point_step')
export class ChannelPointStep {
  @IdColumn({ primary: true }) channelPointId!: ChannelPointId;
  @Column('int', { primary: true }) number!: number;
  @WordColumn() act!: PlaceAct;
  /** What it is from this step on. */
  @WordColumn() state!: ChannelPointState;
  @WordColumn() side!: PlaceSide;
  /** Null for what was recorded. */
  @IdColumn({ nullable: true }) actorId!: IdOf<'usr'> | null;
  /** '' where nothing was said. */
  @Column('varchar', { length: 500 }) reason!: string;
  @Column('json') fileIds!: readonly string[];
  /** What the place was said to be; null where that was not changed. */
  @Column('json', { nullable: true }) content!: object | null;
  /** The day from which it holds, never before the step before it. */
  @Column('date') effectiveOn!: string;
  @InstantColumn() at!: Date;
}

/** The curated range: which products a point shows, in its order. */
@Entity('channel_listing')
export class ChannelListing {
  @IdColumn({ primary: true }) channelPointId!: ChannelPointId;
  @IdColumn({ primary: true }) productId!: IdOf<'prd'>;
  @Column('int') position!: number;
}
