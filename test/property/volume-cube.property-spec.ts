import fc from 'fast-check';
import { DAY_MS, refused } from '#libs/kernel';
import {
  VOLUME_CHANNELS,
  VOLUME_DIMENSIONS,
  VOLUME_MEASURES,
  VOLUME_SOURCES,
  type VolumeDimension,
  type VolumeFactDraft,
  type VolumeGroup,
  type VolumeMeasure,
  type VolumeQuestion,
} from '#libs/volume';
import { dimensionsOf } from '../../libs/volume/src/volume-cube.rules.js';
import { ROLLUPS } from '../../libs/volume/src/volume-rollup.rules.js';
import { VolumeRooms } from '../database/volume-rooms.js';

/** Each run is some hundred statements. */
const RUNS = 25;
const FIRST = Date.parse('2025-11-20T04:00:00Z');
const PAGE = 7;

const county = fc.constantFrom('430225', '430224', '430104', '');
const amount = fc.oneof(fc.bigInt(-500n, 500n), fc.constant(0n), fc.bigInt(-(10n ** 13n), 10n ** 13n));

const fact = fc.record({
  orderedFen: amount,
  paidFen: amount,
  refundedFen: amount,
  deliveredFen: amount,
  recognisedFen: amount,
  subsidyFen: amount,
  declaredFen: amount,
  quantity: fc.integer({ min: -9, max: 9 }),
  weightG: amount,
  originCountyCode: county,
  sellerCountyCode: county,
  saleCountyCode: county,
  consumptionCountyCode: county,
  productId: fc.constantFrom('prd_1', 'prd_2', ''),
  merchantId: fc.constantFrom('mer_1', 'mer_2', ''),
  channelKind: fc.constantFrom(...VOLUME_CHANNELS),
  channelPointId: fc.constantFrom('chp_1', 'chp_2', ''),
  buyerKind: fc.constantFrom('CONSUMER', 'UNIT'),
  unitId: fc.constantFrom('unt_1', ''),
  campaignCode: fc.constantFrom('peach', ''),
  isCertified: fc.boolean(),
  certificationId: fc.constantFrom('crt_1', ''),
  linkageAgreementId: fc.constantFrom('lnk_1', ''),
  source: fc.constantFrom(...VOLUME_SOURCES),
  /** Across two ends of month and one of the year. */
  day: fc.nat({ max: 80 }),
  back: fc.nat({ max: 60 }),
});

type Drawn = typeof fact extends fc.Arbitrary<infer T> ? T : never;

function draftOf({ day, back, ...rest }: Drawn, index: number): VolumeFactDraft {
  const eventAt = new Date(FIRST + day * DAY_MS);
  const originDay = new Date(FIRST + (day - back) * DAY_MS).toISOString().slice(0, 10);
  return { ...rest, factKey: `drawn:${index}`, eventAt, originDay };
}

type Sums = Record<VolumeMeasure, bigint>;

function add(rows: readonly { readonly sums: Readonly<Sums> }[]): Sums {
  return Object.fromEntries(
    VOLUME_MEASURES.map((measure) => [measure, rows.reduce((sum, row) => sum + row.sums[measure], 0n)]),
  ) as Sums;
}

/** What the facts say, without any database. */
function expected(drafts: readonly VolumeFactDraft[]): Sums {
  const sum = (of: (draft: VolumeFactDraft) => bigint) =>
    drafts.reduce((total, draft) => total + of(draft), 0n);
  return {
    ORDERED: sum((each) => each.orderedFen ?? 0n),
    PAID: sum((each) => each.paidFen ?? 0n),
    REFUNDED: sum((each) => each.refundedFen ?? 0n),
    DELIVERED: sum((each) => each.deliveredFen ?? 0n),
    RECOGNISED: sum((each) => each.recognisedFen ?? 0n),
    CERTIFIED: sum((each) => (each.isCertified ? (each.recognisedFen ?? 0n) : 0n)),
    SUBSIDY: sum((each) => each.subsidyFen ?? 0n),
    DECLARED: sum((each) => each.declaredFen ?? 0n),
    QUANTITY: sum((each) => BigInt(each.quantity ?? 0)),
    WEIGHT: sum((each) => each.weightG ?? 0n),
    FACTS: BigInt(drafts.length),
  };
}

describe('volume, whatever happened', () => {
  let house: VolumeRooms;

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  afterAll(() => house.close());

  const WHOLE = {
    from: '2025-11-01',
    to: '2026-02-28',
    filters: {},
    scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
  } as const;

  const groups = async (dimensions: readonly VolumeDimension[], more: Partial<VolumeQuestion> = {}) => {
    const answer = await house.cube.groups({ ...WHOLE, dimensions, ...more });
    if (refused(answer)) throw new Error(answer.message.en);
    return answer;
  };

  /** Every page of the facts behind one group. */
  const drill = async (dimensions: readonly VolumeDimension[], { members }: VolumeGroup) => {
    const filters = Object.fromEntries(
      dimensions.map((dimension, index) => [dimension, [members[index] ?? '']]),
    );
    const facts = [];
    let after: readonly string[] | null = null;
    for (;;) {
      const page = await house.cube.facts({ ...WHOLE, dimensions: [], filters }, { first: PAGE, after });
      facts.push(...page.nodes);
      const last = page.nodes.at(-1);
      if (!page.pageInfo.hasNextPage || !last) return facts;
      after = [last.eventDay, last.originCountyCode, last.productId, last.id];
    }
  };

  it('adds up to the same along every dimension and in every rollup, is rebuilt to the byte, and drills down to the facts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fact, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 40 }),
        async (drawn, batch) => {
          await house.forget();
          const drafts = drawn.map(draftOf);
          const told = [...drafts, ...drafts.slice(0, 3)]; // Some are told twice.
          await house.record(...told.slice(0, told.length / 2));
          while ((await house.rollups.rollUp(batch)) > 0);
          await house.record(...told.slice(told.length / 2));
          while ((await house.rollups.rollUp(batch)) > 0);
          const total = expected(drafts);

          for (const dimension of VOLUME_DIMENSIONS) {
            expect([dimension, add(await groups([dimension]))]).toEqual([dimension, total]);
          }
          for (const rollup of ROLLUPS) {
            const finest = await groups(dimensionsOf(rollup));
            expect([rollup.table, add(finest)]).toEqual([rollup.table, total]);
          }
          // Days around whole months, from two rollups at once.
          const [head, middle] = [{ to: '2025-12-14' }, { from: '2025-12-15' }];
          expect(
            add([...(await groups(['ORIGIN_COUNTY'], head)), ...(await groups(['ORIGIN_COUNTY'], middle))]),
          ).toEqual(total);

          for (const dimensions of [
            ['CONSUMPTION_COUNTY', 'BUYER_KIND'],
            ['LINKED', 'PRODUCT'],
            ['WEEK', 'CHANNEL'],
          ] as const) {
            for (const group of await groups(dimensions)) {
              expect(add(await drill(dimensions, group))).toEqual(group.sums);
            }
          }

          const before = await house.contents();
          await house.rollups.rebuild();
          expect(await house.contents()).toEqual(before);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
