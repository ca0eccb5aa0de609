import { Injectable } from '@nestjs/common';
import type { CabinetScope } from '#libs/counter';
import { type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { VendBreakId, VendBreakKind, VendId, VendItemState, VendState } from './vend.entity.js';
import { vendsWithin, vendsMatching } from './vend-scope.rules.js';

export interface VendRow {
  readonly id: VendId;
  readonly orderId: IdOf<'ord'>;
  readonly cabinetId: IdOf<'cab'>;
  readonly channelPointId: IdOf<'chp'>;
  readonly countyCode: string;
  readonly operatorId: IdOf<'mer'>;
  readonly state: VendState;
  readonly paidAt: Date;
  readonly begunAt: Date;
  readonly concludedAt: Date | null;
}

export interface VendItemView {
  readonly vendId: VendId;
  readonly orderLineId: string;
  readonly slotCode: string;
  readonly quantity: number;
  readonly fen: string;
  readonly state: VendItemState;
  readonly deliveredUnits: number | null;
}

export interface VendBreakRow {
  readonly id: VendBreakId;
  readonly cabinetId: IdOf<'cab'>;
  readonly operatorId: IdOf<'mer'>;
  readonly countyCode: string;
  readonly vendId: VendId | null;
  readonly orderId: IdOf<'ord'> | null;
  readonly slotCode: string;
  readonly kind: VendBreakKind;
  readonly units: number;
  readonly takenUnits: number;
  readonly foundAt: Date;
  readonly resolvedAt: Date | null;
  readonly note: string | null;
}

export interface VendFilter {
  readonly cabinetId?: string | null;
  readonly state?: VendState | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const VEND_KEY_PARTS = 1;

const VEND = `SELECT v.id, v.order_id AS orderId, v.cabinet_id AS cabinetId, v.channel_point_id AS channelPointId, v.county_code AS countyCode,
  v.operator_id AS operatorId, v.state, v.paid_at AS paidAt, v.begun_at AS begunAt, v.concluded_at AS concludedAt FROM vend v`;

const BREAK = `SELECT b.id, b.cabinet_id AS cabinetId, b.operator_id AS operatorId, b.county_code AS countyCode, b.vend_id AS vendId,
  v.order_id AS orderId, b.slot_code AS slotCode, b.kind, b.units, b.taken_units AS takenUnits, b.found_at AS foundAt,
  b.resolved_at AS resolvedAt, b.note FROM vend_break b LEFT JOIN vend v ON v.id = b.vend_id`;

@Injectable()
export class VendReader {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page(scope: CabinetScope, filter: VendFilter, { first, after }: PageRequest): Promise<Page<VendRow>> {
    const { sql, values } = vendsMatching('v', scope, filter);
    const rows = await this.database.query<VendRow>(
      `${VEND} WHERE ${sql} ${after === null ? '' : 'AND v.id < ?'} ORDER BY v.id DESC LIMIT ?`,
      [...values, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of orders that were found for whoever asks. */
  async ofOrders(orderIds: readonly string[]): Promise<VendRow[]> {
    if (orderIds.length === 0) return [];
    return this.database.query<VendRow>(`${VEND} WHERE v.order_id IN (?)`, [orderIds]);
  }

  /** Of vends that were found within a scope. */
  async itemsOf(vendIds: readonly string[]): Promise<VendItemView[]> {
    if (vendIds.length === 0) return [];
    return this.database.query<VendItemView>(
      `SELECT vend_id AS vendId, order_line_id AS orderLineId, slot_code AS slotCode, quantity, fen, state, delivered_units AS deliveredUnits
       FROM vend_item WHERE vend_id IN (?) ORDER BY vend_id, id`,
      [vendIds],
    );
  }

  /** Newest first; with `isOpen` only those that nobody has seen to, or only the others. */
  async breaks(
    scope: CabinetScope,
    isOpen: boolean | null,
    { first, after }: PageRequest,
  ): Promise<Page<VendBreakRow>> {
    const within = vendsWithin('b', scope);
    const standing = isOpen === null ? '' : ` AND b.resolved_at IS ${isOpen ? '' : 'NOT '}NULL`;
    const rows = await this.database.query<VendBreakRow>(
      `${BREAK} WHERE ${within.sql}${standing} ${after === null ? '' : 'AND b.id < ?'} ORDER BY b.id DESC LIMIT ?`,
      [...within.values, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async breakById(id: string, scope: CabinetScope): Promise<VendBreakRow | null> {
    const within = vendsWithin('b', scope);
    const [row] = await this.database.query<VendBreakRow>(`${BREAK} WHERE b.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }
}
