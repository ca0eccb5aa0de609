import { SplitRuleReader } from '#libs/settlement';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';

describe('the tables of settlement', () => {
  let test: TestDatabase;
  const rule = {
    id: 'spr_1',
    version: 9,
    channelKind: 'ZONE',
    scopeKey: 'C:ZONE',
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
  const contribution = {
    id: 'ctr_1',
    version: 2,
    scopeKey: 'C:COUNTER',
    channelKind: 'COUNTER',
    bps: 100,
    effectiveFrom: new Date(0),
    state: 'PUBLISHED',
    createdBy: '',
    createdAt: new Date(0),
  };
  const line = {
    lineId: 'oln_1',
    orderId: 'ord_1',
    merchantOrderId: 'mor_1',
    baseFen: 10,
    subsidyFen: 0,
    productId: 'prd_1',
    channelKind: 'ZONE',
    isCertified: 1,
    feeBearer: 'PLATFORM',
  };
  const reversal = { refundId: 'rfd_1', lineId: 'oln_1', rankNo: 1, amountFen: 1, takenFrom: 'HELD' };

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.transaction(async (tx) => {
      await tx.insert('split_rule', [{ ...rule, version: 1, idempotencyKey: 'key' }]);
      await tx.insert('split_share', [{ ...share, lineId: 'oln_good' }]);
      await tx.insert('split_reversal', [{ ...reversal, refundId: 'rfd_good' }]);
    });
  });
  afterAll(() => test.drop());

  it('A15: hold the default rules from the start', async () => {
    const page = { first: 100, after: null };
    const reader = new SplitRuleReader(test.database);
    const { nodes } = await reader.splitRules({}, page);

    expect(
      nodes.filter(({ createdBy, channelKind }) => createdBy === '' && channelKind !== 'ZONE'),
    ).toMatchObject([
      { scopeKey: 'C:COUNTER', version: 1, state: 'PUBLISHED', merchantBps: 7000, operatorBps: 300 },
      {
        scopeKey: '*',
        version: 1,
        merchantBps: 7300,
        operatorBps: 0,
        feeBearer: 'PLATFORM',
        effectiveFrom: new Date('2018-12-31T16:00:00Z'),
      },
    ]);
    expect((await reader.contributionRules({}, page)).nodes).toMatchObject([
      { scopeKey: 'C:COUNTER', version: 1, state: 'PUBLISHED', bps: 100 },
    ]);
  });

  it.each([
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 7001 }],
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 6999 }],
    ['split_rule_makes_the_whole', 'split_rule', { ...rule, merchantBps: 9100, householdBps: -100 }],
    ['split_rule_version_of_scope', 'split_rule', { ...rule, id: 'spr_2', version: 1 }],
    ['split_rule_versions_are_published', 'split_rule', { ...rule, version: null }],
    ['split_rule_versions_are_published', 'split_rule', { ...rule, state: 'DRAFT' }],
    ['split_rule_state_known', 'split_rule', { ...rule, state: 'LOST' }],
    ['split_rule_fee_bearer_known', 'split_rule', { ...rule, feeBearer: 'BUYER' }],
    ['split_rule_drafted_once', 'split_rule', { ...rule, id: 'spr_2', idempotencyKey: 'key' }],
    ['contribution_rule_is_a_part', 'contribution_rule', { ...contribution, bps: -1 }],
    ['contribution_rule_is_a_part', 'contribution_rule', { ...contribution, bps: 10_001 }],
    ['contribution_rule_version_of_scope', 'contribution_rule', { ...contribution, version: 1 }],
    ['split_provider_limit_is_a_part', 'split_provider', { code: 'X', isUsed: 1, nonSellerMaxBps: 10_001 }],
    ['split_line_base_positive', 'split_line', { ...line, baseFen: 0 }],
    ['split_line_subsidy_within', 'split_line', { ...line, subsidyFen: 11 }],
    ['split_share_parts_within', 'split_share', { ...share, reversedFen: 5, assignedFen: 3, feeFen: 3 }],
    ['split_share_parts_within', 'split_share', { ...share, feeFen: -1 }],
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
