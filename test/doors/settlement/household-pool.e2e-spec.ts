import { newId } from '#libs/kernel';
import { SaleSplitService, SplitReader } from '#libs/settlement';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeLinkage } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';

const ASSIGNMENT = 'id countyCode state createdBy assignedFen lineIds households { householdId weight }';
const POOLS = '{ householdPools { countyCode unassignedFen lines } }';
const SHARES = `query ($countyCode: String!, $first: Int, $after: String) {
  poolShares(countyCode: $countyCode, first: $first, after: $after) {
    nodes { lineId orderId productId amountFen } pageInfo { hasNextPage endCursor }
  }
}`;
const PROPOSE = `mutation ($input: PoolAssignmentProposeInput!) {
  poolAssignmentPropose(input: $input) {
    __typename ... on PoolAssignmentProposePayload { assignment { ${ASSIGNMENT} } } ... on DomainError { code }
    ... on PoolNotOpenError { lineIds }
  }
}`;
const act = (verb: string, args = '', call = '') => `mutation ($assignmentId: ID!${args}) {
  poolAssignment${verb}(assignmentId: $assignmentId${call}) {
    __typename ... on PoolAssignment${verb}Payload { assignment { ${ASSIGNMENT} } } ... on DomainError { code }
  }
}`;
const APPROVE = act('Approve');
const REJECT = act('Reject', ', $reason: String!', ', reason: $reason');
const WITHDRAW = act('Withdraw');
const BY_ID = `query ($assignmentId: ID!) { poolAssignment(assignmentId: $assignmentId) { ${ASSIGNMENT} } }`;

interface Answer {
  readonly code?: string;
  readonly assignment?: { readonly id: string; readonly state: string };
}

describe("a county's household pool on the console", () => {
  let world: World;
  let maker: Person;
  let checker: Person;
  let householdIds: readonly string[];

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    [maker, checker] = [finance(), finance()];
    const merchant = await makeMerchant(world);
    ({ householdIds } = await makeLinkage(world, { merchantId: merchant.id, weights: [1, 1] }));
  });
  afterAll(() => world.close());

  const finance = () => world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  const as = ({ token }: Person) => world.client('settlement').as(token);
  /** Lines of ¥100 from a county, with nobody behind their batch. */
  const sell = async (county: string, count = 1) => {
    const [orderId, at] = [newId('ord'), world.clock.now()];
    const lines = Array.from({ length: count }, () => ({
      lineId: newId('oln'),
      merchantOrderId: newId('mor'),
      merchantId: 'mer_1' as const,
      productId: 'prd_1',
      goodsFen: 10_000n,
      subsidyFen: 0n,
      isCertified: true,
      channelKind: 'ONLINE',
      operatorId: null,
      originCountyCode: county,
      saleCountyCode: county,
      households: [],
    }));
    const capture = {
      paymentId: newId('pay'),
      orderId,
      intentRef: orderId,
      amountFen: 10_000n * BigInt(count),
      disposition: 'KEPT' as const,
    };
    await world.database.transaction((tx) =>
      world
        .get(SaleSplitService)
        .capture(tx, capture, { lines, freights: [] }, { eventId: newId('evt'), at }),
    );
    return { orderId, lineIds: lines.map(({ lineId }) => lineId) };
  };
  const wish = (countyCode: string, lineIds: readonly string[], more: object = {}) => ({
    idempotencyKey: newId('evt'),
    countyCode,
    lineIds,
    households: householdIds.map((householdId) => ({ householdId, weight: 1 })),
    note: 'the growers of the batch',
    ...more,
  });
  const propose = async (countyCode: string, lineIds: readonly string[]) => {
    const { assignment } = await as(maker).ask<Answer>(PROPOSE, { input: wish(countyCode, lineIds) });
    return assignment?.id ?? '';
  };

  it('A20: shows what waits, and passes it on once two people agree', async () => {
    const { orderId, lineIds } = await sell('430224');
    expect(await as(checker).ask(POOLS)).toContainEqual({
      countyCode: '430224',
      unassignedFen: '2000',
      lines: 1,
    });
    expect(await as(checker).ask(SHARES, { countyCode: '430224' })).toMatchObject({
      nodes: [{ lineId: lineIds[0], orderId, productId: 'prd_1', amountFen: '2000' }],
    });

    const assignmentId = await propose('430224', lineIds);
    expect(await as(maker).ask(APPROVE, { assignmentId })).toMatchObject({ code: 'SELF_APPROVAL' });
    expect(await as(checker).ask(APPROVE, { assignmentId })).toMatchObject({
      assignment: { state: 'POSTED', assignedFen: '2000', lineIds, createdBy: maker.userId },
    });

    expect(await as(checker).ask(POOLS)).not.toContainEqual(
      expect.objectContaining({ countyCode: '430224' }),
    );
    const [line] = await world.get(SplitReader).ofOrder(orderId);
    expect(line?.shares.slice(-2).map(({ payeeId, shareFen }) => [payeeId, shareFen])).toEqual(
      [...householdIds].toSorted().map((id) => [id, 1000n]),
    );
    expect(await as(checker).ask(APPROVE, { assignmentId })).toMatchObject({ code: 'POOL_ASSIGNMENT_STATE' });
    expect(await as(maker).ask(PROPOSE, { input: wish('430224', lineIds) })).toMatchObject({
      code: 'POOL_NOT_OPEN',
      lineIds,
    });
  });

  it('waits among the approvals; is rejected with a reason, and withdrawn by its maker alone', async () => {
    const { lineIds } = await sell('430223');
    const [first, second] = [await propose('430223', lineIds), await propose('430223', lineIds)];
    const { nodes } = await as(checker).ask<{ nodes: object[] }>(
      '{ approvals(first: 100) { nodes { kind subjectId } } }',
    );
    expect(nodes).toContainEqual({ kind: 'POOL_ASSIGNMENT', subjectId: first });

    expect(await as(checker).ask(REJECT, { assignmentId: first, reason: ' ' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await as(checker).ask(REJECT, { assignmentId: first, reason: 'others grew it' })).toMatchObject({
      assignment: { state: 'REJECTED', assignedFen: null },
    });
    expect(await as(checker).codeOf(WITHDRAW, { assignmentId: second })).toBe('NOT_FOUND');
    expect(await as(maker).ask(WITHDRAW, { assignmentId: second })).toMatchObject({
      assignment: { state: 'WITHDRAWN' },
    });
    expect(await as(maker).ask(POOLS)).toContainEqual({
      countyCode: '430223',
      unassignedFen: '2000',
      lines: 1,
    });
  });

  it.each([
    ['no such household', { households: [{ householdId: 'hhd_nobody', weight: 1 }] }],
    ['no household', { households: [] }],
    ['no line', { lineIds: [] }],
    ['no ground', { note: ' ' }],
  ])('refuses %s', async (_, more) => {
    const { lineIds } = await sell('430281');

    expect(await as(maker).ask(PROPOSE, { input: wish('430281', lineIds, more) })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('is paged, at the same cost for one line as for ten', async () => {
    const { lineIds } = await sell('430211', 10);
    const read = (first: number, after: string | null = null) =>
      as(maker).ask<{ nodes: { lineId: string }[]; pageInfo: { endCursor: string } }>(SHARES, {
        countyCode: '430211',
        first,
        after,
      });

    const first = await read(6);
    const second = await read(6, first.pageInfo.endCursor);
    expect([...first.nodes, ...second.nodes].map(({ lineId }) => lineId)).toEqual(lineIds.toSorted());
    expect(await countStatements(() => read(10))).toBe(await countStatements(() => read(1)));
    expect(await as(maker).codeOf(SHARES, { countyCode: '430211', first: 101 })).toBe('INVALID_INPUT');
  });

  it.each([
    ['householdPools', POOLS, {}],
    ['poolShares', SHARES, { countyCode: '430225' }],
    ['poolAssignment', BY_ID, { assignmentId: 'pas_1' }],
    ['poolAssignmentApprove', APPROVE, { assignmentId: 'pas_1' }],
    ['poolAssignmentReject', REJECT, { assignmentId: 'pas_1', reason: 'no' }],
    ['poolAssignmentWithdraw', WITHDRAW, { assignmentId: 'pas_1' }],
  ])('%s is for finance of the whole platform alone', async (_, document, variables) => {
    const client = world.client('settlement');
    const county = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });

    expect(await client.codeOf(document, variables)).toBe('UNAUTHENTICATED');
    expect(await as(world.person()).codeOf(document, variables)).toBe('FORBIDDEN');
    expect(await as(county).codeOf(document, variables)).toBe('FORBIDDEN');
    expect(await as(operator).codeOf(document, variables)).toBe('FORBIDDEN');
  });
});
