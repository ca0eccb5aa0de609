import { type FenText, fen } from '#libs/kernel';
import type { BulkOrder } from './bulk-order.entity.js';

/** A list as plain values. */
export type BulkOrderRecord = Pick<BulkOrder, keyof BulkOrder>;

export type RawBulkOrder = Omit<BulkOrderRecord, 'goodsFen' | 'freightFen' | 'totalFen' | 'isForUnion'> & {
  readonly goodsFen: FenText;
  readonly freightFen: FenText;
  readonly totalFen: FenText;
  readonly isForUnion: number;
};

export const BULK_ORDER_COLUMNS = `id, unit_id AS unitId, contractor_id AS contractorId, buyer_id AS buyerId, reference, content_hash AS contentHash,
  file_name AS fileName, state, mode, payment_term AS paymentTerm, is_for_union AS isForUnion, invoice_title_id AS invoiceTitleId,
  campaign_code AS campaignCode, row_count AS rowCount, faulty_row_count AS faultyRowCount, goods_fen AS goodsFen,
  freight_fen AS freightFen, total_fen AS totalFen, created_at AS createdAt, checked_at AS checkedAt, confirmed_at AS confirmedAt,
  finished_at AS finishedAt, signer_id AS signerId, lease_until AS leaseUntil, forgotten_at AS forgottenAt`;

export function bulkOrderOf(raw: RawBulkOrder): BulkOrderRecord {
  return {
    ...raw,
    isForUnion: raw.isForUnion === 1,
    goodsFen: fen(raw.goodsFen),
    freightFen: fen(raw.freightFen),
    totalFen: fen(raw.totalFen),
  };
}
