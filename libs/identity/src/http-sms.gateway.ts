import type { Locale } from '#libs/kernel';
import { Database } from '#platform/database';
import { CODE_LIFETIME_MS } from './sign-in.rules.js';
import {
  type AdoptionMessage,
  type DelayMessage,
  type DispatchMessage,
  type ListingMessage,
  type MerchantMessage,
  type StockMessage,
  type PaymentReminder,
  type PickUpMessage,
  type RecallMessage,
  SmsGateway,
  type TeamMessage,
} from './sms.gateway.js';

/** Past that the person asks again anyway. */
const TIMEOUT_MS = 5_000;

/**
 * Posts `{ template, locale, phone, code, expiresInSeconds }`, for a reminder `{ template, locale, phone, orderId, stage, dueOn, openFen }`, for a delay
 * `{ template, locale, phone, orderId, promisedOn, proposedOn, answerDueAt }`, for what is adopted
 * `{ template, locale, phone, orderId, tag, promisedOn, shortPortions }`, for a parcel in a cell
 * `{ template, locale, phone, orderId, placeName, cellCode, pickUpCode, keptUntil }`, for whoever is asked to work for a merchant
 * `{ template, locale, phone, merchantName, role, expiresAt }`, of goods of which little is left
 * `{ template, locale, phone, merchantName, productName, variantName, others }`, of goods that were handed in `{ template, locale, phone, goodsName, reason }`, of a batch that was recalled `{ template, locale, phone, orderId, productName, traceCode }`, or of a merchant's papers and application `{ template, locale, phone, merchantName, paperName, endsOn }`, of what has to leave `{ template, locale, phone, merchantName, late, dueToday, dueTomorrow }`, as JSON to the configured gateway, which owns wording and signature.
 */
export class HttpSmsGateway extends SmsGateway {
  readonly showsCodes = false;

  constructor(
    private readonly url: string,
    private readonly database: Pick<Database, 'assertNoneOpen'>,
  ) {
    super();
  }

  sendSignInCode(phone: string, code: string, locale: Locale): Promise<void> {
    return this.post({
      template: 'SIGN_IN_CODE',
      locale,
      phone,
      code,
      expiresInSeconds: CODE_LIFETIME_MS / 1000,
    });
  }

  sendPaymentReminder(
    phone: string,
    { orderId, stage, dueOn, openFen }: PaymentReminder,
    locale: Locale,
  ): Promise<void> {
    return this.post({
      template: 'PAYMENT_REMINDER',
      locale,
      phone,
      orderId,
      stage,
      dueOn,
      openFen: String(openFen),
    });
  }

  sendDelayNotice(
    phone: string,
    { orderId, promisedOn, proposedOn, answerDueAt }: DelayMessage,
    locale: Locale,
  ): Promise<void> {
    return this.post({
      template: 'DELAY_NOTICE',
      locale,
      phone,
      orderId,
      promisedOn,
      proposedOn,
      answerDueAt: answerDueAt.toISOString(),
    });
  }

  sendAdoptionNotice(
    phone: string,
    { news, orderId, tag, promisedOn, shortPortions }: AdoptionMessage,
    locale: Locale,
  ): Promise<void> {
    return this.post({
      template: `ADOPTION_${news}`,
      locale,
      phone,
      orderId,
      tag,
      promisedOn: promisedOn ?? '',
      shortPortions,
    });
  }

  sendPickUpNotice(
    phone: string,
    { news, keptUntil, ...notice }: PickUpMessage,
    locale: Locale,
  ): Promise<void> {
    return this.post({
      template: `PICK_UP_${news}`,
      locale,
      phone,
      ...notice,
      keptUntil: keptUntil.toISOString(),
    });
  }

  sendTeamInvitation(
    phone: string,
    { expiresAt, ...invitation }: TeamMessage,
    locale: Locale,
  ): Promise<void> {
    return this.post({
      template: 'TEAM_INVITATION',
      locale,
      phone,
      ...invitation,
      expiresAt: expiresAt.toISOString(),
    });
  }

  sendMerchantNotice(
    phone: string,
    { news, endsOn, ...notice }: MerchantMessage,
    locale: Locale,
  ): Promise<void> {
    return this.post({ template: `MERCHANT_${news}`, locale, phone, ...notice, endsOn: endsOn ?? '' });
  }

  sendDispatchReminder(phone: string, reminder: DispatchMessage, locale: Locale): Promise<void> {
    return this.post({ template: 'DISPATCH_REMINDER', locale, phone, ...reminder });
  }

  sendStockNotice(phone: string, notice: StockMessage, locale: Locale): Promise<void> {
    return this.post({ template: 'STOCK_LOW', locale, phone, ...notice });
  }

  sendRecallNotice(phone: string, { advice, ...notice }: RecallMessage, locale: Locale): Promise<void> {
    return this.post({ template: `RECALL_${advice}`, locale, phone, ...notice });
  }

  sendListingNotice(phone: string, { news, ...notice }: ListingMessage, locale: Locale): Promise<void> {
    return this.post({ template: `LISTING_${news}`, locale, phone, ...notice });
  }

  private async post(message: Readonly<Record<string, string | number>>): Promise<void> {
    this.database.assertNoneOpen();
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      redirect: 'error', // A redirected code would go to somebody else.
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`The SMS gateway answered ${response.status}.`);
  }
}
