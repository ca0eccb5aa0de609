import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Clock,
  type Fen,
  type IdOf,
  type InvalidField,
  InvalidInputError,
  NotFound,
  present,
  refused,
  sumFen,
} from '#libs/kernel';
import { MerchantOrderService, OrderReader } from '#libs/ordering';
import { Database, type Tx, isDuplicate } from '#platform/database';
import { type BuyerAccount, plainAccount, refuseAccount } from './bank-refund.rules.js';
import { BANK_REFUND_APPROVALS, BankRefundService } from './bank-refund.service.js';
import { DisputeRepository } from './dispute.repository.js';
import type { Payment } from './payment.entity.js';
import { type MethodCapability, PaymentGateway } from './payment.gateway.js';
import { PaymentReader } from './payment.reader.js';
import { PaymentRepository } from './payment.repository.js';
import { refundWindowEnd } from './payment.rules.js';
import { RefundPlanService } from './refund-plan.service.js';
import type { CostBearer, RefundChannel, RefundId } from './refund.entity.js';
import {
  OrderNotPaidError,
  ParcelBeingOpenedError,
  PaymentDisputedError,
  RefundKeyUsedError,
  type RefundTooLargeError,
  type RefundUnitsExceededError,
  RefundWindowOverError,
} from './refund.errors.js';
import { RefundReader } from './refund.reader.js';
import {
  type RefundAsk,
  type RefundableLine,
  amountOf,
  planRefund,
  refuseAsk,
  refuseBearer,
  refuseNote,
  withoutSubsidy,
} from './refund.rules.js';

export interface RefundRequest {
  readonly orderId: IdOf<'ord'>;
  readonly ask: RefundAsk;
  readonly borneBy: CostBearer;
  /** Why, for those who read it later; never shown to the buyer. */
  readonly note: string;
  /** Who of our staff; null where a rule decides. */
  readonly requestedBy: IdOf<'usr'> | null;
  /** Where our bank sends it, for when the provider takes it back no more; null for the way it came. */
  readonly bankAccount: BuyerAccount | null;
  /** The after-sale case that follows whatever becomes of it; none unless said. */
  readonly forRef?: string;
}

export type RefundRefusal =
  | InvalidInputError
  | OrderNotPaidError
  | RefundTooLargeError
  | RefundUnitsExceededError
  | PaymentDisputedError
  | RefundWindowOverError;

/** Why nothing is given now: a preview says the rest, this only somebody who asks for it. */
export type RefundRequestRefusal = RefundRefusal | ParcelBeingOpenedError;

/** What a request would do. */
export interface RefundPreview {
  readonly amountFen: Fen;
  readonly lines: readonly RefundableLine[];
  /** Left to give back once this has gone. */
  readonly remainingFen: Fen;
  /** When the provider stops taking money back; null never. */
  readonly windowEndsAt: Date | null;
  /** What others have paid of it: goes back to them beside the amount. */
  readonly subsidyFen: Fen;
  /** The way it came, while the provider takes it back; by our bank after that. */
  readonly channel: RefundChannel;
  /** How many others have to agree before it goes. */
  readonly approvalsNeeded: number;
}

/** What is decided of a request before anything is written. */
interface Decision {
  readonly lines: readonly RefundableLine[];
  readonly remainingFen: Fen;
  /** Null while the provider takes it back. */
  readonly late: RefundWindowOverError | null;
  /** Of the payments that give something, whose window is over first. */
  readonly windowEndsAt: Date | null;
}

const creditedOnAccount: InvalidField = {
  path: 'bankAccount',
  message: {
    zh: '先货后款的订单冲减应收，已付部分转为单位余额，不直接退款到银行账户',
    en: 'What was bought on account is credited to the unit; what it has to its credit is paid back from there.',
  },
};

function refuseKey(key: string): InvalidInputError | null {
  if (/^[\w:.-]{8,80}$/.test(key)) return null;
  const message = {
    zh: '请求编号须为 8 到 80 个字母、数字或 -_.:',
    en: 'The key has 8 to 80 letters, digits or any of -_.:',
  };
  return new InvalidInputError([{ path: 'idempotencyKey', message }]);
}

/** Written out field by field, so that the order in which a client names them does not matter. */
function hashOf({ orderId, ask, borneBy, note, bankAccount }: RefundRequest): Buffer {
  const lines = ask.lines.map((line) => [
    line.orderLineId,
    line.quantity,
    line.amountFen?.toString() ?? null,
  ]);
  const amount = ask.amountFen?.toString() ?? null;
  // Of the account no more than people see: a hash of digits is soon guessed.
  const tail = bankAccount?.accountNumber.slice(-4) ?? null;
  const text = JSON.stringify([orderId, ask.kind, lines, ask.freightOf, amount, borneBy, note, tail]);
  return createHash('sha256').update(text).digest();
}

/** The front door for whoever decides that money goes back: our staff at the console, an after-sale case, a rule. */
@Injectable()
export class RefundRequestService {
  constructor(
    private readonly database: Database,
    private readonly plans: RefundPlanService,
    private readonly refunds: RefundReader,
    private readonly payments: PaymentRepository,
    private readonly paymentReader: PaymentReader,
    private readonly disputes: DisputeRepository,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderService,
    private readonly bankRefunds: BankRefundService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
  ) {}

  /** From the console. The same key with the same content answers with the first refund, however often and however much at once. */
  async submit(
    request: RefundRequest,
    idempotencyKey: string,
  ): Promise<RefundId | RefundRequestRefusal | RefundKeyUsedError> {
    const refusal = refuseKey(idempotencyKey);
    if (refusal) return refusal;
    const requestHash = hashOf(request);
    const again = async () => {
      const earlier = await this.refunds.byKey(idempotencyKey);
      if (!earlier) return null;
      return earlier.requestHash?.equals(requestHash) ? earlier.id : new RefundKeyUsedError();
    };
    const earlier = await again();
    if (earlier) return earlier;
    try {
      return await this.database.transaction((tx) =>
        this.insert(tx, request, { idempotencyKey, requestHash }),
      );
    } catch (error) {
      // The same key twice at once: the unique key let the other one through, and it has committed.
      if (!isDuplicate(error)) throw error;
      return present(await again(), 'the refund that took the key');
    }
  }

  /** Part of whatever else the caller decides. Two that ask at once take turns by the payment's lock. */
  request(tx: Tx, request: RefundRequest): Promise<RefundId | RefundRequestRefusal> {
    return this.insert(tx, request, { idempotencyKey: null, requestHash: null });
  }

  /** By the same rules, and nothing happens. */
  async preview(
    request: Omit<RefundRequest, 'note' | 'requestedBy' | 'bankAccount' | 'forRef'>,
  ): Promise<RefundPreview | RefundRefusal> {
    const payments = await this.paymentReader.keptOf(request.orderId);
    const [payment] = payments;
    if (!payment) return this.unpaid(this.database, request.orderId);
    const decision = await this.decide(this.database, payments, request);
    if (refused(decision)) return decision;
    const { lines, remainingFen, late, windowEndsAt } = decision;
    const amountFen = amountOf(lines);
    const byBank: RefundChannel = late ? 'MANUAL_BANK' : 'PROVIDER';
    const byProvider: RefundChannel = amountFen === 0n ? 'NONE' : byBank;
    return {
      amountFen,
      lines,
      remainingFen: remainingFen - amountFen,
      windowEndsAt,
      subsidyFen: sumFen(lines.map(({ subsidyFen }) => subsidyFen)),
      channel: payment.method === 'ON_ACCOUNT' ? 'ON_ACCOUNT' : byProvider,
      approvalsNeeded: late ? BANK_REFUND_APPROVALS : 0,
    };
  }

  private async insert(
    tx: Tx,
    request: RefundRequest,
    key: { readonly idempotencyKey: string | null; readonly requestHash: Buffer | null },
  ): Promise<RefundId | RefundRequestRefusal> {
    const account = request.bankAccount && plainAccount(request.bankAccount);
    const refusal = refuseNote(request.note) ?? (account && refuseAccount(account));
    if (refusal) return refusal;
    const payments = await this.payments.lockKept(tx, request.orderId);
    const [payment] = payments;
    if (!payment) return this.unpaid(tx, request.orderId);
    if (account && payment.method === 'ON_ACCOUNT') return new InvalidInputError([creditedOnAccount]);
    const decision = await this.decide(tx, payments, request);
    if (refused(decision)) return decision;
    if (decision.late && !account) return decision.late;
    const opened = await this.beingOpened(tx, request.orderId, decision.lines);
    if (opened) return opened;
    const { ask, borneBy, note, requestedBy, forRef = null } = request;
    // Where nothing is the buyer's, no bank sends anything.
    const isByBank = account !== null && amountOf(decision.lines) > 0n;
    const refundIds = await this.plans.insertOver(tx, payments, {
      ...key,
      channel: isByBank ? 'MANUAL_BANK' : 'PROVIDER',
      kind: ask.kind,
      reason: ask.kind === 'GOODWILL' ? 'GOODWILL' : 'AFTER_SALE',
      borneBy,
      note,
      requestedBy,
      forRef,
      lines: decision.lines,
    });
    if (account && isByBank) {
      const maker = present(requestedBy, 'somebody who asks for a bank refund');
      for (const refundId of refundIds)
        await this.bankRefunds.open(tx, refundId, { account, requestedBy: maker });
    }
    return present(refundIds[0], 'a refund of what was decided');
  }

  /** The one place that says no, for those who only look as for those who ask; exact only under the payment's lock. */
  private async decide(
    on: Pick<Tx, 'query'>,
    payments: readonly Payment[],
    { ask, borneBy }: Pick<RefundRequest, 'ask' | 'borneBy'>,
  ): Promise<Decision | RefundRefusal> {
    const refusal = refuseAsk(ask) ?? refuseBearer(ask.kind, borneBy);
    if (refusal) return refusal;
    for (const { id } of payments) {
      const disputeId = await this.disputes.openOf(on, id);
      if (disputeId) return new PaymentDisputedError(disputeId);
    }
    const remaining = await this.plans.remainingOfOrder(on, payments);
    const planned = planRefund(remaining, ask);
    if (refused(planned)) return planned;
    const lines = borneBy === 'PLATFORM' ? withoutSubsidy(planned) : planned;
    const cuts = await this.plans.cutsOf(on, payments, lines);
    const giving = payments.filter((_, index) => amountOf(cuts[index] ?? []) > 0n);
    const late = giving.map((payment) => this.refuseLate(payment)).find((each) => each !== null) ?? null;
    const ends = (giving.length > 0 ? giving : payments).flatMap(
      (payment) => refundWindowEnd(this.windowOf(payment), payment) ?? [],
    );
    const windowEndsAt = ends.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
    return { lines, remainingFen: amountOf(remaining), late, windowEndsAt };
  }

  /** Units of what somebody is about to have do not go back; an amount that names none may. */
  private async beingOpened(
    tx: Tx,
    orderId: string,
    lines: readonly RefundableLine[],
  ): Promise<ParcelBeingOpenedError | null> {
    const parts = new Set<string>(await this.merchantOrders.lockBeingOpened(tx, orderId));
    const line = lines.find(({ merchantOrderId, quantity }) => quantity > 0 && parts.has(merchantOrderId));
    return line ? new ParcelBeingOpenedError(line.merchantOrderId) : null;
  }

  private refuseLate(payment: Payment): RefundWindowOverError | null {
    const capability = this.windowOf(payment);
    const endsAt = refundWindowEnd(capability, payment);
    const { method } = payment;
    if (!endsAt || method === 'ON_ACCOUNT' || method === 'NONE' || this.clock.now() <= endsAt) return null;
    return new RefundWindowOverError(method, capability.refundWindowDays ?? 0, endsAt);
  }

  /** What never came by a provider goes back whenever. */
  private windowOf({ method }: Pick<Payment, 'method'>): Pick<MethodCapability, 'refundWindowDays'> {
    if (method === 'ON_ACCOUNT' || method === 'NONE') return { refundWindowDays: null };
    return this.gateway.capabilities[method];
  }

  private async unpaid(on: Pick<Tx, 'query'>, orderId: string): Promise<OrderNotPaidError> {
    if (!(await this.orders.byId(orderId, on))) throw new NotFound('Order', orderId);
    return new OrderNotPaidError();
  }
}
