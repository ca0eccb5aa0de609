import { Injectable } from '@nestjs/common';
import { Clock, type IdOf, InvalidInputError, NotFound, newId, refused } from '#libs/kernel';
import { type MerchantOrderId, MerchantOrderService, refuseShipping } from '#libs/ordering';
import { Database, type Tx, unlessTaken } from '#platform/database';
import { CarrierGateway } from './carrier.gateway.js';
import type { PrintBatchId } from './print-batch.entity.js';
import type { WaybillId } from './waybill.entity.js';
import {
  NumbersGoneError,
  OrdersNotPrintableError,
  OtherWaybillError,
  PrintKeyUsedError,
} from './waybill.errors.js';
import { WaybillRepository } from './waybill.repository.js';
import { type Carrier, refusePrint } from './waybill.rules.js';

export interface PrintWish {
  readonly merchantId: string;
  readonly idempotencyKey: string;
  readonly carrier: Carrier;
  /** In the order in which they are printed. */
  readonly merchantOrderIds: readonly string[];
}

export type PrintRefusal =
  | InvalidInputError
  | PrintKeyUsedError
  | OrdersNotPrintableError
  | OtherWaybillError
  | NumbersGoneError;

/** Labels before parcels: numbers are drawn from the carrier, then everything is printed, then packed and sent. */
@Injectable()
export class PrintBatchService {
  constructor(
    private readonly database: Database,
    private readonly merchantOrders: MerchantOrderService,
    private readonly waybills: WaybillRepository,
    private readonly carriers: CarrierGateway,
    private readonly clock: Clock,
  ) {}

  /**
   * Each order gets a number of the carrier, and keeps the one that it has. Asked again under the same key it goes on where it was: what the carrier
   * has not given yet is asked for once more. Throws NotFound for merchants and orders of others.
   */
  async open(
    merchantIds: readonly string[],
    wish: PrintWish,
    openedBy: IdOf<'usr'>,
  ): Promise<PrintBatchId | PrintRefusal> {
    if (!merchantIds.includes(wish.merchantId)) throw new NotFound('Merchant', wish.merchantId);
    const refusal = refusePrint(wish.idempotencyKey, wish.merchantOrderIds);
    if (refusal) return refusal;
    const id = await this.database.transaction((tx) =>
      unlessTaken('a key that has just been printed under', () => this.begin(tx, wish, openedBy)),
    );
    return refused(id) ? id : ((await this.draw(id, wish.carrier)) ?? id);
  }

  private async begin(
    tx: Tx,
    { merchantId, idempotencyKey, carrier, merchantOrderIds }: PrintWish,
    openedBy: IdOf<'usr'>,
  ): Promise<PrintBatchId | PrintKeyUsedError | OrdersNotPrintableError | OtherWaybillError> {
    const first = await this.waybills.batchByKey(tx, merchantId, idempotencyKey);
    if (first) {
      const printed = (await this.waybills.ordersOf(tx, first.id)).map((row) => row.merchantOrderId);
      const isSame = first.carrier === carrier && String(printed) === String(merchantOrderIds);
      return isSame ? first.id : new PrintKeyUsedError();
    }
    const parts = await this.merchantOrders.lockAllForMerchant(tx, merchantOrderIds, merchantId);
    const unfit = parts.filter((part) => refuseShipping(part, 'PARCEL')).map(({ id }) => id);
    if (unfit.length > 0) return new OrdersNotPrintableError(unfit);
    const live = await this.waybills.liveOf(tx, merchantOrderIds);
    const others = live.filter((waybill) => waybill.carrier !== carrier);
    if (others.length > 0) return new OtherWaybillError(others.map((waybill) => waybill.merchantOrderId));
    const known = new Map<string, WaybillId>(live.map((waybill) => [waybill.merchantOrderId, waybill.id]));
    const at = this.clock.now();
    const fresh = parts
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => ({
        id: newId('wbl'),
        merchantOrderId: id,
        merchantId: merchantId as IdOf<'mer'>,
        carrier,
        trackingNo: null,
        state: 'ASKED' as const,
        liveOf: id,
        fulfillmentId: null,
        askedAt: at,
        voidedAt: null,
        voidToldAt: null,
      }));
    for (const waybill of fresh) known.set(waybill.merchantOrderId, waybill.id);
    await this.waybills.insert(tx, fresh);
    const id = newId('prb');
    const batch = {
      id,
      merchantId: merchantId as IdOf<'mer'>,
      idempotencyKey,
      carrier,
      openedBy,
      openedAt: at,
    };
    await this.waybills.insertBatch(
      tx,
      batch,
      merchantOrderIds.flatMap((each) => known.get(each) ?? []),
    );
    return id;
  }

  /** The carrier is asked outside of any transaction; what it gives is noted, also where it does not suffice for all. */
  private async draw(id: PrintBatchId, carrier: Carrier): Promise<NumbersGoneError | null> {
    const asked = await this.waybills.askedIn(this.database, id);
    if (asked.length === 0) return null;
    const given = await this.carriers.draw(
      asked.map(({ id: waybillId, merchantId }) => ({ waybillId, merchantId, carrier })),
    );
    await this.database.transaction(async (tx) => {
      const drawn: MerchantOrderId[] = [];
      for (const waybill of asked) {
        const trackingNo = given.get(waybill.id);
        if (trackingNo === undefined) continue;
        await this.waybills.note(tx, waybill.id, trackingNo);
        drawn.push(waybill.merchantOrderId);
      }
      await this.merchantOrders.noteWaybillCarrier(tx, drawn, carrier);
    });
    const missing = asked.length - given.size;
    return missing > 0 ? new NumbersGoneError(carrier, missing) : null;
  }
}
