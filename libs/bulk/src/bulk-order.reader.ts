import { Injectable } from '@nestjs/common';
import {
  type Fen,
  type FenText,
  type IdOf,
  type Message,
  type Page,
  type PageRequest,
  fen,
  pageOf,
} from '#libs/kernel';
import { PurchaserReader } from '#libs/procurement';
import { Database, type Tx } from '#platform/database';
import { type FaultAt, faultsOf } from './bulk-check.rules.js';
import type { BulkOrderId, BulkParcelState } from './bulk-order.entity.js';
import {
  BULK_ORDER_COLUMNS,
  type BulkOrderRecord,
  type RawBulkOrder,
  bulkOrderOf,
} from './bulk-order-record.rules.js';
import type { SheetRow } from './bulk-sheet.rules.js';

export interface BulkRowView {
  readonly rowNo: number;
  readonly parcelNo: number | null;
  readonly recipient: string;
  readonly phone: string;
  readonly county: string;
  readonly address: string;
  readonly goods: string;
  readonly quantity: string;
  readonly faults: readonly FaultAt[];
}

export interface BulkParcelView {
  readonly bulkOrderId: BulkOrderId;
  readonly parcelNo: number;
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  readonly address: string;
  readonly totalFen: Fen;
  readonly state: BulkParcelState;
  readonly orderId: IdOf<'ord'> | null;
  /** Why it was not placed, signed or called off; null where nobody has said no. */
  readonly refusal: { readonly code: string; readonly message: Message } | null;
}

/** How many parcels stand where. */
export interface BulkProgress {
  readonly bulkOrderId: string;
  readonly state: BulkParcelState;
  readonly parcels: number;
}

type RawParcel = Omit<BulkParcelView, 'totalFen' | 'refusal'> & {
  readonly totalFen: FenText;
  readonly refusalCode: string | null;
  readonly refusalZh: string | null;
  readonly refusalEn: string | null;
};

type RawRow = Omit<BulkRowView, 'faults'> & { readonly faults: string };

export const BULK_KEY_PARTS = 1;

/** More than anybody brings in many years. */
const LISTS_TOLD_MAX = 2_000;

const ROW = `SELECT row_no AS rowNo, parcel_no AS parcelNo, recipient, phone, county, address, goods, quantity_text AS quantity, faults
  FROM bulk_order_row`;
const PARCEL = `SELECT bulk_order_id AS bulkOrderId, parcel_no AS parcelNo, name, phone, county_code AS countyCode, address,
  total_fen AS totalFen, state, order_id AS orderId, refusal_code AS refusalCode, refusal_zh AS refusalZh, refusal_en AS refusalEn
  FROM bulk_order_parcel`;

/** Lists as those see them who may: a unit's own people all of its lists, a contractor's people those of their firm, while it runs the canteen. */
@Injectable()
export class BulkOrderReader {
  constructor(
    private readonly database: Database,
    private readonly purchasers: PurchaserReader,
  ) {}

  /** Null for lists of others, as if they did not exist. */
  async byIdFor(id: string, userId: string): Promise<BulkOrderRecord | null> {
    const [row] = await this.database.query<RawBulkOrder>(
      `SELECT ${BULK_ORDER_COLUMNS} FROM bulk_order WHERE id = ?`,
      [id],
    );
    if (!row) return null;
    if (await this.purchasers.isOfUnit(row.unitId, userId)) return bulkOrderOf(row);
    const buyer = await this.purchasers.forBuyer(row.unitId, userId);
    const isOfFirm = row.contractorId !== '' && buyer?.contractorId === row.contractorId;
    return isOfFirm ? bulkOrderOf(row) : null;
  }

  /** The latest first; all of the unit's, or those of one contractor. The caller has asked who asks. */
  async page(
    { unitId, contractorId }: { readonly unitId: string; readonly contractorId: string | null },
    { first, after }: PageRequest,
  ): Promise<Page<BulkOrderRecord>> {
    const ofFirm = contractorId === null ? [] : [contractorId];
    const rows = await this.database.query<RawBulkOrder>(
      `SELECT ${BULK_ORDER_COLUMNS} FROM bulk_order WHERE unit_id = ? AND id < ?${contractorId === null ? '' : ' AND contractor_id = ?'}
       ORDER BY id DESC LIMIT ?`,
      [unitId, after?.[0] ?? 'blk_~', ...ofFirm, first + 1],
    );
    return pageOf(rows.map(bulkOrderOf), first, ({ id }) => [id]);
  }

  /** Lists that somebody has brought, the latest first, for themselves; whom they went to is told to nobody here. */
  async ofBuyer(buyerId: string): Promise<BulkOrderRecord[]> {
    const rows = await this.database.query<RawBulkOrder>(
      `SELECT ${BULK_ORDER_COLUMNS} FROM bulk_order WHERE buyer_id = ? ORDER BY id DESC LIMIT ?`,
      [buyerId, LISTS_TOLD_MAX],
    );
    return rows.map(bulkOrderOf);
  }

  async rows(
    bulkOrderId: BulkOrderId,
    isFaultyOnly: boolean,
    { first, after }: PageRequest,
  ): Promise<Page<BulkRowView>> {
    const rows = await this.database.query<RawRow>(
      `${ROW} WHERE bulk_order_id = ? AND row_no > ?${isFaultyOnly ? ' AND parcel_no IS NULL' : ''} ORDER BY row_no LIMIT ?`,
      [bulkOrderId, Number(after?.[0] ?? 0), first + 1],
    );
    return pageOf(rows.map(rowOf), first, ({ rowNo }) => [String(rowNo)]);
  }

  async parcels(
    bulkOrderId: BulkOrderId,
    state: BulkParcelState | null,
    { first, after }: PageRequest,
  ): Promise<Page<BulkParcelView>> {
    const narrowed = state === null ? [] : [state];
    const rows = await this.database.query<RawParcel>(
      `${PARCEL} WHERE bulk_order_id = ? AND parcel_no > ?${state === null ? '' : ' AND state = ?'} ORDER BY parcel_no LIMIT ?`,
      [bulkOrderId, Number(after?.[0] ?? 0), ...narrowed, first + 1],
    );
    return pageOf(rows.map(parcelOf), first, ({ parcelNo }) => [String(parcelNo)]);
  }

  /** Of several lists in one statement. */
  async progressOf(bulkOrderIds: readonly string[]): Promise<BulkProgress[]> {
    if (bulkOrderIds.length === 0) return [];
    const rows = await this.database.query<Omit<BulkProgress, 'parcels'> & { readonly parcels: string }>(
      `SELECT bulk_order_id AS bulkOrderId, state, COUNT(*) AS parcels FROM bulk_order_parcel WHERE bulk_order_id IN (?)
       GROUP BY bulk_order_id, state`,
      [bulkOrderIds],
    );
    return rows.map((row) => ({ ...row, parcels: Number(row.parcels) }));
  }

  /** All of it, for a file. A list is bounded by how it is read. */
  async whole(
    bulkOrderId: BulkOrderId,
  ): Promise<{ readonly rows: BulkRowView[]; readonly parcels: BulkParcelView[] }> {
    const rows = await this.database.query<RawRow>(`${ROW} WHERE bulk_order_id = ? ORDER BY row_no`, [
      bulkOrderId,
    ]);
    const parcels = await this.database.query<RawParcel>(
      `${PARCEL} WHERE bulk_order_id = ? ORDER BY parcel_no`,
      [bulkOrderId],
    );
    return { rows: rows.map(rowOf), parcels: parcels.map(parcelOf) };
  }

  /** As it was written, for whoever looks at it again. */
  async list(bulkOrderId: string, on: Pick<Tx, 'query'>): Promise<SheetRow[]> {
    const rows = await on.query<RawRow>(`${ROW} WHERE bulk_order_id = ? ORDER BY row_no`, [bulkOrderId]);
    return rows.map(({ rowNo, recipient, phone, county, address, goods, quantity }) => ({
      rowNo,
      cells: {
        RECIPIENT: recipient,
        PHONE: phone,
        COUNTY: county,
        ADDRESS: address,
        GOODS: goods,
        QUANTITY: quantity,
      },
    }));
  }
}

function rowOf({ faults, ...row }: RawRow): BulkRowView {
  return { ...row, faults: faultsOf(faults) };
}

function parcelOf({ totalFen, refusalCode, refusalZh, refusalEn, ...parcel }: RawParcel): BulkParcelView {
  const refusal =
    refusalCode === null
      ? null
      : { code: refusalCode, message: { zh: refusalZh ?? '', en: refusalEn ?? '' } };
  return { ...parcel, totalFen: fen(totalFen), refusal };
}
