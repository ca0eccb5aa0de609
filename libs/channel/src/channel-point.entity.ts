import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

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
  @InstantColumn() createdAt!: Date;
}

/** The curated range: which products a point shows, in its order. */
@Entity('channel_listing')
export class ChannelListing {
  @IdColumn({ primary: true }) channelPointId!: ChannelPointId;
  @IdColumn({ primary: true }) productId!: IdOf<'prd'>;
  @Column('int') position!: number;
}
