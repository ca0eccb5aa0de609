import type { Client } from '../../harness/client.js';
import { World } from '../../harness/world.js';
import { makePaidOrder } from '../../make/order.make.js';
import type { MadeProduct, ProductOptions } from '../../make/product.make.js';
import { shipOrder } from '../../make/receipt.make.js';
import { makeStocked, standingOf } from '../../make/stock.make.js';

const COUNT = `count { id state valueFen isOwn postedBy lines { countedUnits difference adjusted } }`;
const REFUSED = '... on DomainError { code }';
const FAULTS = `${REFUSED} ... on InvalidInputError { fields { path } }`;
const countAct = (
  name: string,
  args: string,
  passed: string,
  refusals = FAULTS,
) => `mutation (${args}) { ${name}(${passed}) { __typename
  ... on ${name.replace(/^./, (letter) => letter.toUpperCase())}Payload { ${COUNT} } ${refusals} } }`;
const OPEN = countAct(
  'stockCountOpen',
  '$merchantId: ID!, $channelPointId: ID',
  'merchantId: $merchantId, channelPointId: $channelPointId',
  '',
);
const ENTER = countAct(
  'stockCountEnter',
  '$countId: ID!, $entries: [StockCountEntryInput!]!',
  'countId: $countId, entries: $entries',
);
const POST = countAct('stockCountPost', '$countId: ID!, $note: String!', 'countId: $countId, note: $note');
const COUNT_DECIDE = countAct(
  'stockCountDecide',
  '$countId: ID!, $verdict: Verdict!, $reason: String',
  'countId: $countId, verdict: $verdict, reason: $reason',
);
const COUNT_WITHDRAW = countAct('stockCountWithdraw', '$countId: ID!', 'countId: $countId', REFUSED);
const DISCARD = countAct('stockCountDiscard', '$countId: ID!', 'countId: $countId', REFUSED);
const COUNTS = `query ($merchantId: ID!) { stockCounts(merchantId: $merchantId) { nodes { ${COUNT.slice('count '.length).slice(1, -1)} } } }`;

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
});
afterAll(() => world.close());

const standing = (product: Pick<MadeProduct, 'variantId'>) => standingOf(world, product);

interface Counted {
  readonly code?: string;
  readonly count?: { readonly id: string; readonly state: string; readonly lines: readonly object[] };
}

async function counting(options: ProductOptions = {}) {
  const peaches = await makeStocked(world, 1, options);
  const { merchantId, clerk, variantId, batchIds } = peaches;
  const { count } = await clerk.ask<Counted>(OPEN, { merchantId });
  const countId = count?.id ?? '';
  const enter = (units: number, secondsAgo = 0, who: Client = clerk) =>
    who.ask<Counted>(ENTER, { countId, entries: [{ variantId, batchId: batchIds[0], units, secondsAgo }] });
  world.clock.advance(60_000);
  return { ...peaches, countId, enter };
}

describe('a count', () => {
  it('goes on while the place is sold from, on another phone too, and what is sold meanwhile is no difference', async () => {
    const peaches = await counting();
    const { clerk, owner, countId, enter, merchantId, variantId } = peaches;
    await enter(97);
    world.clock.advance(60_000);
    const order = await makePaidOrder(world, { quantity: 5 }, peaches);
    await shipOrder(world, order);
    world.clock.advance(60_000);

    expect((await owner.ask<Counted>(OPEN, { merchantId })).count).toMatchObject({
      id: countId,
      state: 'OPEN',
    });
    // What was typed before is told of later, and changes nothing.
    expect((await enter(50, 170, owner)).count?.lines).toEqual([
      { countedUnits: 97, difference: -3, adjusted: null },
    ]);
    expect(await clerk.ask(POST, { countId, note: ' ' })).toMatchObject({ fields: [{ path: 'note' }] });
    const answers = await Promise.all([1, 2].map(() => clerk.ask<Counted>(POST, { countId, note: '鼠害' })));
    expect(answers.map(({ count }) => count?.state)).toEqual(['POSTED', 'POSTED']);
    expect(answers[0]?.count).toMatchObject({ lines: [{ difference: -3, adjusted: -3 }], valueFen: '30000' });
    expect(await standing({ variantId })).toEqual({ shelves: 92, held: 0 });
    expect(await enter(1)).toMatchObject({ code: 'STOCK_COUNT_STATE' });
    expect((await clerk.ask<Counted>(OPEN, { merchantId })).count?.id).not.toBe(countId);
  });

  it('that differs by much is booked when somebody else agrees, and counted on when they do not', async () => {
    const peaches = await counting();
    const { clerk, owner, countId, enter } = peaches;
    await enter(80);
    const post = () => clerk.ask<Counted>(POST, { countId, note: '少了二十箱' });

    expect((await post()).count).toMatchObject({ state: 'REQUESTED', isOwn: true, valueFen: '200000' });
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
    expect(await enter(81)).toMatchObject({ code: 'STOCK_COUNT_STATE' });
    expect(await clerk.ask(COUNT_DECIDE, { countId, verdict: 'APPROVE' })).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    expect(await owner.codeOf(COUNT_WITHDRAW, { countId })).toBe('NOT_FOUND');
    expect((await clerk.ask<Counted>(COUNT_WITHDRAW, { countId })).count?.state).toBe('OPEN');
    await post();
    const back = await owner.ask<Counted>(COUNT_DECIDE, { countId, verdict: 'REJECT', reason: '再数一遍' });
    expect(back.count).toMatchObject({ state: 'OPEN', lines: [{ countedUnits: 80, difference: -20 }] });
    world.clock.advance(1_000);
    await enter(110);
    await post();
    expect((await owner.ask<Counted>(COUNT_DECIDE, { countId, verdict: 'APPROVE' })).count).toMatchObject({
      state: 'POSTED',
      lines: [{ difference: 10, adjusted: 10 }],
    });
    expect(await standing(peaches)).toEqual({ shelves: 110, held: 0 });
  });

  it('leaves in the book what is promised to orders, and says how much is missing', async () => {
    const peaches = await counting({ pricesFen: [100n] });
    const { clerk, countId, enter } = peaches;
    await makePaidOrder(world, { quantity: 30 }, peaches);
    await enter(20);

    expect((await clerk.ask<Counted>(POST, { countId, note: '被偷' })).count?.lines).toEqual([
      { countedUnits: 20, difference: -80, adjusted: -70 },
    ]);
    expect(await standing(peaches)).toEqual({ shelves: 30, held: 0 });
  });

  it('is given up without a trace in the book, and is nobody else’s', async () => {
    const peaches = await counting();
    const other = await counting();
    const { clerk, countId, enter, merchantId } = peaches;

    expect(await clerk.ask(POST, { countId, note: '' })).toMatchObject({ fields: [{ path: 'countId' }] });
    await enter(1);
    for (const act of [DISCARD, COUNT_WITHDRAW])
      expect(await other.clerk.codeOf(act, { countId })).toBe('NOT_FOUND');
    expect(await other.clerk.codeOf(POST, { countId, note: '' })).toBe('NOT_FOUND');
    expect(await other.clerk.codeOf(COUNT_DECIDE, { countId, verdict: 'APPROVE' })).toBe('NOT_FOUND');
    expect(await other.clerk.codeOf(OPEN, { merchantId })).toBe('NOT_FOUND');
    expect(await other.clerk.codeOf(COUNTS, { merchantId })).toBe('NOT_FOUND');
    const [one] = await Promise.all([
      clerk.ask<Counted>(DISCARD, { countId }),
      clerk.ask<Counted>(DISCARD, { countId }),
    ]);
    expect(one.count?.state).toBe('DISCARDED');
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
    expect(await clerk.ask(COUNTS, { merchantId })).toMatchObject({
      nodes: [{ id: countId, state: 'DISCARDED' }],
    });
  });
});
