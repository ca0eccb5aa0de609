import { parseCsv } from '../data/csv.js';
import { Random } from '../data/random.js';
import { seededId } from '../data/seeded-id.js';
import { type FileLoad, readDataFile, upsert } from './table-load.js';

/** A slot holds a dozen; now and then one is empty, so that a list shows what that looks like. */
const SLOT_MAX = 12;
const NEVER = '9999-12-31';

/** What lies in the smart counters: of each product that one shows, some of its smallest variant. */
export const counterShelves: FileLoad = {
  file: 'channel-listings.csv',
  load: async (tx, text, { dates }) => {
    const counters = new Set(
      parseCsv(readDataFile('channel-points.csv'))
        .filter(({ kind }) => kind === 'COUNTER')
        .map(({ id }) => id ?? ''),
    );
    const listings = parseCsv(text);
    await upsert(
      tx,
      'channel_listing',
      listings.map((row) => ({ ...row })),
      ['position'],
    );
    const variants = new Map(
      parseCsv(readDataFile('product-variants.csv'))
        .toReversed() // So that the first of a product is the one that stays.
        .map(({ productId, id }) => [productId, id]),
    );
    const batches = await tx.query<{ id: string; productId: string; bestBeforeOn: string | null }>(
      'SELECT id, product_id AS productId, best_before_on AS bestBeforeOn FROM product_batch WHERE product_id IN (?) ORDER BY id DESC',
      [[...new Set(listings.map(({ productId }) => productId ?? ''))]],
    );
    const batchOf = new Map(batches.map((batch) => [batch.productId, batch]));
    const random = new Random('shelves');
    const levels = listings
      .filter(({ channelPointId }) => counters.has(channelPointId ?? ''))
      .flatMap(({ channelPointId = '', productId = '' }) => {
        const [variantId, batch] = [variants.get(productId), batchOf.get(productId)];
        if (variantId === undefined || batch === undefined) return [];
        return [
          {
            id: seededId('stk', `${channelPointId}:${productId}`),
            variantId,
            locationId: seededId('loc', `shelf:${channelPointId}`),
            batchId: batch.id,
            bestBeforeOn: batch.bestBeforeOn ?? NEVER,
            onHand: random.between(0, SLOT_MAX),
            reserved: 0,
          },
        ];
      });
    await upsert(
      tx,
      'stock_location',
      [...counters].map((id) => ({
        id: seededId('loc', `shelf:${id}`),
        kind: 'SHELF',
        merchantId: null,
        channelPointId: id,
        name: '货架',
      })),
    );
    await upsert(tx, 'stock_level', levels);
    await upsert(
      tx,
      'stock_movement',
      levels
        .filter(({ onHand }) => onHand > 0)
        .map(({ id, onHand }) => ({
          id: seededId('stm', id),
          stockLevelId: id,
          kind: 'RECEIVED',
          quantity: onHand,
          causeKey: 'seed',
          movedAt: dates.now,
        })),
    );
    return listings.length + levels.length;
  },
};
