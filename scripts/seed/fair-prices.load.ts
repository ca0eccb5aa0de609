import { assert, present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { seededId } from '../data/seeded-id.js';
import { fenOfYuan } from '../data/shared.js';
import { type FileLoad, csvLoad, readDataFile, upsert } from './table-load.js';

/** What prices are compared with, and which products are of which kind; one that somebody has put elsewhere stays there. */
export const goodsKinds: FileLoad = {
  file: 'source/goods-kinds.csv',
  load: async (tx, text) => {
    const products = new Map(parseCsv(readDataFile('products.csv')).map(({ key, id }) => [key, id]));
    const kinds = parseCsv(text);
    const rows = kinds.map(({ code, categoryCode, keeper, nameZh, nameEn }, index) => ({
      code: code ?? '',
      categoryCode: categoryCode ?? '',
      keeperCode: keeper ?? '',
      nameZh: nameZh ?? '',
      nameEn: nameEn ?? '',
      position: index + 1,
    }));
    await upsert(tx, 'goods_kind', rows, ['categoryCode', 'keeperCode', 'nameZh', 'nameEn', 'position']);
    for (const { code = '', products: keys = '' } of kinds) {
      const ids = keys.split('|').map((key) => present(products.get(key), `product ${key}`));
      await tx.write('UPDATE product SET kind_code = ? WHERE id IN (?) AND kind_code IS NULL', [code, ids]);
    }
    return rows.length;
  },
};

/** By the weight of a single fruit, as the county grades its peaches. */
export function gradeOf(variantName: string): 'EXTRA' | 'FIRST' | 'SECOND' | 'UNGRADED' {
  const grams = Number(/单果(\d+)克以上/.exec(variantName)?.[1] ?? 0);
  if (grams >= 250) return 'EXTRA';
  if (grams >= 200) return 'FIRST';
  return grams >= 150 ? 'SECOND' : 'UNGRADED';
}

const SOURCE = '演示数据：按公开的零售价区间估计';

/** Last year's, this year's and next year's, as if the official of each keeper had recorded them at the turn of the year; what people record is later and holds. */
export const referencePrices: FileLoad = {
  file: 'source/reference-prices.csv',
  load: async (tx, text, { dates }) => {
    const keepers = new Map(
      parseCsv(readDataFile('source/goods-kinds.csv')).map(({ code, keeper }) => [code, keeper]),
    );
    const officials = new Map(
      parseCsv(readDataFile('memberships.csv'))
        .filter(({ role }) => role === 'OFFICIAL')
        .map(({ scopeId, userId }) => [scopeId, userId]),
    );
    const thisYear = Number(dates.today.slice(0, 4));
    const rows = [thisYear - 1, thisYear, thisYear + 1].flatMap((year) =>
      parseCsv(text).map(({ kind = '', grade = '', months = '', jinYuan = '' }, index) => {
        const [from, to] = months.split('-');
        assert(from && to, `${months} is a first and a last month`);
        const key = `seed:${kind}:${grade}:${months}:${year}`;
        return {
          // Of a month the last holds: by id, in the order of the file.
          id: seededId('rfp', key, Date.UTC(2019, 0, 1) + index),
          idempotencyKey: key,
          kindCode: kind,
          grade,
          monthFrom: `${year}-${from}`,
          monthTo: `${year}-${to}`,
          jinPriceFen: fenOfYuan(jinYuan),
          source: SOURCE,
          recordedBy: present(officials.get(keepers.get(kind) ?? ''), `an official for ${kind}`),
          recordedAt: dates.now,
        };
      }),
    );
    // What is only added to is never assigned to, not even itself.
    const known = await tx.query<{ id: string }>('SELECT id FROM reference_price WHERE id IN (?)', [
      rows.map(({ id }) => id),
    ]);
    const there = new Set(known.map(({ id }) => id));
    const missing = rows.filter(({ id }) => !there.has(id));
    if (missing.length > 0) await tx.insert('reference_price', missing);
    return rows.length;
  },
};

const variantRows = csvLoad(
  'product-variants.csv',
  'product_variant',
  (row) => ({ ...row, grade: gradeOf(row['name'] ?? ''), state: 'ON_SALE' }),
  ['name'],
);

/** With the variants begins the history of what they cost; what they are found by is told once they are there. */
export const productVariants: FileLoad = {
  ...variantRows,
  load: async (tx, text, tools) => {
    const count = await variantRows.load(tx, text, tools);
    // A variant's own id makes that of its first price, so that a second run finds it there.
    await tx.write(
      `INSERT IGNORE INTO price_change (id, product_id, variant_id, price_fen, net_weight_g, grade, reason, set_by, changed_at)
       SELECT CONCAT('pch_', SUBSTRING(v.id, 5)), v.product_id, v.id, v.price_fen, v.net_weight_g, v.grade, NULL, NULL, p.listed_at
       FROM product_variant v JOIN product p ON p.id = v.product_id
       WHERE NOT EXISTS (SELECT 1 FROM price_change c WHERE c.product_id = v.product_id AND c.variant_id = v.id)`,
      [],
    );
    return count;
  },
  settle: async ({ search }) => {
    await search.summarisePrices();
    await search.rebuild();
  },
};
