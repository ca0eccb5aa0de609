import { DivisionService } from '#libs/division';
import { type ClaimContentLine, ClaimService } from '#libs/intake';
import { IntegrityCheckService } from '#libs/integrity';
import { newId, refused } from '#libs/kernel';
import { VolumeFactService, VolumeReader, VolumeRollupService, factsOfPaid } from '#libs/volume';
import type { Grant, Role } from '#platform/auth';
import { Pseudonyms } from '#platform/pseudonym';
import { fillPool } from '../../harness/pool.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { VOLUME_TABLES, line } from '../../database/volume-rooms.js';
import { claimContent, claimLine, makeClaim } from '../../make/claim.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { MadePartner, saleRow } from '../../make/partner.make.js';

const CLAIM = `id state revision totalFen lineCount heldCount content { buyerName buyerPhone lines { amountFen soldOn } }
  steps { act actorId reason fields { path message } } evidence { kind invoiceNo elsewhereCount file { name mediaType } }`;
const act = (name: string, args = '', values = '') =>
  `mutation ($claimId: ID!${args}) { ${name}(claimId: $claimId${values}) { __typename
    ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { claim { ${CLAIM} } } ... on DomainError { code message } } }`;
const APPROVE = act('claimApprove');
const RETURN = act(
  'claimReturn',
  ', $reason: String!, $fields: [ClaimReturnFieldInput!]!',
  ', reason: $reason, fields: $fields',
);
const REJECT = act('claimReject', ', $reason: String!', ', reason: $reason');
const REVERSE = act('claimReverse', ', $reason: String!', ', reason: $reason');
const QUEUE = `query ($states: [ClaimState!], $first: Int, $after: String) { claims(states: $states, first: $first, after: $after) {
  nodes { id state buyerName totalFen heldCount } pageInfo { hasNextPage endCursor } } }`;
const ONE = `query ($id: ID!) { claim(id: $id) { ${CLAIM} } }`;
const EFFECT = `query ($id: ID!) { claim(id: $id) { claimantName effect { month isLate declaredFen recognisedFen county { name } } } }`;
const SAVE = `mutation ($input: ClaimDraftSaveInput!) { claimDraftSave(input: $input) { __typename
  ... on ClaimDraftSavePayload { claim { ${CLAIM} } } ... on DomainError { code message } ... on InvalidInputError { fields { path } } } }`;
const SUBMIT = `mutation ($claimId: ID!, $revision: Int!) { claimSubmit(claimId: $claimId, revision: $revision) { __typename
  ... on ClaimSubmitPayload { claim { ${CLAIM} } } ... on DomainError { code message } ... on InvalidInputError { fields { path } } } }`;

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly claim?: {
    readonly id: string;
    readonly state: string;
    readonly steps: readonly { act: string; reason: string; fields: readonly object[] }[];
    readonly heldCount: number;
    readonly revision: number;
  };
  readonly fields?: readonly { readonly path: string }[];
}

const official = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['settlement'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-11-02T02:00:00.000Z');
  await world.settle();
  await world.asOwner(async (tx) => {
    for (const table of [
      ...VOLUME_TABLES,
      'claim',
      'claim_line',
      'claim_evidence',
      'claim_step',
      'suspected_duplicate',
      'invoice_use',
    ])
      await tx.write(`DELETE FROM ${table}`);
  });
});

const as = (...grants: readonly Grant[]) => world.client('settlement').as(world.person(...grants).token);
const yanling = () => as(official('430225'));
const declared = async () => {
  while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
  const [row] = await world.database.query<{ declared: string; recognised: string }>(
    'SELECT COALESCE(SUM(declared_fen), 0) AS declared, COALESCE(SUM(recognised_fen), 0) AS recognised FROM volume_county_month',
  );
  return row;
};
const claimOf = async (changes = {}) =>
  (await makeClaim(world, (await makeMerchant(world)).id, { content: claimContent(changes) })).claimId;

describe('claimApprove', () => {
  it('counts as declared, and never as recognised', async () => {
    const claimId = await claimOf({ lines: [claimLine(), claimLine({ amountFen: '2000' })] });
    const effect = async () =>
      (await yanling().ask<{ effect: readonly object[] }>(EFFECT, { id: claimId })).effect;
    const inYanling = { month: '2026-11-01', isLate: false, county: { name: '炎陵县' }, recognisedFen: '0' };
    expect(await effect()).toEqual([{ ...inYanling, declaredFen: '90000' }]);

    const answer = await yanling().ask<Answer>(APPROVE, { claimId });

    expect(answer.claim).toMatchObject({
      state: 'APPROVED',
      totalFen: '90000',
      steps: [{ act: 'SUBMITTED' }, { act: 'APPROVED' }],
    });
    expect(await declared()).toEqual({ declared: '90000', recognised: '0' });
    expect(await effect()).toEqual([{ ...inYanling, declaredFen: '-90000' }]); // Of taking it off again.
    const report = await world.get(VolumeReader).report({ from: '2026-11-01', to: '2026-11-30' }, [], 'ALL');
    expect(report).toMatchObject({ totals: { recognisedFen: 0n, quantity: 0 } });
  });

  it('is decided once by two reviewers at once', async () => {
    const claimId = await claimOf();
    await fillPool(world.database);

    const answers = await Promise.all(
      [yanling(), as(official('430200'))].map((each) => each.ask<Answer>(APPROVE, { claimId })),
    );

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'ClaimApprovePayload',
      'ClaimStateError',
    ]);
    expect(await declared()).toEqual({ declared: '88000', recognised: '0' });
  });

  it('is harmless when the same reviewer repeats it', async () => {
    const claimId = await claimOf();
    const reviewer = yanling();

    await reviewer.ask(APPROVE, { claimId });
    const again = await reviewer.ask<Answer>(APPROVE, { claimId });

    expect(again.claim?.steps).toHaveLength(2);
    expect(await declared()).toEqual({ declared: '88000', recognised: '0' });
  });

  it('is not for the claimant, nor for anybody of the same organisation', async () => {
    const authorId = newId('usr');
    const { claimId } = await makeClaim(world, '430225', { authorId });

    expect((await yanling().ask<Answer>(APPROVE, { claimId })).code).toBe('SAME_ORGANISATION');
    const both = as(official('430200'), official('430225'));
    expect((await both.ask<Answer>(APPROVE, { claimId })).code).toBe('SAME_ORGANISATION');
    expect(await declared()).toEqual({ declared: '0', recognised: '0' });
    expect((await as(official('430200')).ask<Answer>(APPROVE, { claimId })).__typename).toBe(
      'ClaimApprovePayload',
    );
  });

  it('is not for strangers, nor for officials of elsewhere', async () => {
    const claimId = await claimOf();

    expect(await world.client('settlement').codeOf(APPROVE, { claimId })).toBe('UNAUTHENTICATED');
    expect(await as().codeOf(APPROVE, { claimId })).toBe('FORBIDDEN');
    expect(await as(official('430224')).codeOf(APPROVE, { claimId })).toBe('NOT_FOUND');
    expect(await as(official('430224')).codeOf(REJECT, { claimId, reason: '与我无关' })).toBe('NOT_FOUND');
    expect(await declared()).toEqual({ declared: '0', recognised: '0' });
  });

  it('waits while a sale looks like one that was told of before, and both are shown side by side', async () => {
    const peach = await makeProduct(world, { pricesFen: [88_000n] });
    const { orderId } = await makePaidOrder(world, {}, peach);
    await world.settle();
    const [bought] = await world.database.query<{ phone: string }>(
      'SELECT recipient_phone AS phone FROM customer_order WHERE id = ?',
      [orderId],
    );
    const content = claimContent({
      buyerKind: 'CONSUMER',
      buyerPhone: bought?.phone ?? '',
      lines: [claimLine({ batchId: peach.batchIds[0] ?? '' })],
    });
    const { claimId } = await makeClaim(world, peach.merchantId, { content });
    const reviewer = yanling();

    expect((await reviewer.ask<Answer>(APPROVE, { claimId })).code).toBe('CLAIM_HELD');

    const { nodes } = await reviewer.ask<{ nodes: { id: string }[] }>(
      `{ suspectedDuplicates { nodes { id amountFen subjectId later { sourceSystem amountFen day product { id } }
        earlier { sourceSystem orderNo amountFen day county { name } } } } }`,
    );
    expect(nodes).toMatchObject([
      {
        amountFen: '88000',
        subjectId: claimId,
        later: { sourceSystem: 'CLAIM', day: '2026-11-01', product: { id: peach.productId } },
        earlier: { sourceSystem: 'TAOYUAN', orderNo: orderId, day: '2026-11-02', county: { name: '炎陵县' } },
      },
    ]);
    const one = `query ($id: ID!) { suspectedDuplicate(id: $id) { state effect { month } } }`;
    expect(await reviewer.ask(one, { id: nodes[0]?.id })).toEqual({ state: 'HELD', effect: [] });
    expect(await as(official('430224')).ask(one, { id: nodes[0]?.id })).toBeNull();
    const ofClaim = `query ($id: ID!) { suspectedDuplicates(subjectId: $id) { nodes { id } } }`;
    expect(await reviewer.ask(ofClaim, { id: claimId })).toMatchObject({ nodes: [{ id: nodes[0]?.id }] });
    expect(await reviewer.ask(ofClaim, { id: newId('clm') })).toEqual({ nodes: [] });
    const clear = `mutation ($id: ID!, $reason: String!) { suspectedDuplicateClear(id: $id, reason: $reason) { __typename } }`;
    await reviewer.ask(clear, { id: nodes[0]?.id, reason: '两笔不同的采购' });
    expect((await reviewer.ask<Answer>(APPROVE, { claimId })).__typename).toBe('ClaimApprovePayload');
    expect(await declared()).toMatchObject({ declared: '88000' });
  });
});

describe('a sale that is told of twice', () => {
  const buyerPhone = '13800000077';
  const HELD =
    '{ suspectedDuplicates(states: [HELD]) { nodes { id subjectId later { sourceSystem } earlier { sourceSystem orderNo } } } }';
  const held = async () =>
    (await yanling().ask<{ nodes: { id: string; subjectId: string; earlier: object }[] }>(HELD)).nodes;
  const decideAs = async (act: 'Clear' | 'Confirm') => {
    for (const { id } of await held())
      await yanling().ask(
        `mutation ($id: ID!, $reason: String!) { suspectedDuplicate${act}(id: $id, reason: $reason) { __typename } }`,
        { id, reason: '已核对单据' },
      );
  };
  const made = async (changes: object = {}, claimant?: string) => {
    const peach = await makeProduct(world);
    const content = claimContent({
      buyerKind: 'CONSUMER',
      buyerPhone,
      lines: [claimLine({ batchId: peach.batchIds[0] ?? '' })],
      ...changes,
    });
    return { peach, content, ...(await makeClaim(world, claimant ?? peach.merchantId, { content })) };
  };
  /** Of ours, by the same buyer, of the same goods and amount. */
  const sell = (productId: string, n: number) => {
    const at = new Date('2026-11-01T06:00:00Z');
    const sold = line(`oln_${n}`, 88_000n, {
      productId,
      buyerKey: world.get(Pseudonyms).ofPhone(buyerPhone),
      sourceSystem: 'TAOYUAN',
      sourceOrderNo: `ord_${n}`,
      sourceLineNo: `oln_${n}`,
    });
    return world.database.transaction((tx) =>
      world.get(VolumeFactService).record(tx, factsOfPaid([sold], at)),
    );
  };

  it('by a claim first, and by ourselves once it was approved, waits for a reviewer, who may reverse the claim', async () => {
    const { claimId, peach } = await made();
    expect((await yanling().ask<Answer>(APPROVE, { claimId })).__typename).toBe('ClaimApprovePayload');
    await sell(peach.productId, 1);
    expect(await held()).toEqual([]);

    while ((await world.get(IntegrityCheckService).check(100)) > 0);

    expect(await held()).toMatchObject([
      { subjectId: claimId, later: { sourceSystem: 'CLAIM' }, earlier: { orderNo: 'ord_1' } },
    ]);
    await decideAs('Confirm');
    await yanling().ask(REVERSE, { claimId, reason: '平台已有该笔销售' });
    expect(await declared()).toMatchObject({ declared: '0' });
    await sell(peach.productId, 2);
    while ((await world.get(IntegrityCheckService).check(100)) > 0);
    expect(await held()).toEqual([]); // What was reversed tells of nothing.
  });

  it('by ourselves twice is looked at twice: one that was cleared does not hide the other', async () => {
    const peach = await makeProduct(world);
    await sell(peach.productId, 1);
    await sell(peach.productId, 2);
    const content = claimContent({
      buyerKind: 'CONSUMER',
      buyerPhone,
      lines: [claimLine({ batchId: peach.batchIds[0] ?? '' })],
    });
    const { claimId } = await makeClaim(world, peach.merchantId, { content });

    expect((await held()).map(({ earlier }) => earlier)).toMatchObject([
      { orderNo: 'ord_1' },
      { orderNo: 'ord_2' },
    ]);
    expect(await yanling().ask<Answer>(APPROVE, { claimId })).toMatchObject({ code: 'CLAIM_HELD' });
  });

  it('by two claims is one sale until somebody has looked', async () => {
    const { claimId, content } = await made();
    await yanling().ask(APPROVE, { claimId });
    const again = { ...content, evidence: claimContent().evidence };
    const other = await makeClaim(world, '430225', { content: again });

    const reviewer = as(official('430200'));
    expect((await reviewer.ask<Answer>(APPROVE, { claimId: other.claimId })).code).toBe('CLAIM_HELD');
  });

  it('is for another organisation to look at, like the claim', async () => {
    const peach = await makeProduct(world);
    await sell(peach.productId, 1);
    const content = claimContent({
      buyerKind: 'CONSUMER',
      buyerPhone,
      lines: [claimLine({ batchId: peach.batchIds[0] ?? '' })],
    });
    await makeClaim(world, '430225', { content });
    const [suspicion] = await held();
    const clear = (scope: string) =>
      as(official(scope)).ask<Answer>(
        `mutation ($id: ID!) { suspectedDuplicateClear(id: $id, reason: "两笔不同的采购") { __typename ... on DomainError { code } } }`,
        { id: suspicion?.id },
      );

    expect((await clear('430225')).code).toBe('SAME_ORGANISATION');
    expect((await clear('430200')).__typename).toBe('SuspectedDuplicateClearPayload');
  });

  it('holds a claim no longer once its line is gone', async () => {
    const peach = await makeProduct(world);
    await sell(peach.productId, 1);
    const twice = claimContent({
      buyerKind: 'CONSUMER',
      buyerPhone,
      lines: [claimLine({ batchId: peach.batchIds[0] ?? '' }), claimLine({ amountFen: '500' })],
    });
    const { claimId, authorId } = await makeClaim(world, peach.merchantId, { content: twice });
    await decideAs('Confirm');
    await yanling().ask(RETURN, { claimId, reason: '第一笔平台已有', fields: [] });
    const author = { userId: authorId, claimantIds: [peach.merchantId] };
    const claims = world.get(ClaimService);
    const content = { ...twice, lines: twice.lines.slice(1) };
    const draft = { claimId, idempotencyKey: 'again', claimantId: peach.merchantId, revision: 1, content };
    expect(refused(await claims.saveDraft(draft, author))).toBe(false);
    expect(refused(await claims.submit(claimId, 2, author))).toBe(false);

    expect((await yanling().ask<Answer>(APPROVE, { claimId })).claim).toMatchObject({
      state: 'APPROVED',
      heldCount: 0,
    });
    // What was said of the line that is gone is still there to be read, and in nobody's way.
    expect(
      await yanling().ask(
        '{ suspectedDuplicates(states: [CONFIRMED]) { nodes { state later { orderNo } } } }',
      ),
    ).toEqual({
      nodes: [{ state: 'CONFIRMED', later: null }],
    });
  });

  it('is no work for anybody once the claim is rejected', async () => {
    const peach = await makeProduct(world);
    await sell(peach.productId, 1);
    const content = claimContent({ buyerPhone, lines: [claimLine({ batchId: peach.batchIds[0] ?? '' })] });
    const { claimId } = await makeClaim(world, peach.merchantId, { content });
    expect(await held()).toHaveLength(1);

    await yanling().ask(REJECT, { claimId, reason: '平台已有该笔销售' });

    expect(await held()).toEqual([]);
  });
});

describe('claimReturn, claimReject, claimReverse', () => {
  it('send back with reasons, field by field, and take it again', async () => {
    const merchant = await makeMerchant(world);
    const { claimId } = await makeClaim(world, merchant.id);
    const fields = [{ path: 'content.lines.0.amountFen', message: '与发票不符' }];

    const { claim } = await yanling().ask<Answer>(RETURN, { claimId, reason: '请核对金额', fields });

    expect(claim).toMatchObject({
      state: 'RETURNED',
      steps: [{ act: 'SUBMITTED' }, { reason: '请核对金额', fields }],
    });
    expect((await yanling().ask<Answer>(APPROVE, { claimId })).code).toBe('CLAIM_STATE');
  });

  it('reject for good, and free the invoice', async () => {
    const content = claimContent();
    const claimId = (await makeClaim(world, (await makeMerchant(world)).id, { content })).claimId;

    expect((await yanling().ask<Answer>(REJECT, { claimId, reason: '' })).code).toBe('INVALID_INPUT');
    expect((await yanling().ask<Answer>(REJECT, { claimId, reason: '发票系伪造' })).claim?.state).toBe(
      'REJECTED',
    );

    await expect(makeClaim(world, (await makeMerchant(world)).id, { content })).resolves.toBeDefined();
  });

  it('take off again what was approved, in the month in which it turns out wrong', async () => {
    const claimId = await claimOf();
    await yanling().ask(APPROVE, { claimId });
    world.clock.set('2026-12-05T02:00:00.000Z');

    const { claim } = await yanling().ask<Answer>(REVERSE, { claimId, reason: '重复申报' });

    expect(claim?.state).toBe('REVERSED');
    expect(await declared()).toEqual({ declared: '0', recognised: '0' });
    const months = await world.database.query(
      'SELECT month, SUM(declared_fen) AS fen FROM volume_month GROUP BY month ORDER BY month',
    );
    expect(months).toEqual([
      { month: '2026-11-01', fen: '88000' },
      { month: '2026-12-01', fen: '-88000' },
    ]);
  });
});

describe('claims', () => {
  it('wait in a queue of one’s own divisions, with masked buyers and without drafts', async () => {
    const merchant = await makeMerchant(world);
    const { claimId } = await makeClaim(world, merchant.id);
    await makeClaim(world, merchant.id, { isSubmitted: false });

    const { nodes } = await yanling().ask<{ nodes: object[] }>(QUEUE);

    expect(nodes).toEqual([
      { id: claimId, state: 'SUBMITTED', buyerName: '炎陵*****', totalFen: '88000', heldCount: 0 },
    ]);
    expect(await as(official('430224')).ask(QUEUE)).toMatchObject({ nodes: [] });
    expect(await as(official('430224')).ask(ONE, { id: claimId })).toBeNull();
  });

  it('wait in the order in which they were handed in, whenever they were begun', async () => {
    const merchant = await makeMerchant(world);
    const begin = () => makeClaim(world, merchant.id, { isSubmitted: false });
    const [begunFirst, begunNext, begunLast] = [await begin(), await begin(), await begin()];
    const waiting = [begunLast, begunFirst, begunNext];
    for (const { claimId, authorId } of waiting) {
      world.clock.advance(1_000);
      await world.get(ClaimService).submit(claimId, 1, { userId: authorId, claimantIds: [merchant.id] });
    }
    const page = (after: string | null) =>
      yanling().ask<{ nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }>(
        QUEUE,
        {
          first: 2,
          after,
        },
      );
    const first = await page(null);
    const rest = await page(first.pageInfo.endCursor);

    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual(
      waiting.map(({ claimId }) => claimId),
    );
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('come page by page and cost the same for one as for ten', async () => {
    const merchant = await makeMerchant(world);
    await makeClaim(world, merchant.id);
    const cost = () => countStatements(() => yanling().ask(QUEUE, { first: 50 }));
    const one = await cost();
    for (let index = 0; index < 9; index += 1) await makeClaim(world, merchant.id);

    expect(await cost()).toBe(one);
    const first = await yanling().ask<{ nodes: { id: string }[]; pageInfo: { endCursor: string } }>(QUEUE, {
      first: 6,
    });
    const second = await yanling().ask<{ nodes: { id: string }[] }>(QUEUE, {
      first: 6,
      after: first.pageInfo.endCursor,
    });
    expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(10);
  });

  it('shown to a reviewer, say who has looked, and mask the person', async () => {
    const claimId = await claimOf({ buyerKind: 'CONSUMER', buyerName: '李秀英', buyerPhone: '13973312345' });

    const claim = await yanling().ask<{ content: object }>(ONE, { id: claimId });

    expect(claim.content).toMatchObject({ buyerName: '李**', buyerPhone: '139****2345' });
    const seen = await world.database.query(
      "SELECT id FROM audit_entry WHERE act = 'claim.seen' AND subject = ?",
      [claimId],
    );
    expect(seen).toHaveLength(1);
  });
});

describe('an official', () => {
  const input = (changes: object = {}) => ({
    input: {
      claimId: null,
      idempotencyKey: newId('req'),
      claimantId: '430225',
      revision: 0,
      content: claimContent(),
      ...changes,
    },
  });

  it('claims for their own division, and only goods from within', async () => {
    const me = yanling();
    const saved = await me.ask<Answer>(
      SAVE,
      input({ content: claimContent({ lines: [claimLine({ originCountyCode: '430224' })] }) }),
    );
    const claimId = saved.claim?.id;

    const refused = await me.ask<Answer>(SUBMIT, { claimId, revision: 1 });
    expect(refused.fields).toEqual([{ path: 'content.lines.0.originCountyCode' }]);

    await me.ask(SAVE, input({ claimId, revision: 1, content: claimContent() }));
    expect((await me.ask<Answer>(SUBMIT, { claimId, revision: 2 })).claim?.state).toBe('SUBMITTED');
    expect(await me.codeOf(SAVE, input({ claimantId: '430224' }))).toBe('NOT_FOUND');
    expect(await me.ask('{ ownClaims { nodes { id } } }')).toMatchObject({ nodes: [{ id: claimId }] });
  });
});

describe('a village declares and its township reviews', () => {
  const [TOWNSHIP, VILLAGE] = ['430225209', '430225209225'];
  const within = (role: Role, scopeId: string) => as({ role, scopeKind: 'DIVISION', scopeId });

  beforeAll(() =>
    world.get(DivisionService).load([
      {
        code: VILLAGE,
        parentCode: TOWNSHIP,
        level: 'VILLAGE',
        name: '平乐村',
        isDesignated: false,
        longitude: null,
        latitude: null,
      },
    ]),
  );
  const declare = async (line: Partial<ClaimContentLine>) => {
    const village = within('VILLAGE_OFFICER', VILLAGE);
    const content = claimContent({ lines: [claimLine(line)] });
    const input = { claimId: null, idempotencyKey: newId('req'), claimantId: VILLAGE, revision: 0, content };
    const saved = await village.ask<Answer>(SAVE, { input });
    return village.ask<Answer>(SUBMIT, { claimId: saved.claim?.id, revision: 1 });
  };

  it('goods of its own', async () => {
    const { claim } = await declare({ originVillageCode: VILLAGE });

    expect(claim?.state).toBe('SUBMITTED');
    const claimId = claim?.id;
    for (const elsewhere of ['430225100', '430224100'])
      expect(await within('TOWNSHIP_REVIEWER', elsewhere).codeOf(APPROVE, { claimId })).toBe('NOT_FOUND');
    expect(await within('VILLAGE_OFFICER', VILLAGE).codeOf(APPROVE, { claimId })).toBe('FORBIDDEN');
    expect(await within('INSPECTOR', '430225').codeOf(APPROVE, { claimId })).toBe('FORBIDDEN');
    expect(await within('INSPECTOR', '430225').ask(ONE, { id: claimId })).toMatchObject({ id: claimId });
    expect(await within('INSPECTOR', '430224').ask(ONE, { id: claimId })).toBeNull();
    const approved = await within('TOWNSHIP_REVIEWER', TOWNSHIP).ask<Answer>(APPROVE, { claimId });
    expect(approved.claim?.state).toBe('APPROVED');
  });

  it('and of nobody else', async () => {
    for (const originVillageCode of [null, '430225209226'])
      expect((await declare({ originVillageCode })).fields).toContainEqual({
        path: 'content.lines.0.originCountyCode',
      });
  });
});

it('counts an invoice once between a claim and a partner at once', async () => {
  const partner = await MadePartner.of(world);
  const content = claimContent();
  const invoiceNo = content.evidence[0]?.invoiceNo ?? '';
  await fillPool(world.database);

  const outcomes = await Promise.all([
    makeClaim(world, (await makeMerchant(world)).id, { content }).then(
      () => 'claimed',
      (error: Error) => error.message,
    ),
    partner
      .send({ batchNo: 'I-1', kind: 'SALE', rows: [saleRow({ invoiceNo })] })
      .then(({ body }) => (body.acceptedCount === 1 ? 'claimed' : body.rows[0].reasons[0].code)),
  ]);

  expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
});
