import { Injectable } from '@nestjs/common';
import { RestService } from '#libs/fulfillment';
import { AdoptionOfferReader } from '#libs/inventory';
import { Clock, assert, businessDay, refused } from '#libs/kernel';
import {
  AdoptionOrderReader,
  AdoptionOrderService,
  MerchantOrderService,
  OrderService,
  type WatchedInstalment,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import { adoptionCalledOff } from './adoption.events.js';
import { givenUpOf, isOpen } from './adoption.rules.js';

/** What has been late for too long comes no more: nobody is told for ever that it comes three days later. */
@Injectable()
export class AdoptionLateService {
  constructor(
    private readonly database: Database,
    private readonly promises: AdoptionOrderService,
    private readonly adoptions: AdoptionOrderReader,
    private readonly offers: AdoptionOfferReader,
    private readonly orders: OrderService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly rest: RestService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Calls off instalments that are more than a month late, and their money goes back; returns how many. */
  async endOverdue(limit: number): Promise<number> {
    let ended = 0;
    const overdue = await this.promises.overdue(limit);
    const schedule = await this.offers.scheduleOf([...new Set(overdue.map(({ offerId }) => offerId))]);
    for (const late of givenUpOf(overdue, schedule, businessDay(this.clock.now())))
      try {
        if (await this.database.transaction((tx) => this.end(tx, late))) ended += 1;
      } catch (error) {
        // One that cannot be called off must not keep the others from it; it is looked at again.
        this.log.fault(error, 'an instalment that is too late could not be called off', {
          orderLineId: late.orderLineId,
        });
      }
    return ended;
  }

  /** The order's lock, then its part's, as everywhere. False where something has become of it meanwhile. */
  private async end(tx: Tx, late: WatchedInstalment): Promise<boolean> {
    const { orderLineId, adoptionId } = late;
    const [seen] = await this.adoptions.byIds([adoptionId], tx);
    const [instalment] = await this.adoptions.instalmentsByLine([orderLineId], tx);
    if (!seen || !instalment) return false;
    const order = await this.orders.lockPayable(tx, seen.buyerId, seen.orderId);
    const part = await this.merchantOrders.lockForBuyer(tx, seen.merchantOrderId, seen.buyerId);
    const left = await this.rest.leftOf(tx, part);
    const quantity = left.find((each) => each.orderLineId === orderLineId)?.quantity ?? 0;
    if (!isOpen({ orderState: order.state, partState: part.state }) || quantity === 0) return false;
    const outcome = await this.rest.callOffUnits(tx, part, [{ orderLineId, quantity }], 'MERCHANT');
    const gone = outcome === 'CALLED_OFF' ? null : await this.orders.callOff(tx, order, 'DELAYED');
    assert(!refused(gone), `nothing of ${order.id} has left, so nothing speaks against it`);
    await this.promises.settle(tx, { over: [late], unpaid: [] });
    await emit(tx, adoptionCalledOff(instalment, quantity, this.clock.now()));
    return true;
  }
}
