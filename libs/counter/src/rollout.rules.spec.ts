import { HOUR_MS } from '#libs/kernel';
import { CABINET_ROLLOUT_STATES } from './rollout.entity.js';
import {
  type ReleaseInput,
  type RolloutAct,
  type RolloutWish,
  digestOf,
  divide,
  faultyOf,
  hashOfRollout,
  isToGoOn,
  isTooMany,
  refuseReason,
  refuseRelease,
  refuseRollout,
  stateAfterAct,
  updateOf,
} from './rollout.rules.js';

const config: ReleaseInput = {
  kind: 'CONFIG',
  version: 'c8',
  content: '{"beatS":60}',
  url: null,
  digest: null,
};
const firmware: ReleaseInput = {
  kind: 'FIRMWARE',
  version: '1.5.0',
  content: null,
  url: 'https://updates.example/1.5.0.bin',
  digest: 'a'.repeat(64),
};

it.each<[string, ReleaseInput, string[]]>([
  ['settings', config, []],
  ['with their digest', { ...config, digest: digestOf('{"beatS":60}') }, []],
  ['with another', { ...config, digest: 'a'.repeat(64) }, ['input.digest']],
  ['that are none', { ...config, content: '{' }, ['input.content']],
  ['that are a list', { ...config, content: '[]' }, ['input.content']],
  ['that are too long', { ...config, content: JSON.stringify({ a: 'x'.repeat(2_000) }) }, ['input.content']],
  [
    'without content, with an address',
    { ...config, content: null, url: 'https://x' },
    ['input.content', 'input.url'],
  ],
  ['firmware', firmware, []],
  ['without a digest', { ...firmware, digest: null }, ['input.digest']],
  ['from an address that anybody can change', { ...firmware, url: 'http://x' }, ['input.url']],
  ['with settings', { ...firmware, content: '{}' }, ['input.content']],
  ['of no version', { ...firmware, version: 'a b' }, ['input.version']],
])('a version %s', (_, input, paths) => {
  expect(refuseRelease(input)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

const share = (sharePercent: number) => ({ cabinetIds: null, sharePercent });
const list = (...cabinetIds: string[]) => ({ cabinetIds, sharePercent: null });
const wish: RolloutWish = {
  merchantId: 'mer_1',
  releaseId: 'crl_1',
  idempotencyKey: 'rollout-1',
  stages: [list('a'), share(20), share(100)],
  waitHours: 24,
  faultyMax: 2,
};

it.each<[string, Partial<RolloutWish>, string[]]>([
  ['as it should be', {}, []],
  ['a person says when', { waitHours: null }, []],
  ['no key', { idempotencyKey: 'k' }, ['input.idempotencyKey']],
  ['no time', { waitHours: 0 }, ['input.waitHours']],
  ['too long', { waitHours: 337 }, ['input.waitHours']],
  ['less than no faults', { faultyMax: -1 }, ['input.faultyMax']],
  ['no stage', { stages: [] }, ['input.stages']],
  ['too many', { stages: Array.from({ length: 11 }, (_, n) => share(n + 1)) }, ['input.stages']],
  ['one named twice', { stages: [list('a'), list('b', 'a')] }, ['input.stages']],
  ['shares that shrink', { stages: [share(50), share(50)] }, ['input.stages.1.sharePercent']],
  ['more than all', { stages: [share(101)] }, ['input.stages.0.sharePercent']],
  ['neither', { stages: [{ cabinetIds: null, sharePercent: null }] }, ['input.stages.0']],
  ['both', { stages: [{ cabinetIds: ['a'], sharePercent: 5 }] }, ['input.stages.0']],
  ['nobody', { stages: [list()] }, ['input.stages.0']],
])('a roll-out: %s', (_, changes, paths) => {
  expect(refuseRollout({ ...wish, ...changes })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('a wish is another where anything of it is', () => {
  const others = [
    { releaseId: 'crl_2' },
    { waitHours: null },
    { faultyMax: 3 },
    { stages: [list('b'), share(20), share(100)] },
    { stages: [list('a'), share(21), share(100)] },
  ];
  const hashes = [wish, ...others.map((changes) => ({ ...wish, ...changes }))].map(hashOfRollout);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashOfRollout({ ...wish })).toBe(hashes[0]);
});

describe('who is told in which stage', () => {
  const all = Array.from({ length: 20 }, (_, n) => `cab_${n}`);

  it.each([
    ['those that are named, then shares of all', [list('cab_3'), share(20), share(100)], [1, 3, 16]],
    ['at least one', [share(1), share(100)], [1, 19]],
    ['not all of them', [share(5), share(50)], [1, 9]],
    ['a share that is full already is none', [list('cab_1', 'cab_2'), share(10), share(100)], [2, 18]],
    ['named later, told later', [share(10), list('cab_0', 'cab_1'), share(100)], [2, 2, 16]],
  ])('%s', (_, stages, sizes) => {
    const divided = divide(all, stages, 'cro_1');
    expect(divided.map(({ length }) => length)).toEqual(sizes);
    expect(new Set(divided.flat()).size).toBe(divided.flat().length);
  });

  it('the same for one roll-out, others for the next', () => {
    const first = (id: string) => divide(all, [share(25), share(100)], id)[0];
    expect(first('cro_1')).toEqual(first('cro_1'));
    expect(first('cro_1')).not.toEqual(first('cro_2'));
  });

  it('nobody where there is nobody', () => {
    expect(divide([], [share(100)], 'cro_1')).toEqual([]);
  });
});

it('is told what it needs to know that it has the right one', () => {
  expect(updateOf('1', null)).toEqual({ version: '1' });
  expect(updateOf('1', { digest: 'd', content: '{}', url: null })).toEqual({
    version: '1',
    digest: 'd',
    content: '{}',
  });
  expect(updateOf('1', { digest: 'd', content: null, url: 'https://x' })).toEqual({
    version: '1',
    digest: 'd',
    url: 'https://x',
  });
});

it.each([
  [0, 0, 0, 0],
  [2, 0, 0, 2],
  [0, 3, 3, 0],
  [1, 1, 4, 4],
  [1, 4, 1, 1],
])('%p failed, %p alarmed before, %p since: %p faulty', (failed, alarmedBefore, alarmedSince, expected) => {
  expect(faultyOf({ failed, alarmedBefore, alarmedSince })).toBe(expected);
});

it.each([
  [2, 2, 0, false],
  [3, 2, 0, true],
  [5, 2, 3, false],
  [6, 2, 3, true],
])('%p faulty, %p allowed, %p seen: too many %p', (faulty, faultyMax, faultyAccepted, expected) => {
  expect(isTooMany(faulty, { faultyMax, faultyAccepted })).toBe(expected);
});

const began = new Date('2026-11-26T02:00:00Z');
it.each([
  ['in time', 1, 24, 24, { size: 4, done: 2 }, true],
  ['a moment early', 1, 24, 23.99, { size: 4, done: 4 }, false],
  ['while most do not have it', 1, 24, 48, { size: 4, done: 1 }, false],
  ['although nobody is left of it', 1, 24, 24, { size: 0, done: 0 }, true],
  ['the last', 3, 24, 48, { size: 4, done: 4 }, false],
  ['where a person says when', 1, null, 480, { size: 4, done: 4 }, false],
])('goes on by itself %s', (_, stage, waitHours, hours, progress, expected) => {
  const now = new Date(began.getTime() + hours * HOUR_MS);
  expect(isToGoOn({ stage, stageCount: 3, stageBeganAt: began, waitHours }, progress, now)).toBe(expected);
});

it('what may be done with it depends on how it stands, and twice is once', () => {
  const after = (act: RolloutAct) =>
    Object.fromEntries(CABINET_ROLLOUT_STATES.map((state) => [state, stateAfterAct(state, act)]));
  const never = { DONE: null, ROLLED_BACK: null, ENDED: null };
  expect(after('HALT')).toEqual({ ...never, RUNNING: 'HALTED', HALTED: 'HALTED', ROLLING_BACK: null });
  expect(after('RESUME')).toEqual({ ...never, RUNNING: 'RUNNING', HALTED: 'RUNNING', ROLLING_BACK: null });
  expect(after('ROLL_BACK')).toEqual({
    RUNNING: 'ROLLING_BACK',
    HALTED: 'ROLLING_BACK',
    ROLLING_BACK: 'ROLLING_BACK',
    DONE: 'ROLLING_BACK',
    ROLLED_BACK: 'ROLLED_BACK',
    ENDED: null,
  });
  expect(after('END')).toEqual({
    ...never,
    RUNNING: 'ENDED',
    HALTED: 'ENDED',
    ROLLING_BACK: 'ENDED',
    ENDED: 'ENDED',
  });
});

it.each([
  ['', false],
  ['坏', false],
  ['坏了', true],
  ['x'.repeat(201), false],
])('%p is a reason: %p', (reason, expected) => {
  expect(refuseReason(reason) === null).toBe(expected);
});
