import { Injectable } from '@nestjs/common';
import { DivisionReader, withinScope } from '#libs/division';
import { HouseholdReader, LinkageAgreementReader, LinkagePaymentReader } from '#libs/household';
import { Clock, type Fen, type IdOf, type Page, type PageRequest, pageOf, plus, sumFen } from '#libs/kernel';
import { SlotSaleReader } from '#libs/vending';
import { Database } from '#platform/database';
import type { PairingId, PairingState } from './pairing.entity.js';
import { isUnpaid, shownNameOf, statedShareOf } from './pairing.rules.js';

export interface PairingRow {
  readonly id: PairingId;
  readonly merchantId: IdOf<'mer'>;
  readonly operatorId: IdOf<'mer'>;
  readonly cabinetId: IdOf<'cab'>;
  readonly agreementId: IdOf<'lnk'>;
  readonly state: PairingState;
  readonly story: string;
  readonly photoId: IdOf<'fil'> | null;
  readonly isConsented: boolean;
  readonly note: string;
  readonly proposedAt: Date;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** A pairing and what it has come to. */
export interface PairingCourse extends PairingRow {
  readonly slotCodes: readonly string[];
  readonly householdIds: readonly IdOf<'hhd'>[];
  readonly shownName: string;
  readonly villageName: string;
  readonly soldFen: Fen;
  readonly soldUnits: number;
  /** Of that, the households' part; null where the agreement states none. */
  readonly statedShareFen: Fen | null;
  /** What the agreement states for them in a year; null likewise. */
  readonly statedYearFen: Fen | null;
  /** With evidence, since the pairing began. */
  readonly paidFen: Fen;
  readonly lastPaidOn: string | null;
  readonly isUnpaid: boolean;
}

/** What anybody who stands before the cabinet, or has bought from it, may see. */
export interface PairedGrower {
  readonly pairingId: PairingId;
  readonly slotCodes: readonly string[];
  readonly shownName: string;
  readonly villageName: string;
  readonly story: string;
  readonly hasPhoto: boolean;
  readonly paidFen: Fen;
  /** The first day of the month in which they were paid last; null before the first time. */
  readonly paidMonth: string | null;
}

export interface PairingSummary {
  readonly pairingCount: number;
  readonly cabinetCount: number;
  readonly householdCount: number;
  readonly soldFen: Fen;
  readonly paidFen: Fen;
  /** Sold for sixty days, and nothing paid in the last sixty. */
  readonly unpaidCount: number;
  /** False where there are more than are added up. */
  readonly isWhole: boolean;
}

/** More than Zhuzhou has counters. */
const SUMMED_MAX = 500;

export type PairingScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

/** Columns in a page's sort key, for `pageRequest`. */
export const PAIRING_KEY_PARTS = 1;

type Source = Omit<PairingRow, 'isConsented'> & { readonly isConsented: number };

const PAIRING = `SELECT p.id, p.merchant_id AS merchantId, p.operator_id AS operatorId, p.cabinet_id AS cabinetId, p.agreement_id AS agreementId, p.state,
  p.story, p.photo_id AS photoId, p.is_consented AS isConsented, p.note, p.proposed_at AS proposedAt, p.starts_at AS startsAt, p.ends_at AS endsAt
  FROM pairing p`;

const shaped = (row: Source): PairingRow => ({ ...row, isConsented: row.isConsented === 1 });

@Injectable()
export class PairingReader {
  constructor(
    private readonly database: Database,
    private readonly sales: SlotSaleReader,
    private readonly agreements: LinkageAgreementReader,
    private readonly payments: LinkagePaymentReader,
    private readonly households: HouseholdReader,
    private readonly divisions: DivisionReader,
    private readonly clock: Clock,
  ) {}

  /** Newest first. Ten statements, however many there are. */
  async page(
    scope: PairingScope,
    state: PairingState | null,
    { first, after }: PageRequest,
  ): Promise<Page<PairingCourse>> {
    const within = this.within(scope);
    const rows = await this.database.query<Source>(
      `${PAIRING} WHERE ${within.sql}${state === null ? '' : ' AND p.state = ?'}${after === null ? '' : ' AND p.id < ?'}
       ORDER BY p.id DESC LIMIT ?`,
      [
        ...within.values,
        ...(state === null ? [] : [state]),
        ...(after === null ? [] : [after[0] ?? '']),
        first + 1,
      ],
    );
    const { nodes, pageInfo } = pageOf(rows.map(shaped), first, ({ id }) => [id]);
    return { nodes: await this.coursesOf(nodes), pageInfo };
  }

  /** Null outside the scope. */
  async byId(id: string, scope: PairingScope): Promise<PairingCourse | null> {
    const within = this.within(scope);
    const [row] = await this.database.query<Source>(`${PAIRING} WHERE p.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    const [course] = row ? await this.coursesOf([shaped(row)]) : [];
    return course ?? null;
  }

  /** Who stands behind slots of a cabinet now, as far as they have agreed to be shown. */
  async growersOf(cabinetId: string): Promise<PairedGrower[]> {
    const rows = await this.database.query<Source>(
      `${PAIRING} WHERE p.cabinet_id = ? AND p.state = 'ACTIVE' AND p.is_consented ORDER BY p.id`,
      [cabinetId],
    );
    return (await this.coursesOf(rows.map(shaped), 'UNSOLD')).map(growerOf);
  }

  /** What pairings that go on have come to, each household, cabinet and payment once. */
  async summaryOf(divisions: readonly string[] | 'ALL'): Promise<PairingSummary> {
    const within = this.within({ divisions });
    const rows = await this.database.query<Source>(
      `${PAIRING} WHERE ${within.sql} AND p.state = 'ACTIVE' ORDER BY p.id LIMIT ?`,
      [...within.values, SUMMED_MAX + 1],
    );
    const courses = await this.coursesOf(rows.slice(0, SUMMED_MAX).map(shaped));
    const paid = await this.payments.paidSince(paidOnceOf(courses));
    return {
      pairingCount: courses.length,
      cabinetCount: new Set(courses.map(({ cabinetId }) => cabinetId)).size,
      householdCount: new Set(courses.flatMap(({ householdIds }) => householdIds)).size,
      soldFen: sumFen(courses.map(({ soldFen }) => soldFen)),
      paidFen: sumFen([...paid.values()].map(({ paidFen }) => paidFen)),
      unpaidCount: courses.filter((course) => course.isUnpaid).length,
      isWhole: rows.length <= SUMMED_MAX,
    };
  }

  /** Who stood behind what was bought from a slot at that moment; nobody for what was not bought from one. */
  async growersOfLines(
    orderLineIds: readonly string[],
  ): Promise<{ readonly orderLineId: string; readonly grower: PairedGrower }[]> {
    const sold = await this.sales.ofLines(orderLineIds);
    if (sold.length === 0) return [];
    const rows = await this.database.query<Source>(
      `${PAIRING} WHERE p.cabinet_id IN (?) AND p.starts_at IS NOT NULL AND p.is_consented ORDER BY p.id`,
      [[...new Set(sold.map(({ cabinetId }) => cabinetId))]],
    );
    const courses = await this.coursesOf(rows.map(shaped), 'UNSOLD');
    return sold.flatMap(({ orderLineId, cabinetId, slotCode, paidAt }) => {
      const course = courses.find(
        (each) =>
          each.cabinetId === cabinetId &&
          each.slotCodes.includes(slotCode) &&
          each.startsAt !== null &&
          each.startsAt <= paidAt &&
          (each.endsAt === null || paidAt < each.endsAt),
      );
      return course ? [{ orderLineId, grower: growerOf(course) }] : [];
    });
  }

  /** Null unless everybody may see it. */
  async shownPhoto(pairingId: string): Promise<string | null> {
    const [row] = await this.database.query<{ photoId: string | null }>(
      "SELECT photo_id AS photoId FROM pairing WHERE id = ? AND state = 'ACTIVE' AND is_consented",
      [pairingId],
    );
    return row?.photoId ?? null;
  }

  /** For officials who look before it is shown, and afterwards at what was. Null outside the divisions, and where nothing may be kept. */
  async photoWithin(
    pairingId: string,
    divisions: readonly string[] | 'ALL',
  ): Promise<{ readonly photoId: string; readonly villageCode: string } | null> {
    const within = this.within({ divisions });
    const [row] = await this.database.query<{ photoId: string; villageCode: string }>(
      `SELECT p.photo_id AS photoId, p.village_code AS villageCode FROM pairing p
       WHERE p.id = ? AND p.photo_id IS NOT NULL AND p.is_consented AND ${within.sql}`,
      [pairingId, ...within.values],
    );
    return row ?? null;
  }

  private within(scope: PairingScope) {
    if ('divisions' in scope) return withinScope('p.village_code', scope.divisions);
    if (scope.merchantIds.length === 0) return { sql: 'FALSE', values: [] };
    return { sql: 'p.merchant_id IN (?)', values: [scope.merchantIds] };
  }

  /** UNSOLD: what was sold is not added up, because a screen that asks every few seconds does not show it. */
  private async coursesOf(
    rows: readonly PairingRow[],
    what: 'WHOLE' | 'UNSOLD' = 'WHOLE',
  ): Promise<PairingCourse[]> {
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    const agreementIds = [...new Set(rows.map(({ agreementId }) => agreementId))];
    const [slots, paired, terms, agreed] = await Promise.all([
      this.database.query<{ pairingId: string; slotCode: string }>(
        'SELECT pairing_id AS pairingId, slot_code AS slotCode FROM pairing_slot WHERE pairing_id IN (?) ORDER BY pairing_id, slot_code',
        [ids],
      ),
      this.database.query<{ pairingId: string; householdId: IdOf<'hhd'> }>(
        'SELECT pairing_id AS pairingId, household_id AS householdId FROM pairing_household WHERE pairing_id IN (?) ORDER BY pairing_id, household_id',
        [ids],
      ),
      this.agreements.termsOf(agreementIds),
      this.agreements.householdsOf(agreementIds),
    ]);
    const now = this.clock.now();
    const begun = rows.flatMap((row) => (row.startsAt === null ? [] : [{ ...row, startsAt: row.startsAt }]));
    const codesOf = (id: string) =>
      slots.filter(({ pairingId }) => pairingId === id).map(({ slotCode }) => slotCode);
    const spans = begun.map(({ id, cabinetId, startsAt, endsAt }) => ({
      key: id,
      cabinetId,
      slotCodes: codesOf(id),
      from: startsAt,
      before: endsAt ?? plus(now, 1),
    }));
    const wished = begun.flatMap(({ id, agreementId, startsAt }) =>
      paired
        .filter(({ pairingId }) => pairingId === id)
        .map(({ householdId }) => ({ key: id, agreementId, householdId, from: startsAt })),
    );
    const [sold, paid, households] = await Promise.all([
      this.sales.sold(what === 'WHOLE' ? spans : []),
      this.payments.paidSince(wished),
      this.households.byIds([...new Set(paired.map(({ householdId }) => householdId))]),
    ]);
    const villages = await this.divisions.byCodes([
      ...new Set(households.map(({ villageCode }) => villageCode)),
    ]);
    return rows.map((row): PairingCourse => {
      const householdIds = paired
        .filter(({ pairingId }) => pairingId === row.id)
        .map(({ householdId }) => householdId);
      const own = householdIds.flatMap((householdId) => households.filter(({ id }) => id === householdId));
      const ownVillages = new Set(own.map(({ villageCode }) => villageCode));
      const stated = terms.filter(({ agreementId }) => agreementId === row.agreementId).at(-1);
      const weight = agreed
        .filter(
          ({ agreementId, householdId }) =>
            agreementId === row.agreementId && householdIds.includes(householdId),
        )
        .reduce((sum, each) => sum + each.weight, 0);
      const { soldFen = 0n, soldUnits = 0 } = sold.get(row.id) ?? {};
      const { paidFen = 0n, lastPaidOn = null } = paid.get(row.id) ?? {};
      const statedYearFen = stated?.statedYearFen ?? null;
      return {
        ...row,
        slotCodes: codesOf(row.id),
        householdIds,
        shownName: shownNameOf(own.map(({ headName }) => headName)),
        villageName: villages
          .filter(({ code }) => ownVillages.has(code))
          .map(({ name }) => name)
          .join('、'),
        soldFen,
        soldUnits,
        statedShareFen: statedShareOf(soldFen, stated?.shareBps ?? null),
        statedYearFen: statedYearFen === null ? null : statedYearFen * BigInt(weight),
        paidFen,
        lastPaidOn,
        isUnpaid: isUnpaid({ ...row, soldFen, lastPaidOn }, now),
      };
    });
  }
}

/** Somebody may stand behind slots of two cabinets: what they were paid by one agreement is counted once, since the first of the pairings. */
function paidOnceOf(courses: readonly PairingCourse[]) {
  const first = new Map<string, { key: string; agreementId: string; householdId: string; from: Date }>();
  for (const { agreementId, householdIds, startsAt } of courses) {
    if (startsAt === null) continue;
    for (const householdId of householdIds) {
      const key = `${agreementId}/${householdId}`;
      const known = first.get(key);
      if (!known || startsAt < known.from) first.set(key, { key, agreementId, householdId, from: startsAt });
    }
  }
  return [...first.values()];
}

function growerOf(course: PairingCourse): PairedGrower {
  const { id, slotCodes, shownName, villageName, story, photoId, state, paidFen, lastPaidOn } = course;
  return {
    pairingId: id,
    slotCodes,
    shownName,
    villageName,
    story,
    hasPhoto: photoId !== null && state === 'ACTIVE',
    paidFen,
    paidMonth: lastPaidOn === null ? null : `${lastPaidOn.slice(0, 7)}-01`,
  };
}
