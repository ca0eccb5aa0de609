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
import { Database } from '#platform/database';
import type { HouseholdId } from './household.entity.js';
import type { IncomeCategory } from './income-book.rules.js';
import type {
  ConfirmationAnswer,
  LinkageFlagId,
  LinkageFlagState,
  LinkagePaymentId,
  PaymentRule,
} from './linkage-payment.entity.js';
import { type LinkageScope, paymentsWithin } from './linkage-scope.rules.js';
import type { LinkageAgreementId } from './linkage.entity.js';
import { type ConfirmationState, confirmationStateOf } from './linkage.rules.js';

export interface LinkagePaymentRow {
  readonly id: LinkagePaymentId;
  readonly agreementId: LinkageAgreementId;
  readonly merchantId: IdOf<'mer'>;
  readonly householdId: HouseholdId;
  readonly villageCode: string;
  readonly category: IncomeCategory;
  readonly amountFen: Fen;
  readonly paidOn: string;
  readonly note: string;
  readonly reversesId: LinkagePaymentId | null;
  /** By what it was reversed; null while it stands. */
  readonly reversedById: LinkagePaymentId | null;
  readonly recordedAt: Date;
  readonly confirmationState: ConfirmationState;
  readonly answerReason: string;
  /** An official has found something wrong about it. */
  readonly isUpheld: boolean;
}

export interface LinkageFlagRow {
  readonly id: LinkageFlagId;
  readonly paymentId: LinkagePaymentId;
  readonly rule: PaymentRule;
  readonly state: LinkageFlagState;
  readonly note: string;
  readonly raisedAt: Date;
  readonly decidedAt: Date | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const LINKAGE_PAYMENT_KEY_PARTS = 1;
export const LINKAGE_FLAG_KEY_PARTS = 1;

type Source = Omit<LinkagePaymentRow, 'amountFen' | 'confirmationState' | 'isUpheld'> & {
  readonly amountFen: string;
  readonly isUpheld: number;
  readonly answer: ConfirmationAnswer | null;
  readonly expiresAt: Date | null;
};

const PAYMENT = `SELECT p.id, p.agreement_id AS agreementId, p.merchant_id AS merchantId, p.household_id AS householdId, p.village_code AS villageCode,
  p.category, p.amount_fen AS amountFen, p.paid_on AS paidOn, p.note, p.reverses_id AS reversesId, r.id AS reversedById, p.recorded_at AS recordedAt,
  c.answer, c.expires_at AS expiresAt, COALESCE(c.reason, '') AS answerReason,
  EXISTS (SELECT 1 FROM linkage_flag f WHERE f.payment_id = p.id AND f.state = 'UPHELD') AS isUpheld
  FROM linkage_payment p LEFT JOIN linkage_payment r ON r.reverses_id = p.id LEFT JOIN linkage_confirmation c ON c.payment_id = p.id`;

const FLAG = `SELECT f.id, f.payment_id AS paymentId, f.rule, f.state, f.note, f.raised_at AS raisedAt, f.decided_at AS decidedAt
  FROM linkage_flag f JOIN linkage_payment p ON p.id = f.payment_id`;

@Injectable()
export class LinkagePaymentReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** By an agreement or to a household, or all of them; newest first. */
  async page(
    scope: LinkageScope,
    about: { readonly agreementId: string } | { readonly householdId: string } | null,
    { first, after }: PageRequest,
  ): Promise<Page<LinkagePaymentRow>> {
    const within = paymentsWithin(scope);
    const [column, id] =
      about === null
        ? ['', '']
        : 'agreementId' in about
          ? ['p.agreement_id', about.agreementId]
          : ['p.household_id', about.householdId];
    const rows = await this.database.query<Source>(
      `${PAYMENT} WHERE ${within.sql}${about === null ? '' : ` AND ${column} = ?`}${after === null ? '' : ' AND p.id < ?'} ORDER BY p.id DESC LIMIT ?`,
      [
        ...within.values,
        ...(about === null ? [] : [id]),
        ...(after === null ? [] : [after[0] ?? '']),
        first + 1,
      ],
    );
    return pageOf(rows.map(this.stated), first, (row) => [row.id]);
  }

  /** Null outside the scope. */
  async byId(id: string, scope: LinkageScope): Promise<LinkagePaymentRow | null> {
    const within = paymentsWithin(scope);
    const [row] = await this.database.query<Source>(`${PAYMENT} WHERE p.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ? this.stated(row) : null;
  }

  /** For whoever holds the link: it is the key. Null for no link of ours. */
  async byTokenHash(hash: string): Promise<(LinkagePaymentRow & { readonly expiresAt: Date }) | null> {
    const [row] = await this.database.query<Source>(`${PAYMENT} WHERE c.token_hash = ?`, [hash]);
    return row?.expiresAt ? { ...this.stated(row), expiresAt: row.expiresAt } : null;
  }

  /** Of payments that were found within a scope. */
  async byIds(ids: readonly string[]): Promise<LinkagePaymentRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<Source>(`${PAYMENT} WHERE p.id IN (?)`, [ids]);
    return rows.map(this.stated);
  }

  /** To households by an agreement since a day, what was reversed or is denied left out; added up by key. One statement. */
  async paidSince(
    asked: readonly {
      readonly key: string;
      readonly agreementId: string;
      readonly householdId: string;
      readonly from: Date;
    }[],
  ): Promise<ReadonlyMap<string, { readonly paidFen: Fen; readonly lastPaidOn: string }>> {
    if (asked.length === 0) return new Map();
    const one =
      'SELECT CONVERT(? USING ascii) AS asked_key, CONVERT(? USING ascii) AS agreement_id, CONVERT(? USING ascii) AS household_id, CAST(? AS DATE) AS from_on';
    const rows = await this.database.query<{ askedKey: string; paidFen: string; lastPaidOn: string }>(
      `SELECT s.asked_key AS askedKey, SUM(p.amount_fen) AS paidFen, MAX(p.paid_on) AS lastPaidOn FROM (${asked.map(() => one).join(' UNION ALL ')}) s
       JOIN linkage_payment p ON p.agreement_id = s.agreement_id AND p.household_id = s.household_id AND p.paid_on >= s.from_on
       LEFT JOIN linkage_confirmation c ON c.payment_id = p.id
       WHERE p.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM linkage_payment r WHERE r.reverses_id = p.id) AND COALESCE(c.answer, '') <> 'NOT_RECEIVED'
       GROUP BY s.asked_key`,
      asked.flatMap(({ key, agreementId, householdId, from }) => [
        key,
        agreementId,
        householdId,
        businessDay(from),
      ]),
    );
    return new Map(
      rows.map(({ askedKey, paidFen, lastPaidOn }) => [askedKey, { paidFen: fen(paidFen), lastPaidOn }]),
    );
  }

  /** What looks wrong, oldest first. */
  async flags(
    scope: LinkageScope,
    state: LinkageFlagState,
    { first, after }: PageRequest,
  ): Promise<Page<LinkageFlagRow>> {
    const within = paymentsWithin(scope);
    const rows = await this.database.query<LinkageFlagRow>(
      `${FLAG} WHERE ${within.sql} AND f.state = ?${after === null ? '' : ' AND f.id > ?'} ORDER BY f.id LIMIT ?`,
      [...within.values, state, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async flag(id: string, scope: LinkageScope): Promise<LinkageFlagRow | null> {
    const within = paymentsWithin(scope);
    const [row] = await this.database.query<LinkageFlagRow>(`${FLAG} WHERE f.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }

  private readonly stated = ({ answer, expiresAt, ...row }: Source): LinkagePaymentRow => ({
    ...row,
    amountFen: fen(row.amountFen),
    isUpheld: row.isUpheld === 1,
    confirmationState: confirmationStateOf(
      expiresAt && { answer, expiresAt, isReversed: row.reversedById !== null },
      this.clock.now(),
    ),
  });
}
