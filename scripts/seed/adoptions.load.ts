import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { seededId } from '../data/seeded-id.js';
import { nextYearly } from './presales.load.js';
import { type FileLoad, readDataFile, upsert } from './table-load.js';

/** Time enough to see the blossom. */
const DAYS_AHEAD_MIN = 60;
const DAY_MS = 86_400_000;

/** Trees that can be adopted today, for their next harvest. Loaded once: what has become of them since stays. */
export const adoptions: FileLoad = {
  file: 'source/adoptions.csv',
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
      const variant = present(
        variants.find(({ sku }) => sku === row['sku']),
        `variant ${row['sku']}`,
      );
      const [offerId, batchId] = [seededId('aof', key), seededId('bat', `adoption:${key}`)];
      const firstOn = nextYearly(row['opens'] ?? '', dates.day(DAYS_AHEAD_MIN));
      const day = (offset: number) =>
        new Date(Date.parse(firstOn) + offset * DAY_MS).toISOString().slice(0, 10);
      // Portions, first day and last day of each instalment, counted from the first day of all.
      const instalments = (row['instalments'] ?? '').split('|').map((each, index) => {
        const [portions = '', from = '', until = ''] = each.split(':');
        return {
          offerId,
          number: index + 1,
          portions: Number(portions),
          firstOn: day(Number(from)),
          lastOn: day(Number(until)),
        };
      });
      const portions = instalments.reduce((sum, each) => sum + each.portions, 0);
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
      await upsert(tx, 'adoption_offer', [
        {
          id: offerId,
          merchantId: product['merchantId'] ?? '',
          productId: product['id'] ?? '',
          variantId: variant['id'] ?? '',
          openVariantId: variant['id'] ?? '',
          batchId,
          objectKind: 'TREE',
          story: row['story'] ?? '',
          portions,
          portionG: Number(variant['netWeightG']),
          firstOn,
          lastOn: present(instalments.at(-1), 'an instalment').lastOn,
          ordersOpenAt: dates.instant('-1'),
          ordersCloseAt: dates.instant(day(-Number(row['ordersCloseDaysBefore']))),
          state: 'OPEN',
          openedBy: seededId('usr', 'installer'),
          createdAt: dates.now,
          closedAt: null,
        },
      ]);
      await upsert(tx, 'adoption_offer_instalment', instalments);
      await upsert(
        tx,
        'adoption_object',
        Array.from({ length: Number(row['trees']) }, (_, index) => ({
          id: seededId('aob', `${key}:${index}`),
          offerId,
          tag: `${row['tag']}-${String(index + 1).padStart(3, '0')}`,
          place: `${row['place']}第 ${Math.floor(index / 10) + 1} 排`,
          photoId: null,
          state: 'STANDING',
          portions,
          reserved: 0,
          shipped: 0,
        })),
      );
      await upsert(tx, 'adoption_update', [
        {
          id: seededId('aup', key),
          offerId,
          objectId: null,
          idempotencyKey: 'installed',
          text: row['update'] ?? '',
          photoId: null,
          publishedBy: seededId('usr', 'installer'),
          publishedAt: dates.now,
        },
      ]);
    }
    return rows.length;
  },
};
