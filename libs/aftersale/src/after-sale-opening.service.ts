import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type IdOf, InvalidInputError, newId, present, refused } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import { Config } from '#platform/config';
import { Database, isDuplicate } from '#platform/database';
import type { AfterSale, AfterSaleId } from './after-sale.entity.js';
import { AfterSaleExistsError, AfterSaleKeyUsedError, TooManyCasesError } from './after-sale.errors.js';
import {
  type AfterSalePlan,
  AfterSalePlanService,
  type Concerned,
  type PlanRefusal,
} from './after-sale-plan.service.js';
import { AfterSaleReader } from './after-sale.reader.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import {
  type Ask,
  type Evidence,
  inTheWay,
  refuseAsk,
  refuseEvidence,
  refuseKey,
  refuseText,
} from './after-sale.rules.js';
import { AfterSaleStepService } from './after-sale-step.service.js';

export interface AfterSaleWish extends Ask {
  readonly idempotencyKey: string;
  readonly text: string;
  readonly photos: readonly Evidence[];
}

export type Opening =
  | AfterSaleId
  | PlanRefusal
  | AfterSaleExistsError
  | AfterSaleKeyUsedError
  | TooManyCasesError
  | InvalidInputError;

/** Written out field by field, so that the order in which a client names them does not matter. */
function hashOf({
  orderLineId,
  kind,
  reason,
  quantity,
  amountFen,
  badWeightG,
  text,
  photos,
}: AfterSaleWish): Buffer {
  const shown = photos.map(({ photoId, subject }) => [photoId, subject]);
  const content = [
    orderLineId,
    kind,
    reason,
    quantity,
    amountFen?.toString() ?? null,
    badWeightG,
    text,
    shown,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

/** How a case begins. The unique keys decide who was first, not a look beforehand. */
@Injectable()
export class AfterSaleOpeningService {
  constructor(
    private readonly database: Database,
    private readonly plans: AfterSalePlanService,
    private readonly cases: AfterSaleRepository,
    private readonly reader: AfterSaleReader,
    private readonly steps: AfterSaleStepService,
    private readonly orders: OrderService,
    private readonly config: Config,
  ) {}

  /** The same key with the same content answers with the first case, however often and however much at once. */
  async open(buyerId: IdOf<'usr'>, wish: AfterSaleWish): Promise<Opening> {
    const refusal =
      refuseKey(wish.idempotencyKey) ??
      refuseAsk(wish) ??
      refuseText('text', wish.text) ??
      refuseEvidence(wish, wish.photos);
    if (refusal) return refusal;
    const requestHash = hashOf(wish);
    const again = async (): Promise<Opening | null> => {
      const earlier = await this.reader.byKey(buyerId, wish.idempotencyKey);
      if (!earlier) return null;
      return earlier.requestHash.equals(requestHash) ? earlier.id : new AfterSaleKeyUsedError();
    };
    const earlier = await again();
    if (earlier) return earlier;
    const concerned = await this.plans.concerned(buyerId, wish.orderLineId);
    const plan = await this.plans.plan(concerned, wish);
    if (refused(plan)) return plan;
    try {
      return await this.insert(buyerId, wish, requestHash, concerned, plan);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The same key, or the same line, twice at once: the other one has committed.
      return (await again()) ?? (await this.standing(wish.orderLineId));
    }
  }

  private insert(
    buyerId: IdOf<'usr'>,
    wish: AfterSaleWish,
    requestHash: Buffer,
    concerned: Concerned,
    plan: AfterSalePlan,
  ): Promise<Opening> {
    return this.database.transaction(async (tx) => {
      // A guest's order may become somebody's at this moment: behind its lock it is still theirs, or no longer found.
      await this.orders.lockPayable(tx, buyerId, concerned.line.orderId);
      const before = await this.cases.ofLine(tx, wish.orderLineId);
      // The same key at once: the other one has committed since we looked.
      const same = before.find((each) => each.idempotencyKey === wish.idempotencyKey);
      if (same) return same.requestHash.equals(requestHash) ? same.id : new AfterSaleKeyUsedError();
      const former = inTheWay(before, wish, (at) => this.plans.askableSince(concerned, wish.reason, at));
      if (former) return new AfterSaleExistsError(former.id, former.state);
      // Who has more is helped by telling somebody, not by another case.
      const { openCases: openMax } = this.config.personMax;
      if ((await this.cases.openOf(tx, buyerId, openMax)) >= openMax) return new TooManyCasesError(openMax);
      const opened = draftOf(buyerId, wish, requestHash, concerned, plan);
      await this.steps.open(tx, opened, wish.text.trim());
      const fault = await this.steps.addPhotos(tx, opened, wish.photos, { side: 'BUYER', userId: buyerId });
      return fault ?? opened.id;
    });
  }

  private async standing(orderLineId: string): Promise<AfterSaleExistsError> {
    const { id, state } = present(
      (await this.reader.ofLines([orderLineId])).at(-1),
      'the case that was faster',
    );
    return new AfterSaleExistsError(id, state);
  }
}

function draftOf(
  buyerId: IdOf<'usr'>,
  { idempotencyKey, kind, reason, quantity, badWeightG }: AfterSaleWish,
  requestHash: Buffer,
  { line, part }: Concerned,
  { askedFen, isWhole, badShareBps }: AfterSalePlan,
): Omit<AfterSale, 'dueAt' | 'openedAt'> {
  return {
    id: newId('afs'),
    buyerId,
    idempotencyKey,
    requestHash,
    orderId: line.orderId,
    merchantOrderId: part.id,
    orderLineId: line.id,
    openLineId: line.id,
    merchantId: line.merchantId,
    productId: line.productId,
    variantId: line.variantId,
    productName: line.productName,
    variantName: line.variantName,
    countyCode: line.sellerCountyCode,
    kind,
    reason,
    state: 'REQUESTED',
    quantity,
    badWeightG,
    badShareBps,
    askedFen,
    isWhole,
    grantedFen: null,
    refundId: null,
    returnAddress: null,
    returnCarrier: null,
    returnTrackingNo: null,
    isFinal: false,
    closedAt: null,
  };
}
