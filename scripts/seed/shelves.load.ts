import { parseCsv } from '../data/csv.js';
import { Random } from '../data/random.js';
import { seededId } from '../data/seeded-id.js';
import { SLOTS_OF, codeOf } from './cabinets.load.js';
import { type FileLoad, type Row, readDataFile, upsert } from './table-load.js';

/** A slot holds a dozen; now and then one is empty, so that a list shows what that looks like. */
const SLOT_MAX = 12;
const NEVER = '9999-12-31';
/** Of a slot cabinet: as many as its lanes hold, and filled up to this. */
const PAR_LEVEL = 8;

/** What lies in the smart counters: of each product that one shows, some of its smallest variant. */
export const counterShelves: FileLoad = {
  file: 'channel-listings.csv',
  load: async (tx, text, { dates }) => {
    const points = parseCsv(readDataFile('channel-points.csv')).filter(({ kind }) => kind === 'COUNTER');
    const counters = new Set(points.map(({ id }) => id ?? ''));
    const bySlot = new Set(
      points.filter(({ cabinetKind }) => cabinetKind === 'SLOT').map(({ id }) => id ?? ''),
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
    const inSlots = slotted(listings, bySlot);
    const levels = listings
      .filter(({ channelPointId }) => counters.has(channelPointId ?? '') && !bySlot.has(channelPointId ?? ''))
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
        slotCode: '',
        name: '货架',
      })),
    );
    await upsert(
      tx,
      'stock_location',
      inSlots.map(({ channelPointId, slotCode }) => ({
        id: seededId('loc', `slot:${channelPointId}:${slotCode}`),
        kind: 'SHELF',
        merchantId: null,
        channelPointId,
        slotCode,
        name: `货道 ${slotCode}`,
      })),
    );
    const cabinetOf = new Map(
      parseCsv(readDataFile('cabinets.csv')).map(({ id = '', channelPointId }) => [channelPointId, id]),
    );
    const planned = inSlots.flatMap((slot) => {
      const cabinetId = cabinetOf.get(slot.channelPointId);
      return cabinetId === undefined ? [] : [{ ...slot, cabinetId }];
    });
    await upsert(
      tx,
      'planogram',
      [...new Set(planned.map(({ cabinetId }) => cabinetId))].map((cabinetId) => ({
        cabinetId,
        revision: 1,
        setBy: 'seed',
        setAt: dates.now,
      })),
    );
    await upsert(
      tx,
      'planogram_slot',
      planned.map(({ cabinetId, slotCode, variantId, priceFen }) => ({
        cabinetId,
        slotCode,
        variantId,
        priceFen,
        parLevel: PAR_LEVEL,
      })),
    );
    levels.push(
      ...inSlots.flatMap(({ channelPointId, slotCode, productId, variantId }) => {
        const batch = batchOf.get(productId);
        if (batch === undefined) return [];
        return [
          {
            id: seededId('stk', `${channelPointId}:${slotCode}`),
            variantId,
            locationId: seededId('loc', `slot:${channelPointId}:${slotCode}`),
            batchId: batch.id,
            bestBeforeOn: batch.bestBeforeOn ?? NEVER,
            onHand: random.between(0, PAR_LEVEL),
            reserved: 0,
          },
        ];
      }),
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

interface Slotted {
  readonly channelPointId: string;
  readonly slotCode: string;
  readonly productId: string;
  readonly variantId: string;
  readonly priceFen: string;
}

/** What a place shows stands in its cabinet slot by slot, in that order, as far as it fits into a lane. */
function slotted(listings: readonly Row[], bySlot: ReadonlySet<string>): Slotted[] {
  const { count, maxItemG } = SLOTS_OF['SLOT_CABINET'] ?? { count: 0, maxItemG: 0 };
  const fitting = new Map(
    parseCsv(readDataFile('product-variants.csv'))
      .filter(({ netWeightG }) => Number(netWeightG) <= maxItemG)
      .toReversed() // So that the first of a product is the one that stays.
      .map(({ productId = '', id = '', priceFen = '' }) => [productId, { variantId: id, priceFen }]),
  );
  const used = new Map<string, number>();
  return listings.flatMap(({ channelPointId, productId }): Slotted[] => {
    const [place, product] = [String(channelPointId), String(productId)];
    const variant = fitting.get(product);
    const position = used.get(place) ?? 0;
    if (!bySlot.has(place) || !variant || position >= count) return [];
    used.set(place, position + 1);
    return [{ channelPointId: place, slotCode: codeOf(position), productId: product, ...variant }];
  });
}
