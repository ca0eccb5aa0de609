import { obstacleToWritingOff, refuseWriteOff, takenBack, writeOffHash } from './van-write-off.rules.js';

const peach = { variantId: 'var_1', batchId: 'bat_1', quantity: 2 };
const tea = { variantId: 'var_2', batchId: 'bat_2', quantity: 1 };
const wish = { routeId: 'rsr_1', lines: [peach, tea], reason: '清点后仍缺', causeKey: 'lost-1' };

it.each([
  // wish → paths that are refused
  [{}, undefined],
  [{ reason: ' ' }, ['reason']],
  [{ reason: 'x'.repeat(401) }, ['reason']],
  [{ lines: [] }, ['lines']],
  [{ lines: [peach, peach], causeKey: '' }, ['causeKey', 'lines.1.batchId']],
  [{ lines: [{ ...peach, quantity: 0 }] }, ['lines.0.quantity']],
])('%j of a write-off is refused at %j', (other, paths) => {
  expect(refuseWriteOff({ ...wish, ...other })?.fields.map(({ path }) => path)).toEqual(paths);
});

it.each([
  // wish → whether the same is agreed to
  [{ lines: [tea, peach] }, true],
  [{ reason: ' 清点后仍缺 ' }, true],
  [{ reason: '别的' }, false],
  [{ lines: [peach] }, false],
  [{ lines: [peach, { ...tea, quantity: 2 }] }, false],
  [{ routeId: 'rsr_2' }, false],
])('%j is the same: %s', (other, isSame) => {
  expect(writeOffHash({ ...wish, ...other }) === writeOffHash(wish)).toBe(isSame);
});

it.each([
  // who        official  whose goods          → obstacle
  ['usr_owner', false, ['mer_op'], null],
  ['usr_driver', false, ['mer_op'], 'OWN_VAN'],
  ['usr_driver', true, ['mer_op'], 'OWN_VAN'],
  ['usr_owner', false, ['mer_op', 'mer_other'], 'GOODS_OF_OTHERS'],
  ['usr_official', true, ['mer_op', 'mer_other'], null],
] as const)(
  'of %s (official: %s) who agrees to goods of %j: %s',
  (userId, isOfficial, merchantIds, obstacle) => {
    const about = { operatorId: 'mer_op', restockerId: 'usr_driver', merchantIds };
    expect(obstacleToWritingOff(about, { userId, isOfficial })).toBe(obstacle);
  },
);

it.each([
  // written off and found since, units → taken back of each
  [[[3, 0]], 2, [2]],
  [
    [
      [3, 2],
      [4, 0],
    ],
    3,
    [1, 2],
  ],
  [
    [
      [3, 3],
      [4, 0],
    ],
    4,
    [0, 4],
  ],
  [[[3, 2]], 2, null],
  [[], 1, null],
])('of %j, %i come back as %j', (lines, units, taken) => {
  const written = lines.map(([quantity = 0, foundUnits = 0]) => ({ quantity, foundUnits }));
  expect(takenBack(written, units)).toEqual(taken);
});
