import { Injectable } from '@nestjs/common';
import type { CabinetId, CabinetScope } from '#libs/counter';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { PickUp, PickUpState } from './pick-up.entity.js';
import { vendsWithin, vendsMatching } from './vend-scope.rules.js';

export type PickUpRow = Pick<
  PickUp,
  | 'id'
  | 'orderId'
  | 'merchantOrderId'
  | 'cabinetId'
  | 'channelPointId'
  | 'countyCode'
  | 'operatorId'
  | 'cellCode'
  | 'state'
  | 'codeNo'
  | 'placedAt'
  | 'keptUntil'
  | 'takenAt'
  | 'takenBackAt'
>;

export interface PickUpFilter {
  readonly cabinetId?: string | null;
  readonly state?: PickUpState | null;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const PICK_UP_KEY_PARTS = 1;

const SELECT = `SELECT u.id, u.order_id AS orderId, u.merchant_order_id AS merchantOrderId, u.cabinet_id AS cabinetId,
  u.channel_point_id AS channelPointId, u.county_code AS countyCode, u.operator_id AS operatorId, u.cell_code AS cellCode, u.state,
  u.code_no AS codeNo, u.placed_at AS placedAt, u.kept_until AS keptUntil, u.taken_at AS takenAt, u.taken_back_at AS takenBackAt FROM pick_up u`;

@Injectable()
export class PickUpReader {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<PickUpRow | null> {
    const [row] = await this.database.query<PickUpRow>(`${SELECT} WHERE u.id = ?`, [id]);
    return row ?? null;
  }

  /** Null outside the scope. */
  async byIdWithin(id: string, scope: CabinetScope): Promise<PickUpRow | null> {
    const within = vendsWithin('u', scope);
    const [row] = await this.database.query<PickUpRow>(`${SELECT} WHERE u.id = ? AND ${within.sql}`, [
      id,
      ...within.values,
    ]);
    return row ?? null;
  }

  /** The last of each; of merchant orders that were found for whoever asks. */
  async lastOf(merchantOrderIds: readonly string[]): Promise<PickUpRow[]> {
    if (merchantOrderIds.length === 0) return [];
    return this.database.query<PickUpRow>(
      `${SELECT} JOIN (SELECT MAX(id) AS id FROM pick_up WHERE merchant_order_id IN (?) GROUP BY merchant_order_id) last ON last.id = u.id`,
      [merchantOrderIds],
    );
  }

  /** What lies in the cells of a cabinet, in their order: one in each. */
  async lyingIn(cabinetId: string): Promise<PickUpRow[]> {
    return this.database.query<PickUpRow>(`${SELECT} WHERE u.active_cabinet_id = ? ORDER BY u.cell_code`, [
      cabinetId,
    ]);
  }

  /** The cells of these cabinets that are not free. */
  async takenIn(
    cabinetIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<{ readonly cabinetId: CabinetId; readonly slotCode: string }[]> {
    if (cabinetIds.length === 0) return [];
    return on.query(
      'SELECT active_cabinet_id AS cabinetId, cell_code AS slotCode FROM pick_up WHERE active_cabinet_id IN (?)',
      [cabinetIds],
    );
  }

  /** Newest first. */
  async pageWithin(
    scope: CabinetScope,
    filter: PickUpFilter,
    { first, after }: PageRequest,
  ): Promise<Page<PickUpRow>> {
    const { sql, values } = vendsMatching('u', scope, filter);
    const rows = await this.database.query<PickUpRow>(
      `${SELECT} WHERE ${sql} ${after === null ? '' : 'AND u.id < ?'} ORDER BY u.id DESC LIMIT ?`,
      [...values, ...(after === null ? [] : [after[0] ?? '']), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }
}
