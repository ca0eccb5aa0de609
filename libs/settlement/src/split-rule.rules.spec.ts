import { SplitRuleNotWholeError } from './split.errors.js';
import { type SplitRuleRow, refuseRate, ruleInForce } from './split-rule.rules.js';

const rate = (
  merchantBps: number,
  householdBps: number,
  platformBps: number,
  operatorBps: number,
  fundBps: number,
) => ({
  merchantBps,
  householdBps,
  platformBps,
  operatorBps,
  fundBps,
});

describe('a rule', () => {
  it.each([
    ['makes the whole', rate(7000, 2000, 500, 300, 200), null],
    ['A15: falls short of the whole', rate(6999, 2000, 500, 300, 200), 9999],
    ['A15: exceeds the whole', rate(7001, 2000, 500, 300, 200), 10_001],
    ['A15: gives somebody less than nothing', rate(10_100, -100, 0, 0, 0), 10_000],
    ['A15: gives fractions', rate(6999.5, 2000.5, 500, 300, 200), 10_000],
  ])('%s', (_, given, totalBps) => {
    expect(refuseRate(given)).toEqual(totalBps === null ? null : new SplitRuleNotWholeError(totalBps));
  });
});

describe('the rule in force', () => {
  const row = (
    id: SplitRuleRow['id'],
    channelKind: string,
    version: number,
    effectiveFrom: string,
  ): SplitRuleRow => ({
    id,
    channelKind,
    version,
    effectiveFrom: new Date(effectiveFrom),
    ...rate(7050, 2000, 450, 300, 200),
  });
  const rules = [
    row('spr_1', '*', 1, '2018-12-31T16:00:00Z'),
    row('spr_2', '*', 2, '2026-10-31T16:00:00Z'),
    row('spr_3', 'COUNTER', 1, '2018-12-31T16:00:00Z'),
  ];

  it.each([
    ['ONLINE', '2026-10-31T15:59:59Z', 'spr_1'],
    ['ONLINE', '2026-10-31T16:00:00Z', 'spr_2'],
    ['COUNTER', '2026-10-31T16:00:00Z', 'spr_3'],
    ['ONLINE', '2018-12-31T15:59:59Z', undefined],
  ])('A16: for %s at %s is %s', (channelKind, at, id) => {
    expect(ruleInForce(rules, channelKind, new Date(at))?.id).toBe(id);
  });

  it('is the higher version where two begin at once', () => {
    const twins = [row('spr_9', '*', 9, '2019-01-01'), row('spr_8', '*', 8, '2019-01-01')];

    expect(ruleInForce(twins, 'ZONE', new Date('2020-01-01'))?.id).toBe('spr_9');
  });
});
