import {
  type HarvestGranter,
  type PresaleId,
  PresaleReader,
  PresaleService,
  type PresaleWish,
} from '#libs/inventory';
import { DAY_MS, businessDay, newId, plus, present, refused } from '#libs/kernel';
import { type Ground, type MadeProduct, makeProduct } from './product.make.js';

export interface PresaleOptions {
  /** One of its own unless said: a product with a hundred boxes in the warehouse, of 2.5 kg each. */
  readonly product?: MadeProduct;
  /** How many days of dispatch; ten unless said. */
  readonly days?: number;
  readonly capacityG?: number;
  readonly payment?: 'FULL' | 'DEPOSIT';
  readonly depositBps?: number;
  /** Now unless said. */
  readonly ordersOpenAt?: Date;
  readonly ordersCloseAt?: Date;
}

export interface MadePresale extends MadeProduct {
  readonly id: PresaleId;
  readonly batchId: string;
  readonly firstOn: string;
  readonly lastOn: string;
  readonly balanceDueOn: string | null;
  readonly wish: PresaleWish;
}

/** As where nobody has registered how much a village can grow. */
export const grantsAll: HarvestGranter = {
  announced: async (_tx, { announcedG }) => announcedG,
  changed: async (_tx, _batchId, { announcedG }) => announcedG,
};

/** Open now for ten days; the rest is due on the fifteenth, and dispatch begins on the twentieth day from now. */
export async function makePresale(ground: Ground, options: PresaleOptions = {}): Promise<MadePresale> {
  const { days = 10, capacityG = 100_000, payment = 'DEPOSIT', depositBps = 1_000 } = options;
  const product = options.product ?? (await makeProduct(ground));
  const now = ground.clock.now();
  const inDays = (count: number) => businessDay(plus(now, count * DAY_MS));
  const balanceDueOn = payment === 'DEPOSIT' ? inDays(15) : null;
  const wish: PresaleWish = {
    variantIds: product.variantIds,
    likeBatchId: present(product.batchIds[0], 'a batch'),
    firstOn: inDays(20),
    lastOn: inDays(19 + days),
    capacityG,
    ordersOpenAt: options.ordersOpenAt ?? now,
    ordersCloseAt: options.ordersCloseAt ?? plus(now, 10 * DAY_MS),
    payment,
    depositBps: payment === 'DEPOSIT' ? depositBps : null,
    balanceDueOn,
  };
  const id = await ground.get(PresaleService).open([product.merchantId], wish, newId('usr'), grantsAll);
  if (refused(id)) throw new Error(id.message.en);
  const [row] = await ground.get(PresaleReader).byIds([id]);
  const { batchId } = present(row, 'the presale just opened');
  return { ...product, id, batchId, firstOn: wish.firstOn, lastOn: wish.lastOn, balanceDueOn, wish };
}
