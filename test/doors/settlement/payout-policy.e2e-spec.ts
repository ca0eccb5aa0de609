import { newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';

const CHANGE = 'change { id name amountFen effectiveOn reason state }';
const ERROR = '... on DomainError { code message }';
const PROPOSE = `mutation ($input: PayoutPolicyProposeInput!) { payoutPolicyPropose(input: $input) { ${ERROR}
  ... on PayoutPolicyProposePayload { ${CHANGE} } ... on PolicyNotFutureError { earliestOn latestOn } } }`;
const DECIDE = `mutation ($input: PayoutPolicyDecideInput!) { payoutPolicyDecide(input: $input) { ${ERROR}
  ... on PayoutPolicyDecidePayload { ${CHANGE} } } }`;
const WITHDRAW = `mutation ($id: ID!) { payoutPolicyWithdraw(changeId: $id) { ${ERROR} ... on PayoutPolicyWithdrawPayload { ${CHANGE} }
  ... on PolicyChangeStateError { changeState } } }`;
const POLICIES = '{ payoutPolicies { name amountFen } }';
const CHANGES = `query ($first: Int, $after: String) { payoutPolicyChanges(first: $first, after: $after) {
  nodes { id state amountFen } pageInfo { hasNextPage endCursor } } }`;
const APPROVALS = '{ approvals { nodes { kind subjectId } } }';

interface Answer {
  readonly code?: string;
  readonly change: { readonly id: string; readonly state: string };
}
interface Listed {
  readonly nodes: readonly { readonly id: string; readonly amountFen: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

describe('the policy of payouts at the console', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  beforeEach(() => world.clock.set('2026-11-03T02:00:00.000Z'));
  afterAll(() => world.close());

  const clientOf = (...grants: readonly Grant[]) =>
    world.client('settlement').as(world.person(...grants).token);
  const finance = () => clientOf({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  const input = (more: object = {}) => ({
    input: {
      idempotencyKey: newId('key'),
      name: 'MINIMUM_HOUSEHOLD',
      amountFen: '500',
      effectiveOn: '2026-11-04',
      reason: '让农户早日到账',
      ...more,
    },
  });

  it('is proposed by one, seen by the other among what waits, agreed to, and holds from its day on', async () => {
    const [maker, checker] = [finance(), finance()];
    const { change } = await maker.ask<Answer>(PROPOSE, input());
    expect(change).toEqual({
      id: expect.stringMatching(/^ppc_/),
      name: 'MINIMUM_HOUSEHOLD',
      amountFen: '500',
      effectiveOn: '2026-11-04',
      reason: '让农户早日到账',
      state: 'PROPOSED',
    });
    expect(await checker.ask(APPROVALS)).toMatchObject({
      nodes: [{ kind: 'PAYOUT_POLICY', subjectId: change.id }],
    });
    const decision = { input: { changeId: change.id, verdict: 'APPROVE' } };
    expect(await maker.ask(DECIDE, decision)).toMatchObject({ code: 'SELF_APPROVAL' });

    expect(await checker.ask(DECIDE, decision)).toMatchObject({ change: { state: 'APPROVED' } });

    const household = async () =>
      (await checker.ask<{ name: string; amountFen: string }[]>(POLICIES)).find(
        ({ name }) => name === 'MINIMUM_HOUSEHOLD',
      )?.amountFen;
    expect(await household()).toBe('1000');
    world.clock.set('2026-11-03T16:00:00.000Z');
    expect(await household()).toBe('500');
  });

  it.each([
    ['for today', { effectiveOn: '2026-11-03' }, 'POLICY_NOT_FUTURE'],
    ['less than nothing', { amountFen: '-1' }, 'INVALID_INPUT'],
    ['without a reason', { reason: ' ' }, 'INVALID_INPUT'],
    ['under a bad key', { idempotencyKey: '' }, 'INVALID_INPUT'],
  ])('is not proposed %s, and nothing has changed', async (_, more, code) => {
    const before = await finance().ask<Listed>(CHANGES, { first: 1 });

    expect(await finance().ask(PROPOSE, input(more))).toMatchObject({ code });

    expect(await finance().ask(CHANGES, { first: 1 })).toEqual(before);
  });

  it('is listed page by page, at the same cost for one and for many', async () => {
    const maker = finance();
    for (const amountFen of ['1', '2', '3']) await maker.ask(PROPOSE, input({ amountFen }));

    const first = await maker.ask<Listed>(CHANGES, { first: 2 });
    expect(first.nodes.map(({ amountFen }) => amountFen)).toEqual(['3', '2']);
    const second = await maker.ask<Listed>(CHANGES, { first: 1, after: first.pageInfo.endCursor });
    expect(second.nodes.map(({ amountFen }) => amountFen)).toEqual(['1']);
    const costOf = (n: number) => countStatements(() => maker.ask(CHANGES, { first: n }));
    expect(await costOf(1)).toBe(await costOf(3));
  });

  it('is taken back by its maker, and looks missing to everybody else', async () => {
    const maker = finance();
    const { change } = await maker.ask<Answer>(PROPOSE, input());

    expect(await finance().codeOf(WITHDRAW, { id: change.id })).toBe('NOT_FOUND');
    expect(await maker.ask(WITHDRAW, { id: change.id })).toMatchObject({ change: { state: 'WITHDRAWN' } });
    expect(await maker.ask(WITHDRAW, { id: change.id })).toMatchObject({ changeState: 'WITHDRAWN' });
    expect(await maker.codeOf(WITHDRAW, { id: 'x' })).toBe('NOT_FOUND');
  });

  it.each([
    ['payoutPolicies', POLICIES, {}],
    ['payoutPolicyChanges', CHANGES, {}],
    ['payoutPolicyPropose', PROPOSE, input()],
    ['payoutPolicyDecide', DECIDE, { input: { changeId: 'ppc_1', verdict: 'APPROVE' } }],
    ['payoutPolicyWithdraw', WITHDRAW, { id: 'ppc_1' }],
  ])('keeps %s from whoever may not ask', async (_, query, variables) => {
    expect(await world.client('settlement').codeOf(query, variables)).toBe('UNAUTHENTICATED');
    for (const client of [
      clientOf(),
      clientOf({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: 'mer_1' }),
      clientOf({ role: 'OFFICIAL', scopeKind: 'PLATFORM', scopeId: '*' }),
      clientOf({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' }),
    ])
      expect(await client.codeOf(query, variables)).toBe('FORBIDDEN');
  });
});
