import { AdoptionGrowerService } from '#libs/adoption';
import { AdoptionOfferService } from '#libs/inventory';
import { DAY_MS, businessDay, plus, present, refused } from '#libs/kernel';
import type { OrderInput } from '#libs/ordering';
import type { Random } from '../../scripts/data/random.js';
import type { MadeProduct } from '../make/product.make.js';
import type { History, Step, Steps } from './history.js';

const INSTALMENTS = [2, 3] as const;
const PORTIONS = INSTALMENTS[0] + INSTALMENTS[1];
const TREES = ['A-1', 'A-2', 'A-3'] as const;
const ORDERS_DAYS = 6;
const FIRST_AFTER_DAYS = 8;

/** Trees of an orchard; where they can be adopted already, nothing changes. */
export async function openOffer(
  history: History,
  { merchantId, variantId, batchIds }: MadeProduct,
): Promise<void> {
  const now = history.stage.clock.now();
  const inDays = (days: number) => businessDay(plus(now, days * DAY_MS));
  const wish = {
    variantId,
    likeBatchId: present(batchIds[0], 'a batch'),
    objectKind: 'TREE' as const,
    story: '山上的老树（演示）',
    objects: TREES.map((tag) => ({ tag, place: '东坡' })),
    instalments: INSTALMENTS.map((portions, index) => {
      const first = FIRST_AFTER_DAYS + index * 7;
      return { portions, firstOn: inDays(first), lastOn: inDays(first + 3) };
    }),
    ordersOpenAt: now,
    ordersCloseAt: plus(now, ORDERS_DAYS * DAY_MS),
  };
  const opened = await history.get(AdoptionOfferService).open([merchantId], wish, history.maker);
  if (refused(opened) && opened.code !== 'ADOPTION_OFFER_OVERLAP') throw new Error(opened.message.en);
}

/** A tree, or two, with all that they bear. */
export function adoptionLines(chance: Random, { variantId }: MadeProduct): OrderInput['lines'] {
  return [{ variantId, quantity: PORTIONS * chance.between(1, 2), channelPointId: '' }];
}

interface Adopted {
  readonly id: string;
  readonly merchantId: string;
  readonly firstOn: string;
  readonly lastOn: string;
  readonly portionG: number;
}

/** A tree has borne what it has: more than was promised, less, or nothing. What is not there is paid back. */
export const declareHarvest: Step = async (history, chance) => {
  const adopted = await history.rows<Adopted>(
    `SELECT b.id, f.merchant_id AS merchantId, f.first_on AS firstOn, f.last_on AS lastOn, f.portion_g AS portionG
     FROM adoption_object b JOIN adoption_offer f ON f.id = b.offer_id
     WHERE b.reserved > 0 ORDER BY b.id`,
  );
  if (adopted.length === 0) return;
  const { id, merchantId, firstOn, lastOn, portionG } = chance.pick(adopted);
  const wish = {
    objectIds: [id],
    season: Number((chance.percent(80) ? firstOn : lastOn).slice(0, 4)),
    harvestedG: Math.floor((portionG * chance.pick([0, 7, 13, 20, 26, 41, 60])) / 10),
    note: '大风落果（演示）',
  };
  const ask = async () => {
    const said = await history.get(AdoptionGrowerService).declareHarvest([merchantId], wish, history.maker);
    // Said otherwise before, or somebody has still to pay for it.
    if (refused(said) && !['ADOPTION_HARVEST_DECLARED', 'ADOPTION_UNPAID'].includes(said.code))
      throw new Error(said.message.en);
  };
  history.asked.push(ask);
  await ask();
};

export const ADOPTION_STEPS: Steps = {
  'declare harvest': { weight: 7, step: declareHarvest },
};
