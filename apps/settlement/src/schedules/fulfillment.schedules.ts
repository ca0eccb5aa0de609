import { Injectable } from '@nestjs/common';
import { ParcelTrackService, ReceiptService, WaybillService } from '#libs/fulfillment';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class FulfillmentSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(receipts: ReceiptService, waybills: WaybillService, tracks: ParcelTrackService) {
    this.all = [
      { name: 'auto-receipt', everyMs: MINUTE_MS, work: () => receipts.receiveDue(BATCH_MAX) },
      { name: 'tell-void-waybills', everyMs: MINUTE_MS, work: () => waybills.tellVoided(BATCH_MAX) },
      { name: 'follow-parcels', everyMs: MINUTE_MS, work: () => tracks.followDue(BATCH_MAX) },
    ];
  }
}
