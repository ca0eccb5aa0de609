import type { INestApplicationContext } from '@nestjs/common';
import type { Connection } from 'mysql2/promise';
import { type IdOf, assert, newId, refused } from '#libs/kernel';
import type { SheetEffect, SheetKind } from '#libs/sheet';
import { StockCountService } from '#libs/stockkeeping';
import type { Database } from '#platform/database';
import { EACH, MONTH, type SheetGround, TODAY, placeOrders, times } from './sheet-ground.js';

type Row = readonly string[];

/** Whose table it is, and which one of a run: no two say the same. */
export interface Turn {
  readonly ground: SheetGround;
  readonly database: Database;
  readonly no: number;
}

/** One kind of table at its largest: its head and rows, and how somebody who writes it by hand does one entry of it. */
export interface SheetTable {
  readonly kind: SheetKind | 'SELL_THROUGH';
  /** What all of its rows do. */
  readonly effect: SheetEffect;
  /** Rows that are one act. */
  readonly each: number;
  readonly head: Row;
  /** What they are about is made here, before anything is timed. */
  rows(turn: Turn): Promise<Row[]>;
  /** Within a transaction of its own; no rule, no look, no note of what became of a row. */
  byHand(on: Connection, entry: readonly Row[], ground: SheetGround): Promise<void>;
  /** What follows by hand, timed as well: what it is called, and what is done. */
  readonly afterwards?: readonly [
    string,
    (app: INestApplicationContext, turn: Turn, userId: IdOf<'usr'>) => Promise<void>,
  ];
  /** What is done is put out of the way, so that the next table finds the same ground. */
  clear?(database: Database): Promise<unknown>;
}

const FACT = "INSERT INTO outbox (id, name, payload, occurred_at) VALUES (?, ?, '{}', NOW(6))";

const prices: SheetTable = {
  kind: 'PRODUCTS',
  effect: 'CHANGE',
  each: 1,
  head: ['规格编号', '价格元'],
  rows: ({ ground, no }) =>
    Promise.resolve(ground.goods.map(({ variantId }) => [variantId, String(71 + no)])),
  async byHand(on, [[variantId = '', price = ''] = []]) {
    const [[found]] = (await on.query('SELECT product_id AS id FROM product_variant WHERE id = ?', [
      variantId,
    ])) as unknown as [[{ id: string }]];
    await on.query('SELECT id FROM product WHERE id = ? FOR UPDATE', [found.id]);
    const fen = Math.round(Number(price) * 100);
    await on.query('UPDATE product_variant SET price_fen = ? WHERE id = ?', [fen, variantId]);
    await on.query(
      `INSERT INTO price_change (id, product_id, variant_id, price_fen, net_weight_g, grade, changed_at) VALUES (?, ?, ?, ?, 2500, 'FIRST', NOW(6))`,
      [newId('pch'), found.id, variantId, fen],
    );
    await on.query(
      'UPDATE product SET price_from_fen = (SELECT MIN(price_fen) FROM product_variant WHERE product_id = ?), updated_at = NOW(6) WHERE id = ?',
      [found.id, found.id],
    );
    await on.query(FACT, [newId('evt'), 'product.changed']);
  },
};

const newGoods: SheetTable = {
  kind: 'PRODUCTS',
  effect: 'CREATE',
  each: EACH,
  head: ['商品名称', '品类', '产地', '鲜活易腐', '商品说明', '规格', '等级', '净重克', '价格元'],
  rows: ({ ground, no }) =>
    Promise.resolve(
      ground.goods.map((_, index) => {
        const [name, size] = [`新桃${no}-${Math.floor(index / EACH)}`, (index % EACH) + 1];
        const more = ['黄桃', '湖南省株洲市炎陵县', '是', '海拔八百米的晚熟黄桃。'];
        return [name, ...more, `${size * 5} 斤装`, '一级', String(2_500 * size), String(80 * size)];
      }),
    ),
  async byHand(on, entry, { otherId }) {
    const key = newId('req');
    const [[known]] = (await on.query(
      'SELECT id FROM product_listing WHERE merchant_id = ? AND idempotency_key = ?',
      [otherId, key],
    )) as unknown as [[unknown]];
    if (known) return;
    await on.query(
      `INSERT INTO product_listing (id, merchant_id, idempotency_key, state, content, revision, name, county_code, is_price_held, created_by, created_at, updated_at)
       VALUES (?, ?, ?, 'DRAFT', ?, 1, '', '430225', 0, 'usr_hand', NOW(6), NOW(6))`,
      [newId('lst'), otherId, key, JSON.stringify(entry)],
    );
  },
  clear: (database) => database.write("UPDATE product_listing SET state = 'WITHDRAWN'"),
};

const stock: SheetTable = {
  kind: 'STOCK',
  effect: 'REVIEW',
  each: 1,
  head: ['规格编号', '追溯码', '实盘数量'],
  rows: ({ ground, no }) =>
    Promise.resolve(
      ground.goods.map(({ variantId, traceCode }) => [variantId, traceCode, String(999_000 - no)]),
    ),
  async byHand(on, [[variantId = '', traceCode = '', units = ''] = []], { merchantId }) {
    await on.query('SELECT id FROM stock_location WHERE merchant_id = ? FOR UPDATE', [merchantId]);
    const [[batch]] = (await on.query('SELECT id FROM product_batch WHERE trace_code = ?', [
      traceCode,
    ])) as unknown as [[{ id: string }]];
    await on.query(
      `INSERT INTO stock_count_line (count_id, variant_id, batch_id, best_before_on, counted_units, counted_at, counted_by)
       VALUES ('stc_hand', ?, ?, '9998-12-31', ?, NOW(6), 'usr_hand') ON DUPLICATE KEY UPDATE counted_units = VALUES(counted_units)`,
      [variantId, batch.id, Number(units)],
    );
  },
  afterwards: [
    'handed in',
    async (app, { ground: { merchantId }, database }, userId) => {
      const keeper = { userId, merchantIds: [merchantId] };
      const [count] = await database.query<{ id: string }>("SELECT id FROM stock_count WHERE state = 'OPEN'");
      const posted = await app
        .get(StockCountService, { strict: false })
        .post(count?.id ?? '', '年终盘点', keeper);
      assert(!refused(posted), 'there is a reason');
    },
  ],
  clear: (database) =>
    database.write(
      "UPDATE stock_count SET state = 'DISCARDED', open_place = NULL, ended_at = NOW(6) WHERE state = 'OPEN'",
    ),
};

const batches: SheetTable = {
  kind: 'BATCHES',
  effect: 'CREATE',
  each: 1,
  head: ['商品编号', '村代码', '采收起', '采收止', '总公斤', '最晚售卖日'],
  rows: ({ ground: { goods, villageCodes }, no }) =>
    Promise.resolve(
      goods.map(({ productId }, index) => {
        const village = villageCodes[index % villageCodes.length] ?? '';
        // Of one product and day each weighs something else, or it would be the same batch.
        return [productId, village, TODAY, TODAY, String(1 + (index % EACH) + EACH * no), TODAY];
      }),
    ),
  async byHand(
    on,
    [[productId = '', village = '', from = '', until = '', kg = '', bestBefore = ''] = []],
    ground,
  ) {
    const [id, grams] = [newId('bat'), Number(kg) * 1_000];
    await on.query(
      "SELECT capacity_g FROM harvest_capacity WHERE village_code = ? AND kind_code = 'PEACH' AND season_from <= ? AND season_to >= ? FOR UPDATE",
      [village, from, from],
    );
    await on.query(
      `SELECT SUM(granted_g) FROM harvest_batch WHERE village_code = ? AND kind_code = 'PEACH' AND harvested_from BETWEEN ? AND ?`,
      [village, `${from.slice(0, 4)}-01-01`, `${from.slice(0, 4)}-12-31`],
    );
    await on.query(
      `INSERT INTO product_batch (id, product_id, trace_code, origin_county_code, origin_village_code, harvested_on, best_before_on, created_at, receivable_g)
       VALUES (?, ?, ?, '430225', ?, ?, ?, NOW(6), ?)`,
      [id, productId, id, village, from, bestBefore, grams],
    );
    await on.query(
      `INSERT INTO harvest_batch (batch_id, merchant_id, product_id, kind_code, county_code, village_code, harvested_from, harvested_until, weight_g, granted_g, presold_g,
         review_state, review_reason, registered_by, idempotency_key, content_hash, registered_at)
       VALUES (?, ?, ?, 'PEACH', '430225', ?, ?, ?, ?, ?, 0, 'NONE', '', 'usr_hand', ?, '', NOW(6))`,
      [id, ground.otherId, productId, village, from, until, grams, grams, id],
    );
    await on.query(
      "INSERT INTO audit_entry (id, actor_id, act, subject, at) VALUES (?, 'usr_hand', 'harvest_batch.registered', ?, NOW(6))",
      [newId('aud'), id],
    );
  },
};

const households: SheetTable = {
  kind: 'HOUSEHOLDS',
  effect: 'CREATE',
  each: EACH,
  head: ['协议名称', '协议类型', '起始日', '农户编号', '份数', '单价元'],
  rows: ({ ground, no }) =>
    Promise.resolve(
      ground.householdIds.map((id, index) => {
        const name = `秋桃收购${no}-${Math.floor(index / EACH)}`;
        return [name, '订单收购', TODAY, id, '2', '4.50'];
      }),
    ),
  async byHand(on, entry, { otherId }) {
    const id = newId('lnk');
    const ids = entry.map(([, , , householdId]) => householdId);
    await on.query(
      'SELECT household_id FROM household_introduction WHERE merchant_id = ? AND household_id IN (?)',
      [otherId, ids],
    );
    await on.query(
      `INSERT INTO linkage_agreement (id, merchant_id, kind, starts_on, created_at, revision, idempotency_key) VALUES (?, ?, 'PURCHASE_ORDER', ?, NOW(6), 1, ?)`,
      [id, otherId, TODAY, id],
    );
    await on.query('INSERT INTO linkage_household (agreement_id, household_id, weight) VALUES ?', [
      ids.map((householdId) => [id, householdId, 2]),
    ]);
    await on.query(
      `INSERT INTO linkage_term (id, agreement_id, revision, unit_fen, note, set_by, set_at) VALUES (?, ?, 1, 450, '', 'usr_hand', NOW(6))`,
      [newId('ltm'), id],
    );
  },
};

const shipments: SheetTable = {
  kind: 'SHIPMENTS',
  effect: 'CREATE',
  each: 1,
  head: ['订单号', '快递公司', '运单号'],
  async rows({ ground, database, no }) {
    const ids = await placeOrders(database, ground);
    return ids.map((id, index) => [id, '顺丰速运', `SF${no}${String(index).padStart(9, '0')}`]);
  },
  async byHand(on, [[partId = '', carrier = '', number = ''] = []]) {
    const id = newId('ful');
    await on.query('SELECT id FROM merchant_order WHERE id = ? FOR UPDATE', [partId]);
    await on.query('SELECT id FROM fulfillment WHERE merchant_order_id = ?', [partId]);
    const [lines] = (await on.query('SELECT id, quantity FROM order_line WHERE merchant_order_id = ?', [
      partId,
    ])) as unknown as [{ id: string; quantity: number }[]];
    await on.query("UPDATE merchant_order SET state = 'SHIPPED', shipped_at = NOW(6) WHERE id = ?", [partId]);
    await on.query(FACT, [newId('evt'), 'merchant_order.shipped']);
    await on.query(
      'INSERT INTO fulfillment (id, merchant_order_id, carrier, tracking_no, shipped_at) VALUES (?, ?, ?, ?, NOW(6))',
      [id, partId, carrier, number],
    );
    await on.query('INSERT INTO fulfillment_line (fulfillment_id, order_line_id, quantity) VALUES ?', [
      lines.map((line) => [id, line.id, line.quantity]),
    ]);
    const [held] = (await on.query(
      "SELECT id, stock_level_id AS levelId, quantity FROM stock_reservation WHERE order_line_id IN (?) AND state = 'HELD' FOR UPDATE",
      [lines.map((line) => line.id)],
    )) as unknown as [{ id: string; levelId: string; quantity: number }[]];
    for (const each of held) {
      await on.query("UPDATE stock_reservation SET state = 'SHIPPED' WHERE id = ?", [each.id]);
      await on.query(
        "INSERT INTO stock_movement (id, stock_level_id, kind, quantity, cause_key, moved_at) VALUES (?, ?, 'SHIPPED', ?, ?, NOW(6))",
        [newId('stm'), each.levelId, -each.quantity, each.id],
      );
      await on.query('UPDATE stock_level SET on_hand = on_hand - ?, reserved = reserved - ? WHERE id = ?', [
        each.quantity,
        each.quantity,
        each.levelId,
      ]);
    }
  },
};

const DAYS = Number(TODAY.slice(8));

const sellThrough: SheetTable = {
  kind: 'SELL_THROUGH',
  effect: 'CREATE',
  each: 1,
  head: ['行号', '专区', '货号', '销售日期', '数量', '金额'],
  rows: ({ ground: { goods, placeNames }, no }) =>
    Promise.resolve(
      goods.map((_, index) => {
        const day = `${MONTH.slice(0, 8)}${String(1 + (index % DAYS)).padStart(2, '0')}`;
        return [
          `${no}-${index}`,
          placeNames[index % placeNames.length] ?? '',
          `YL-${index % 50}`,
          day,
          '2',
          '160.00',
        ];
      }),
    ),
  async byHand(on, [[key = '', place = '', code = '', day = '', units = '', yuan = ''] = []], { otherId }) {
    const [[found]] = (await on.query(
      `SELECT l.id AS levelId, l.variant_id AS variantId, p.channel_point_id AS pointId, l.batch_id AS batchId FROM stock_level l
       JOIN stock_location p ON p.id = l.location_id JOIN product_variant v ON v.id = l.variant_id WHERE p.name = ? AND v.sku = ?`,
      [place, code],
    )) as unknown as [[Record<'levelId' | 'variantId' | 'pointId' | 'batchId', string>]];
    const [id, fen] = [newId('stl'), Math.round(Number(yuan) * 100)];
    await on.query(
      `INSERT INTO sell_through_line (id, operator_id, month, row_key, revision, channel_point_id, variant_id, merchant_id, sold_on, quantity, amount_fen, short_units)
       VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, 0)`,
      [id, otherId, MONTH, key, found.pointId, found.variantId, otherId, day, Number(units), fen],
    );
    await on.query(
      'INSERT INTO sell_through_part (line_id, revision, part_no, batch_id, quantity, amount_fen) VALUES (?, 1, 1, ?, ?, ?)',
      [id, found.batchId, Number(units), fen],
    );
    await on.query(
      "INSERT INTO stock_movement (id, stock_level_id, kind, quantity, cause_key, moved_at) VALUES (?, ?, 'SHIPPED', ?, ?, NOW(6))",
      [newId('stm'), found.levelId, -Number(units), id],
    );
    await on.query('UPDATE stock_level SET on_hand = on_hand - ? WHERE id = ?', [
      Number(units),
      found.levelId,
    ]);
  },
};

export const SHEET_TABLES = {
  prices,
  'new-goods': newGoods,
  stock,
  batches,
  households,
  shipments,
  'sell-through': sellThrough,
} as const satisfies Readonly<Record<string, SheetTable>>;

export type SheetTableName = keyof typeof SHEET_TABLES;
export const SHEET_TABLE_NAMES = Object.keys(SHEET_TABLES) as readonly SheetTableName[];

/** Rows of one act together, as they stand. */
export function entriesIn(rows: readonly Row[], each: number): Row[][] {
  return times(Math.ceil(rows.length / each), (index) => rows.slice(index * each, (index + 1) * each));
}
