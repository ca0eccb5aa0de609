import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, type InvalidInputError, NotFound, refused } from '#libs/kernel';
import { type LockedMerchantOrder, MerchantOrderService } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { CarrierGateway } from './carrier.gateway.js';
import type { FulfillmentId } from './fulfillment.entity.js';
import { ParcelTrackRepository } from './parcel-track.repository.js';
import type { Parcel } from './fulfillment.rules.js';
import type { WaybillId } from './waybill.entity.js';
import { WaybillStateError } from './waybill.errors.js';
import { WaybillRepository } from './waybill.repository.js';
import { type Carrier, carrierOf, numbersOf } from './waybill.rules.js';

export interface NumbersAdded {
  readonly added: number;
  /** Those that were there before. */
  readonly known: number;
}

/** The life of a label from the moment when its number is drawn. */
@Injectable()
export class WaybillService {
  constructor(
    private readonly database: Database,
    private readonly waybills: WaybillRepository,
    private readonly merchantOrders: MerchantOrderService,
    private readonly carriers: CarrierGateway,
    private readonly tracks: ParcelTrackRepository,
    private readonly clock: Clock,
  ) {}

  /** What the carrier has handed over to be used one by one. Each is there once, however often it is added. Throws NotFound for merchants of others. */
  async addNumbers(
    merchantIds: readonly string[],
    merchantId: string,
    carrier: Carrier,
    trackingNos: readonly string[],
    addedBy: IdOf<'usr'>,
  ): Promise<NumbersAdded | InvalidInputError> {
    if (!merchantIds.includes(merchantId)) throw new NotFound('Merchant', merchantId);
    const numbers = numbersOf(trackingNos);
    if (refused(numbers)) return numbers;
    const shared = { merchantId: merchantId as IdOf<'mer'>, carrier, addedBy, addedAt: this.clock.now() };
    const added = await this.database.transaction((tx) =>
      this.waybills.addNumbers(
        tx,
        numbers.map((trackingNo) => ({ ...shared, trackingNo })),
      ),
    );
    return { added, known: numbers.length - added };
  }

  /** It is on no box, or comes off it; the carrier is told. Again it changes nothing. Throws NotFound for labels of others. */
  void(merchantIds: readonly string[], id: string): Promise<WaybillId | WaybillStateError> {
    return this.database.transaction(async (tx) => {
      const seen = await this.waybills.seen(tx, id, merchantIds);
      if (!seen) throw new NotFound('Waybill', id);
      // The order's lock comes first, as for whoever sends it at this moment.
      await this.merchantOrders.lockForMerchants(tx, seen.merchantOrderId, merchantIds);
      const waybill = (await this.waybills.seen(tx, id, merchantIds)) ?? seen;
      if (waybill.state === 'SHIPPED') return new WaybillStateError(waybill.state);
      if (waybill.state !== 'VOIDED') await this.over(tx, [waybill.merchantOrderId]);
      return waybill.id;
    });
  }

  /** Joins: a parcel has left, and is followed where its carrier tells of it. If it is the one that was labelled, its label is used; the label of what has left whole under another number is void. */
  async left(
    tx: Tx,
    { id: merchantOrderId, merchantId }: Pick<LockedMerchantOrder, 'id' | 'merchantId'>,
    parcel: Parcel,
    fulfillmentId: FulfillmentId,
    isLast: boolean,
  ): Promise<void> {
    const carrier = carrierOf(parcel.carrier);
    if (this.carriers.isTelling && carrier !== null) {
      const [trackingNo, at] = [parcel.trackingNo.toUpperCase(), this.clock.now()];
      const track = {
        fulfillmentId,
        merchantOrderId,
        merchantId: merchantId as IdOf<'mer'>,
        carrier,
        trackingNo,
      };
      await this.tracks.begin(tx, { ...track, shippedAt: at, lookAt: at });
    }
    const [waybill] = await this.waybills.liveOf(tx, [merchantOrderId]);
    if (!waybill) return;
    const isIt = waybill.trackingNo === parcel.trackingNo && waybill.carrier === carrier;
    if (isIt) {
      await this.waybills.markShipped(tx, waybill.id, fulfillmentId);
      await this.merchantOrders.noteWaybillCarrier(tx, [merchantOrderId], null);
    } else if (isLast) await this.over(tx, [merchantOrderId]);
  }

  /** Joins: nothing of these leaves any more. Whoever calls holds their locks, or knows that they stay as they are. */
  async over(tx: Tx, merchantOrderIds: readonly IdOf<'mor'>[]): Promise<void> {
    const live = await this.waybills.liveOf(tx, merchantOrderIds);
    if (live.length === 0) return;
    await this.waybills.markVoided(
      tx,
      live.map(({ id }) => id),
      this.clock.now(),
    );
    await this.merchantOrders.noteWaybillCarrier(tx, merchantOrderIds, null);
  }

  /** Carriers learn of void labels; returns how many were told of. One that cannot be reached is told with the next round. */
  async tellVoided(limit: number): Promise<number> {
    const untold = await this.waybills.voidedUntold(this.database, limit);
    for (const { id, merchantId, carrier, trackingNo } of untold) {
      if (trackingNo !== null)
        await this.carriers.tellVoid({ waybillId: id, merchantId, carrier }, trackingNo);
      await this.database.transaction((tx) => this.waybills.markTold(tx, id, this.clock.now()));
    }
    return untold.length;
  }
}
