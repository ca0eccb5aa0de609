import { Injectable } from '@nestjs/common';
import {
  Clock,
  type Fen,
  type IdOf,
  type Page,
  type PageRequest,
  businessDay,
  fen,
  pageOf,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { HouseholdId } from './household.entity.js';
import { maskName } from './household.rules.js';
import { type LinkageScope, agreementsWithin, householdsWithin } from './linkage-scope.rules.js';
import type { LinkageAgreementId, LinkageKind } from './linkage.entity.js';
import { type LinkageState, linkageStateOf } from './linkage.rules.js';

export interface LinkageAgreementRow {
  readonly id: LinkageAgreementId;
  readonly merchantId: IdOf<'mer'>;
  readonly kind: LinkageKind;
  readonly startsOn: string;
  readonly endsBefore: string | null;
  readonly signedAt: Date | null;
  readonly revision: number;
  readonly state: LinkageState;
  readonly createdAt: Date;
}

export interface LinkageTermRow {
  readonly id: IdOf<'ltm'>;
  readonly agreementId: LinkageAgreementId;
  readonly revision: number;
  readonly unitFen: Fen | null;
  readonly statedYearFen: Fen | null;
  readonly shareBps: number | null;
  readonly note: string;
  readonly setAt: Date;
}

/** The name is masked. */
export interface AgreedHouseholdRow {
  readonly agreementId: LinkageAgreementId;
  readonly householdId: HouseholdId;
  readonly headName: string;
  readonly villageCode: string;
  readonly weight: number;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const LINKAGE_AGREEMENT_KEY_PARTS = 1;

const AGREEMENT = `SELECT a.id, a.merchant_id AS merchantId, a.kind, a.starts_on AS startsOn, a.ends_before AS endsBefore, a.signed_at AS signedAt,
  a.revision, a.created_at AS createdAt FROM linkage_agreement a`;

type TermSource = Omit<LinkageTermRow, 'unitFen' | 'statedYearFen'> & {
  readonly unitFen: string | null;
  readonly statedYearFen: string | null;
};

@Injectable()
export class LinkageAgreementReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async page(scope: LinkageScope, { first, after }: PageRequest): Promise<Page<LinkageAgreementRow>> {
    const within = agreementsWithin(scope);
    const rows = await this.database.query<Omit<LinkageAgreementRow, 'state'>>(
      `${AGREEMENT} WHERE ${within.sql}${after === null ? '' : ' AND a.id < ?'} ORDER BY a.id DESC LIMIT ?`,
      [...within.values, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(rows.map(this.stated), first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async byId(
    id: string,
    scope: LinkageScope,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<LinkageAgreementRow | null> {
    const within = agreementsWithin(scope);
    const [row] = await on.query<Omit<LinkageAgreementRow, 'state'>>(
      `${AGREEMENT} WHERE a.id = ? AND ${within.sql}`,
      [id, ...within.values],
    );
    return row ? this.stated(row) : null;
  }

  /** In any order; those of other merchants are left out. */
  async ofMerchant(
    merchantId: string,
    { ids, keys }: { readonly ids: readonly string[]; readonly keys: readonly string[] },
  ): Promise<(LinkageAgreementRow & { readonly idempotencyKey: string | null })[]> {
    if (ids.length + keys.length === 0) return [];
    const rows = await this.database.query<
      Omit<LinkageAgreementRow, 'state'> & { readonly idempotencyKey: string | null }
    >(
      `${AGREEMENT.replace(' FROM', ', a.idempotency_key AS idempotencyKey FROM')} WHERE a.merchant_id = ? AND (a.id IN (?) OR a.idempotency_key IN (?))`,
      [merchantId, ['', ...ids], ['', ...keys]],
    );
    return rows.map(({ idempotencyKey, ...row }) => ({ ...this.stated(row), idempotencyKey }));
  }

  /** Those of them that are the merchant's, drafts too; whether they are in force is `LinkageReader`'s to say. */
  async ownOf(ids: readonly string[], merchantId: string): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM linkage_agreement WHERE id IN (?) AND merchant_id = ?',
      [ids, merchantId],
    );
    return rows.map(({ id }) => id);
  }

  /** Of agreements that were found within a scope, oldest edition first; so below. */
  async termsOf(
    agreementIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<LinkageTermRow[]> {
    if (agreementIds.length === 0) return [];
    const rows = await on.query<TermSource>(
      `SELECT id, agreement_id AS agreementId, revision, unit_fen AS unitFen, stated_year_fen AS statedYearFen, share_bps AS shareBps, note, set_at AS setAt
       FROM linkage_term WHERE agreement_id IN (?) ORDER BY agreement_id, revision`,
      [agreementIds],
    );
    return rows.map((row) => ({
      ...row,
      unitFen: row.unitFen === null ? null : fen(row.unitFen),
      statedYearFen: row.statedYearFen === null ? null : fen(row.statedYearFen),
    }));
  }

  /** In order of their ids, so that nobody reads a rank from it. */
  async householdsOf(agreementIds: readonly string[]): Promise<AgreedHouseholdRow[]> {
    if (agreementIds.length === 0) return [];
    const rows = await this.database.query<AgreedHouseholdRow>(
      `SELECT l.agreement_id AS agreementId, l.household_id AS householdId, h.head_name AS headName, h.village_code AS villageCode, l.weight
       FROM linkage_household l JOIN household h ON h.id = l.household_id WHERE l.agreement_id IN (?) ORDER BY l.agreement_id, l.household_id`,
      [agreementIds],
    );
    return rows.map((row) => ({ ...row, headName: maskName(row.headName) }));
  }

  /** What shows that something was signed, or paid, in its order. */
  async photosOf(
    subjectIds: readonly string[],
  ): Promise<{ readonly subjectId: string; readonly photoId: IdOf<'fil'> }[]> {
    if (subjectIds.length === 0) return [];
    return this.database.query(
      'SELECT subject_id AS subjectId, photo_id AS photoId FROM linkage_photo WHERE subject_id IN (?) ORDER BY subject_id, position',
      [subjectIds],
    );
  }

  /** The agreement that an edition is of; null for none. */
  async agreementOfTerm(termId: string): Promise<LinkageAgreementId | null> {
    const [row] = await this.database.query<{ agreementId: LinkageAgreementId }>(
      'SELECT agreement_id AS agreementId FROM linkage_term WHERE id = ?',
      [termId],
    );
    return row?.agreementId ?? null;
  }

  /** Those of these households that the merchants have been introduced to. */
  async introduced(
    householdIds: readonly string[],
    merchantId: string,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<Set<string>> {
    if (householdIds.length === 0) return new Set();
    const within = householdsWithin({ merchantIds: [merchantId] });
    const rows = await on.query<{ id: string }>(
      `SELECT h.id FROM household h WHERE h.id IN (?) AND ${within.sql}`,
      [householdIds, ...within.values],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private readonly stated = (row: Omit<LinkageAgreementRow, 'state'>): LinkageAgreementRow => ({
    ...row,
    state: linkageStateOf(row, businessDay(this.clock.now())),
  });
}
