import { newId } from '#libs/kernel';
import { VolumeRollupService } from '#libs/volume';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { RECIPIENT, makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';

const INSIGHT = `query ($merchantId: ID!, $from: Date!, $to: Date!) { merchantInsight(merchantId: $merchantId, from: $from, to: $to) {
  soldFen refundedFen days { day soldFen } products { productId name soldFen } channels { channel soldFen } publicShareBps isDependent
  orderCount againCount againBps countyYear counties { county { code } soldFen buyerCount } otherCountiesFen } }`;
const DAYS = { from: '2026-11-01', to: '2026-11-30' };

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement'] });
  await makeDivisions(world);
});
afterAll(() => world.close());

const rollUp = async () => {
  await world.settle();
  while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
};
const as = (merchantId: string, role: 'MERCHANT_OWNER' | 'MERCHANT_CLERK' = 'MERCHANT_OWNER') =>
  world.client('merchant').as(world.person({ role, scopeKind: 'MERCHANT', scopeId: merchantId }).token);

it('tells what was sold, where and to whom, and who came back, and of no county with fewer than five buyers', async () => {
  const peach = await makeProduct(world, { name: '炎陵黄桃', pricesFen: [10_000n] });
  const { merchantId } = peach;
  const buy = (buyerId = newId('usr'), countyCode = '430211', quantity = 1) =>
    makePaidOrder(world, { buyerId, quantity, recipient: { ...RECIPIENT, countyCode } }, peach);
  const again = newId('usr');
  for (let n = 0; n < 4; n += 1) await buy();
  await buy(again);
  await buy(again, '430211', 2);
  await rollUp();

  const owner = as(merchantId);
  expect(await owner.ask(INSIGHT, { merchantId, ...DAYS })).toEqual({
    soldFen: '70000',
    refundedFen: '0',
    days: [{ day: '2026-11-02', soldFen: '70000' }],
    products: [{ productId: peach.productId, name: '炎陵黄桃', soldFen: '70000' }],
    channels: [{ channel: 'ONLINE', soldFen: '70000' }],
    publicShareBps: 0,
    isDependent: false,
    orderCount: 6,
    againCount: 1,
    againBps: 1_666,
    countyYear: 2026,
    counties: [{ county: { code: '430211' }, soldFen: '70000', buyerCount: 5 }],
    otherCountiesFen: null,
  });

  // One buyer elsewhere: nobody reads what was bought, not by taking away the others either.
  await buy(newId('usr'), '430225');
  await rollUp();
  expect(await owner.ask(INSIGHT, { merchantId, ...DAYS })).toMatchObject({
    soldFen: '80000',
    counties: [],
    otherCountiesFen: '80000',
  });
  expect(await owner.ask(INSIGHT, { merchantId, from: '2026-11-03', to: '2026-11-30' })).toMatchObject({
    soldFen: '0',
    days: [],
    publicShareBps: null,
  });
});

it('costs the same whatever was sold, and is the owner’s alone', async () => {
  const one = await makeProduct(world, { pricesFen: [10_000n] });
  const many = await makeProduct(world, { pricesFen: [10_000n] });
  const other = await makeProduct(world, { merchantId: many.merchantId, pricesFen: [5_000n] });
  await makePaidOrder(world, {}, one);
  for (const product of [many, other, many, other]) await makePaidOrder(world, {}, product);
  await rollUp();
  const ask = (merchantId: string) => as(merchantId).ask(INSIGHT, { merchantId, ...DAYS });
  await ask(one.merchantId);
  const cost = await countStatements(() => ask(one.merchantId));
  expect(await countStatements(() => ask(many.merchantId))).toBe(cost);

  const { merchantId } = one;
  expect(await as(many.merchantId).codeOf(INSIGHT, { merchantId, ...DAYS })).toBe('NOT_FOUND');
  expect(await as(merchantId, 'MERCHANT_CLERK').codeOf(INSIGHT, { merchantId, ...DAYS })).toMatch(
    /NOT_FOUND|FORBIDDEN/,
  );
  expect(await as(merchantId).codeOf(INSIGHT, { merchantId, from: '2026-11-30', to: '2026-11-01' })).toBe(
    'INVALID_INPUT',
  );
});
