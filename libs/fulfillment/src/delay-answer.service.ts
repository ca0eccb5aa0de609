import { Injectable } from '@nestjs/common';
import { type IdOf, refused } from '#libs/kernel';
import {
  type DelayChoice,
  type DelayNoticeClosedError,
  DelayService,
  type LockedMerchantOrder,
  MerchantOrderService,
  OrderNotCancellableError,
  OrderService,
  PartDelayService,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { RestService } from './rest.service.js';

/** What a buyer says to a day that is not kept: of a presale its whole order hears it, of what is in stock the part that is late. */
@Injectable()
export class DelayAnswerService {
  constructor(
    private readonly database: Database,
    private readonly presales: DelayService,
    private readonly parts: PartDelayService,
    private readonly orders: OrderService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly rests: RestService,
  ) {}

  /**
   * KEEP waits. REFUND gives back what has not left of the part: the whole order where it has no other, the part with its freight where nothing of it has left, else
   * the rest of it. The same answer again changes nothing. Throws NotFound for notices of others.
   */
  async answer(
    buyerId: string,
    noticeId: string,
    choice: DelayChoice,
  ): Promise<IdOf<'ord'> | DelayNoticeClosedError | OrderNotCancellableError> {
    const answered = await this.database.transaction(async (tx) => {
      const found = await this.parts.partOf(tx, noticeId, buyerId);
      return found && this.answerPart(tx, buyerId, noticeId, choice, found);
    });
    return answered ?? this.presales.answer(buyerId, noticeId, choice);
  }

  private async answerPart(
    tx: Tx,
    buyerId: string,
    noticeId: string,
    choice: DelayChoice,
    { orderId, merchantOrderId }: { readonly orderId: IdOf<'ord'>; readonly merchantOrderId: IdOf<'mor'> },
  ): Promise<IdOf<'ord'> | DelayNoticeClosedError | OrderNotCancellableError> {
    // The order's lock comes first, as for whoever cancels it; then its parts, as for whoever ships one of them.
    const order = await this.orders.lockPayable(tx, buyerId, orderId);
    const all = await this.merchantOrders.lockOfOrder(tx, orderId);
    const heard = await this.parts.answer(tx, noticeId, merchantOrderId, choice);
    if (refused(heard)) return heard;
    if (heard === 'SAID' || choice === 'KEEP') return orderId;
    const part = all.find(({ id }) => id === merchantOrderId);
    if (part?.state === 'TO_SHIP' && all.length === 1) {
      const calledOff = await this.orders.callOff(tx, order, 'DELAYED');
      return refused(calledOff) ? calledOff : orderId;
    }
    return this.giveBack(tx, part, orderId, order.state);
  }

  private async giveBack(
    tx: Tx,
    part: LockedMerchantOrder | undefined,
    orderId: IdOf<'ord'>,
    orderState: OrderNotCancellableError['state'],
  ): Promise<IdOf<'ord'> | OrderNotCancellableError> {
    if (part?.state === 'TO_SHIP') await this.rests.endWhole(tx, part, 'BUYER');
    else if (part?.state === 'PARTLY_SHIPPED') await this.rests.endRest(tx, part, 'BUYER');
    else return new OrderNotCancellableError(orderState);
    return orderId;
  }
}
