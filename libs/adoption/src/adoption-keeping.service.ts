import { Injectable } from '@nestjs/common';
import { AddressReader } from '#libs/address';
import { RestService } from '#libs/fulfillment';
import { AdoptionOfferReader } from '#libs/inventory';
import {
  Clock,
  type InvalidInputError,
  NotFound,
  businessDay,
  fen,
  present,
  refused,
  sumFen,
} from '#libs/kernel';
import {
  type AdoptionInstalmentRow,
  AdoptionOrderReader,
  type AdoptionRow,
  DEFAULT_FREIGHT,
  FreightTemplateReader,
  type LockedMerchantOrder,
  MerchantOrderService,
  type OrderNotCancellableError,
  OrderReader,
  OrderService,
  type Recipient,
  refuseRecipient,
} from '#libs/ordering';
import { ReviewReader, holdReasonOf } from '#libs/review';
import { Database, type Tx } from '#platform/database';
import { AdoptionInstalmentOverError, AdoptionNotOpenError } from './adoption.errors.js';
import { AdoptionRepository } from './adoption.repository.js';
import { isOpen, refuseElsewhere, refusePlate, unfitPlate } from './adoption.rules.js';

interface OwnInstalment {
  readonly adoption: AdoptionRow;
  readonly instalment: AdoptionInstalmentRow;
  readonly part: LockedMerchantOrder;
}

/** What an adopter may say of what is theirs. */
@Injectable()
export class AdoptionKeepingService {
  constructor(
    private readonly database: Database,
    private readonly kept: AdoptionRepository,
    private readonly adoptions: AdoptionOrderReader,
    private readonly offers: AdoptionOfferReader,
    private readonly orders: OrderService,
    private readonly merchantOrders: MerchantOrderService,
    private readonly rest: RestService,
    private readonly orderReader: OrderReader,
    private readonly freights: FreightTemplateReader,
    private readonly addresses: AddressReader,
    private readonly words: ReviewReader,
    private readonly clock: Clock,
  ) {}

  /** What the plate says. As often as one likes, until the last portion has left. Throws NotFound for adoptions of others. */
  namePlate(
    buyerId: string,
    adoptionId: string,
    name: string,
  ): Promise<AdoptionRow['id'] | InvalidInputError | AdoptionNotOpenError> {
    return this.database.transaction(async (tx) => {
      const adoption = await this.own(tx, buyerId, adoptionId);
      const refusal = refusePlate(name);
      if (refusal) return refusal;
      if (!isOpen(adoption)) return new AdoptionNotOpenError(adoption.id);
      if (holdReasonOf(name, await this.words.words(tx)) !== null) return unfitPlate;
      await this.kept.setPlate(tx, adoption.id, name.trim(), this.clock.now());
      return adoption.id;
    });
  }

  /**
   * An instalment goes to somebody else, until the day on which it begins to be picked: from then on it may be packed. Throws NotFound for instalments of
   * others.
   */
  async sendTo(
    buyerId: string,
    orderLineId: string,
    recipient: Recipient,
  ): Promise<AdoptionRow['id'] | InvalidInputError | AdoptionNotOpenError | AdoptionInstalmentOverError> {
    // Asked beside no transaction, and the same for everybody.
    const nowhere = await this.addresses.refuseCounty(recipient.countyCode, 'recipient.countyCode');
    return this.database.transaction(async (tx) => {
      const { adoption, instalment, part } = await this.ownInstalment(tx, buyerId, orderLineId);
      const refusal = refuseRecipient(recipient) ?? nowhere;
      if (refusal) return refusal;
      if (!isOpen(adoption)) return new AdoptionNotOpenError(adoption.id);
      const schedule = await this.offers.scheduleOf([adoption.offerId], tx);
      const { firstOn } = present(
        schedule.find(({ number }) => number === instalment.number),
        'the window of an instalment',
      );
      const isPicked = businessDay(this.clock.now()) >= firstOn;
      if (isPicked || (await this.leftOf(tx, part, orderLineId)) < instalment.quantity)
        return new AdoptionInstalmentOverError(orderLineId);
      const elsewhere = await this.refuseElsewhere(tx, part, recipient);
      if (elsewhere) return elsewhere;
      await this.kept.setRecipient(tx, orderLineId, recipient, this.clock.now());
      return adoption.id;
    });
  }

  /**
   * What of an instalment has not left is not wanted any more, and paid back; if nothing else of the order is left and nothing has left, all of it is
   * cancelled. Called off again it is over. Throws NotFound for instalments of others.
   */
  callOff(
    buyerId: string,
    orderLineId: string,
  ): Promise<
    AdoptionRow['id'] | AdoptionNotOpenError | AdoptionInstalmentOverError | OrderNotCancellableError
  > {
    return this.database.transaction(async (tx) => {
      const { adoption, part } = await this.ownInstalment(tx, buyerId, orderLineId);
      if (!isOpen(adoption)) return new AdoptionNotOpenError(adoption.id);
      const quantity = await this.leftOf(tx, part, orderLineId);
      if (quantity === 0) return new AdoptionInstalmentOverError(orderLineId);
      const outcome = await this.rest.callOffUnits(tx, part, [{ orderLineId, quantity }], 'BUYER');
      if (outcome === 'CALLED_OFF') return adoption.id;
      const order = await this.orders.lockPayable(tx, buyerId, adoption.orderId);
      const cancelled = await this.orders.callOff(tx, order, 'BUYER');
      return refused(cancelled) ? cancelled : adoption.id;
    });
  }

  /** Joins: what somebody's plates said and where their instalments went is known no longer. */
  async forgetBuyer(tx: Tx, buyerId: string): Promise<void> {
    const ever = await this.adoptions.everOf(tx, buyerId);
    await this.kept.forget(
      tx,
      ever.map(({ id }) => id),
      ever.map(({ orderLineId }) => orderLineId),
    );
  }

  private async refuseElsewhere(
    tx: Tx,
    { id, merchantId }: LockedMerchantOrder,
    recipient: Recipient,
  ): Promise<InvalidInputError | null> {
    const template = (await this.freights.ofMerchants([merchantId], tx)).get(merchantId) ?? DEFAULT_FREIGHT;
    const lines = await this.orderReader.linesOfMerchantOrder(id, tx);
    const goodsFen = sumFen(lines.map((line) => fen(line.goodsFen)));
    const weightG = lines.reduce((sum, line) => sum + line.netWeightG, 0);
    const from = lines[0]?.consumptionCountyCode ?? '';
    return refuseElsewhere(template, { goodsFen, weightG }, { from, to: recipient.countyCode });
  }

  private async own(tx: Tx, buyerId: string, adoptionId: string): Promise<AdoptionRow> {
    const [adoption] = await this.adoptions.byIds([adoptionId], tx);
    if (adoption?.buyerId !== buyerId) throw new NotFound('Adoption', adoptionId);
    return adoption;
  }

  /** The order's lock, then its part's, as everywhere; what is read before them is only whose it is. */
  private async ownInstalment(tx: Tx, buyerId: string, orderLineId: string): Promise<OwnInstalment> {
    const [instalment] = await this.adoptions.instalmentsByLine([orderLineId], tx);
    const [seen] = instalment ? await this.adoptions.byIds([instalment.adoptionId], tx) : [];
    if (!instalment || seen?.buyerId !== buyerId) throw new NotFound('AdoptionInstalment', orderLineId);
    const { state: orderState } = await this.orders.lockPayable(tx, buyerId, seen.orderId);
    const part = await this.merchantOrders.lockForBuyer(tx, seen.merchantOrderId, buyerId);
    return { instalment, part, adoption: { ...seen, orderState, partState: part.state } };
  }

  private async leftOf(tx: Tx, part: LockedMerchantOrder, orderLineId: string): Promise<number> {
    const left = await this.rest.leftOf(tx, part);
    return left.find((each) => each.orderLineId === orderLineId)?.quantity ?? 0;
  }
}
