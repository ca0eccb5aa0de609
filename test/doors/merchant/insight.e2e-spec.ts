import { DivisionService } from '#libs/division';
import { HarvestBatchService } from '#libs/harvest';
import { newId, refused } from '#libs/kernel';
import { VolumeRollupService } from '#libs/volume';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { RECIPIENT, makePaidOrder } from '../../make/order.make.js';
import { makeDemandNotice, makeMember, makeProcurementUnit } from '../../make/procurement.make.js';
import { makeGoodsKind, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const INSIGHT = `query ($merchantId: ID!, $from: Date!, $to: Date!) { merchantInsight(merchantId: $merchantId, from: $from, to: $to) {
  soldFen refundedFen days { day soldFen } products { productId name soldFen } channels { channel soldFen } publicShareBps isDependent
  orderCount againCount againBps countyYear counties { county { code } soldFen buyerCount } otherCountiesFen } }`;
const BOARD = `query ($merchantId: ID!) { seasonBoard(merchantId: $merchantId) { kindCode nameEn season { opensOn closesOn isOpen }
  freeKg comingKg soldKg coverDays cover overKg demands { unitName weightKg toOn county { code } note } } }`;
const VILLAGE = {
  code: '430225209225',
  parentCode: '430225209',
  level: 'VILLAGE',
  name: '平乐村',
  isDesignated: false,
  longitude: null,
  latitude: null,
} as const;
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

it('shows by kind of goods what is too much, and the units that need some, the nearest first', async () => {
  await world.get(DivisionService).load([VILLAGE]);
  for (const code of ['YELLOW_PEACH', 'TEA']) await makeGoodsKind(world, { code });
  const kept = { netWeightG: 2_000, season: [7, 9] as const, kindCode: 'YELLOW_PEACH' };
  const peach = await makeProduct(world, kept);
  const { merchantId } = peach;
  await makeProduct(world, { merchantId, kindCode: 'TEA', batches: [{ quantity: 0 }] });
  await makeProduct(world, { merchantId });
  const harvest = {
    idempotencyKey: newId('req'),
    productId: peach.productId,
    villageCode: VILLAGE.code,
    harvestedFrom: '2026-11-01',
    harvestedUntil: '2026-11-20',
    dailyG: null,
    weightG: 100_000,
    bestBeforeOn: '2026-12-31',
    linkageAgreementId: null,
  };
  const by = { merchantIds: [merchantId], userId: newId('usr') };
  expect(refused(await world.get(HarvestBatchService).register(harvest, by))).toBe(false);
  const buyerId = newId('usr');
  const { orderId } = await makePaidOrder(world, { buyerId, quantity: 1 }, peach);
  await world.settle();
  await receiveOrder(world, { orderId, buyerId });
  await rollUp();

  const unit = await makeProcurementUnit(world, { name: '炎陵县实验小学' });
  const userId = await makeMember(world, unit.id);
  const demand = (changes: object) => makeDemandNotice(world, userId, { unitId: unit.id, ...changes });
  await demand({ countyCode: '430211', weightKg: 80, toOn: '2026-11-10' });
  await demand({ countyCode: '430225', weightKg: 300, note: '要脆一点的' });
  await demand({ kindCode: 'RICE' });

  const board = () => as(merchantId).ask(BOARD, { merchantId });
  expect(await board()).toEqual([
    {
      kindCode: 'YELLOW_PEACH',
      nameEn: 'Yellow peaches',
      season: { opensOn: '2027-07-01', closesOn: '2027-09-30', isOpen: false },
      freeKg: 198,
      comingKg: 100,
      soldKg: 2,
      coverDays: 4_172,
      cover: 'GLUT',
      overKg: 294,
      demands: [
        {
          unitName: '炎陵县实验小学',
          weightKg: 300,
          toOn: '2026-11-20',
          county: { code: '430225' },
          note: '要脆一点的',
        },
        {
          unitName: '炎陵县实验小学',
          weightKg: 80,
          toOn: '2026-11-10',
          county: { code: '430211' },
          note: '',
        },
      ],
    },
    expect.objectContaining({ kindCode: 'TEA', cover: 'EMPTY', freeKg: 0, season: null, demands: [] }),
  ]);

  const other = await makeProduct(world, { kindCode: 'YELLOW_PEACH', season: [7, 9] });
  const ask = (of: string) => as(of).ask(BOARD, { merchantId: of });
  await ask(other.merchantId);
  const cost = await countStatements(() => ask(other.merchantId));
  expect(await countStatements(board)).toBe(cost);
  expect(await as(other.merchantId).codeOf(BOARD, { merchantId })).toBe('NOT_FOUND');
  expect(await as(merchantId, 'MERCHANT_CLERK').codeOf(BOARD, { merchantId })).toMatch(/NOT_FOUND|FORBIDDEN/);
});
