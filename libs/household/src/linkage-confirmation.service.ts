import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, DAY_MS, type IdOf, type InvalidInputError, NotFound, plus } from '#libs/kernel';
import { Database } from '#platform/database';
import type { ConfirmationAnswer, LinkagePaymentId } from './linkage-payment.entity.js';
import { LinkagePaymentReader, type LinkagePaymentRow } from './linkage-payment.reader.js';
import { LinkagePaymentRepository } from './linkage-payment.repository.js';
import { LinkageConfirmationClosedError, LinkagePaymentReversedError } from './linkage.errors.js';
import { confirmationStateOf, refuseAnswer } from './linkage.rules.js';

/** As long as it takes until somebody has been to a village and its young have been asked what the link is. */
const LINK_MS = 14 * DAY_MS;
/** Nobody guesses 256 bits. */
const TOKEN_BYTES = 32;

export interface ConfirmationLink {
  readonly token: string;
  readonly expiresAt: Date;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * A household says whether it was given the money, without signing in. The link comes from the officials of its county and never from the merchant, who
 * would otherwise answer for it.
 */
@Injectable()
export class LinkageConfirmationService {
  constructor(
    private readonly database: Database,
    private readonly payments: LinkagePaymentRepository,
    private readonly reader: LinkagePaymentReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The token is told once. A further link takes the place of the one before. */
  issue(
    paymentId: string,
    by: { readonly userId: IdOf<'usr'>; readonly divisions: readonly string[] | 'ALL' },
  ): Promise<ConfirmationLink | LinkagePaymentReversedError | LinkageConfirmationClosedError> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    return this.database.transaction(async (tx) => {
      const payment = await this.payments.lock(tx, paymentId, { divisions: by.divisions });
      if (!payment) throw new NotFound('LinkagePayment', paymentId);
      if (payment.reversesId !== null || (await this.payments.reversalOf(tx, payment.id)))
        return new LinkagePaymentReversedError();
      const issuedAt = this.clock.now();
      const expiresAt = plus(issuedAt, LINK_MS);
      const answered = await this.payments.ask(tx, {
        paymentId: payment.id,
        tokenHash: hashOf(token),
        issuedBy: by.userId,
        issuedAt,
        expiresAt,
        answer: null,
        answeredAt: null,
        reason: '',
      });
      if (answered !== null) return new LinkageConfirmationClosedError(answered);
      await this.audit.record(tx, {
        actorId: by.userId,
        act: 'linkage.confirmation_issued',
        subject: payment.id,
        divisionCode: payment.villageCode,
      });
      return { token, expiresAt };
    });
  }

  /** Null for no link of ours. */
  asked(token: string): Promise<(LinkagePaymentRow & { readonly expiresAt: Date }) | null> {
    return this.reader.byTokenHash(hashOf(token));
  }

  /** Once; the same answer again changes nothing. A no is a flag for the official. Throws NotFound for no link of ours. */
  answer(
    token: string,
    answer: ConfirmationAnswer,
    reason: string,
  ): Promise<LinkagePaymentId | InvalidInputError | LinkageConfirmationClosedError> {
    return this.database.transaction(async (tx) => {
      const asked = await this.payments.lockByToken(tx, hashOf(token));
      if (!asked) throw new NotFound('LinkageConfirmation', '');
      const invalid = refuseAnswer(answer, reason);
      if (invalid) return invalid;
      const at = this.clock.now();
      const state = confirmationStateOf({ ...asked, isReversed: asked.isReversed === 1 }, at);
      if (state === answer) return asked.paymentId;
      if (state !== 'OPEN') return new LinkageConfirmationClosedError(state);
      await this.payments.answer(tx, asked.paymentId, { answer, answeredAt: at, reason: reason.trim() });
      if (answer === 'NOT_RECEIVED')
        await this.payments.raise(
          tx,
          { id: asked.paymentId, villageCode: asked.villageCode },
          ['DENIED'],
          at,
        );
      await this.audit.record(tx, {
        actorId: null,
        act: answer === 'RECEIVED' ? 'linkage.confirmed' : 'linkage.denied',
        subject: asked.paymentId,
        divisionCode: asked.villageCode,
      });
      return asked.paymentId;
    });
  }
}
