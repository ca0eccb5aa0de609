import { Injectable } from '@nestjs/common';
import type { CabinetScope } from '#libs/counter';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { DoorDisputeState } from './door-dispute.entity.js';
import type { DoorOpening, DoorOpeningState, DoorOpeningTray } from './door-opening.entity.js';
import { vendsWithin, vendsMatching } from './vend-scope.rules.js';

export interface DoorOpeningRow extends Pick<
  DoorOpening,
  | 'id'
  | 'buyerId'
  | 'cabinetId'
  | 'channelPointId'
  | 'countyCode'
  | 'operatorId'
  | 'state'
  | 'holdId'
  | 'startedAt'
  | 'askedAt'
  | 'openedAt'
  | 'closedAt'
  | 'reviewReason'
  | 'orderId'
  | 'billedAt'
  | 'decidedNote'
> {
  readonly heldFen: string;
  readonly billedFen: string | null;
}

export interface DoorOpeningItemRow {
  readonly openingId: string;
  readonly slotCode: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly priceFen: string;
}

export type DoorOpeningTrayRow = Pick<
  DoorOpeningTray,
  'openingId' | 'slotCode' | 'beforeG' | 'afterG' | 'doubt'
> & { readonly isSettled: boolean };

export interface DoorOpeningFilter {
  readonly orderId?: string | null;
  readonly cabinetId?: string | null;
  readonly state?: DoorOpeningState | null;
  /** Those whose bill is disputed, and that stands so. */
  readonly dispute?: DoorDisputeState | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const DOOR_OPENING_KEY_PARTS = 1;

const SELECT = `SELECT d.id, d.buyer_id AS buyerId, d.cabinet_id AS cabinetId, d.channel_point_id AS channelPointId, d.county_code AS countyCode,
  d.operator_id AS operatorId, d.state, d.hold_id AS holdId, d.held_fen AS heldFen, d.started_at AS startedAt, d.asked_at AS askedAt,
  d.opened_at AS openedAt, d.closed_at AS closedAt, d.review_reason AS reviewReason, d.order_id AS orderId, d.billed_fen AS billedFen,
  d.billed_at AS billedAt, d.decided_note AS decidedNote FROM door_opening d`;

@Injectable()
export class DoorOpeningReader {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<DoorOpeningRow | null> {
    const [row] = await this.database.query<DoorOpeningRow>(`${SELECT} WHERE d.id = ?`, [id]);
    return row ?? null;
  }

  /** Null for those of others. */
  async byIdForBuyer(id: string, buyerId: string): Promise<DoorOpeningRow | null> {
    const [row] = await this.database.query<DoorOpeningRow>(`${SELECT} WHERE d.id = ? AND d.buyer_id = ?`, [
      id,
      buyerId,
    ]);
    return row ?? null;
  }

  /** Null outside the scope. */
  async byIdWithin(id: string, scope: CabinetScope): Promise<DoorOpeningRow | null> {
    const within = vendsWithin('d', scope);
    const [row] = await this.database.query<DoorOpeningRow>(`${SELECT} WHERE d.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }

  /** One's own, newest first. */
  pageForBuyer(buyerId: string, page: PageRequest): Promise<Page<DoorOpeningRow>> {
    return this.page('d.buyer_id = ?', [buyerId], page);
  }

  /** Newest first. */
  pageWithin(
    scope: CabinetScope,
    { dispute = null, ...filter }: DoorOpeningFilter,
    page: PageRequest,
  ): Promise<Page<DoorOpeningRow>> {
    const { sql, values } = vendsMatching('d', scope, filter);
    if (dispute === null) return this.page(sql, values, page);
    const disputed = 'EXISTS (SELECT 1 FROM door_dispute x WHERE x.opening_id = d.id AND x.state = ?)';
    return this.page(`${sql} AND ${disputed}`, [...values, dispute], page);
  }

  /** Of openings that were found for whoever asks; so is what follows. */
  async itemsOf(openingIds: readonly string[]): Promise<DoorOpeningItemRow[]> {
    if (openingIds.length === 0) return [];
    return this.database.query<DoorOpeningItemRow>(
      `SELECT opening_id AS openingId, slot_code AS slotCode, variant_id AS variantId, quantity, price_fen AS priceFen
       FROM door_opening_item WHERE opening_id IN (?) ORDER BY opening_id, slot_code, variant_id`,
      [openingIds],
    );
  }

  async traysOf(openingIds: readonly string[]): Promise<DoorOpeningTrayRow[]> {
    if (openingIds.length === 0) return [];
    const rows = await this.database.query<Omit<DoorOpeningTrayRow, 'isSettled'> & { isSettled: number }>(
      `SELECT opening_id AS openingId, slot_code AS slotCode, before_g AS beforeG, after_g AS afterG, is_settled AS isSettled, doubt
       FROM door_opening_tray WHERE opening_id IN (?) ORDER BY opening_id, slot_code`,
      [openingIds],
    );
    return rows.map((row) => ({ ...row, isSettled: row.isSettled === 1 }));
  }

  private async page(
    where: string,
    values: readonly SqlValue[],
    { first, after }: PageRequest,
  ): Promise<Page<DoorOpeningRow>> {
    const rows = await this.database.query<DoorOpeningRow>(
      `${SELECT} WHERE ${where} ${after === null ? '' : 'AND d.id < ?'} ORDER BY d.id DESC LIMIT ?`,
      [...values, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }
}
