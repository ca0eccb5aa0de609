import { DAY_MS, type Fen, MINUTE_MS, present, sumFen } from '#libs/kernel';
import {
  type CreatePayment,
  type CreateRefund,
  type DisputeSnapshot,
  type KeptNotification,
  type NotificationSubject,
  type Outcome,
  PaymentGateway,
  type PaymentMethod,
  type PaymentRef,
  type PaymentSnapshot,
  ProviderBalanceGateway,
  type RefundSnapshot,
  type VerifiedNotification,
} from '#libs/payment';
import { PayoutTransferGateway, type TransferOrder, type TransferSnapshot } from '#libs/settlement';

/** What the network does with one call. */
export type Line = 'GOOD' | 'LOST_ASKING' | 'LOST_ANSWERING' | 'DEAD_AFTER';

type Change<T> = { -readonly [K in keyof T]: T[K] };

interface Intent extends CreatePayment {
  readonly no: number;
  readonly intentRef: string;
  readonly checkoutRef: string | null;
  state: PaymentSnapshot['state'];
  capturedAt: Date | null;
  feeFen: Fen | null;
  readonly refunds: Change<RefundSnapshot>[];
  readonly disputes: Change<DisputeSnapshot>[];
}

interface Key<T> {
  readonly at: Date;
  readonly answer: T;
}

export interface ModelEvent {
  readonly id: string;
  readonly type: 'payment' | 'fee' | 'refund' | 'dispute';
  readonly objectId: string;
  readonly at: Date;
  readonly subject: NotificationSubject;
}

interface Transfer extends Change<TransferSnapshot> {
  readonly payoutId: string;
}

/** The provider forgets keys after a day. */
const KEY_MS = DAY_MS;
const SIGNATURE_AGE_MAX_MS = 5 * MINUTE_MS;
/** What it finds by our own words lags behind by so much. */
const INDEX_LAG_MS = 5 * MINUTE_MS;
const FEE_BPS = 220n;
const DISPUTE_FEE_FEN = 1_500n;

const noAnswer = { kind: 'unknown', reason: 'NO_ANSWER', detail: 'the line is dead' } as const;

/** The provider's side of everything: a few rules of Stripe's, no network, and time that never goes back. */
export class ModelProvider {
  readonly intents: Intent[] = [];
  readonly events: ModelEvent[] = [];
  readonly transfers: Transfer[] = [];
  private readonly keys = new Map<string, Key<unknown>>();
  private balanceFen = 0n;
  private count = 0;

  /** Asked before every call; `meanwhile` lets the world go on before the answer arrives. */
  line: () => Line = () => 'GOOD';
  die: () => Error = () => new Error('dead');
  meanwhile: () => Promise<void> = () => Promise.resolve();

  /** How far it lets us go below zero. */
  creditFen = 0n;

  constructor(public now: Date) {}

  /** What it owes us, or we it. */
  get balance(): Fen {
    return this.balanceFen;
  }

  async call<T>(act: () => T): Promise<T | typeof noAnswer> {
    const line = this.line();
    if (line === 'LOST_ASKING') return noAnswer;
    const answer = act();
    await this.meanwhile();
    if (line === 'DEAD_AFTER') throw this.die();
    return line === 'LOST_ANSWERING' ? noAnswer : answer;
  }

  /** The same key within a day is answered as the first time. */
  once<T>(key: string, act: () => T): T {
    const before = this.keys.get(key);
    if (before && this.now.getTime() - before.at.getTime() < KEY_MS) return before.answer as T;
    const answer = act();
    this.keys.set(key, { at: this.now, answer });
    return answer;
  }

  ref(prefix: string): string {
    this.count += 1;
    return `${prefix}_${this.now.getTime()}_${this.count}`;
  }

  tell(type: ModelEvent['type'], objectId: string, subject: NotificationSubject): void {
    this.events.push({ id: this.ref('evt'), type, objectId, at: this.now, subject });
  }

  tellOf(intent: Intent, type: 'payment' | 'fee' | 'refund' = 'payment'): void {
    const ref = { intentRef: intent.intentRef, checkoutRef: null };
    this.tell(type, intent.intentRef, { kind: 'PAYMENT', ref, isAboutRefund: type === 'refund' });
  }

  // What people do there.

  pay(intent: Intent): void {
    if (intent.state !== 'AWAITING_BUYER' && intent.state !== 'PROCESSING') return;
    intent.state = 'SUCCEEDED';
    intent.capturedAt = this.now;
    this.balanceFen += intent.amountFen;
    if (intent.checkoutRef !== null) {
      const ref = { intentRef: null, checkoutRef: intent.checkoutRef };
      this.tell('payment', intent.checkoutRef, { kind: 'PAYMENT', ref, isAboutRefund: false });
    }
    this.tellOf(intent);
  }

  begin(intent: Intent): void {
    if (intent.state === 'AWAITING_BUYER') intent.state = 'PROCESSING';
    this.tellOf(intent);
  }

  decline(intent: Intent): void {
    if (intent.state === 'AWAITING_BUYER' || intent.state === 'PROCESSING') intent.state = 'DECLINED';
    this.tellOf(intent);
  }

  /** The fee is booked some time after the money. */
  charge(intent: Intent): void {
    if (intent.state !== 'SUCCEEDED' || intent.feeFen !== null) return;
    intent.feeFen = (intent.amountFen * FEE_BPS) / 10_000n;
    this.balanceFen -= intent.feeFen;
    this.tellOf(intent, 'fee');
  }

  /** From our bank, or, below zero, to it. */
  topUp(amount: Fen): void {
    this.balanceFen += amount;
  }

  left(intent: Intent): Fen {
    const gone = intent.refunds.filter(({ state }) => state !== 'FAILED').map(({ amount }) => amount);
    const taken = intent.disputes
      .filter(({ state }) => state !== 'WON' && state !== 'DROPPED')
      .map(({ amount }) => amount);
    return (intent.capturedAt ? intent.amountFen : 0n) - sumFen(gone) - sumFen(taken);
  }

  isDisputed(intent: Intent): boolean {
    return intent.disputes.some(({ state }) => state === 'OPEN' || state === 'INQUIRY');
  }

  giveBack(intent: Intent, refundId: RefundSnapshot['refundId'], amount: Fen, isAsync: boolean) {
    const refund: Change<RefundSnapshot> = {
      providerRef: this.ref('re'),
      refundId,
      state: isAsync ? 'PENDING' : 'SUCCEEDED',
      failureCode: null,
      amount,
      currency: 'cny',
    };
    intent.refunds.push(refund);
    if (!isAsync) this.balanceFen -= amount;
    this.tellOf(intent, 'refund');
    return refund;
  }

  finish(intent: Intent, refund: Change<RefundSnapshot>, isDelivered: boolean): void {
    if (refund.state !== 'PENDING') return;
    refund.state = isDelivered ? 'SUCCEEDED' : 'FAILED';
    refund.failureCode = isDelivered ? null : 'expired_or_canceled_card';
    if (isDelivered) this.balanceFen -= refund.amount;
    this.tellOf(intent, 'refund');
  }

  dispute(intent: Intent, isInquiry: boolean): void {
    const amount = this.left(intent);
    if (amount <= 0n || intent.method !== 'CARD' || this.isDisputed(intent)) return;
    const dispute: Change<DisputeSnapshot> = {
      providerRef: this.ref('du'),
      intentRef: intent.intentRef,
      state: 'INQUIRY',
      amount,
      currency: 'cny',
      reason: 'fraudulent',
      respondBy: null,
      withdrawal: null,
      isReinstated: false,
    };
    intent.disputes.push(dispute);
    if (!isInquiry) this.withdraw(dispute);
    this.tellOfDispute(dispute);
  }

  /** The bank's next word: an inquiry becomes a dispute or nothing, a dispute is decided. */
  decide(dispute: Change<DisputeSnapshot>, isOurs: boolean): void {
    if (dispute.state === 'INQUIRY') {
      if (isOurs) dispute.state = 'DROPPED';
      else this.withdraw(dispute);
    } else if (dispute.state === 'OPEN') {
      dispute.state = isOurs ? 'WON' : 'LOST';
      dispute.isReinstated = isOurs;
      if (isOurs) this.balanceFen += dispute.amount;
    }
    this.tellOfDispute(dispute);
  }

  move(transfer: Transfer): void {
    this.transfers.push(transfer);
    this.balanceFen -= transfer.amountFen;
  }

  reverse(transfer: Transfer): void {
    this.balanceFen += transfer.amountFen - transfer.reversedFen;
    transfer.reversedFen = transfer.amountFen;
  }

  private withdraw(dispute: Change<DisputeSnapshot>): void {
    dispute.state = 'OPEN';
    dispute.withdrawal = { ref: this.ref('txn'), feeFen: DISPUTE_FEE_FEN };
    this.balanceFen -= dispute.amount + DISPUTE_FEE_FEN;
  }

  private tellOfDispute({ providerRef }: DisputeSnapshot): void {
    this.tell('dispute', providerRef, { kind: 'DISPUTE', disputeRef: providerRef });
  }
}

/** How we see it: the real contract, in process. Bodies are events in JSON, signatures the moment of signing. */
export class ModelGateway extends PaymentGateway {
  readonly capabilities: Readonly<
    Record<PaymentMethod, { refundWindowDays: number | null; isDisputable: boolean }>
  > = {
    ALIPAY: { refundWindowDays: 90, isDisputable: false },
    WECHAT_PAY: { refundWindowDays: 180, isDisputable: false },
    CARD: { refundWindowDays: null, isDisputable: true },
  };

  /** Replaced from history to history. */
  provider = new ModelProvider(new Date(0));
  /** Whether this refund takes its time. */
  isAsync: () => boolean = () => false;

  constructor(private readonly assertNoneOpen: () => void) {
    super();
  }

  /** No history opens a cabinet. */
  hold(): Promise<never> {
    return Promise.reject(new Error('nothing is held'));
  }

  capture(): Promise<never> {
    return Promise.reject(new Error('nothing is held'));
  }

  create(command: CreatePayment): Promise<Outcome<PaymentSnapshot>> {
    return this.ask(() =>
      this.provider.once(command.paymentId, () => {
        const isCard = command.method === 'CARD';
        const intent: Intent = {
          ...command,
          no: this.provider.intents.length,
          intentRef: this.provider.ref('pi'),
          checkoutRef: isCard ? this.provider.ref('cs') : null,
          state: 'AWAITING_BUYER',
          capturedAt: null,
          feeFen: null,
          refunds: [],
          disputes: [],
        };
        this.provider.intents.push(intent);
        this.provider.tellOf(intent);
        return this.shown(intent, isCard);
      }),
    );
  }

  async query(ref: PaymentRef): Promise<Outcome<PaymentSnapshot> | null> {
    return this.ask(() => {
      const intent = this.find(ref);
      return intent ? this.shown(intent, ref.checkoutRef !== null) : null;
    });
  }

  async queryByPaymentId(paymentId: string): Promise<Outcome<PaymentSnapshot> | null> {
    return this.ask(() => {
      const intent = this.provider.intents.find(
        (each) =>
          each.paymentId === paymentId &&
          // Of a card there is no intent before somebody has paid.
          (each.checkoutRef === null || each.state !== 'AWAITING_BUYER') &&
          !this.isFresh(each),
      );
      return intent ? this.shown(intent, false) : null;
    });
  }

  async cancel(ref: PaymentRef): Promise<Outcome<PaymentSnapshot> | null> {
    return this.ask(() => {
      const intent = this.find(ref);
      if (!intent) return null;
      if (intent.state === 'AWAITING_BUYER' || intent.state === 'DECLINED') {
        intent.state = 'CANCELLED';
        this.provider.tellOf(intent);
      }
      return this.shown(intent, ref.checkoutRef !== null);
    });
  }

  refund(command: CreateRefund): Promise<Outcome<RefundSnapshot>> {
    return this.ask(() =>
      this.provider.once(command.idempotencyKey, (): Outcome<RefundSnapshot> => {
        const intent = present(this.find({ intentRef: command.intentRef, checkoutRef: null }), 'the intent');
        if (this.provider.isDisputed(intent)) return { kind: 'failed', code: 'charge_disputed', value: null };
        if (command.amountFen > this.provider.left(intent))
          return { kind: 'failed', code: 'amount_too_large', value: null };
        return outcomeOf(this.provider.giveBack(intent, command.refundId, command.amountFen, this.isAsync()));
      }),
    );
  }

  refundsOf(intentRef: string): Promise<Outcome<readonly RefundSnapshot[]>> {
    return this.ask((): Outcome<readonly RefundSnapshot[]> => {
      const intent = this.find({ intentRef, checkoutRef: null });
      return { kind: 'succeeded', value: (intent?.refunds ?? []).map((refund) => ({ ...refund })) };
    });
  }

  async dispute(disputeRef: string): Promise<Outcome<DisputeSnapshot> | null> {
    return this.ask((): Outcome<DisputeSnapshot> | null => {
      const dispute = this.provider.intents
        .flatMap(({ disputes }) => disputes)
        .find(({ providerRef }) => providerRef === disputeRef);
      return dispute ? { kind: 'succeeded', value: { ...dispute } } : null;
    });
  }

  rareNotifications(from: Date, to: Date): Promise<Outcome<readonly KeptNotification[]>> {
    return this.ask((): Outcome<readonly KeptNotification[]> => {
      const rare = this.provider.events.filter(
        ({ type, at }) => (type === 'refund' || type === 'dispute') && at >= from && at < to,
      );
      const value = rare.map((event) => ({ ...verifiedOf(event), body: bodyOf(event) }));
      return { kind: 'succeeded', value };
    });
  }

  verifyNotification(rawBody: Buffer, signature: string, now: Date): VerifiedNotification | null {
    const ageMs = Math.abs(now.getTime() - Number(signature));
    return ageMs <= SIGNATURE_AGE_MAX_MS ? verifiedOf(JSON.parse(rawBody.toString()) as ModelEvent) : null;
  }

  subjectOf(body: string): NotificationSubject {
    return (JSON.parse(body) as ModelEvent).subject;
  }

  private find({ intentRef, checkoutRef }: PaymentRef): Intent | undefined {
    return this.provider.intents.find((intent) =>
      checkoutRef === null ? intent.intentRef === intentRef : intent.checkoutRef === checkoutRef,
    );
  }

  private isFresh({ intentRef }: Intent): boolean {
    return this.provider.now.getTime() - Number(intentRef.split('_')[1]) < INDEX_LAG_MS;
  }

  /** Through its page, a card payment has no intent before it was paid for. */
  private shown(intent: Intent, isByPage: boolean): Outcome<PaymentSnapshot> {
    const { state, capturedAt, feeFen, checkoutRef } = intent;
    const hasIntent = !isByPage || (state !== 'AWAITING_BUYER' && state !== 'CANCELLED');
    const isOpen = state === 'AWAITING_BUYER';
    const value: PaymentSnapshot = {
      paymentId: intent.paymentId,
      intentRef: hasIntent ? intent.intentRef : null,
      checkoutRef: isByPage ? checkoutRef : null,
      state,
      action: isOpen ? { kind: 'REDIRECT', url: `https://provider.test/${intent.intentRef}` } : null,
      captured: capturedAt ? { amount: intent.amountFen, currency: 'cny', at: capturedAt } : null,
      fee: feeFen === null ? null : { ref: `fee_${intent.intentRef}`, feeFen },
      hasRefunds: intent.refunds.some((refund) => refund.state !== 'FAILED'),
    };
    if (state === 'SUCCEEDED') return { kind: 'succeeded', value };
    return state === 'CANCELLED' ? { kind: 'failed', code: 'canceled', value } : { kind: 'pending', value };
  }

  private ask<T>(act: () => T) {
    this.assertNoneOpen();
    return this.provider.call(act);
  }
}

/** Its account of movements is not modelled: R4 is silent here, and what it would say is compared at the end, in one sum. */
export class SilentBalance extends ProviderBalanceGateway {
  movements() {
    return Promise.resolve(noAnswer);
  }

  balanceFen() {
    return Promise.resolve(noAnswer);
  }
}

/** Transfers to payees, from the same balance. */
export class ModelTransfers extends PayoutTransferGateway {
  readonly capabilities = {
    method: 'STRIPE',
    mode: 'api',
    linesMax: 500,
    amountMaxFen: 99_999_999n,
    isReversible: true,
  } as const;

  constructor(private readonly gateway: ModelGateway) {
    super();
  }

  private get provider(): ModelProvider {
    return this.gateway.provider;
  }

  send({ payoutId, amountFen, idempotencyKey }: TransferOrder): Promise<Outcome<TransferSnapshot>> {
    return this.provider.call(() =>
      this.provider.once(idempotencyKey, (): Outcome<TransferSnapshot> => {
        if (amountFen > this.provider.balance + this.provider.creditFen)
          return { kind: 'failed', code: 'balance_insufficient', value: null };
        const transfer = { payoutId, providerRef: this.provider.ref('tr'), amountFen, reversedFen: 0n };
        this.provider.move(transfer);
        return { kind: 'succeeded', value: { ...transfer } };
      }),
    );
  }

  async query(payoutId: string): Promise<Outcome<TransferSnapshot> | null> {
    return this.provider.call((): Outcome<TransferSnapshot> | null => {
      const transfer = this.provider.transfers.find((each) => each.payoutId === payoutId);
      return transfer ? { kind: 'succeeded', value: { ...transfer } } : null;
    });
  }

  reverse(payoutId: string): Promise<Outcome<TransferSnapshot>> {
    return this.provider.call(() =>
      this.provider.once(`reversal:${payoutId}`, (): Outcome<TransferSnapshot> => {
        const transfer = this.provider.transfers.find((each) => each.payoutId === payoutId);
        if (!transfer) return { kind: 'failed', code: 'resource_missing', value: null };
        this.provider.reverse(transfer);
        return { kind: 'succeeded', value: { ...transfer } };
      }),
    );
  }
}

function outcomeOf(refund: RefundSnapshot): Outcome<RefundSnapshot> {
  const value = { ...refund };
  if (refund.state === 'SUCCEEDED') return { kind: 'succeeded', value };
  if (refund.state === 'PENDING') return { kind: 'pending', value };
  return { kind: 'failed', code: refund.failureCode ?? 'failed', value };
}

export function bodyOf(event: ModelEvent): string {
  return JSON.stringify(event);
}

function verifiedOf({ id, type, objectId }: ModelEvent): VerifiedNotification {
  return { providerEventId: id, type, objectId };
}
