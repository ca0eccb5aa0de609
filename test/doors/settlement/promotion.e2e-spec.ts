import type { Grant } from '#platform/auth';
import type { Person } from '../../harness/world.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { promotionInput } from '../../make/promotion.make.js';

const FIELDS = 'id kind state divisionCode budgetFen decidedAt';
const LIST = `query ($state: PromotionState) { promotions(state: $state) { nodes { ${FIELDS} } } }`;
const PROPOSE = `mutation ($divisionCode: ID, $input: PromotionInput!) { promotionPropose(divisionCode: $divisionCode, input: $input) { __typename
  ... on PromotionProposePayload { promotion { ${FIELDS} } } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const DECIDE = `mutation ($id: ID!, $verdict: Verdict!, $reason: String) {
  promotionDecide(promotionId: $id, verdict: $verdict, reason: $reason) { __typename
    ... on PromotionDecidePayload { promotion { ${FIELDS} } } ... on PromotionStateError { promotionState } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($id: ID!) { promotionWithdraw(promotionId: $id) { __typename
  ... on PromotionWithdrawPayload { promotion { state } } ... on PromotionStateError { promotionState } ... on DomainError { code } } }`;
const END = `mutation ($id: ID!) { promotionEnd(promotionId: $id) { __typename
  ... on PromotionEndPayload { promotion { state } } ... on PromotionStateError { promotionState } ... on DomainError { code } } }`;

interface Made {
  readonly promotion: { readonly id: string };
}

describe('the console: promotions', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    await makeDivisions(world);
  });
  afterAll(() => world.close());

  const official = (scopeId: string, role: Grant['role'] = 'OFFICIAL') =>
    world.person({ role, scopeKind: 'DIVISION', scopeId });
  const staff = (role: 'OPERATOR' | 'FINANCE') => world.person({ role, scopeKind: 'PLATFORM', scopeId: '*' });
  const as = (person: Person) => world.client('settlement').as(person.token);
  const propose = (person: Person, divisionCode: string | null, changes: object = {}) => {
    const input = {
      ...promotionInput(world, { kind: divisionCode === null ? 'PLATFORM_COUPON' : 'VOUCHER' }),
      ...changes,
    };
    return as(person).ask<Made>(PROPOSE, { divisionCode, input });
  };

  it('a voucher is given by two people of the division whose finance bureau pays, and by nobody else', async () => {
    const [maker, other] = [official('430225'), official('430225', 'FINANCE_REVIEWER')];
    const made = await propose(maker, '430225');
    expect(made).toMatchObject({
      promotion: { kind: 'VOUCHER', state: 'PROPOSED', divisionCode: '430225', decidedAt: null },
    });
    const { id } = made.promotion;
    const vote = { id, verdict: 'APPROVE' };

    expect(await as(maker).ask(DECIDE, vote)).toMatchObject({ code: 'SELF_APPROVAL' });
    for (const stranger of [official('430224'), staff('FINANCE')])
      expect(await as(stranger).codeOf(DECIDE, vote)).toBe('NOT_FOUND');
    expect(await as(official('430225', 'STATISTICIAN')).codeOf(DECIDE, vote)).toBe('FORBIDDEN');
    expect(await as(official('430224')).ask(LIST, {})).toEqual({ nodes: [] });
    expect(await as(maker).ask(LIST, { state: 'PROPOSED' })).toMatchObject({ nodes: [{ id }] });

    expect(await as(other).ask(DECIDE, vote)).toMatchObject({ promotion: { state: 'PUBLISHED' } });
    expect(await as(other).ask(DECIDE, vote)).toMatchObject({
      code: 'PROMOTION_STATE',
      promotionState: 'PUBLISHED',
    });
    expect(await as(maker).ask(WITHDRAW, { id })).toMatchObject({ code: 'PROMOTION_STATE' });
    expect(await as(official('430224')).codeOf(END, { id })).toBe('NOT_FOUND');
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as(maker).ask(END, { id })).toMatchObject({ promotion: { state: 'ENDED' } });
    const acts = await world.database.query<{ act: string }>(
      "SELECT act FROM audit_entry WHERE division_code = '430225' ORDER BY id",
    );
    expect(acts.map(({ act }) => act)).toEqual([
      'approval.requested',
      'approval.approved',
      'promotion.ended',
    ]);
  });

  it('is proposed once under a key, for one’s own division, of one’s own kind', async () => {
    const person = official('430225');
    const made = await propose(person, '430225', { idempotencyKey: 'voucher-0001' });
    expect(await propose(person, '430225', { idempotencyKey: 'voucher-0001' })).toEqual(made);
    expect(await propose(person, '430225', { idempotencyKey: 'voucher-0001', amountFen: '1' })).toMatchObject(
      {
        code: 'PROMOTION_KEY_USED',
      },
    );
    expect(await propose(person, '430225', { kind: 'PLATFORM_COUPON' })).toMatchObject({
      fields: [{ path: 'divisionCode' }],
    });
    expect(await propose(person, null, { kind: 'VOUCHER' })).toMatchObject({
      fields: [{ path: 'divisionCode' }],
    });
    expect(await propose(person, null, { kind: 'PRICE_CUT', budgetFen: null })).toMatchObject({
      fields: [{ path: 'kind' }],
    });
    expect(await propose(person, '430225', { budgetFen: '1' })).toMatchObject({
      fields: [{ path: 'budgetFen' }],
    });
    const input = promotionInput(world, { kind: 'VOUCHER' });
    for (const stranger of [official('430224'), staff('OPERATOR')])
      expect(await as(stranger).codeOf(PROPOSE, { divisionCode: '430225', input })).toBe('NOT_FOUND');
    const coupon = promotionInput(world);
    expect(await as(person).codeOf(PROPOSE, { divisionCode: null, input: coupon })).toBe('NOT_FOUND');
  });

  it('the platform’s coupon is proposed by its operators and agreed to, or not, by its finance', async () => {
    const [operator, finance] = [staff('OPERATOR'), staff('FINANCE')];
    const [first, second] = [await propose(operator, null), await propose(operator, null)];
    const reject = { id: first.promotion.id, verdict: 'REJECT' };
    expect(await as(finance).ask(DECIDE, reject)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await as(finance).ask(DECIDE, { ...reject, reason: '预算不足' })).toMatchObject({
      promotion: { state: 'REJECTED' },
    });
    expect(await as(finance).codeOf(WITHDRAW, { id: second.promotion.id })).toBe('NOT_FOUND');
    expect(await as(operator).ask(WITHDRAW, { id: second.promotion.id })).toMatchObject({
      promotion: { state: 'WITHDRAWN' },
    });
    expect(await as(operator).codeOf(DECIDE, reject)).toBe('FORBIDDEN');
    expect(await as(operator).ask(END, { id: first.promotion.id })).toMatchObject({
      promotionState: 'REJECTED',
    });
  });
});
