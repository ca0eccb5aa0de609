import {
  type DraftWish,
  type Household,
  type HouseholdId,
  type HouseholdInput,
  HouseholdRegisterService,
  HouseholdService,
  type LinkageAgreement,
  type LinkageAgreementId,
  type LinkageInput,
  type LinkagePaymentId,
  LinkagePaymentService,
  LinkageService,
  type PaidWish,
} from '#libs/household';
import { type IdOf, newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makePhoto } from './photo.make.js';

export function makeHousehold(
  world: Pick<World, 'get'>,
  changes: Partial<HouseholdInput> = {},
): Promise<Household> {
  return world.get(HouseholdService).register({
    headName: '陈大山',
    villageCode: '430225209201',
    kind: 'REGISTERED',
    registeredOn: '2014-06-01',
    members: [{ name: '陈小山', birthYear: 2008 }],
    ...changes,
  });
}

/** An agreement with new households, one per weight, in the order of the weights. */
export async function makeLinkage(
  world: Pick<World, 'get'>,
  {
    weights = [1],
    ...input
  }: Pick<LinkageInput, 'merchantId'> & Partial<LinkageInput> & { weights?: readonly number[] },
): Promise<{ agreement: LinkageAgreement; householdIds: HouseholdId[] }> {
  const linked: { householdId: HouseholdId; weight: number }[] = [];
  for (const weight of weights) linked.push({ householdId: (await makeHousehold(world)).id, weight });
  const agreement = await world
    .get(HouseholdService)
    .agree({ kind: 'PATRONAGE_REFUND', startsOn: '2026-01-01', households: linked, ...input });
  if (refused(agreement)) throw new Error(agreement.message.en);
  return { agreement, householdIds: linked.map(({ householdId }) => householdId) };
}

interface SignedWish extends Partial<DraftWish> {
  readonly merchantId: IdOf<'mer'>;
  readonly householdIds: readonly HouseholdId[];
  readonly userId: IdOf<'usr'>;
}

/** An agreement as a merchant makes it: with households that it was introduced to, signed, with a photo. */
export async function makeSignedLinkage(
  world: Pick<World, 'get'>,
  { householdIds, userId, ...wish }: SignedWish,
): Promise<LinkageAgreementId> {
  const registrar = { userId, divisions: 'ALL' } as const;
  for (const householdId of householdIds)
    await world.get(HouseholdRegisterService).introduce(householdId, wish.merchantId, registrar);
  const actor = { userId, merchantIds: [wish.merchantId] };
  const linkages = world.get(LinkageService);
  const id = await linkages.draft(
    {
      idempotencyKey: newId('req'),
      kind: 'PURCHASE_ORDER',
      startsOn: '2026-01-01',
      endsBefore: null,
      households: householdIds.map((householdId) => ({ householdId, weight: 1 })),
      terms: { unitFen: 800n, statedYearFen: 500_000n, shareBps: null, note: '' },
      ...wish,
    },
    actor,
  );
  if (refused(id)) throw new Error(id.message.en);
  const signed = await linkages.sign(id, 1, [await makePhoto(world, userId)], actor);
  if (refused(signed)) throw new Error(signed.message.en);
  return signed;
}

/** Paid, with a photo, by the merchant of the agreement. */
export async function makeLinkagePayment(
  world: Pick<World, 'get'>,
  wish: Pick<PaidWish, 'agreementId' | 'householdId'> & Partial<PaidWish>,
  actor: { readonly userId: IdOf<'usr'>; readonly merchantIds: readonly string[] },
): Promise<LinkagePaymentId> {
  const id = await world.get(LinkagePaymentService).record(
    {
      idempotencyKey: newId('req'),
      amountFen: 123_450n,
      paidOn: '2026-10-15',
      category: null,
      note: '',
      photoIds: [await makePhoto(world, actor.userId)],
      ...wish,
    },
    actor,
  );
  if (refused(id)) throw new Error(id.message.en);
  return id;
}
