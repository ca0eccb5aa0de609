import {
  type AdoptionObjectRow,
  type AdoptionOfferId,
  AdoptionOfferReader,
  AdoptionOfferService,
  type AdoptionOfferWish,
} from '#libs/inventory';
import { DAY_MS, businessDay, newId, plus, present, refused } from '#libs/kernel';
import { type Ground, type MadeProduct, makeProduct } from './product.make.js';

export interface AdoptionOfferOptions {
  /** One of its own unless said; a portion is a box of 2.5 kg. */
  readonly product?: MadeProduct;
  /** How many trees; two unless said. */
  readonly trees?: number;
}

export interface MadeAdoptionOffer extends MadeProduct {
  readonly id: AdoptionOfferId;
  readonly wish: AdoptionOfferWish;
  /** In the order of their numbers. */
  readonly objects: readonly AdoptionObjectRow[];
}

/** As a merchant would say it: two portions three weeks from now, three portions two weeks later; orders are taken for ten days. Both are of one season, a year: at its end they are of the next. */
export function adoptionOfferWish(ground: Ground, product: MadeProduct, trees = 2): AdoptionOfferWish {
  const now = ground.clock.now();
  const inDays = (count: number) => businessDay(plus(now, count * DAY_MS));
  const yearOf = (count: number) => inDays(count).slice(0, 4);
  let first = 20;
  while (yearOf(first) !== yearOf(first + 18)) first += 1;
  return {
    variantId: product.variantId,
    likeBatchId: present(product.batchIds[0], 'a batch'),
    objectKind: 'TREE',
    story: '霞阳镇山上的二十年老树',
    objects: Array.from({ length: trees }, (_, index) => ({ tag: `A-${index + 1}`, place: '东坡第一排' })),
    instalments: [
      { portions: 2, firstOn: inDays(first), lastOn: inDays(first + 4) },
      { portions: 3, firstOn: inDays(first + 14), lastOn: inDays(first + 18) },
    ],
    ordersOpenAt: now,
    ordersCloseAt: plus(now, 10 * DAY_MS),
  };
}

export async function makeAdoptionOffer(
  ground: Ground,
  options: AdoptionOfferOptions = {},
): Promise<MadeAdoptionOffer> {
  const product = options.product ?? (await makeProduct(ground));
  const wish = adoptionOfferWish(ground, product, options.trees);
  const id = await ground.get(AdoptionOfferService).open([product.merchantId], wish, newId('usr'));
  if (refused(id)) throw new Error(JSON.stringify(id));
  const { nodes } = await ground.get(AdoptionOfferReader).objectsOf(id, { first: 100, after: null });
  return { ...product, id, wish, objects: nodes };
}
