import { Injectable } from '@nestjs/common';
import { isWithin } from '#libs/division';
import { FulfillmentService, type Parcel, parcelOf } from '#libs/fulfillment';
import type { InsufficientStockError } from '#libs/inventory';
import {
  Clock,
  type DomainError,
  type Fen,
  type IdOf,
  InvalidInputError,
  NotFound,
  refused,
} from '#libs/kernel';
import type { RefundRequestRefusal } from '#libs/payment';
import { Database, type Tx } from '#platform/database';
import type { AfterSale, AfterSaleAct, AfterSaleId, AfterSaleState } from './after-sale.entity.js';
import { AfterSaleStateError, RefundNotPossibleError } from './after-sale.errors.js';
import { AfterSaleRefundService } from './after-sale-refund.service.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import { type Evidence, isTooLate, nextState, refuseReturnAddress, refuseText } from './after-sale.rules.js';
import { type Actor, AfterSaleStepService } from './after-sale-step.service.js';

export interface Buyer {
  readonly buyerId: IdOf<'usr'>;
}

/** Whoever answers for merchants. */
export interface Seller {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

/** Whoever decides for the platform. */
export interface Arbiter {
  readonly userId: IdOf<'usr'>;
  /** Where they may decide. */
  readonly divisions: readonly string[] | 'ALL';
}

/** REFUND: the money goes back now, all that was asked or the amount that is named. RETURN: the goods go back first. REJECT: nothing goes back. */
export const VERDICTS = ['REFUND', 'RETURN', 'REJECT'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Decision {
  readonly verdict: Verdict;
  readonly amountFen: Fen | null;
  readonly reason: string;
  readonly returnAddress: string | null;
}

type Acted = AfterSaleId | AfterSaleStateError;
export type Approval = Acted | InvalidInputError | RefundNotPossibleError;
export type Ruling = Acted | InvalidInputError | RefundRequestRefusal;

/** What may be done with a case once it has been found and the act is possible. */
type Work<R> = (tx: Tx, found: AfterSale, to: AfterSaleState) => Promise<R | null | void>;

/** What buyers, merchants and the platform do with a case. Each act is possible in the states of the table of moves, and refused in all others. */
@Injectable()
export class AfterSaleService {
  constructor(
    private readonly database: Database,
    private readonly cases: AfterSaleRepository,
    private readonly steps: AfterSaleStepService,
    private readonly refunds: AfterSaleRefundService,
    private readonly fulfillments: FulfillmentService,
    private readonly clock: Clock,
  ) {}

  withdraw(id: string, buyer: Buyer): Promise<Acted> {
    return this.simply(id, 'WITHDRAWN', isOf(buyer), byBuyer(buyer));
  }

  /** The refusal stands. */
  accept(id: string, buyer: Buyer): Promise<Acted> {
    return this.simply(id, 'ACCEPTED', isOf(buyer), byBuyer(buyer));
  }

  contest(id: string, text: string, buyer: Buyer): Promise<Acted | InvalidInputError> {
    const refusal = refuseText('text', text);
    if (refusal) return Promise.resolve(refusal);
    return this.simply(id, 'CONTESTED', isOf(buyer), byBuyer(buyer, text));
  }

  addEvidence(
    id: string,
    evidence: readonly Evidence[],
    text: string,
    of: Buyer | Seller,
  ): Promise<Acted | InvalidInputError> {
    const actor = 'buyerId' in of ? byBuyer(of, text) : bySeller(of, text);
    const refusal = evidence.length === 0 ? new InvalidInputError([noPhoto]) : refuseText('text', text, 0);
    if (refusal) return Promise.resolve(refusal);
    return this.act(
      id,
      'EVIDENCE_ADDED',
      'buyerId' in of ? isOf(of) : isSoldBy(of),
      async (tx, found, to) => {
        const fault = await this.steps.addPhotos(tx, found, evidence, actor);
        if (fault) return fault;
        return this.steps.move(tx, found, 'EVIDENCE_ADDED', to, actor);
      },
    );
  }

  sendBack(id: string, input: Parcel, buyer: Buyer): Promise<Acted | InvalidInputError> {
    const parcel = parcelOf(input);
    if (refused(parcel)) return Promise.resolve(parcel);
    const { carrier, trackingNo } = parcel;
    return this.act<never>(id, 'SENT_BACK', isOf(buyer), (tx, found, to) =>
      this.steps.move(tx, found, 'SENT_BACK', to, byBuyer(buyer), {
        returnCarrier: carrier,
        returnTrackingNo: trackingNo,
      }),
    );
  }

  receiveReplacement(id: string, buyer: Buyer): Promise<Acted> {
    return this.act<never>(id, 'REPLACEMENT_RECEIVED', isOf(buyer), (tx, found, to) =>
      this.replaced(tx, found, to, byBuyer(buyer)),
    );
  }

  /** Money goes back at once, or the goods go back first, to `returnAddress`. */
  approve(id: string, returnAddress: string | null, seller: Seller): Promise<Approval> {
    return this.act(id, 'APPROVED', isSoldBy(seller), async (tx, found, to) =>
      wrapped(await this.approved(tx, found, to, returnAddress, bySeller(seller))),
    );
  }

  refuse(
    id: string,
    reason: string,
    evidence: readonly Evidence[],
    seller: Seller,
  ): Promise<Acted | InvalidInputError> {
    return this.argue(id, 'REFUSED', reason, evidence, seller);
  }

  /** Against a fresh claim, or against what came back: the platform decides. */
  appeal(
    id: string,
    reason: string,
    evidence: readonly Evidence[],
    seller: Seller,
  ): Promise<Acted | InvalidInputError> {
    return this.argue(id, 'APPEALED', reason, evidence, seller);
  }

  confirmReturn(id: string, seller: Seller): Promise<Approval> {
    return this.act(id, 'RETURN_CONFIRMED', isSoldBy(seller), async (tx, found, to) =>
      wrapped(await this.returned(tx, found, to, bySeller(seller))),
    );
  }

  shipReplacement(
    id: string,
    parcel: Parcel,
    seller: Seller,
  ): Promise<Acted | InvalidInputError | InsufficientStockError> {
    return this.act(id, 'REPLACEMENT_SHIPPED', isSoldBy(seller), async (tx, found, to) => {
      await this.steps.move(tx, found, 'REPLACEMENT_SHIPPED', to, bySeller(seller));
      // Last, because the shelf is what others wait for.
      const { id: ref, orderId, merchantOrderId, orderLineId, variantId, quantity } = found;
      const again = { ref, orderId, merchantOrderId, orderLineId, variantId, quantity };
      const sent = await this.fulfillments.replace(tx, again, parcel);
      return refused(sent) ? sent : null;
    });
  }

  decide(id: string, decision: Decision, arbiter: Arbiter): Promise<Ruling> {
    const { verdict, amountFen, reason, returnAddress } = decision;
    const refusal =
      refuseText('reason', reason) ??
      (amountFen !== null && (verdict !== 'REFUND' || amountFen <= 0n)
        ? new InvalidInputError([noAmount])
        : null);
    if (refusal) return Promise.resolve(refusal);
    const act = ({ REFUND: 'REFUND_DECIDED', RETURN: 'RETURN_DECIDED', REJECT: 'REJECT_DECIDED' } as const)[
      verdict
    ];
    const actor: Actor = { side: 'PLATFORM', userId: arbiter.userId, note: reason.trim() };
    return this.act(id, act, isIn(arbiter), async (tx, found, to) => {
      if (verdict === 'REFUND')
        return this.refunds.grant(tx, found, act, actor, { amountFen, isFinal: true });
      const address = verdict === 'RETURN' ? (returnAddress ?? found.returnAddress) : found.returnAddress;
      const fault = verdict === 'RETURN' ? refuseReturnAddress(found.kind, address) : null;
      if (fault) return fault;
      return this.steps.move(tx, found, act, to, actor, {
        isFinal: true,
        returnAddress: address?.trim() ?? null,
      });
    });
  }

  /** Whoever agrees: the merchant, or time in its place. */
  async approved(
    tx: Tx,
    found: AfterSale,
    to: AfterSaleState,
    returnAddress: string | null,
    actor: Actor,
  ): Promise<InvalidInputError | RefundRequestRefusal | null> {
    if (to === 'REFUNDING') return this.refunds.grant(tx, found, 'APPROVED', actor);
    const fault = refuseReturnAddress(found.kind, returnAddress);
    if (fault) return fault;
    await this.steps.move(tx, found, 'APPROVED', to, actor, { returnAddress: returnAddress?.trim() ?? null });
    return null;
  }

  /** What was sent back is there. */
  async returned(
    tx: Tx,
    found: AfterSale,
    to: AfterSaleState,
    actor: Actor,
  ): Promise<RefundRequestRefusal | null> {
    if (to === 'REFUNDING') return this.refunds.grant(tx, found, 'RETURN_CONFIRMED', actor);
    await this.steps.move(tx, found, 'RETURN_CONFIRMED', to, actor);
    return null;
  }

  async replaced(tx: Tx, found: AfterSale, to: AfterSaleState, actor: Actor): Promise<void> {
    await this.steps.move(tx, found, 'REPLACEMENT_RECEIVED', to, actor);
    await this.fulfillments.receiveReplacement(tx, found.id);
  }

  private argue(
    id: string,
    act: 'REFUSED' | 'APPEALED',
    reason: string,
    evidence: readonly Evidence[],
    seller: Seller,
  ): Promise<Acted | InvalidInputError> {
    const refusal = refuseText('reason', reason);
    if (refusal) return Promise.resolve(refusal);
    const actor = bySeller(seller, reason);
    return this.act(id, act, isSoldBy(seller), async (tx, found, to) => {
      const fault = await this.steps.addPhotos(tx, found, evidence, actor);
      if (fault) return fault;
      return this.steps.move(tx, found, act, to, actor);
    });
  }

  private simply(
    id: string,
    act: AfterSaleAct,
    isTheirs: (found: AfterSale) => boolean,
    actor: Actor,
  ): Promise<Acted> {
    return this.act<never>(id, act, isTheirs, (tx, found, to) => this.steps.move(tx, found, act, to, actor));
  }

  /** Missing and not theirs look the same; what is not possible now is refused, and nothing changes. */
  private act<R extends DomainError = never>(
    id: string,
    act: AfterSaleAct,
    isTheirs: (found: AfterSale) => boolean,
    work: Work<R>,
  ): Promise<Acted | R> {
    return this.database.transaction(async (tx): Promise<Acted | R> => {
      const found = await this.cases.lock(tx, id);
      if (!found || !isTheirs(found)) throw new NotFound('AfterSale', id);
      const to = nextState(act, found);
      if (to === null) return new AfterSaleStateError(found.state);
      if (isTooLate(act, found, this.clock.now())) return new AfterSaleStateError(found.state, true);
      return (await work(tx, found, to)) ?? found.id;
    });
  }
}

/** A seller is told that it cannot be, and why; by which other way it can is for the platform to know. */
function wrapped(
  refusal: InvalidInputError | RefundRequestRefusal | null,
): InvalidInputError | RefundNotPossibleError | null {
  if (refusal === null || refusal instanceof InvalidInputError) return refusal;
  return new RefundNotPossibleError(refusal.code, refusal.message);
}

const noPhoto = { path: 'photos', message: { zh: '请至少上传一张照片', en: 'Show at least one photo.' } };
const noAmount = {
  path: 'amountFen',
  message: {
    zh: '仅在裁决退款时填写金额，且须大于零',
    en: 'Only a refund names an amount, and a positive one.',
  },
};

function byBuyer({ buyerId }: Buyer, note = ''): Actor {
  return { side: 'BUYER', userId: buyerId, note: note.trim() };
}

function bySeller({ userId }: Seller, note = ''): Actor {
  return { side: 'MERCHANT', userId, note: note.trim() };
}

function isOf({ buyerId }: Buyer) {
  return (found: AfterSale) => found.buyerId === buyerId;
}

function isSoldBy({ merchantIds }: Seller) {
  return (found: AfterSale) => merchantIds.includes(found.merchantId);
}

function isIn({ divisions }: Arbiter) {
  return (found: AfterSale) => isWithin(found.countyCode, divisions);
}
