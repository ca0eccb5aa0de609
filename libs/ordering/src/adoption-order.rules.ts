import type { AdoptionTerms } from '#libs/inventory';
import { type DomainError, InvalidInputError, type IdOf, type newId, present } from '#libs/kernel';
import { AdoptionAloneError, AdoptionWholeError } from './adoption-order.errors.js';
import type { Adoption, AdoptionInstalment } from './adoption-order.entity.js';
import type { Handover } from './merchant-order.entity.js';
import type { OrderLineId } from './order-line.entity.js';
import type { OrderId, PaymentTerm } from './order.entity.js';
import type { OfferedAdoption, OfferedLine } from './order.rules.js';

/** A family, a class, a small firm; each object is as many lines of the order as it has instalments. */
export const ADOPTED_OBJECTS_MAX = 8;

type Line = Omit<OfferedLine, 'harvest' | 'adopted'>;

/** A line that adopts. Which objects, the buyer may have said. */
export function adopting(line: Line, terms: AdoptionTerms, objectIds: readonly string[]): OfferedLine {
  const { id: offerId, batchId, instalments } = terms;
  const portions = instalments.reduce((sum, instalment) => sum + instalment.portions, 0);
  return { ...line, adopted: { offerId, batchId, portions, instalments, objectIds } };
}

/** What of it comes out of a warehouse. */
export function isStocked({ harvest, adopted }: Pick<OfferedLine, 'harvest' | 'adopted'>): boolean {
  return !harvest && !adopted;
}

export function adoptionOf(offered: readonly Pick<OfferedLine, 'adopted'>[]): OfferedAdoption | null {
  return offered[0]?.adopted ?? null;
}

/**
 * Objects are adopted whole and by themselves, sent, and paid for when they are ordered: what would be owed on account is the season of somebody who
 * has worked for it.
 */
export function refuseAdopted(
  offered: readonly OfferedLine[],
  {
    handover,
    paymentTerm,
    adoptionObjectIds = [],
  }: {
    readonly handover?: Handover | undefined;
    readonly paymentTerm?: PaymentTerm | undefined;
    readonly adoptionObjectIds?: readonly string[] | undefined;
  },
): DomainError | null {
  const adopted = offered.filter((line) => line.adopted);
  const [line] = adopted;
  if (!line?.adopted) return adoptionObjectIds.length > 0 ? nothingAdopted : null;
  if (offered.length > 1) return new AdoptionAloneError(adopted.map(({ variantId }) => variantId));
  const { portions } = line.adopted;
  const count = line.quantity / portions;
  if (!Number.isInteger(count) || count > ADOPTED_OBJECTS_MAX)
    return new AdoptionWholeError(portions, ADOPTED_OBJECTS_MAX);
  const isOther = adoptionObjectIds.length !== count || new Set(adoptionObjectIds).size < count;
  if (adoptionObjectIds.length > 0 && isOther) return otherCount;
  if (handover === 'PICK_UP') return notPickedUp;
  return paymentTerm === 'ON_ACCOUNT' ? notOnAccount : null;
}

function invalid(path: string, zh: string, en: string): InvalidInputError {
  return new InvalidInputError([{ path, message: { zh, en } }]);
}

const nothingAdopted = invalid(
  'adoptionObjectIds',
  '该商品不是认养商品，不能选择编号',
  'Nothing of this is adopted, so there are no objects to choose.',
);
const otherCount = invalid(
  'adoptionObjectIds',
  '所选编号须与认养棵数一致，不得重复',
  'Choose as many objects as are adopted, each once; or none, and the first free ones are taken.',
);
const notPickedUp = invalid('handover', '认养商品只能快递', 'What is adopted is sent, and not picked up.');
const notOnAccount = invalid(
  'paymentTerm',
  '认养须一次付清',
  'What is adopted is paid for when it is ordered.',
);

/** A line of a draft, with the allocation that it was cut for. */
export interface AdoptedCut {
  readonly orderLineId: OrderLineId;
  readonly levelId: string;
  readonly adopted?: { readonly number: number; readonly firstOn: string; readonly promisedOn: string };
}

export interface AdoptionRows {
  readonly adoptions: readonly Pick<Adoption, keyof Adoption>[];
  readonly instalments: readonly Pick<AdoptionInstalment, keyof AdoptionInstalment>[];
}

/** One adoption per object, and one instalment per line of it. */
export function adoptionsOf(
  order: { readonly id: OrderId; readonly placedAt: Date },
  offer: Pick<OfferedAdoption, 'offerId'> | null,
  cuts: readonly AdoptedCut[],
  makeId: typeof newId,
): AdoptionRows {
  if (!offer) return { adoptions: [], instalments: [] };
  const offerId = offer.offerId as IdOf<'aof'>;
  const ofObject = new Map(
    [...new Set(cuts.map(({ levelId }) => levelId as IdOf<'aob'>))].map((objectId) => [
      objectId as string,
      { id: makeId('adp'), orderId: order.id, offerId, objectId, adoptedAt: order.placedAt },
    ]),
  );
  const instalments = cuts.map(({ orderLineId, levelId, adopted }) => {
    const { number, firstOn, promisedOn } = present(adopted, 'the instalment of a line that adopts');
    const { id: adoptionId } = present(ofObject.get(levelId), 'the adoption of an object');
    const season = Number(firstOn.slice(0, 4));
    const row = { orderLineId, adoptionId, orderId: order.id, offerId, number, season, promisedOn };
    return { ...row, delayReason: '', watchOn: promisedOn };
  });
  return { adoptions: [...ofObject.values()], instalments };
}
