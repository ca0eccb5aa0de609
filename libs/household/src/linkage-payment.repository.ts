import { Injectable } from '@nestjs/common';
import { type Fen, type IdOf, fen, newId } from '#libs/kernel';
import { type Tx, unlessTaken } from '#platform/database';
import type { HouseholdId } from './household.entity.js';
import {
  LinkageConfirmation,
  LinkageFlag,
  type LinkageFlagState,
  LinkagePayment,
  type LinkagePaymentId,
  type PaymentRule,
} from './linkage-payment.entity.js';
import { type LinkageScope, paymentsWithin } from './linkage-scope.rules.js';
import type { LinkageKind } from './linkage.entity.js';
import type { CheckedMember, CheckedPayment } from './payment-check.rules.js';

export interface PaidHousehold {
  readonly householdId: HouseholdId;
  readonly villageCode: string;
  readonly weight: number;
}

/** Somebody was given the same. */
export interface SameSum {
  readonly id: LinkagePaymentId;
  readonly agreementId: string;
  readonly householdId: HouseholdId;
  readonly villageCode: string;
  readonly weight: number;
  readonly isFlagged: number;
}

export interface LockedConfirmation {
  readonly paymentId: LinkagePaymentId;
  readonly villageCode: string;
  readonly answer: LinkageConfirmation['answer'];
  readonly expiresAt: Date;
  readonly isReversed: number;
}

/** What was reversed was not paid, and a reversal is no payment. */
const STANDS =
  'p.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM linkage_payment r WHERE r.reverses_id = p.id)';

@Injectable()
export class LinkagePaymentRepository {
  async household(tx: Tx, agreementId: string, householdId: string): Promise<PaidHousehold | null> {
    const [row] = await tx.query<PaidHousehold>(
      `SELECT h.id AS householdId, h.village_code AS villageCode, l.weight FROM linkage_household l JOIN household h ON h.id = l.household_id
       WHERE l.agreement_id = ? AND l.household_id = ?`,
      [agreementId, householdId],
    );
    return row ?? null;
  }

  byKey(tx: Tx, merchantId: string, key: string): Promise<LinkagePayment | null> {
    return tx.manager.findOneBy(LinkagePayment, {
      merchantId: merchantId as IdOf<'mer'>,
      idempotencyKey: key,
    });
  }

  async photosOf(tx: Tx, paymentId: string): Promise<string[]> {
    const rows = await tx.query<{ photoId: string }>(
      'SELECT photo_id AS photoId FROM linkage_photo WHERE subject_id = ? ORDER BY position',
      [paymentId],
    );
    return rows.map(({ photoId }) => photoId);
  }

  /** The key is one of the whole merchant's, and another agreement's lock does not keep it: whoever comes second looks it up again. */
  async insert(tx: Tx, payment: LinkagePayment): Promise<void> {
    await unlessTaken('the key was used meanwhile', () => tx.manager.insert(LinkagePayment, payment));
  }

  /** Whoever reverses it, asks about it or decides takes it first. */
  async lock(tx: Tx, id: string, scope: LinkageScope): Promise<LinkagePayment | null> {
    const within = paymentsWithin(scope);
    const [row] = await tx.query<{ id: LinkagePaymentId }>(
      `SELECT p.id FROM linkage_payment p WHERE p.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ? tx.manager.findOneBy(LinkagePayment, { id: row.id }) : null;
  }

  async reversalOf(tx: Tx, id: string): Promise<LinkagePayment | null> {
    return tx.manager.findOneBy(LinkagePayment, { reversesId: id as LinkagePaymentId });
  }

  /** What the rules look at but for who else was given that sum. Two statements. */
  async checkedOf(
    tx: Tx,
    payment: LinkagePayment,
    kind: LinkageKind,
    statedYearFen: Fen | null,
  ): Promise<Omit<CheckedPayment, 'householdsWithSameSum'>> {
    const year = payment.paidOn.slice(0, 4);
    const [sum] = await tx.query<{ paidFen: string }>(
      `SELECT COALESCE(SUM(p.amount_fen), 0) AS paidFen FROM linkage_payment p
       WHERE p.agreement_id = ? AND p.household_id = ? AND p.paid_on BETWEEN ? AND ? AND ${STANDS}`,
      [payment.agreementId, payment.householdId, `${year}-01-01`, `${year}-12-31`],
    );
    return {
      kind,
      amountFen: payment.amountFen,
      paidOn: payment.paidOn,
      statedYearFen,
      paidOfYearFen: fen(sum?.paidFen ?? '0'),
      members: await this.membersOf(tx, payment.householdId),
    };
  }

  /**
   * Payments of its sum in its month by the merchant's agreements of its kind, itself included, that stand; those that are flagged for that first. Locked, because another
   * agreement's payments are kept by another lock: of two at once one waits for the other, or comes again and sees it.
   */
  sameSum(tx: Tx, payment: LinkagePayment, kind: LinkageKind, max: number): Promise<SameSum[]> {
    const month = payment.paidOn.slice(0, 7);
    return tx.query(
      `SELECT p.id, p.agreement_id AS agreementId, p.household_id AS householdId, p.village_code AS villageCode, l.weight,
         EXISTS (SELECT 1 FROM linkage_flag f WHERE f.payment_id = p.id AND f.rule = 'SAME_SUM') AS isFlagged
       FROM linkage_agreement a JOIN linkage_payment p ON p.agreement_id = a.id
       JOIN linkage_household l ON l.agreement_id = p.agreement_id AND l.household_id = p.household_id
       WHERE a.merchant_id = ? AND a.kind = ? AND p.amount_fen = ? AND p.paid_on BETWEEN ? AND LAST_DAY(?) AND ${STANDS}
       ORDER BY isFlagged DESC, p.id LIMIT ? FOR UPDATE`,
      [payment.merchantId, kind, payment.amountFen, `${month}-01`, `${month}-01`, max],
    );
  }

  membersOf(tx: Tx, householdId: string): Promise<CheckedMember[]> {
    return tx
      .query<{ isHead: number; state: CheckedMember['state']; leftOn: string | null }>(
        'SELECT is_head AS isHead, state, left_on AS leftOn FROM household_member WHERE household_id = ?',
        [householdId],
      )
      .then((rows) => rows.map((row) => ({ ...row, isHead: row.isHead === 1 })));
  }

  /** Payments that stand, to a household, after a day; with the kind of what they were paid by. */
  async paidAfter(
    tx: Tx,
    householdId: string,
    day: string,
    max: number,
  ): Promise<{ id: LinkagePaymentId; paidOn: string; villageCode: string; kind: LinkageKind }[]> {
    return tx.query(
      `SELECT p.id, p.paid_on AS paidOn, p.village_code AS villageCode, a.kind FROM linkage_payment p JOIN linkage_agreement a ON a.id = p.agreement_id
       WHERE p.household_id = ? AND p.paid_on > ? AND ${STANDS} ORDER BY p.id LIMIT ?`,
      [householdId, day, max],
    );
  }

  /** A rule that is there already stays as it stands. */
  async raise(
    tx: Tx,
    payment: { readonly id: LinkagePaymentId; readonly villageCode: string },
    rules: readonly PaymentRule[],
    raisedAt: Date,
  ): Promise<void> {
    for (const rule of rules)
      await tx.write(
        `INSERT INTO linkage_flag (id, payment_id, village_code, rule, state, note, raised_at) VALUES (?, ?, ?, ?, 'OPEN', '', ?)
         ON DUPLICATE KEY UPDATE id = id`,
        [newId('lfl'), payment.id, payment.villageCode, rule, raisedAt],
      );
  }

  /** The newest link is the one that counts. What was answered stays, and is told. */
  async ask(tx: Tx, confirmation: LinkageConfirmation): Promise<LinkageConfirmation['answer']> {
    const [kept] = await tx.query<Pick<LinkageConfirmation, 'answer'>>(
      'SELECT answer FROM linkage_confirmation WHERE payment_id = ? FOR UPDATE',
      [confirmation.paymentId],
    );
    if (kept && kept.answer !== null) return kept.answer;
    if (kept) await tx.manager.delete(LinkageConfirmation, { paymentId: confirmation.paymentId });
    await tx.manager.insert(LinkageConfirmation, confirmation);
    return null;
  }

  async lockByToken(tx: Tx, tokenHash: string): Promise<LockedConfirmation | null> {
    const [row] = await tx.query<LockedConfirmation>(
      `SELECT c.payment_id AS paymentId, p.village_code AS villageCode, c.answer, c.expires_at AS expiresAt,
         EXISTS (SELECT 1 FROM linkage_payment r WHERE r.reverses_id = p.id) AS isReversed
       FROM linkage_confirmation c JOIN linkage_payment p ON p.id = c.payment_id WHERE c.token_hash = ? FOR UPDATE`,
      [tokenHash],
    );
    return row ?? null;
  }

  async answer(tx: Tx, paymentId: LinkagePaymentId, changes: Partial<LinkageConfirmation>): Promise<void> {
    await tx.manager.update(LinkageConfirmation, { paymentId }, changes);
  }

  async lockFlag(tx: Tx, id: string, scope: LinkageScope): Promise<LinkageFlag | null> {
    const within = paymentsWithin(scope);
    const [row] = await tx.query<{ id: LinkageFlag['id'] }>(
      `SELECT f.id FROM linkage_flag f JOIN linkage_payment p ON p.id = f.payment_id WHERE f.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ? tx.manager.findOneBy(LinkageFlag, { id: row.id }) : null;
  }

  async decide(
    tx: Tx,
    id: LinkageFlag['id'],
    decided: {
      readonly state: LinkageFlagState;
      readonly note: string;
      readonly decidedBy: IdOf<'usr'>;
      readonly decidedAt: Date;
    },
  ): Promise<void> {
    await tx.manager.update(LinkageFlag, { id }, decided);
  }
}
