import { refused } from '#libs/kernel';
import type { HarvestReviewState } from './harvest-batch.entity.js';
import {
  type CapacityWish,
  grantOf,
  promisableOf,
  refuseCapacity,
  refuseVerdict,
  stateAfter,
} from './harvest-capacity.rules.js';

it.each<[string, bigint, bigint | null, bigint, bigint, bigint, boolean]>([
  ['within', 500n, 1_000n, 0n, 0n, 500n, false],
  ['up to a tenth more', 1_100n, 1_000n, 0n, 0n, 1_100n, false],
  ['a gram beyond', 1_101n, 1_000n, 0n, 0n, 1_100n, true],
  ['beside others', 500n, 1_000n, 1_000n, 0n, 100n, true],
  ['after others have taken all', 500n, 1_000n, 1_100n, 0n, 0n, true],
  ['after more was released to others', 500n, 1_000n, 5_000n, 0n, 0n, true],
  ['where nobody has registered any', 500n, null, 9_000n, 0n, 500n, false],
  ['that has come in already', 500n, 1_000n, 1_100n, 300n, 300n, true],
  ['that was released', 500n, 1_000n, 1_100n, 500n, 500n, false],
  ['less than was released', 400n, 1_000n, 1_100n, 500n, 400n, false],
])(
  'a batch %s: %s of %s beside %s, not below %s',
  (_, weightG, capacityG, othersG, floorG, grantedG, isWaiting) => {
    expect(grantOf({ weightG, capacityG, othersG, floorG })).toEqual({ grantedG, isWaiting });
  },
);

it.each<[string, number, number, bigint, number, number]>([
  ['all that is announced and granted', 600, 0, 600n, 0, 600],
  ['what is granted', 600, 0, 400n, 0, 400],
  ['what is announced, and the rest comes in', 600, 0, 900n, 0, 600],
  ['what has not come in', 600, 0, 600n, 200, 400],
  ['what it could promise before, whatever came in', 700, 600, 600n, 200, 600],
  ['less, where less is announced', 300, 600, 600n, 0, 300],
])('a presale may promise %s', (_, announcedG, roomG, grantedG, receivedG, grams) => {
  expect(promisableOf({ announcedG, roomG, grantedG, receivedG })).toBe(grams);
});

it.each<[HarvestReviewState, boolean, HarvestReviewState]>([
  ['NONE', true, 'WAITING'],
  ['REFUSED', true, 'WAITING'],
  ['RELEASED', true, 'WAITING'],
  ['WAITING', false, 'NONE'],
  ['REFUSED', false, 'NONE'],
  ['RELEASED', false, 'RELEASED'],
])('what was %s, of which something else is said that waits: %s', (state, isWaiting, after) => {
  expect(stateAfter(state, isWaiting)).toBe(after);
});

it.each<['RELEASED' | 'REFUSED', HarvestReviewState, string | null]>([
  ['RELEASED', 'WAITING', null],
  ['REFUSED', 'WAITING', null],
  ['RELEASED', 'RELEASED', 'DONE'],
  ['REFUSED', 'REFUSED', 'DONE'],
  ['REFUSED', 'RELEASED', 'HARVEST_REVIEW_STATE'],
  ['RELEASED', 'NONE', 'HARVEST_REVIEW_STATE'],
])('%s what is %s: %s', (verdict, state, said) => {
  const answer = refuseVerdict(verdict, state);
  expect(refused(answer) ? answer.code : answer).toBe(said);
});

const wish: CapacityWish = {
  villageCode: '430225209225',
  kindCode: 'YELLOW_PEACH',
  seasonFrom: '2026-07-01',
  seasonTo: '2026-09-30',
  capacityG: 1_000_000,
};
const ground = { village: { level: 'VILLAGE' }, hasKind: true, others: [] } as const;

it.each<[string, Partial<CapacityWish>, Partial<Parameters<typeof refuseCapacity>[1]>, string[]]>([
  ['right', {}, {}, []],
  ['of a township', {}, { village: { level: 'TOWNSHIP' } }, ['villageCode']],
  ['of nothing known', {}, { village: null, hasKind: false }, ['villageCode', 'kindCode']],
  ['backwards', { seasonTo: '2026-06-30' }, {}, ['seasonTo']],
  ['of two years', { seasonTo: '2028-06-30' }, {}, ['seasonTo']],
  ['beside another season', {}, { others: [{ seasonFrom: '2026-10-01', seasonTo: '2026-12-01' }] }, []],
  [
    'across another season',
    {},
    { others: [{ seasonFrom: '2026-09-30', seasonTo: '2026-12-01' }] },
    ['seasonFrom'],
  ],
  ['of nothing', { capacityG: 0 }, {}, ['capacityG']],
])('a capacity is %s', (_, changes, around, paths) => {
  const refusal = refuseCapacity({ ...wish, ...changes }, { ...ground, ...around });
  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});
