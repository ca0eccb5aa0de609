import { Injectable } from '@nestjs/common';
import { Clock, InvalidInputError, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { MerchantOrderId } from './merchant-order.entity.js';
import { MerchantOrderReader, type MerchantOrderRow } from './merchant-order.reader.js';
import { DUES, type Due, daysOf, provincePrefix } from './to-ship.rules.js';

export interface ToShipFilter {
  readonly due?: Due | null;
  /** Of the recipient. */
  readonly provinceCode?: string | null;
  readonly productId?: string | null;
  /** Whose label it has. */
  readonly carrier?: string | null;
  readonly isLabelled?: boolean | null;
}

export type ToShipCount = Readonly<Record<Lowercase<Due>, number>>;

interface Key {
  readonly id: MerchantOrderId;
  readonly dueOn: string;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const TO_SHIP_KEY_PARTS = 2;

/** What cabinets hand out by themselves is nobody's to pack. */
const OURS = "m.handover IN ('PARCEL', 'PICK_UP')";

const STATES = ['TO_SHIP', 'PARTLY_SHIPPED'] as const;

/** What somebody has to pack, the most urgent first. The caller has checked whose it is. */
@Injectable()
export class ToShipReader {
  constructor(
    private readonly database: Database,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly clock: Clock,
  ) {}

  /** By the day that was promised. Costs what the page costs, in two statements: its keys, from each state as many, and their rows. */
  async page(
    merchantId: string,
    filter: ToShipFilter,
    { first, after }: PageRequest,
  ): Promise<Page<MerchantOrderRow> | InvalidInputError> {
    const where = [OURS];
    const values: SqlValue[] = [];
    if (filter.due) {
      const { fromOn, toOn } = daysOf(filter.due, this.clock.now());
      if (fromOn !== null) where.push('m.due_on >= ?');
      if (toOn !== null) where.push('m.due_on <= ?');
      values.push(...[fromOn, toOn].filter((day) => day !== null));
    }
    if (filter.provinceCode) {
      const prefix = provincePrefix(filter.provinceCode);
      if (prefix instanceof InvalidInputError) return prefix;
      where.push(
        'EXISTS (SELECT 1 FROM customer_order o WHERE o.id = m.order_id AND o.recipient_county_code LIKE ?)',
      );
      values.push(`${prefix}%`);
    }
    if (filter.productId) {
      where.push('EXISTS (SELECT 1 FROM order_line l WHERE l.merchant_order_id = m.id AND l.product_id = ?)');
      values.push(filter.productId);
    }
    if (filter.carrier) {
      where.push('m.waybill_carrier = ?');
      values.push(filter.carrier);
    }
    if (typeof filter.isLabelled === 'boolean')
      where.push(`m.waybill_carrier IS ${filter.isLabelled ? 'NOT NULL' : 'NULL'}`);
    if (after) {
      const [dueOn, id] = [present(after[0], 'a day'), present(after[1], 'an id')];
      where.push('(m.due_on > ? OR (m.due_on = ? AND m.id > ?))');
      values.push(dueOn, dueOn, id);
    }
    const ofState = `(SELECT m.id, m.due_on AS dueOn FROM merchant_order m WHERE m.merchant_id = ? AND m.state = ? AND ${where.join(' AND ')}
      ORDER BY m.due_on, m.id LIMIT ?)`;
    const keys = await this.database.query<Key>(
      `${STATES.map(() => ofState).join(' UNION ALL ')} ORDER BY dueOn, id LIMIT ?`,
      [...STATES.flatMap((state) => [merchantId, state, ...values, first + 1]), first + 1],
    );
    const page = pageOf(keys, first, ({ dueOn, id }) => [dueOn, id]);
    const rows = await this.merchantOrders.byIds(page.nodes.map(({ id }) => id));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return { ...page, nodes: page.nodes.flatMap(({ id }) => byId.get(id) ?? []) };
  }

  /** How many orders have to leave when. Costs what waits. */
  async count(merchantId: string): Promise<ToShipCount> {
    const now = this.clock.now();
    const [today, tomorrow] = [daysOf('TODAY', now).fromOn, daysOf('TOMORROW', now).fromOn];
    const rows = await this.database.query<{ due: Due; count: string }>(
      `SELECT CASE WHEN m.due_on < ? THEN 'LATE' WHEN m.due_on = ? THEN 'TODAY' WHEN m.due_on = ? THEN 'TOMORROW' ELSE 'LATER' END AS due,
         COUNT(*) AS count
       FROM merchant_order m WHERE m.merchant_id = ? AND m.state IN (?) AND ${OURS} GROUP BY due`,
      [today, today, tomorrow, merchantId, STATES],
    );
    const countOf = (due: Due) => Number(rows.find((row) => row.due === due)?.count ?? 0);
    const [late = 0, dueToday = 0, dueTomorrow = 0, later = 0] = DUES.map(countOf);
    return { late, today: dueToday, tomorrow: dueTomorrow, later };
  }
}
