import { Injectable } from '@nestjs/common';
import { refused } from '#libs/kernel';
import type { MerchantOrderId } from '#libs/ordering';
import {
  type Dispatch,
  FulfillmentService,
  type ParcelRefusal,
  type ParcelRule,
} from './fulfillment.service.js';
import { PrintBatchReader } from './print-batch.reader.js';
import { WaybillStateError, WaybillUnknownError } from './waybill.errors.js';
import { CARRIER_NAMES } from './waybill.rules.js';

export interface Scanned {
  readonly merchantOrderId: MerchantOrderId;
  /** It had left before. */
  readonly wasShipped: boolean;
}

export type ScanRefusal =
  | WaybillUnknownError
  | WaybillStateError
  | Exclude<Dispatch, MerchantOrderId>
  | ParcelRefusal;

/** A label is held before a camera: its parcel leaves, with all that has not left yet. */
@Injectable()
export class WaybillScanService {
  constructor(
    private readonly labels: PrintBatchReader,
    private readonly fulfillments: FulfillmentService,
  ) {}

  /** Scanned again it changes nothing: phones send what they have scanned once they have a network, and once more where they heard nothing. */
  async ship(
    merchantIds: readonly string[],
    trackingNo: string,
    rule: ParcelRule,
  ): Promise<Scanned | ScanRefusal> {
    const number = trackingNo.trim().toUpperCase();
    const seen = await this.labels.byNumber(number, merchantIds);
    if (!seen) return new WaybillUnknownError();
    const { merchantOrderId, state, carrier } = seen;
    if (state === 'SHIPPED') return { merchantOrderId, wasShipped: true };
    if (state !== 'DRAWN') return new WaybillStateError(state);
    const parcel = { merchantOrderId, carrier: CARRIER_NAMES[carrier], trackingNo: number };
    const shipped = await this.fulfillments.ship(merchantIds, parcel, rule);
    if (!refused(shipped)) return { merchantOrderId, wasShipped: false };
    // Somebody has scanned it at the same moment.
    const now = await this.labels.byNumber(number, merchantIds);
    return now?.state === 'SHIPPED' ? { merchantOrderId, wasShipped: true } : shipped;
  }
}
