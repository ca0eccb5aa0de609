import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { seededId } from '../data/seeded-id.js';
import { type FileLoad, readDataFile, upsert } from './table-load.js';

/** Nearer than this there would be no time to order, pay the rest and pick. */
const DAYS_AHEAD_MIN = 30;
const DAY_MS = 86_400_000;

/** What of the next harvest can be ordered today. Loaded once: what has become of it since stays. */
export const presales: FileLoad = {
  file: 'source/presales.csv',
  load: async (tx, text, { dates }) => {
    const products = new Map(parseCsv(readDataFile('products.csv')).map((row) => [row['key'], row]));
    const batches = parseCsv(readDataFile('product-batches.csv'));
    const variants = parseCsv(readDataFile('product-variants.csv'));
    const rows = parseCsv(text);
    for (const row of rows) {
      const key = row['product'] ?? '';
      const product = present(products.get(key), `product ${key}`);
      const like = present(
        batches.find(({ productId }) => productId === product['id']),
        `a batch of ${key}`,
      );
      const [presaleId, batchId] = [seededId('psl', key), seededId('bat', `presale:${key}`)];
      const firstOn = nextYearly(row['opens'] ?? '', dates.day(DAYS_AHEAD_MIN));
      const day = (offset: number) =>
        new Date(Date.parse(firstOn) + offset * DAY_MS).toISOString().slice(0, 10);
      const days = Array.from({ length: Number(row['days']) }, (_, offset) => day(offset));
      await upsert(tx, 'product_batch', [
        {
          id: batchId,
          productId: product['id'] ?? '',
          traceCode: batchId.replace('bat_', 'H'),
          originCountyCode: like['originCountyCode'] ?? '',
          originVillageCode: like['originVillageCode'] || null,
          linkageAgreementId: like['linkageAgreementId'] || null,
          harvestedOn: firstOn,
          bestBeforeOn: null,
          createdAt: dates.now,
        },
      ]);
      await upsert(tx, 'presale', [
        {
          id: presaleId,
          merchantId: product['merchantId'] ?? '',
          productId: product['id'] ?? '',
          batchId,
          firstOn,
          lastOn: days.at(-1) ?? firstOn,
          ordersOpenAt: dates.instant('-1'),
          ordersCloseAt: dates.instant(day(1 - Number(row['ordersCloseDaysBefore']))),
          payment: row['payment'] ?? '',
          depositBps: Number(row['depositBps']),
          balanceDueOn: row['payment'] === 'DEPOSIT' ? day(-Number(row['balanceDueDaysBefore'])) : null,
          state: 'OPEN',
          openedBy: seededId('usr', 'installer'),
          createdAt: dates.now,
          closedAt: null,
        },
      ]);
      await upsert(
        tx,
        'presale_variant',
        variants
          .filter(({ sku = '' }) => (row['skus'] ?? '').split('|').includes(sku))
          .map(({ id = '', netWeightG }) => ({
            presaleId,
            variantId: id,
            netWeightG: Number(netWeightG),
            openVariantId: id,
          })),
      );
      const grams = Number(row['capacityKg']) * 1_000;
      const [kind] = await tx.query<{ kindCode: string | null }>(
        'SELECT kind_code AS kindCode FROM product WHERE id = ?',
        [product['id'] ?? ''],
      );
      if (like['originVillageCode'])
        await upsert(tx, 'harvest_batch', [
          {
            batchId,
            merchantId: product['merchantId'] ?? '',
            productId: product['id'] ?? '',
            kindCode: kind?.kindCode ?? null,
            countyCode: like['originCountyCode'] ?? '',
            villageCode: like['originVillageCode'],
            harvestedFrom: firstOn,
            harvestedUntil: days.at(-1) ?? firstOn,
            dailyG: null,
            weightG: grams * days.length,
            grantedG: grams * days.length,
            reviewState: 'NONE',
            reviewReason: '',
            reviewedBy: null,
            reviewedAt: null,
            registeredBy: seededId('usr', 'installer'),
            idempotencyKey: presaleId,
            contentHash: '',
            registeredAt: dates.now,
            closedAt: null,
            presaleId,
            presoldG: grams * days.length,
          },
        ]);
      await upsert(
        tx,
        'presale_day',
        days.map((each, index) => ({
          id: seededId('psd', `${key}:${index}`),
          presaleId,
          day: each,
          announcedG: grams,
          capacityG: grams,
          reservedG: 0,
          shippedG: 0,
        })),
      );
    }
    return rows.length;
  },
};

/** `07-20`, this year, the next or the one after: the first that is not before `from`. */
export function nextYearly(monthDay: string, from: string): string {
  const year = Number(from.slice(0, 4));
  return present(
    [year, year + 1].map((each) => `${each}-${monthDay}`).find((day) => day >= from),
    'a day of this year or the next',
  );
}
