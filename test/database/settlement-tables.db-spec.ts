import { SplitRuleReader } from '#libs/settlement';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';

describe('the tables of settlement', () => {
  let test: TestDatabase;
  const rule = {
    id: 'spr_1',
    version: 9,
    channelKind: 'ZONE',
    merchantBps: 7000,
    householdBps: 2000,
    platformBps: 500,
    operatorBps: 300,
    fundBps: 200,
    effectiveFrom: new Date(0),
  };
  const share = {
    lineId: 'oln_1',
    rankNo: 1,
    merchantOrderId: 'mor_1',
    orderId: 'ord_1',
    ruleId: '',
    payeeKind: 'MERCHANT',
    payeeId: 'mer_1',
    shareFen: 10,
  };
  const reversal = { refundId: 'rfd_1', lineId: 'oln_1', rankNo: 1, amountFen: 1, takenFrom: 'HELD' };

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.transaction(async (tx) => {
      await tx.insert('split_rule', [{ ...rule, version: 1 }]);
      await tx.insert('split_share', [{ ...share, lineId: 'oln_good' }]);
      await tx.insert('split_reversal', [{ ...reversal, refundId: 'rfd_good' }]);
    });
  });
  afterAll(() => test.drop());

  it('A15: hold the default rules from the start', async () => {
    expect(await new SplitRuleReader(test.database).all()).toMatchObject([
      { channelKind: 'ZONE' },
      {
        channelKind: '*',
        merchantBps: 7300,
        operatorBps: 0,
        effectiveFrom: new Date('2018-12-31T16:00:00Z'),
      },
      { channelKind: 'COUNTER', merchantBps: 7000, operatorBps: 300 },
    ]);
  });

  it.each([
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 7001 }],
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 6999 }],
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 9100, householdBps: -100 }],
    ['split_rule_version', 'split_rule', { ...rule, id: 'spr_2', version: 1 }],
    ['split_share_payee_known', 'split_share', { ...share, payeeKind: 'FRIEND' }],
    ['split_share_never_over', 'split_share', { ...share, shareFen: -1 }],
    ['split_share_never_over', 'split_share', { ...share, reversedFen: 11 }],
    ['split_share_never_over', 'split_share', { ...share, releasedFen: 11 }],
    ['split_share_never_over', 'split_share', { ...share, reversedFen: -1 }],
    ['split_reversal_amount_positive', 'split_reversal', { ...reversal, amountFen: 0 }],
    ['split_reversal_source_known', 'split_reversal', { ...reversal, takenFrom: 'POCKET' }],
  ])('keep %s', async (constraint, table, row) => {
    const inserting = test.database.transaction((tx) => tx.insert(table, [row]));

    await expect(inserting).rejects.toThrow(constraint);
  });
});
