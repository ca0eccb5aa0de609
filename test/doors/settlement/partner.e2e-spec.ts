import { createPrivateKey, sign } from 'node:crypto';
import { signedBytes } from '#libs/intake';
import type { Grant } from '#platform/auth';
import { VOLUME_TABLES } from '../../database/volume-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { MadePartner, reversalRow, saleRow } from '../../make/partner.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';

const PARTNER = 'partner { id code name state keys { id revokedAt } }';
const CREATE = `mutation ($input: PartnerCreateInput!) { partnerCreate(input: $input) { __typename
  ... on PartnerCreatePayload { ${PARTNER} } ... on DomainError { code } } }`;
const ISSUE = `mutation ($partnerId: ID!) { partnerKeyIssue(partnerId: $partnerId) { __typename
  ... on PartnerKeyIssuePayload { ${PARTNER} keyId privateKeyPem } ... on TooManyKeysError { code max } } }`;
const REVOKE = `mutation ($partnerId: ID!, $keyId: ID!) { partnerKeyRevoke(partnerId: $partnerId, keyId: $keyId) { ... on PartnerKeyRevokePayload { ${PARTNER} } } }`;
const SET = `mutation ($partnerId: ID!, $state: PartnerState!) { partnerStateSet(partnerId: $partnerId, state: $state) { ... on PartnerStateSetPayload { ${PARTNER} } } }`;
const BATCHES = `query ($partnerId: ID!, $first: Int, $after: String) { intakeBatches(partnerId: $partnerId, first: $first, after: $after) {
  nodes { id batchNo rowCount acceptedCount heldCount rejectedCount repeatedCount } pageInfo { hasNextPage endCursor } } }`;
const ROWS = `query ($batchId: ID!, $state: IntakeRowState, $first: Int, $after: String) { intakeRows(batchId: $batchId, state: $state, first: $first, after: $after) {
  nodes { rowNo kind state orderNo amountFen faults { code } } pageInfo { hasNextPage endCursor } } }`;
const HELD = '{ suspectedDuplicates(states: [HELD]) { nodes { id } } }';
const deciding = (name: 'Clear' | 'Confirm') =>
  `mutation ($id: ID!, $reason: String!) { suspectedDuplicate${name}(id: $id, reason: $reason) { __typename ... on DomainError { code } } }`;

interface Payload {
  readonly __typename?: string;
  readonly code?: string;
  readonly partner: {
    readonly id: string;
    readonly state: string;
    readonly keys: readonly { readonly id: string; readonly revokedAt: string | null }[];
  };
  readonly keyId: string;
  readonly privateKeyPem: string;
}
interface Connection {
  readonly nodes: readonly Record<string, unknown>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const OPERATOR: Grant = { role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' };
const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

let world: World;
let peach: MadeProduct;
let codes = 0;

beforeAll(async () => {
  world = await World.start({ services: ['settlement'] });
  await makeDivisions(world);
  peach = await makeProduct(world, { name: '炎陵黄桃' });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00.000Z');
  await world.clear(...VOLUME_TABLES, 'suspected_duplicate', 'audit_entry');
});

const as = (...grants: readonly Grant[]) => world.client('settlement').as(world.person(...grants).token);
const input = (more: object = {}) => {
  codes += 1;
  return { input: { code: `DOOR_${codes}`, name: '某某惠农平台', ...more } };
};
const create = async () => (await as(OPERATOR).ask<Payload>(CREATE, input())).partner;

describe('a partner', () => {
  it('is let in by operators alone, under a code of its own', async () => {
    const wish = input();
    for (const client of [as(), as(official()), as({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' })])
      expect(await client.codeOf(CREATE, wish)).toBe('FORBIDDEN');
    expect(await world.client('settlement').codeOf(CREATE, wish)).toBe('UNAUTHENTICATED');

    expect(await as(OPERATOR).ask(CREATE, wish)).toMatchObject({
      partner: { code: wish.input.code, name: '某某惠农平台', state: 'ACTIVE', keys: [] },
    });
    expect(await as(OPERATOR).ask(CREATE, wish)).toMatchObject({ code: 'PARTNER_CODE_TAKEN' });
    for (const wrong of [{ code: 'x' }, { code: 'lower' }, { name: ' ' }, { name: 'x'.repeat(81) }])
      expect(await as(OPERATOR).ask(CREATE, input(wrong))).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('gets a key that is shown once and signs; two at a time, so that it can change over', async () => {
    const { id: partnerId } = await create();
    const operator = as(OPERATOR);
    expect(await as(official()).codeOf(ISSUE, { partnerId })).toBe('FORBIDDEN');
    expect(await operator.codeOf(ISSUE, { partnerId: 'ptn_none' })).toBe('NOT_FOUND');

    const first = await operator.ask<Payload>(ISSUE, { partnerId });
    const second = await operator.ask<Payload>(ISSUE, { partnerId });

    expect(await operator.ask(ISSUE, { partnerId })).toMatchObject({ code: 'TOO_MANY_KEYS', max: 2 });
    expect(second.partner.keys.map(({ id }) => id)).toEqual([second.keyId, first.keyId]);
    const body = JSON.stringify({ batchNo: 'K-1', kind: 'SALE', rows: [saleRow()] });
    const send = ({ keyId, privateKeyPem }: Payload) => {
      const seconds = String(Math.floor(world.clock.now().getTime() / 1_000));
      const bytes = signedBytes(seconds, 'POST', '/intake/batches', Buffer.from(body));
      const signature = sign(null, bytes, createPrivateKey(privateKeyPem)).toString('base64');
      return world
        .client('settlement')
        .http.post('/intake/batches')
        .set('content-type', 'application/json')
        .set('taoyuan-signature', `key=${keyId},t=${seconds},s=${signature}`)
        .send(body);
    };
    expect([(await send(first)).status, (await send(second)).status]).toEqual([200, 200]);

    expect(await operator.codeOf(REVOKE, { partnerId, keyId: 'pky_none' })).toBe('NOT_FOUND');
    expect(await operator.codeOf(REVOKE, { partnerId: (await create()).id, keyId: first.keyId })).toBe(
      'NOT_FOUND',
    );
    expect(await as(official()).codeOf(REVOKE, { partnerId, keyId: first.keyId })).toBe('FORBIDDEN');
    const revoked = await operator.ask<Payload>(REVOKE, { partnerId, keyId: first.keyId });
    world.clock.advance(1_000);
    const again = await operator.ask<Payload>(REVOKE, { partnerId, keyId: first.keyId });
    expect(again.partner.keys).toEqual(revoked.partner.keys); // The moment of the first time stays.
    expect([(await send(first)).status, (await send(second)).status]).toEqual([401, 200]);
    const kept = await world.database.query('SELECT * FROM partner_key');
    expect(JSON.stringify(kept)).not.toContain(second.privateKeyPem.split('\n')[1]);
  });

  it('is suspended and taken back, twice without harm', async () => {
    const { id: partnerId } = await create();
    const set = (state: string) => as(OPERATOR).ask<Payload>(SET, { partnerId, state });
    expect(await as(official()).codeOf(SET, { partnerId, state: 'SUSPENDED' })).toBe('FORBIDDEN');
    expect(await as(OPERATOR).codeOf(SET, { partnerId: 'ptn_none', state: 'SUSPENDED' })).toBe('NOT_FOUND');

    const states: string[] = [];
    for (const state of ['SUSPENDED', 'SUSPENDED', 'ACTIVE']) states.push((await set(state)).partner.state);
    expect(states).toEqual(['SUSPENDED', 'SUSPENDED', 'ACTIVE']);
    const acts = await world.database.query<{ act: string }>(
      "SELECT act FROM audit_entry WHERE subject = ? AND act <> 'partner.created'",
      [partnerId],
    );
    expect(new Set(acts.map(({ act }) => act))).toEqual(new Set(['partner.state_set']));
  });
});

describe('what a partner has handed in', () => {
  it('is shown batch by batch and row by row, in pages, to whoever may see partners', async () => {
    const partner = await MadePartner.of(world);
    for (const batchNo of ['B-1', 'B-2', 'B-3'])
      await partner.send({
        batchNo,
        kind: 'SALE',
        rows: [saleRow({ orderNo: batchNo }), saleRow({ orderNo: batchNo, lineNo: '2', quantity: 0 })],
      });
    const ask = (variables: object) =>
      as(OPERATOR).ask<Connection>(BATCHES, { partnerId: partner.id, ...variables });

    const first = await ask({ first: 2 });
    expect(first.nodes).toMatchObject([
      { batchNo: 'B-3', rowCount: 2, acceptedCount: 1, rejectedCount: 1, heldCount: 0, repeatedCount: 0 },
      { batchNo: 'B-2' },
    ]);
    expect((await ask({ first: 2, after: first.pageInfo.endCursor })).nodes).toMatchObject([
      { batchNo: 'B-1' },
    ]);
    const batchId = first.nodes[0]?.['id'];
    const rows = (more: object = {}) => as(OPERATOR).ask<Connection>(ROWS, { batchId, ...more });
    expect((await rows()).nodes).toMatchObject([
      { rowNo: 0, kind: 'SALE', state: 'ACCEPTED', orderNo: 'B-3', amountFen: '44000', faults: [] },
      { rowNo: 1, state: 'REJECTED', faults: [{ code: 'OUT_OF_RANGE' }] },
    ]);
    expect((await rows({ state: 'REJECTED' })).nodes).toHaveLength(1);
    const one = await rows({ first: 1 });
    expect((await rows({ first: 1, after: one.pageInfo.endCursor })).nodes).toMatchObject([{ rowNo: 1 }]);

    expect(await as(OPERATOR).codeOf(BATCHES, { partnerId: 'ptn_none' })).toBe('NOT_FOUND');
    expect(await as(OPERATOR).codeOf(BATCHES, { partnerId: partner.id, first: 0 })).toBe('INVALID_INPUT');
    for (const [query, variables] of [
      [BATCHES, { partnerId: partner.id }],
      [ROWS, { batchId }],
    ] as const)
      for (const client of [
        as(),
        as(official()),
        as({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: 'mer_1' }),
      ])
        expect(await client.codeOf(query, variables)).toBe('FORBIDDEN');
  });

  it('costs a page of batches as many statements for one as for three', async () => {
    const partner = await MadePartner.of(world);
    const send = (batchNo: string) =>
      partner.send({ batchNo, kind: 'SALE', rows: [saleRow({ orderNo: batchNo })] });
    const client = as(OPERATOR);
    const ask = () => countStatements(() => client.ask(BATCHES, { partnerId: partner.id }));
    await send('B-1');
    const forOne = await ask();
    await send('B-2');
    await send('B-3');

    expect(await ask()).toBe(forOne);
  });
});

describe('a row that is held', () => {
  /** Two partners tell of one sale; the second one's row is held, with what went back of it. */
  const hold = async () => {
    const row = saleRow({ traceCode: peach.batchIds[0], buyerPhone: '13800000002' });
    const [first, second] = [await MadePartner.of(world), await MadePartner.of(world)];
    await first.send({ batchNo: 'B-1', kind: 'SALE', rows: [row] });
    const { body } = await second.send({ batchNo: 'B-1', kind: 'SALE', rows: [row, reversalRow()] });
    expect(body).toMatchObject({ heldCount: 2 });
    const [suspicion] = (await as(official()).ask<Connection>(HELD)).nodes;
    return { id: suspicion?.['id'], second };
  };
  const recognised = async () => {
    const [row] = await world.database.query<{ fen: string }>(
      'SELECT SUM(recognised_fen) AS fen FROM volume_fact',
    );
    return row?.fen;
  };
  const decide = (name: 'Clear' | 'Confirm', id: unknown, grant = official(), reason = '核对过单据') =>
    as(grant).ask<Payload>(deciding(name), { id, reason });

  it('counts once somebody of its division says that it is another sale, with what went back of it', async () => {
    const { id, second } = await hold();
    expect(await recognised()).toBe('44000');
    const effect = `query ($id: ID!) { suspectedDuplicate(id: $id) { effect { month isLate paidFen recognisedFen declaredFen } } }`;
    expect(await as(official()).ask(effect, { id })).toEqual({
      effect: [
        { month: '2026-11-01', isLate: false, paidFen: '44000', recognisedFen: '35200', declaredFen: '0' },
      ],
    });
    expect(await as(official('430224')).codeOf(deciding('Clear'), { id, reason: '核对过单据' })).toBe(
      'NOT_FOUND',
    );
    expect(await as().codeOf(deciding('Clear'), { id, reason: '核对过单据' })).toBe('FORBIDDEN');
    expect(await decide('Clear', id, official(), '')).toMatchObject({ code: 'INVALID_INPUT' });

    expect(await decide('Clear', id)).toMatchObject({ __typename: 'SuspectedDuplicateClearPayload' });
    expect(await decide('Clear', id)).toMatchObject({ __typename: 'SuspectedDuplicateClearPayload' });

    expect(await recognised()).toBe('79200');
    expect(await as(official()).ask(effect, { id })).toEqual({ effect: [] });
    expect(await decide('Confirm', id)).toMatchObject({ code: 'DUPLICATE_DECIDED' });
    expect((await second.status('B-1')).body).toMatchObject({ acceptedCount: 2, heldCount: 0, rows: [] });
  });

  it('never counts once somebody says that it is the same one, and its number may be used again', async () => {
    const { id, second } = await hold();

    expect(await decide('Confirm', id)).toMatchObject({ __typename: 'SuspectedDuplicateConfirmPayload' });

    expect(await recognised()).toBe('44000');
    expect((await second.status('B-1')).body).toMatchObject({
      acceptedCount: 0,
      heldCount: 0,
      rejectedCount: 2,
    });
    expect(await decide('Clear', id)).toMatchObject({ code: 'DUPLICATE_DECIDED' });
    expect(await recognised()).toBe('44000');
  });

  it('is decided once by two who decide otherwise at once', async () => {
    const { id } = await hold();

    const answers = await Promise.all([decide('Clear', id), decide('Confirm', id, official('430200'))]);

    expect(answers.filter(({ code }) => code === 'DUPLICATE_DECIDED')).toHaveLength(1);
    expect(['44000', '79200']).toContain(await recognised());
  });
});
