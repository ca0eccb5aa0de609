import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { VolumeChannel, VolumeFactDraft } from '#libs/volume';
import type { SqlValue, Tx } from '#platform/database';
import { type FeedKind, IntakeBatch, type IntakeBatchId, type RowState } from './batch.entity.js';
import type { PartnerId } from './partner.entity.js';
import { type Sale, factsOfReversal, factsOfSale } from './sale-lookup.rules.js';
import type { OnRecord } from './verdict.rules.js';

/** Rows of one statement: some 400 kB, well below the smallest packet a server takes. */
const ROWS_PER_STATEMENT = 500;

export type RowValues = Readonly<Record<string, SqlValue>>;

/** A row that counts or may come to count, as it is stored. */
export interface StoredSale extends Omit<
  Sale,
  'amountFen' | 'weightG' | 'paidAt' | 'deliveredAt' | 'isCertified' | 'invoiceNo'
> {
  readonly id: string;
  readonly contentHash: Buffer;
  readonly identity: string;
  readonly state: RowState;
  readonly kind: 'SALE' | 'REVERSAL';
  readonly saleRowId: string;
  readonly partnerCode: string;
  readonly amountFen: FenText;
  readonly reversedFen: FenText;
  readonly reversedQuantity: number;
  readonly weightG: string;
  readonly paidAt: Date | null;
  readonly effectiveAt: Date;
  readonly channelKind: VolumeChannel;
}

const SELECT_ROW = `SELECT r.id, r.content_hash AS contentHash, r.identity, r.state, r.kind, r.sale_row_id AS saleRowId,
  p.code AS partnerCode, r.order_no AS orderNo, r.line_no AS lineNo, r.amount_fen AS amountFen, r.reversed_fen AS reversedFen,
  r.quantity, r.reversed_quantity AS reversedQuantity, r.weight_g AS weightG, r.paid_at AS paidAt,
  r.effective_at AS effectiveAt, r.payment_ref AS paymentRef, r.origin_county_code AS originCountyCode,
  r.origin_village_code AS originVillageCode, r.product_id AS productId, r.merchant_id AS merchantId,
  r.seller_county_code AS sellerCountyCode, r.channel_kind AS channelKind, r.channel_point_id AS channelPointId,
  r.sale_county_code AS saleCountyCode, r.consumption_county_code AS consumptionCountyCode, r.buyer_kind AS buyerKind,
  r.certification_id AS certificationId, r.linkage_agreement_id AS linkageAgreementId, r.buyer_key AS buyerKey,
  r.address_key AS addressKey, '' AS unitId, '' AS campaignCode
  FROM intake_row r JOIN partner p ON p.id = r.partner_id`;

/** The sale that a stored row tells of. */
export function saleOf(row: StoredSale): Sale {
  return {
    ...row,
    amountFen: fen(row.amountFen),
    weightG: BigInt(row.weightG),
    paidAt: row.paidAt ?? row.effectiveAt,
    deliveredAt: row.effectiveAt,
    isCertified: row.certificationId !== '',
    invoiceNo: null,
  };
}

/** The held sale, and what went back of it meanwhile. */
export function factsOfHeld(row: StoredSale, reversals: readonly StoredSale[]): VolumeFactDraft[] {
  const sale = saleOf(row);
  return [
    ...factsOfSale(row.id, sale, row.partnerCode),
    ...reversals.flatMap(({ id: rowId, amountFen, quantity, effectiveAt }) =>
      factsOfReversal(row.id, sale, row.partnerCode, {
        rowId,
        amountFen: BigInt(amountFen),
        quantity,
        reversedAt: effectiveAt,
      }),
    ),
  ];
}

function onRecord(row: StoredSale): OnRecord {
  const { id, contentHash, state } = row;
  const sale =
    row.kind === 'SALE'
      ? {
          of: saleOf(row),
          leftFen: fen(row.amountFen) - fen(row.reversedFen),
          leftQuantity: row.quantity - row.reversedQuantity,
        }
      : null;
  return { id, contentHash, state, sale };
}

function chunksOf<T>(items: readonly T[]): (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT)
    chunks.push(items.slice(start, start + ROWS_PER_STATEMENT));
  return chunks;
}

@Injectable()
export class BatchRepository {
  /** Throws on the unique key when the number is known already. */
  async insert(tx: Tx, batch: IntakeBatch): Promise<void> {
    await tx.manager.insert(IntakeBatch, batch);
  }

  async insertRows(tx: Tx, rows: readonly RowValues[]): Promise<void> {
    for (const chunk of chunksOf(rows)) await tx.insert('intake_row', chunk);
  }

  /**
   * What is on record under these identities, locked in their order, so that two batches about one sale take turns. A rejected
   * identity that is on record belongs to a confirmed duplicate: it stays what it was.
   */
  async lockOnRecord(
    tx: Tx,
    partnerId: PartnerId,
    identities: readonly string[],
  ): Promise<Map<string, OnRecord>> {
    const known = new Map<string, OnRecord>();
    for (const chunk of chunksOf([...new Set(identities)].toSorted())) {
      const rows = await tx.query<StoredSale>(
        `${SELECT_ROW} WHERE r.partner_id = ? AND r.identity IN (?) ORDER BY r.identity FOR UPDATE`,
        [partnerId, chunk],
      );
      for (const row of rows) known.set(row.identity, onRecord(row));
    }
    return known;
  }

  /** A sale, and what goes back of it and waits with it; as they stand, for whoever only looks. */
  async saleWithReversals(on: Pick<Tx, 'query'>, rowId: string): Promise<StoredSale[]> {
    return on.query<StoredSale>(
      `${SELECT_ROW} WHERE r.id = ? OR (r.sale_row_id = ? AND r.state = 'HELD') ORDER BY r.id`,
      [rowId, rowId],
    );
  }

  async lockRow(tx: Tx, id: string): Promise<StoredSale | null> {
    const [row] = await tx.query<StoredSale>(`${SELECT_ROW} WHERE r.id = ? FOR UPDATE`, [id]);
    return row ?? null;
  }

  /** What goes back of a sale and waits for it. */
  heldReversalsOf(tx: Tx, saleRowId: string): Promise<StoredSale[]> {
    return tx.query<StoredSale>(
      `${SELECT_ROW} WHERE r.sale_row_id = ? AND r.state = 'HELD' ORDER BY r.id FOR UPDATE`,
      [saleRowId],
    );
  }

  /** What the accepted and held reversals of one batch take off their sales; the CHECK refuses more than there was. */
  async addReversed(tx: Tx, batchId: IntakeBatchId): Promise<void> {
    await tx.write(
      `UPDATE intake_row s JOIN (
         SELECT sale_row_id, SUM(amount_fen) AS fen, SUM(quantity) AS quantity FROM intake_row
         WHERE batch_id = ? AND kind = 'REVERSAL' AND state IN ('ACCEPTED', 'HELD') GROUP BY sale_row_id) r
         ON r.sale_row_id = s.id
       SET s.reversed_fen = s.reversed_fen + r.fen, s.reversed_quantity = s.reversed_quantity + r.quantity`,
      [batchId],
    );
  }

  async setState(tx: Tx, ids: readonly string[], state: RowState): Promise<void> {
    if (ids.length > 0) await tx.write('UPDATE intake_row SET state = ? WHERE id IN (?)', [state, ids]);
  }

  /** How far the feed said it was complete before this batch; locked, so that batches of one feed take turns. */
  async lockFeed(tx: Tx, partnerId: PartnerId, kind: FeedKind, at: Date): Promise<string | null> {
    await tx.write(
      `INSERT INTO intake_feed (partner_id, kind, complete_through, last_received_at, late_row_count) VALUES (?, ?, NULL, ?, 0)
       ON DUPLICATE KEY UPDATE last_received_at = GREATEST(last_received_at, VALUES(last_received_at))`,
      [partnerId, kind, at],
    );
    const [row] = await tx.query<{ completeThrough: string | null }>(
      'SELECT complete_through AS completeThrough FROM intake_feed WHERE partner_id = ? AND kind = ? FOR UPDATE',
      [partnerId, kind],
    );
    return row?.completeThrough ?? null;
  }

  /** A watermark never goes back: what was promised was promised. */
  async moveFeed(
    tx: Tx,
    partnerId: PartnerId,
    kind: FeedKind,
    completeThrough: string | null,
    lateCount: number,
  ): Promise<void> {
    await tx.write(
      `UPDATE intake_feed SET late_row_count = late_row_count + ?,
         complete_through = CASE WHEN ? IS NULL THEN complete_through
           WHEN complete_through IS NULL OR complete_through < ? THEN ? ELSE complete_through END
       WHERE partner_id = ? AND kind = ?`,
      [lateCount, completeThrough, completeThrough, completeThrough, partnerId, kind],
    );
  }
}
