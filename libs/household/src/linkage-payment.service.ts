import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import {
  Clock,
  type Fen,
  type IdOf,
  type InvalidInputError,
  NotFound,
  businessDay,
  newId,
  present,
} from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { LinkageAgreementReader } from './linkage-agreement.reader.js';
import type { LinkagePayment, LinkagePaymentId } from './linkage-payment.entity.js';
import { LinkagePaymentRepository, type SameSum } from './linkage-payment.repository.js';
import { LinkagePhotoService } from './linkage-photo.service.js';
import { LinkageKeyUsedError, LinkagePaymentReversedError, LinkageStateError } from './linkage.errors.js';
import { LinkageRepository } from './linkage.repository.js';
import { KIND_RULES, type PaymentWish, refusePayment, refuseReversal } from './linkage.rules.js';
import type { LinkageActor } from './linkage.service.js';
import type { LinkageKind } from './linkage.entity.js';
import { isAsStated, suspicionsOf } from './payment-check.rules.js';

/** More households that were given one sum need not be looked at to see that it is a list. */
const SAME_SUM_MAX = 1_000;

export interface PaidWish extends PaymentWish {
  readonly agreementId: string;
}

/** What households were given, each time with evidence. Nothing is changed afterwards: it is reversed. */
@Injectable()
export class LinkagePaymentService {
  constructor(
    private readonly database: Database,
    private readonly agreements: LinkageRepository,
    private readonly terms: LinkageAgreementReader,
    private readonly payments: LinkagePaymentRepository,
    private readonly photos: LinkagePhotoService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key and content again is the same payment. Suspicions do not hold it up: it was paid. */
  record(
    wish: PaidWish,
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkagePaymentId | InvalidInputError | LinkageStateError | LinkageKeyUsedError> {
    return this.database.transaction(async (tx) => {
      const agreement = await this.agreements.lock(tx, wish.agreementId, { merchantIds });
      if (!agreement) throw new NotFound('LinkageAgreement', wish.agreementId);
      if (agreement.signedAt === null) return new LinkageStateError('DRAFT');
      const invalid = refusePayment(agreement, wish, businessDay(this.clock.now()));
      if (invalid) return invalid;
      const category = present(wish.category ?? KIND_RULES[agreement.kind].categories[0], 'a kind that pays');
      const known = await this.payments.byKey(tx, agreement.merchantId, wish.idempotencyKey);
      if (known) return (await this.isSame(tx, known, wish, category)) ? known.id : new LinkageKeyUsedError();
      const paid = await this.payments.household(tx, agreement.id, wish.householdId);
      if (!paid) throw new NotFound('Household', wish.householdId);
      const payment: LinkagePayment = {
        id: newId('lpm'),
        agreementId: agreement.id,
        merchantId: agreement.merchantId,
        householdId: paid.householdId,
        villageCode: paid.villageCode,
        category,
        amountFen: wish.amountFen,
        paidOn: wish.paidOn,
        note: wish.note.trim(),
        reversesId: null,
        idempotencyKey: wish.idempotencyKey,
        recordedBy: userId,
        recordedAt: this.clock.now(),
      };
      await this.payments.insert(tx, payment);
      await this.photos.attach(tx, payment.id, wish.photoIds, userId);
      const statedOf = await this.statedBy(tx, [agreement.id]);
      const statedYearFen = statedOf(agreement.id, paid.weight);
      const isStated = isAsStated({ amountFen: payment.amountFen, statedYearFen });
      const alike = isStated ? [] : await this.alike(tx, payment, agreement.kind);
      const householdsWithSameSum = new Set(alike.map(({ householdId }) => householdId)).size;
      const checked = await this.payments.checkedOf(tx, payment, agreement.kind, statedYearFen);
      const suspicions = suspicionsOf({ ...checked, householdsWithSameSum });
      await this.payments.raise(tx, payment, suspicions, this.clock.now());
      // The one that makes a list of them is no more suspect than those before it.
      if (suspicions.includes('SAME_SUM'))
        for (const before of alike)
          if (before.isFlagged === 0) await this.payments.raise(tx, before, ['SAME_SUM'], this.clock.now());
      await this.note(tx, payment, 'linkage.paid', userId);
      return payment.id;
    });
  }

  /** It was not paid, or not so. The same again changes nothing. */
  reverse(
    paymentId: string,
    { reason, idempotencyKey }: { readonly reason: string; readonly idempotencyKey: string },
    { userId, merchantIds }: LinkageActor,
  ): Promise<LinkagePaymentId | InvalidInputError | LinkagePaymentReversedError | LinkageKeyUsedError> {
    return this.database.transaction(async (tx) => {
      const payment = await this.payments.lock(tx, paymentId, { merchantIds });
      if (!payment) throw new NotFound('LinkagePayment', paymentId);
      const invalid = refuseReversal(reason, idempotencyKey);
      if (invalid) return invalid;
      const known = await this.payments.byKey(tx, payment.merchantId, idempotencyKey);
      if (known)
        return known.reversesId === payment.id && known.note === reason.trim()
          ? known.id
          : new LinkageKeyUsedError();
      if (payment.reversesId !== null || (await this.payments.reversalOf(tx, payment.id)))
        return new LinkagePaymentReversedError();
      const { agreementId, merchantId, householdId, villageCode, category, paidOn } = payment;
      const reversal: LinkagePayment = {
        id: newId('lpm'),
        agreementId,
        merchantId,
        householdId,
        villageCode,
        category,
        amountFen: 0n - payment.amountFen,
        paidOn,
        note: reason.trim(),
        reversesId: payment.id,
        idempotencyKey,
        recordedBy: userId,
        recordedAt: this.clock.now(),
      };
      await this.payments.insert(tx, reversal);
      await this.note(tx, reversal, 'linkage.payment_reversed', userId);
      return reversal.id;
    });
  }

  /** Who was given that sum as well, without whoever was to be given it. */
  private async alike(tx: Tx, payment: LinkagePayment, kind: LinkageKind): Promise<SameSum[]> {
    const { amountFen } = payment;
    const same = await this.payments.sameSum(tx, payment, kind, SAME_SUM_MAX);
    const statedOf = await this.statedBy(tx, [...new Set(same.map(({ agreementId }) => agreementId))]);
    return same.filter(
      ({ agreementId, weight }) => !isAsStated({ amountFen, statedYearFen: statedOf(agreementId, weight) }),
    );
  }

  /** What agreements state as they are now, of a household that has so much weight in one of them. */
  private async statedBy(
    tx: Tx,
    agreementIds: readonly string[],
  ): Promise<(agreementId: string, weight: number) => Fen | null> {
    const terms = await this.terms.termsOf(agreementIds, tx);
    return (id, weight) => {
      const stated = terms.findLast(({ agreementId }) => agreementId === id)?.statedYearFen ?? null;
      return stated === null ? null : stated * BigInt(weight);
    };
  }

  private async isSame(
    tx: Tx,
    kept: LinkagePayment,
    wish: PaidWish,
    category: LinkagePayment['category'],
  ): Promise<boolean> {
    return (
      kept.reversesId === null &&
      kept.agreementId === wish.agreementId &&
      kept.householdId === wish.householdId &&
      kept.amountFen === wish.amountFen &&
      kept.paidOn === wish.paidOn &&
      kept.category === category &&
      kept.note === wish.note.trim() &&
      (await this.payments.photosOf(tx, kept.id)).join() === wish.photoIds.join()
    );
  }

  private note(
    tx: Tx,
    { id, villageCode, merchantId, amountFen }: LinkagePayment,
    act: string,
    actorId: IdOf<'usr'>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act,
      subject: id,
      divisionCode: villageCode,
      detail: { merchantId, amountFen: amountFen.toString() },
    });
  }
}
