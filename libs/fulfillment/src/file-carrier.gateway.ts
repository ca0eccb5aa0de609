import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { CarrierGateway, type Consignment } from './carrier.gateway.js';
import type { FulfillmentId } from './fulfillment.entity.js';
import type { ToldEvent } from './parcel-track.rules.js';
import type { WaybillId } from './waybill.entity.js';

/** Carriers that hand their numbers over as a list, and read what comes under them from the manifest. */
@Injectable()
export class FileCarrierGateway extends CarrierGateway {
  readonly isTelling = false;

  constructor(private readonly database: Database) {
    super();
  }

  draw(consignments: readonly Consignment[]): Promise<ReadonlyMap<WaybillId, string>> {
    return this.database.transaction(async (tx) => {
      const given = new Map<WaybillId, string>();
      const [one] = consignments;
      if (!one) return given;
      const ids = consignments.map(({ waybillId }) => waybillId);
      const before = await tx.query<{ waybillId: WaybillId; trackingNo: string }>(
        'SELECT waybill_id AS waybillId, tracking_no AS trackingNo FROM waybill_number WHERE waybill_id IN (?)',
        [ids],
      );
      for (const { waybillId, trackingNo } of before) given.set(waybillId, trackingNo);
      const wanted = ids.filter((id) => !given.has(id));
      if (wanted.length === 0) return given;
      // Whoever prints at the same moment takes others; SKIP LOCKED, so that neither waits.
      const free = await tx.query<{ trackingNo: string }>(
        `SELECT tracking_no AS trackingNo FROM waybill_number WHERE merchant_id = ? AND carrier = ? AND waybill_id IS NULL
         ORDER BY tracking_no LIMIT ? FOR UPDATE SKIP LOCKED`,
        [one.merchantId, one.carrier, wanted.length],
      );
      for (const [index, { trackingNo }] of free.entries()) {
        const waybillId = wanted[index];
        if (waybillId === undefined) break;
        await tx.write(
          'UPDATE waybill_number SET waybill_id = ? WHERE merchant_id = ? AND carrier = ? AND tracking_no = ?',
          [waybillId, one.merchantId, one.carrier, trackingNo],
        );
        given.set(waybillId, trackingNo);
      }
      return given;
    });
  }

  /** Nothing goes out by a list: the manifest leaves void labels out, and their numbers are used for nothing else. */
  tellVoid(): Promise<void> {
    return Promise.resolve();
  }

  /** Whether the number was on a list. */
  async hasGiven({ waybillId }: Consignment): Promise<boolean> {
    const rows = await this.database.query('SELECT 1 FROM waybill_number WHERE waybill_id = ?', [waybillId]);
    return rows.length > 0;
  }

  /** A list tells nothing. */
  follow(): Promise<ReadonlyMap<FulfillmentId, readonly ToldEvent[]>> {
    return Promise.resolve(new Map());
  }

  /** Whoever comes says so without a secret between us. */
  verifyNotice(): null {
    return null;
  }
}
