import { present } from '#libs/kernel';
import type {
  CreditTermRow,
  ProcurementContractorRow,
  ProcurementMemberRow,
  ProcurementUnitRow,
  ReservedShareRow,
} from './files.js';
import { fictionalCreditCode } from './merchants.js';
import { PHONES } from './phones.js';
import { Random } from './random.js';
import { seededId } from './seeded-id.js';
import type { County } from './shared.js';

/** What every county has, by the end of its name; canteens and sizes of spending in yuan a year are plausible, not observed. */
const PER_COUNTY = [
  { suffix: '机关事务服务中心', kind: 'ADMINISTRATION', canteen: 'OWN', spends: [600_000, 1_800_000] },
  { suffix: '桃源实验学校', kind: 'SCHOOL', canteen: 'OWN', spends: [900_000, 3_000_000] },
  { suffix: '仁和医院', kind: 'HOSPITAL', canteen: 'OUTSOURCED', spends: [500_000, 2_000_000] },
  { suffix: '同心小学', kind: 'SCHOOL', canteen: 'SHARED', spends: null },
  { suffix: '职工联合会', kind: 'UNION', canteen: 'NONE', spends: null },
] as const;

const CITY = [
  { name: '株洲市示范中学', kind: 'SCHOOL', canteen: 'OWN', spends: [3_000_000, 5_000_000] },
  { name: '株洲市机关后勤中心', kind: 'ADMINISTRATION', canteen: 'OWN', spends: [2_000_000, 4_000_000] },
  { name: '株洲市湘水医院', kind: 'HOSPITAL', canteen: 'OUTSOURCED', spends: [2_000_000, 4_000_000] },
  {
    name: '株洲市轨道制造集团',
    kind: 'STATE_ENTERPRISE',
    canteen: 'OUTSOURCED',
    spends: [4_000_000, 8_000_000],
  },
  { name: '株洲市职工联合会', kind: 'UNION', canteen: 'NONE', spends: null },
  { name: '株洲市原粮油学校', kind: 'SCHOOL', canteen: 'OWN', spends: [400_000, 900_000] },
] as const;

/** The school that has become part of another one, and the day. */
const MERGED = { name: '株洲市原粮油学校', into: '株洲市示范中学', on: '2020-09-01' };
/** Who of the city may owe how much, in yuan, and for how many days: goods first, then the money. */
const ON_ACCOUNT = [
  { name: '株洲市示范中学', limitYuan: 200_000n, daysToPay: 30 },
  { name: '株洲市机关后勤中心', limitYuan: 150_000n, daysToPay: 30 },
  { name: '株洲市湘水医院', limitYuan: 100_000n, daysToPay: 60 },
] as const;
const CITY_CODE = '430200';
const YEARS = [2019, 2020, 2026];
/** So many of a hundred units that should file in a year do. */
const FILED_PERCENT = 85;

interface Plan {
  readonly name: string;
  readonly kind: ProcurementUnitRow['kind'];
  readonly canteen: ProcurementUnitRow['canteen'];
  readonly spends: readonly [number, number] | null;
  readonly divisionCode: string;
  /** Whose canteen it shares. */
  readonly sharesWith: string | null;
}

export interface Procurement {
  readonly units: readonly ProcurementUnitRow[];
  readonly contractors: readonly ProcurementContractorRow[];
  readonly members: readonly ProcurementMemberRow[];
  readonly shares: readonly ReservedShareRow[];
  readonly creditTerms: readonly CreditTermRow[];
}

const unitId = (name: string) => seededId('pru', name);

function plansOf(counties: readonly County[]): Plan[] {
  const city = CITY.map((unit) => ({ ...unit, divisionCode: CITY_CODE, sharesWith: null }));
  const local = counties.flatMap(({ code, name }) =>
    PER_COUNTY.map(({ suffix, ...unit }) => ({
      ...unit,
      name: `${name}${suffix}`,
      divisionCode: code,
      sharesWith: unit.canteen === 'SHARED' ? `${name}桃源实验学校` : null,
    })),
  );
  return [...city, ...local];
}

function shareOf(plan: Plan, year: number, random: Random): ReservedShareRow[] {
  if (plan.spends === null || (plan.name === MERGED.name && year > 2020)) return [];
  const [least, most] = plan.spends;
  const totalYuan = BigInt(random.between(least, most));
  const permille = BigInt(random.between(100, 180));
  const isFiled = random.percent(FILED_PERCENT);
  // Rounded up to whole yuan, so that a tenth is a tenth.
  const reservedYuan = (totalYuan * permille + 999n) / 1_000n;
  const share = {
    unitId: unitId(plan.name),
    year,
    canteenTotalFen: totalYuan * 100n,
    reservedFen: reservedYuan * 100n,
    filedOn: `${year}-03-${String(random.between(1, 24)).padStart(2, '0')}`,
  };
  return isFiled ? [share] : [];
}

/** Units of the city and of each county, with what they have reserved; the demonstration school always files. */
export function generateProcurement(counties: readonly County[]): Procurement {
  const plans = plansOf(counties);
  const units = plans.map((plan, index): ProcurementUnitRow => {
    const creditCode = fictionalCreditCode('INSTITUTION', plan.divisionCode, 9_000 + index);
    const isMerged = plan.name === MERGED.name;
    return {
      id: unitId(plan.name),
      name: plan.name,
      kind: plan.kind,
      divisionCode: plan.divisionCode,
      creditCode,
      canteen: plan.canteen,
      representedById: plan.sharesWith === null ? null : unitId(plan.sharesWith),
      mergedIntoId: isMerged ? unitId(MERGED.into) : null,
      mergedOn: isMerged ? MERGED.on : null,
    };
  });
  const contractors = units
    .filter(({ canteen }) => canteen === 'OUTSOURCED')
    .map((unit, index): ProcurementContractorRow => ({
      id: seededId('prc', unit.name),
      unitId: unit.id,
      name: `株洲市膳食管理服务${index + 1}部`,
      creditCode: fictionalCreditCode('LEADING_ENTERPRISE', unit.divisionCode, 9_500 + index),
      startsOn: '2019-01-01',
    }));
  const random = new Random('reserved-shares');
  const school = present(
    units.find(({ name }) => name === MERGED.into),
    MERGED.into,
  );
  const member = (phone: string, role: ProcurementMemberRow['role']): ProcurementMemberRow => ({
    unitId: school.id,
    userId: seededId('usr', phone),
    role,
  });
  return {
    units,
    contractors,
    members: [member(PHONES.procurement, 'BUYER'), member(PHONES.approver, 'APPROVER')],
    shares: plans.flatMap((plan) => YEARS.flatMap((year) => shareOf(plan, year, random))),
    creditTerms: ON_ACCOUNT.map(({ name, limitYuan, daysToPay }) => ({
      id: seededId('ctm', name),
      unitId: unitId(name),
      limitFen: limitYuan * 100n,
      daysToPay,
      proposedBy: seededId('usr', PHONES.finance),
    })),
  };
}
