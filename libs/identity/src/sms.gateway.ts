import type { Fen, Locale } from '#libs/kernel';
import type { TeamRole } from './team.rules.js';

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

/** What an adopter is told: that an instalment comes later, that less of it has grown than was promised, or that it came too late and comes no more. */
export interface AdoptionMessage {
  readonly news: 'DELAYED' | 'SHORT' | 'CALLED_OFF';
  readonly orderId: string;
  /** The number of the object. */
  readonly tag: string;
  /** The day that is promised now; null where nothing is. */
  readonly promisedOn: string | null;
  /** Portions that do not come and are paid back. */
  readonly shortPortions: number;
}

/** What somebody is told of a parcel in a cell: where it lies, by which code and until when, or that they are too late. */
export interface PickUpMessage {
  readonly news: 'PLACED' | 'OVERDUE';
  readonly orderId: string;
  readonly placeName: string;
  readonly cellCode: string;
  /** '' once it is worth nothing. */
  readonly pickUpCode: string;
  readonly keptUntil: Date;
}

/** What somebody is asked by an owner: for which merchant to work, as what, and until when they may say yes. */
export interface TeamMessage {
  readonly merchantName: string;
  readonly role: TeamRole;
  readonly expiresAt: Date;
}

/** What somebody is told of a merchant of theirs: that a paper of it ends or was looked at, or what became of their application. Why is said where they look. */
export interface MerchantMessage {
  readonly news:
    | 'PAPER_ENDING'
    | 'PAPER_ACCEPTED'
    | 'PAPER_RETURNED'
    | 'APPLICATION_RECOMMENDED'
    | 'APPLICATION_RETURNED'
    | 'APPLICATION_REFUSED'
    | 'APPLICATION_APPROVED'
    | 'CLOSING'
    | 'REOPENED'
    | 'CLOSED'
    | 'SUSPENDED'
    | 'REINSTATED'
    | 'CERTIFICATION_RETURNED'
    | 'CERTIFICATION_REFUSED'
    | 'CERTIFICATION_LISTED'
    | 'CERTIFICATION_REVOKED'
    | 'CERTIFICATION_ENDING'
    | 'CONTRACT_ENDING';
  readonly merchantName: string;
  /** Which paper, in the language of the message, whose recognition, or which contract; '' of the merchant itself. */
  readonly paperName: string;
  /** Its last day; null where it has none, and where that is not the news. */
  readonly endsOn: string | null;
}

/** What a merchant's owners are told in the morning: how many orders are late, and have to leave today and tomorrow. */
export interface DispatchMessage {
  readonly merchantName: string;
  readonly late: number;
  readonly dueToday: number;
  readonly dueTomorrow: number;
}

/** What an owner is told of their goods: of which little is left, and of how many others. */
export interface StockMessage {
  readonly merchantName: string;
  readonly productName: string;
  readonly variantName: string;
  /** Besides it. */
  readonly others: number;
}

/** What a buyer is told of a batch that was recalled: what it is, and what to do with it, in the words of whoever recalls. */
export interface RecallMessage {
  readonly orderId: string;
  readonly productName: string;
  readonly traceCode: string;
  readonly advice: 'DO_NOT_EAT' | 'THROW_AWAY' | 'SEND_BACK';
}

/** What a seller is told of goods they have handed in: on sale now, sent back with the first thing to mend, or held because of their price. */
export interface ListingMessage {
  readonly news: 'APPROVED' | 'RETURNED' | 'HELD';
  readonly goodsName: string;
  /** '' unless sent back. */
  readonly reason: string;
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

  /** Likewise. */
  abstract sendAdoptionNotice(phone: string, notice: AdoptionMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendPickUpNotice(phone: string, notice: PickUpMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendTeamInvitation(phone: string, invitation: TeamMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendMerchantNotice(phone: string, notice: MerchantMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendDispatchReminder(phone: string, reminder: DispatchMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendStockNotice(phone: string, notice: StockMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendRecallNotice(phone: string, notice: RecallMessage, locale: Locale): Promise<void>;

  /** Likewise. */
  abstract sendListingNotice(phone: string, notice: ListingMessage, locale: Locale): Promise<void>;
}
