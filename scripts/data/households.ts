import { assert } from '#libs/kernel';
import type {
  HouseholdMemberRow,
  HouseholdRow,
  LinkageAgreementRow,
  LinkageHouseholdRow,
  MerchantRow,
} from './files.js';
import { readSource } from './paths.js';
import { Random } from './random.js';
import { seededId } from './seeded-id.js';
import { type County, type Divisions, cell, groupBy } from './shared.js';

const AGREEMENT_COUNT = 250;

/** How often each kind of linkage is agreed, in parts of a hundred: orders at a protected price are the commonest by far. */
const LINKAGE_KINDS: readonly (readonly [kind: string, percent: number])[] = [
  ['PURCHASE_ORDER', 34],
  ['CONTRACT_FARMING', 18],
  ['EMPLOYMENT', 16],
  ['LAND_RENT', 9],
  ['EQUITY_DIVIDEND', 8],
  ['PATRONAGE_REFUND', 5],
  ['ENTRUSTED', 4],
  ['ASSET_INCOME', 3],
  ['SERVICE', 3],
];

export interface Households {
  readonly households: readonly HouseholdRow[];
  readonly members: readonly HouseholdMemberRow[];
}

/** Invented households in real villages. Names are masked from the first: there is nothing behind the stars. */
export function generateHouseholds(
  counties: readonly County[],
  divisions: Divisions,
  merchants: readonly MerchantRow[],
): Households {
  const random = new Random('households');
  const surnames = readSource('names.csv').map((row) => cell(row, 'text'));
  const households: HouseholdRow[] = [];
  const members: HouseholdMemberRow[] = [];
  const masked = () => random.pick(surnames) + (random.percent(70) ? '**' : '*');

  for (const county of counties) {
    // Two in three live where a merchant works, since that is where linkage is.
    const near = merchants
      .filter((merchant) => merchant.countyCode === county.code)
      .flatMap((merchant) => divisions.ruralVillagesOf(merchant.townshipCode));
    const anywhere = divisions
      .townshipsOf(county.code)
      .flatMap(({ code }) => divisions.ruralVillagesOf(code));
    for (let number = 1; number <= county.householdCount; number += 1) {
      const id = seededId('hhd', `${county.code}:${number}`);
      const headName = masked();
      households.push({
        id,
        headName,
        villageCode: random.pick(random.percent(66) ? near : anywhere).code,
        kind: random.percent(93) ? 'REGISTERED' : random.percent(60) ? 'MONITORED' : 'ORDINARY',
        registeredOn: `${random.between(2014, 2018)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`,
      });
      const size = random.pick([1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7]);
      for (let member = 0; member < size; member += 1) {
        const isHead = member === 0;
        members.push({
          id: seededId('hmb', `${county.code}:${number}:${member}`),
          householdId: id,
          name: isHead ? headName : masked(),
          isHead,
          birthYear: isHead ? random.between(1948, 1988) : random.between(1940, 2018),
        });
      }
    }
  }
  return { households, members };
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

export interface Linkages {
  readonly agreements: readonly LinkageAgreementRow[];
  readonly linked: readonly LinkageHouseholdRow[];
}

/** Every merchant has agreements in force; one in ten of all has ended. */
export function generateLinkages(
  merchants: readonly MerchantRow[],
  households: readonly HouseholdRow[],
): Linkages {
  const random = new Random('linkages');
  const kinds = LINKAGE_KINDS.flatMap(([kind, percent]) => Array.from({ length: percent }, () => kind));
  const byTownship = groupBy(random.shuffle(households), (household) => household.villageCode.slice(0, 9));
  const byCounty = groupBy(random.shuffle(households), (household) => household.villageCode.slice(0, 6));
  const used = new Set<string>();
  const agreements: LinkageAgreementRow[] = [];
  const linked: LinkageHouseholdRow[] = [];

  for (let number = 0; number < AGREEMENT_COUNT; number += 1) {
    const merchant = merchants[number % merchants.length];
    assert(merchant, 'somebody to agree with');
    const id = seededId('lnk', `${merchant.key}:${Math.floor(number / merchants.length) + 1}`);
    const isOver = number >= merchants.length && random.percent(13);
    const startYear = isOver ? 2019 : random.between(2019, 2025);
    agreements.push({
      id,
      merchantId: merchant.id,
      kind: number === 0 ? 'PURCHASE_ORDER' : random.pick(kinds),
      startsOn: `${startYear}-${two(random.between(1, 12))}-01`,
      endsBefore: isOver ? `${random.between(2021, 2024)}-01-01` : null,
    });

    // Neighbours first, and those whom no agreement names yet before those who have one.
    const neighbours = byTownship.get(merchant.townshipCode) ?? [];
    const candidates = [...neighbours, ...(byCounty.get(merchant.countyCode) ?? [])];
    const fresh = candidates.filter((household) => !used.has(household.id));
    const wanted = random.between(4, 12);
    const chosen = new Set([...fresh, ...random.shuffle(candidates)].map((household) => household.id));
    for (const householdId of [...chosen].slice(0, wanted)) {
      used.add(householdId);
      linked.push({ agreementId: id, householdId, weight: random.pick([1, 1, 1, 2, 2, 3, 4]) });
    }
  }
  return { agreements, linked };
}
