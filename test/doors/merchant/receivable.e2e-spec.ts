import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeProduct } from '../../make/product.make.js';
import { makeCreditUnit, makeReceipt, makeSignedOrder } from '../../make/receivable.make.js';

const RECEIVABLES = `query ($merchantId: ID!, $first: Int, $after: String) {
  receivables(merchantId: $merchantId, first: $first, after: $after) {
    nodes { orderId unit { id name } signedOn dueOn amountFen openFen } pageInfo { hasNextPage endCursor } } }`;
const AGEING = `query ($merchantId: ID!) { receivableAgeing(merchantId: $merchantId) {
  nodes { unit { id name } ageing { notDueFen days1To30Fen openFen oldestDueOn } } } }`;
const TOTAL = `query ($merchantId: ID!) { receivableTotal(merchantId: $merchantId) { notDueFen days1To30Fen openFen oldestDueOn } }`;

const ownerOf = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });

describe('what units owe, at the merchant’s door', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['merchant', 'storefront', 'settlement'] });
    await makeDivisions(world);
  });
  beforeEach(() => world.clock.set('2026-11-02T02:00:00Z'));
  afterAll(() => world.close());

  const owner = (merchantId: string) => world.client('merchant').as(world.person(ownerOf(merchantId)).token);

  it('is the merchant’s own part of each order, and shrinks with what is paid of the order', async () => {
    const [peach, tea] = [await makeProduct(world), await makeProduct(world, { pricesFen: [30_000n] })];
    const unit = await makeCreditUnit(world);
    const lines = [peach, tea].map(({ variantId }) => ({ variantId, quantity: 1, channelPointId: '' }));
    const { orderId } = await makeSignedOrder(world, unit, { lines });
    await world.settle();
    const { merchantId } = peach;
    const client = owner(merchantId);

    const row = {
      orderId,
      unit: { id: unit.unitId, name: '炎陵县霞阳中学' },
      signedOn: '2026-11-02',
      dueOn: '2026-12-02',
    };
    expect(await client.ask(RECEIVABLES, { merchantId })).toEqual({
      nodes: [{ ...row, amountFen: '10000', openFen: '10000' }],
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
    });
    await makeReceipt(world, unit, 20_000n);
    await world.settle();
    expect(await client.ask(RECEIVABLES, { merchantId })).toMatchObject({
      nodes: [{ amountFen: '10000', openFen: '5000' }],
    });

    world.clock.set('2026-12-20T02:00:00Z');
    const late = { notDueFen: '0', days1To30Fen: '5000', openFen: '5000', oldestDueOn: '2026-12-02' };
    expect(await client.ask(TOTAL, { merchantId })).toEqual(late);
    expect(await client.ask(AGEING, { merchantId })).toEqual({ nodes: [{ unit: row.unit, ageing: late }] });

    await makeReceipt(world, unit, 20_000n);
    await world.settle();
    expect(await client.ask(RECEIVABLES, { merchantId })).toMatchObject({ nodes: [] });
    expect(await client.ask(TOTAL, { merchantId })).toMatchObject({ openFen: '0', oldestDueOn: null });
  });

  it('is not found for anybody else’s merchant, and not for a clerk', async () => {
    const { merchantId } = await makeProduct(world);
    const { merchantId: other } = await makeProduct(world);
    const clerk: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId };
    for (const document of [RECEIVABLES, AGEING, TOTAL]) {
      expect(await owner(other).codeOf(document, { merchantId })).toBe('NOT_FOUND');
      const asClerk = world.client('merchant').as(world.person(clerk).token);
      expect(await asClerk.codeOf(document, { merchantId })).toBe('FORBIDDEN');
      expect(await world.client('merchant').codeOf(document, { merchantId })).toBe('UNAUTHENTICATED');
    }
  });

  it('costs as many statements for many orders as for one', async () => {
    const product = await makeProduct(world);
    const { merchantId } = product;
    const client = owner(merchantId);
    await makeSignedOrder(world, await makeCreditUnit(world), {}, product);
    await world.settle();
    const counts = async () => {
      const counted: number[] = [];
      for (const document of [RECEIVABLES, AGEING, TOTAL])
        counted.push(await countStatements(() => client.ask(document, { merchantId })));
      return counted;
    };
    const one = await counts();
    for (let index = 0; index < 3; index += 1)
      await makeSignedOrder(world, await makeCreditUnit(world), {}, product);
    await world.settle();

    expect(await counts()).toEqual(one);
    const page = await client.ask<{ pageInfo: { endCursor: string } }>(RECEIVABLES, { merchantId, first: 2 });
    expect(await client.ask(RECEIVABLES, { merchantId, after: page.pageInfo.endCursor })).toMatchObject({
      nodes: [{}, {}],
      pageInfo: { hasNextPage: false },
    });
  });
});
