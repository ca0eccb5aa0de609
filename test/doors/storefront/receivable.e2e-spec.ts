import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeCreditUnit, makeReceipt, makeSignedOrder } from '../../make/receivable.make.js';

const RECEIVABLES = `query ($unitId: ID!, $first: Int, $after: String) {
  unitReceivables(unitId: $unitId, first: $first, after: $after) {
    nodes { orderId signedOn dueOn amountFen paidFen creditedFen writtenOffFen openFen state }
    pageInfo { hasNextPage endCursor } } }`;

const AGEING = `query ($unitId: ID!) { unitAgeing(unitId: $unitId) {
  notDueFen days1To30Fen days31To60Fen days61To90Fen over90Fen openFen oldestDueOn dueFen paidOnTimeFen scoreBps } }`;

describe('what one’s unit owes', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
    await makeDivisions(world);
  });
  beforeEach(() => world.clock.set('2026-11-02T02:00:00Z'));
  afterAll(() => world.close());

  const as = (userId: `usr_${string}`) => world.client('storefront').as(world.personOf(userId).token);

  it('is shown to those who buy and approve for it, what is due first in front', async () => {
    const unit = await makeCreditUnit(world);
    const first = await makeSignedOrder(world, unit);
    world.clock.advance(86_400_000);
    const second = await makeSignedOrder(world, unit, { quantity: 2 });
    await world.settle();
    await makeReceipt(world, unit, 4_000n);
    await world.settle();

    for (const userId of [unit.buyerId, unit.approverId]) {
      const page = await as(userId).ask<{ pageInfo: { endCursor: string } }>(RECEIVABLES, {
        unitId: unit.unitId,
        first: 1,
      });
      expect(page).toMatchObject({
        nodes: [
          {
            orderId: first.orderId,
            signedOn: '2026-11-02',
            dueOn: '2026-12-02',
            amountFen: '10000',
            paidFen: '4000',
            creditedFen: '0',
            writtenOffFen: '0',
            openFen: '6000',
            state: 'PARTLY_PAID',
          },
        ],
        pageInfo: { hasNextPage: true },
      });
      const { endCursor: after } = page.pageInfo;
      expect(await as(userId).ask(RECEIVABLES, { unitId: unit.unitId, after })).toMatchObject({
        nodes: [{ orderId: second.orderId, openFen: '20000', state: 'OPEN' }],
      });
    }
  });

  it('is not found by anybody else, and costs two statements', async () => {
    const [unit, other] = [await makeCreditUnit(world), await makeCreditUnit(world)];
    const variables = { unitId: unit.unitId };

    expect(await as(other.buyerId).codeOf(RECEIVABLES, variables)).toBe('NOT_FOUND');
    expect(await world.client('storefront').codeOf(RECEIVABLES, variables)).toBe('UNAUTHENTICATED');
    expect(await countStatements(() => as(unit.buyerId).ask(RECEIVABLES, variables))).toBe(2);
  });

  it('is shown by how long it has been due, with how the unit pays, to nobody else', async () => {
    const [unit, other] = [await makeCreditUnit(world), await makeCreditUnit(world)];
    const variables = { unitId: unit.unitId };
    const nothing = { days1To30Fen: '0', days31To60Fen: '0', days61To90Fen: '0', over90Fen: '0' };
    expect(await as(unit.buyerId).ask(AGEING, variables)).toEqual({
      ...nothing,
      notDueFen: '0',
      openFen: '0',
      oldestDueOn: null,
      dueFen: '0',
      paidOnTimeFen: '0',
      scoreBps: null,
    });
    await makeSignedOrder(world, unit);
    await makeSignedOrder(world, other);
    await world.settle();
    world.clock.set('2026-12-12T02:00:00Z');
    await makeSignedOrder(world, unit, { quantity: 2 });
    await world.settle();
    await makeReceipt(world, unit, 4_000n, { receivedOn: '2026-12-01' });
    await world.settle();

    expect(await as(unit.approverId).ask(AGEING, variables)).toEqual({
      ...nothing,
      notDueFen: '20000',
      days1To30Fen: '6000',
      openFen: '26000',
      oldestDueOn: '2026-12-02',
      dueFen: '10000',
      paidOnTimeFen: '4000',
      scoreBps: 4_000,
    });
    expect(await as(other.buyerId).codeOf(AGEING, variables)).toBe('NOT_FOUND');
    expect(await countStatements(() => as(unit.buyerId).ask(AGEING, variables))).toBe(2);
  });
});
