import { Injectable } from '@nestjs/common';
import { FulfillmentReader } from '#libs/fulfillment';
import { present, refused } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import { Database } from '#platform/database';
import { Log } from '#platform/log';
import { AfterSaleOpeningService } from './after-sale-opening.service.js';
import type { AfterSale, AfterSaleId } from './after-sale.entity.js';
import { AfterSalePlanService } from './after-sale-plan.service.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import { nextState } from './after-sale.rules.js';
import { AfterSaleService } from './after-sale.service.js';
import { BY_TIME } from './after-sale-step.service.js';

export interface Unclaimed {
  /** What says that it was not fetched: it is paid back once for that. */
  readonly ref: string;
  readonly orderId: AfterSale['orderId'];
  readonly merchantOrderId: AfterSale['merchantOrderId'];
}

/** A parcel that nobody has fetched and its seller has again is a case that needs no answer: it never came, and everybody knows. */
@Injectable()
export class AfterSaleUnclaimedService {
  constructor(
    private readonly database: Database,
    private readonly opening: AfterSaleOpeningService,
    private readonly plans: AfterSalePlanService,
    private readonly cases: AfterSaleRepository,
    private readonly service: AfterSaleService,
    private readonly orders: OrderReader,
    private readonly fulfillments: FulfillmentReader,
    private readonly log: Log,
  ) {}

  /** May be repeated: each line has its key. What its buyer has signed for, or has a case about, stays as it is. */
  async payBack({ ref, orderId, merchantOrderId }: Unclaimed): Promise<void> {
    const { buyerId } = present(await this.orders.byId(orderId), orderId);
    const carried = (await this.fulfillments.linesOf([merchantOrderId])).filter(
      ({ replacesRef, receivedBy }) => replacesRef === null && receivedBy !== 'BUYER',
    );
    const sold = await this.plans.soldUnits({ orderId, merchantOrderId });
    for (const { orderLineId, quantity: units } of carried) {
      // What has gone back by a case of its buyer's, or before it left, goes back no second time; the rest does.
      const line = present(
        sold.find((each) => each.orderLineId === orderLineId),
        orderLineId,
      );
      const quantity = Math.min(units, line.quantity - line.returnedQuantity);
      if (quantity <= 0) continue;
      const opened = await this.opening.open(buyerId, {
        idempotencyKey: `${ref}:${orderLineId}`,
        orderLineId,
        kind: 'REFUND_ONLY',
        reason: 'NOT_RECEIVED',
        quantity,
        amountFen: null,
        badWeightG: null,
        text: '自提包裹未取走，已由运营方取回',
        photos: [],
      });
      if (!refused(opened)) await this.grant(opened);
      // Too many at once: later there is room.
      else if (opened.code === 'TOO_MANY_CASES') throw new Error(`${ref} is paid back once there is room`);
      else this.log.warn({ ref, orderLineId, code: opened.code }, 'what nobody has fetched has no case');
    }
  }

  /** What cannot be given now waits like any case that nobody answers. */
  private async grant(id: AfterSaleId): Promise<void> {
    const refusal = await this.database.transaction(async (tx) => {
      const found = present(await this.cases.lock(tx, id), id);
      const to = nextState('APPROVED', found);
      return to === 'REFUNDING' ? this.service.approved(tx, found, to, null, BY_TIME) : null;
    });
    if (refused(refusal)) this.log.warn({ id, code: refusal.code }, 'a case waits for its refund');
  }
}
