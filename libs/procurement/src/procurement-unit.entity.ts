import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ProcurementUnitId = IdOf<'pru'>;
export type ProcurementContractorId = IdOf<'prc'>;

export const PROCUREMENT_UNIT_KINDS = [
  'ADMINISTRATION',
  'SCHOOL',
  'HOSPITAL',
  'UNION',
  'STATE_ENTERPRISE',
  'OTHER',
] as const;
export type ProcurementUnitKind = (typeof PROCUREMENT_UNIT_KINDS)[number];

/** Who has a canteen, run by itself or by a contractor, files a reserved share; who eats with another or not at all does not. */
export const CANTEENS = ['OWN', 'OUTSOURCED', 'SHARED', 'NONE'] as const;
export type Canteen = (typeof CANTEENS)[number];

export const PROCUREMENT_ROLES = ['BUYER', 'APPROVER'] as const;
export type ProcurementRole = (typeof PROCUREMENT_ROLES)[number];

/** What somebody does for a unit, as they are told: a contractor's buyer is none of its own. */
export type UnitRole = 'BUYER' | 'APPROVER' | 'CONTRACTOR';

/** A school, an office, a union …: whoever buys with a budget. Merged or renamed, it keeps its row and names its successor. */
@Entity('procurement_unit')
export class ProcurementUnit {
  @IdColumn({ primary: true }) id!: ProcurementUnitId;
  @Column('varchar', { length: 120 }) name!: string;
  @WordColumn() kind!: ProcurementUnitKind;
  @DivisionColumn() divisionCode!: string;
  @Column('varchar', { length: 18 }) creditCode!: string;
  @Column('varchar', { length: 120 }) invoiceTitle!: string;
  @Column('varchar', { length: 20 }) taxNo!: string;
  @WordColumn() canteen!: Canteen;
  @IdColumn({ nullable: true }) representedById!: ProcurementUnitId | null;
  @IdColumn({ nullable: true }) parentId!: ProcurementUnitId | null;
  @IdColumn({ nullable: true }) mergedIntoId!: ProcurementUnitId | null;
  @Column('date', { nullable: true }) mergedOn!: string | null;
  @InstantColumn() createdAt!: Date;
}

/** An enterprise that runs a unit's canteen for a time, and buys for it. */
@Entity('procurement_contractor')
export class ProcurementContractor {
  @IdColumn({ primary: true }) id!: ProcurementContractorId;
  @IdColumn() unitId!: ProcurementUnitId;
  @Column('varchar', { length: 120 }) name!: string;
  @Column('varchar', { length: 18 }) creditCode!: string;
  @Column('date') startsOn!: string;
  @Column('date', { nullable: true }) endsBefore!: string | null;
}

/** Somebody who buys, or approves what is bought, for a unit. Ended, never deleted. */
@Entity('procurement_member')
export class ProcurementMember {
  @IdColumn({ primary: true }) unitId!: ProcurementUnitId;
  @IdColumn({ primary: true }) userId!: IdOf<'usr'>;
  @WordColumn({ primary: true }) role!: ProcurementRole;
  @IdColumn({ nullable: true }) contractorId!: ProcurementContractorId | null;
  @InstantColumn() addedAt!: Date;
  @InstantColumn({ nullable: true }) endedAt!: Date | null;
}
