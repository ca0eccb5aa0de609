import type { Fen, Locale } from '#libs/kernel';

/** What somebody is reminded to pay for. */
export interface PaymentReminder {
  readonly orderId: string;
  /** How far it is due, in the word of whoever reminds. */
  readonly stage: string;
  readonly dueOn: string;
  readonly openFen: Fen;
}

/** What somebody is asked when a promised day is not kept. */
export interface DelayMessage {
  readonly orderId: string;
  readonly promisedOn: string;
  readonly proposedOn: string;
  readonly answerDueAt: Date;
}

/** Carries one-time codes, reminders and notices to phones. */
export abstract class SmsGateway {
  /** True only where there is no phone to reach: then the code is also shown to whoever asked for it. */
  abstract readonly showsCodes: boolean;

  /** Throws if the message was not taken; it may have been sent all the same. */
  abstract sendSignInCode(phone: string, code: string, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendPaymentReminder(phone: string, reminder: PaymentReminder, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendDelayNotice(phone: string, notice: DelayMessage, locale: Locale): Promise<void>;
}
