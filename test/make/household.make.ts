import { refused } from '#libs/kernel';
import {
  type Household,
  type HouseholdId,
  type HouseholdInput,
  HouseholdService,
  type LinkageAgreement,
  type LinkageInput,
} from '#libs/household';
import type { World } from '../harness/world.js';

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
