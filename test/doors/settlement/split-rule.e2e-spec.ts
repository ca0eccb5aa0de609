import { HOUR_MS, newId, plus } from '#libs/kernel';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeProduct } from '../../make/product.make.js';

const RULE = `id version scope productId merchantId channelKind merchantBps feeBearer state createdBy
  votes { userId verdict reason }`;
const act = (verb: string, args = '', call = '') => `mutation ($ruleId: ID!${args}) {
  splitRule${verb}(ruleId: $ruleId${call}) {
    __typename ... on SplitRule${verb}Payload { splitRule { ${RULE} } } ... on DomainError { code message }
  }
}`;
const DRAFT = `mutation ($input: SplitRuleDraftInput!) {
  splitRuleDraft(input: $input) {
    __typename ... on SplitRuleDraftPayload { splitRule { ${RULE} } } ... on DomainError { code message }
    ... on InvalidInputError { fields { path } } ... on SplitRuleNotWholeError { totalBps }
    ... on RuleNotFutureError { earliestAt }
  }
}`;
const PROPOSE = act('Propose');
const APPROVE = act('Approve');
const REJECT = act('Reject', ', $reason: String!', ', reason: $reason');
const WITHDRAW = act('Withdraw');
const RULES = `query ($states: [RuleState!], $scope: String, $first: Int) {
  splitRules(states: $states, scope: $scope, first: $first) { nodes { ${RULE} } pageInfo { hasNextPage } }
}`;
const RULE_BY_ID = `query ($ruleId: ID!) { splitRule(ruleId: $ruleId) { ${RULE} } }`;
const PREVIEW = `query ($input: SplitPreviewInput!) {
  splitPreview(input: $input) {
    ruleId ruleVersion contributionRuleId contributionRuleVersion shares { payeeKind amountFen }
  }
}`;
const SPLIT = `query ($orderId: ID!) {
  splitOfOrder(orderId: $orderId) { lineId baseFen shares { payeeKind payeeId ruleId ruleVersion amountFen reversedFen releasedAt } }
}`;
const CONTRIBUTIONS = `query { contributionRules { nodes { id version scope channelKind bps state createdBy votes { verdict } } } }`;
const CONTRIBUTION_DRAFT = `mutation ($input: ContributionRuleDraftInput!) {
  contributionRuleDraft(input: $input) {
    __typename ... on ContributionRuleDraftPayload { contributionRule { id state bps } } ... on DomainError { code }
  }
}`;
const contributionAct = (verb: string, args = '', call = '') => `mutation ($ruleId: ID!${args}) {
  contributionRule${verb}(ruleId: $ruleId${call}) {
    __typename ... on ContributionRule${verb}Payload { contributionRule { id version state } } ... on DomainError { code }
  }
}`;

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly splitRule?: { readonly id: string; readonly state: string };
  readonly contributionRule?: { readonly id: string; readonly state: string };
}

describe('split rules on the console', () => {
  let world: World;
  let maker: Person;
  let checker: Person;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    [maker, checker] = [finance(), finance()];
  });
  afterAll(() => world.close());

  const finance = () => world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  const as = ({ token }: Person) => world.client('settlement').as(token);
  const input = (more: object = {}) => ({
    idempotencyKey: newId('evt'),
    channelKind: 'FAIR',
    merchantBps: 7050,
    householdBps: 2000,
    platformBps: 450,
    operatorBps: 300,
    fundBps: 200,
    effectiveFrom: plus(world.clock.now(), HOUR_MS).toISOString(),
    ...more,
  });
  const draft = async (more: object = {}) => {
    const { splitRule } = await as(maker).ask<Answer>(DRAFT, { input: input(more) });
    return splitRule?.id ?? '';
  };

  it('go from a draft to a version with its votes', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const ruleId = await draft({ merchantId, feeBearer: 'SELLER' });

    expect(await as(maker).ask(PROPOSE, { ruleId })).toMatchObject({
      splitRule: { state: 'PROPOSED', version: null },
    });
    expect(await as(checker).ask(APPROVE, { ruleId })).toMatchObject({
      splitRule: { state: 'PUBLISHED', version: 1 },
    });
    expect(await as(checker).ask(RULE_BY_ID, { ruleId })).toEqual({
      id: ruleId,
      version: 1,
      scope: `M:${merchantId}/C:FAIR`,
      productId: null,
      merchantId,
      channelKind: 'FAIR',
      merchantBps: 7050,
      feeBearer: 'SELLER',
      state: 'PUBLISHED',
      createdBy: maker.userId,
      votes: [{ userId: checker.userId, verdict: 'APPROVE', reason: null }],
    });
  });

  it('wait among the approvals of whoever may approve them, until they have', async () => {
    const waiting = async (person: Person) =>
      (
        await as(person).ask<{ nodes: { subjectId: string }[] }>(
          '{ approvals(first: 100) { nodes { subjectId } } }',
        )
      ).nodes.map(({ subjectId }) => subjectId);
    const ruleId = await draft();
    await as(maker).ask(PROPOSE, { ruleId });

    expect(await waiting(checker)).toContain(ruleId);
    expect(await waiting(maker)).not.toContain(ruleId);
    await as(checker).ask(REJECT, { ruleId, reason: 'not as agreed' });
    expect(await waiting(checker)).not.toContain(ruleId);
    expect(await as(maker).ask(RULE_BY_ID, { ruleId })).toMatchObject({
      state: 'REJECTED',
      votes: [{ verdict: 'REJECT', reason: 'not as agreed' }],
    });
  });

  it('D19: are not approved by whoever proposed them', async () => {
    const ruleId = await draft();
    await as(maker).ask(PROPOSE, { ruleId });

    expect(await as(maker).ask(APPROVE, { ruleId })).toMatchObject({ code: 'SELF_APPROVAL' });
    expect(await as(maker).ask(WITHDRAW, { ruleId })).toMatchObject({ splitRule: { state: 'WITHDRAWN' } });
    expect(await as(checker).ask(APPROVE, { ruleId })).toMatchObject({ code: 'RULE_STATE' });
  });

  it.each([
    ['SPLIT_RULE_NOT_WHOLE', { merchantBps: 7049 }],
    ['SPLIT_RULE_NOT_WHOLE', { merchantBps: 9250, householdBps: -200 }],
    ['RULE_NOT_FUTURE', { effectiveFrom: '2019-01-01T00:00:00Z' }],
    ['INVALID_INPUT', { productId: 'prd_nothing' }],
    ['INVALID_INPUT', { merchantId: 'mer_nothing' }],
    ['INVALID_INPUT', { productId: "prd' OR 1=1" }],
    ['INVALID_INPUT', { idempotencyKey: '' }],
    ['INVALID_INPUT', { idempotencyKey: '幂等' }],
  ])('A15: are refused with %s for %j, and nothing is kept', async (code, more) => {
    const before = await as(maker).ask(RULES, { first: 100 });

    expect(await as(maker).ask(DRAFT, { input: input(more) })).toMatchObject({ code });
    expect(await as(maker).ask(RULES, { first: 100 })).toEqual(before);
  });

  it('are found for a product that exists, and are missing where there are none', async () => {
    const { productId } = await makeProduct(world);

    expect(await as(maker).ask(DRAFT, { input: input({ productId }) })).toMatchObject({
      splitRule: { scope: `P:${productId}/C:FAIR`, state: 'DRAFT' },
    });
    expect(await as(maker).ask(RULE_BY_ID, { ruleId: 'spr_nothing' })).toBeNull();
    expect(await as(maker).codeOf(PROPOSE, { ruleId: 'spr_nothing' })).toBe('NOT_FOUND');
    expect(await as(maker).codeOf(PROPOSE, { ruleId: '规则' })).toBe('INVALID_INPUT');
  });

  it('list the history of a scope at the same cost for one as for ten', async () => {
    for (let n = 0; n < 10; n += 1) {
      const ruleId = await draft({ channelKind: 'PROCUREMENT' });
      await as(maker).ask(PROPOSE, { ruleId });
      await as(checker).ask(APPROVE, { ruleId });
    }
    const list = (first: number) => () => as(maker).ask(RULES, { scope: 'C:PROCUREMENT', first });

    const { nodes } = await as(maker).ask<{ nodes: { version: number }[] }>(RULES, {
      scope: 'C:PROCUREMENT',
    });
    expect(nodes.map(({ version }) => version)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await countStatements(list(10))).toBe(await countStatements(list(1)));
  });

  it('A14: preview 9 007 199 254 740 993 fen to the fen', async () => {
    const preview = { amountFen: '9007199254740993', channelKind: 'COUNTER', isCertified: true };

    expect(await as(maker).ask(PREVIEW, { input: preview })).toEqual({
      ruleId: 'spr_00000000000000000000000002',
      ruleVersion: 1,
      contributionRuleId: 'ctr_00000000000000000000000001',
      contributionRuleVersion: 1,
      shares: [
        { payeeKind: 'MERCHANT', amountFen: '6305039478318695' },
        { payeeKind: 'HOUSEHOLD_POOL', amountFen: '1801439850948198' },
        { payeeKind: 'PLATFORM', amountFen: '450359962737050' },
        { payeeKind: 'OPERATOR', amountFen: '270215977642230' },
        { payeeKind: 'FUND', amountFen: '180143985094820' },
      ],
    });
  });

  it('preview what goods that are not certified contribute, and refuse an amount of nothing', async () => {
    const preview = { amountFen: '10000', channelKind: 'COUNTER' };

    expect(await as(maker).ask(PREVIEW, { input: preview })).toMatchObject({
      shares: expect.arrayContaining([
        { payeeKind: 'MERCHANT', amountFen: '6900' },
        { payeeKind: 'CONTRIBUTION', amountFen: '100' },
      ]),
    });
    expect(await as(maker).codeOf(PREVIEW, { input: { ...preview, amountFen: '0' } })).toBe('INVALID_INPUT');
    expect(await as(maker).codeOf(PREVIEW, { input: { ...preview, ruleId: 'spr_nothing' } })).toBe(
      'NOT_FOUND',
    );
  });

  it('of contributions go the same way', async () => {
    const effectiveFrom = plus(world.clock.now(), HOUR_MS).toISOString();
    const wish = { idempotencyKey: newId('evt'), channelKind: 'ZONE', bps: 150, effectiveFrom };
    const drafted = await as(maker).ask<Answer>(CONTRIBUTION_DRAFT, { input: wish });
    const ruleId = drafted.contributionRule?.id;

    expect(await as(maker).ask(CONTRIBUTION_DRAFT, { input: { ...wish, bps: 151 } })).toMatchObject({
      code: 'RULE_KEY_REUSED',
    });
    expect(await as(maker).ask(contributionAct('Propose'), { ruleId })).toMatchObject({
      contributionRule: { state: 'PROPOSED' },
    });
    expect(await as(maker).ask(contributionAct('Approve'), { ruleId })).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    expect(await as(checker).ask(contributionAct('Approve'), { ruleId })).toMatchObject({
      contributionRule: { state: 'PUBLISHED', version: 1 },
    });
    const { nodes } = await as(checker).ask<{ nodes: object[] }>(CONTRIBUTIONS);
    expect(nodes).toEqual([
      expect.objectContaining({
        id: ruleId,
        scope: 'C:ZONE',
        createdBy: maker.userId,
        votes: [{ verdict: 'APPROVE' }],
      }),
      expect.objectContaining({
        scope: 'C:COUNTER',
        channelKind: 'COUNTER',
        bps: 100,
        createdBy: null,
        votes: [],
      }),
    ]);

    const second = await as(maker).ask<Answer>(CONTRIBUTION_DRAFT, {
      input: { ...wish, idempotencyKey: newId('evt') },
    });
    const other = { ruleId: second.contributionRule?.id };
    await as(maker).ask(contributionAct('Propose'), other);
    expect(
      await as(checker).ask(contributionAct('Reject', ', $reason: String!', ', reason: $reason'), {
        ...other,
        reason: 'twice',
      }),
    ).toMatchObject({ contributionRule: { state: 'REJECTED' } });
    expect(await as(maker).ask(contributionAct('Withdraw'), other)).toMatchObject({ code: 'RULE_STATE' });
  });

  it.each([
    ['splitRules', RULES, {}],
    ['splitRule', RULE_BY_ID, { ruleId: 'spr_1' }],
    ['splitPreview', PREVIEW, { input: { amountFen: '1', channelKind: 'ONLINE' } }],
    ['splitOfOrder', SPLIT, { orderId: 'ord_1' }],
    ['contributionRules', CONTRIBUTIONS, {}],
  ])('%s is for the platform alone', async (_, query, variables) => {
    const client = world.client('settlement');
    const county = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });
    const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });

    expect(await client.codeOf(query, variables)).toBe('UNAUTHENTICATED');
    expect(await as(world.person()).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await as(official).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await as(county).codeOf(query, variables)).toBe('FORBIDDEN');
    expect((await as(operator).send(query, variables)).errors).toEqual([]);
  });

  it.each([
    ['splitRulePropose', PROPOSE],
    ['splitRuleApprove', APPROVE],
    ['splitRuleWithdraw', WITHDRAW],
    ['contributionRuleApprove', contributionAct('Approve')],
  ])('%s is for finance of the whole platform alone', async (_, mutation) => {
    const variables = { ruleId: await draft() };
    const county = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });

    expect(await world.client('settlement').codeOf(mutation, variables)).toBe('UNAUTHENTICATED');
    expect(await as(world.person()).codeOf(mutation, variables)).toBe('FORBIDDEN');
    expect(await as(county).codeOf(mutation, variables)).toBe('FORBIDDEN');
    expect(await as(operator).codeOf(mutation, variables)).toBe('FORBIDDEN');
    expect(await as(maker).ask(RULE_BY_ID, variables)).toMatchObject({ state: 'DRAFT' });
  });
});
