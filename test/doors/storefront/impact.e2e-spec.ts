import { businessDay, newId, present, refused } from '#libs/kernel';
import { MerchantOrderService, type OrderId, OrderReader, OrderService } from '#libs/ordering';
import { PaymentReader, PaymentService, RefundRequestService } from '#libs/payment';
import { SplitReader } from '#libs/settlement';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeLinkage } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeOrder, pay } from '../../make/order.make.js';
import { Postbag, deliverWebhooks } from '../../make/payment.make.js';
import { makeMember } from '../../make/procurement.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';
import { makeCreditUnit, makeReceipt, makeSignedOrder } from '../../make/receivable.make.js';

const VILLAGE = '430225209201';
const RECEIPT = `query ($orderId: ID!) { impactReceipt(orderId: $orderId) { orderId state householdCount householdFen releasedFen
  lines { orderLineId productId quantity goodsFen originCounty { code } batch { traceCode originVillage { code }
    harvestWindow { opensOn closesOn isOpen } } reach householdCount householdFen nextSeason { basis opensOn closesOn } } } }`;
const YEAR = `{ unitId spentFen orderCount productCount countyCount months { month spentFen orderCount }
  counties { county { code } spentFen } products { productId quantity spentFen } householdCount householdFen isWhole }`;
const OWN_YEAR = `query ($year: Int!) { impactYear(year: $year) ${YEAR} }`;
const UNIT_YEAR = `query ($unitId: ID!, $year: Int!) { unitImpactYear(unitId: $unitId, year: $year) ${YEAR} }`;

interface Line {
  readonly orderLineId: string;
  readonly productId: string;
  readonly householdFen: string | null;
}
interface Receipt {
  readonly state: string;
  readonly householdFen: string | null;
  readonly lines: readonly Line[];
}

let world: World;
let postbag: Postbag;
/** Six households stand behind the first, four behind the next, nobody behind the last. */
let many: MadeProduct;
let few: MadeProduct;
let none: MadeProduct;
let agreementId: string;

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'settlement'], withSandbox: true });
  world.clock.set(world.sandbox.control.now.toISOString());
  postbag = new Postbag(world.sandbox, world.clock);
  await makeDivisions(world);
  const { id: merchantId } = await makeMerchant(world);
  const linked = async (weights: readonly number[]) =>
    (await makeLinkage(world, { merchantId, weights })).agreement.id;
  const grown = (linkageAgreementId: string | null, originCountyCode = '430225') =>
    makeProduct(world, {
      merchantId,
      originCountyCode,
      season: [7, 8],
      batches: [
        {
          quantity: 1_000,
          bestBeforeOn: null,
          linkageAgreementId,
          originVillageCode: VILLAGE,
          originCountyCode,
        },
      ],
    });
  agreementId = await linked([1, 1, 1, 1, 1, 1, 0]);
  many = await grown(agreementId);
  few = await grown(await linked([1, 1, 1, 1]), '430224');
  none = await grown(null);
  await world.database.transaction((tx) =>
    tx.insert('harvest_window', [
      {
        id: newId('hvw'),
        productId: many.productId,
        villageCode: VILLAGE,
        opensOn: '2026-10-15',
        closesOn: '2026-10-25',
      },
    ]),
  );
});
afterAll(() => world.close());

/** Whatever the provider has to tell is told, and has its effect. */
async function hear(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const { now } = world.sandbox.control;
    if (now > world.clock.now()) world.clock.set(now.toISOString());
    await deliverWebhooks(world, postbag);
    await world.settle();
    world.clock.advance(10_000);
    await world.sandbox.control.advance(10);
  }
}

const wanting = (products: readonly MadeProduct[], quantity = 2) => ({
  lines: products.map(({ variantId }) => ({ variantId, quantity, channelPointId: '' })),
});

async function sell(person: Person, products: readonly MadeProduct[], quantity = 2): Promise<OrderId> {
  const { orderId } = await makeOrder(
    world,
    { buyerId: person.userId, ...wanting(products, quantity) },
    many,
  );
  const payment = await world.get(PaymentService).start(person.userId, orderId, 'ALIPAY');
  if (refused(payment)) throw new Error(payment.message.en);
  const started = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
  const reference = present(started.checkoutRef ?? started.intentRef, 'a reference');
  world.sandbox.control.authorise(reference, { force: true });
  await hear();
  return orderId;
}

async function giveBack(orderId: OrderId, product: MadeProduct, quantity: number): Promise<void> {
  const lines = await world.get(OrderReader).linesOfOrder(orderId);
  const { id: orderLineId } = present(
    lines.find(({ productId }) => productId === product.productId),
    'the line',
  );
  const ask = {
    kind: 'LINE' as const,
    lines: [{ orderLineId, quantity, amountFen: null }],
    freightOf: [],
    amountFen: null,
  };
  const asked = await world
    .get(RefundRequestService)
    .submit(
      { orderId, ask, borneBy: 'SELLERS', note: '质量问题', requestedBy: null, bankAccount: null },
      newId('req'),
    );
  if (refused(asked)) throw new Error(asked.message.en);
  await hear();
}

const receiptOf = (person: Person, orderId: string) =>
  world.client('storefront').as(person.token).ask<Receipt | null>(RECEIPT, { orderId });
const thisYear = () => Number(businessDay(world.clock.now()).slice(0, 4));
const yearOf = (person: Person, year = thisYear()) =>
  world.client('storefront').as(person.token).ask<Record<string, unknown>>(OWN_YEAR, { year });
const unitYearOf = (person: Person, unitId: string) =>
  world
    .client('storefront')
    .as(person.token)
    .ask<Record<string, unknown>>(UNIT_YEAR, { unitId, year: thisYear() });

/** What the books hold for households of an order, whoever they are. */
async function booked(orderId: string): Promise<bigint> {
  const lines = await world.get(SplitReader).ofOrder(orderId);
  const shares = lines.flatMap((line) => line.shares).filter(({ payeeKind }) => payeeKind === 'HOUSEHOLD');
  return shares.reduce((sum, { shareFen, reversedFen, feeFen }) => sum + shareFen - reversedFen - feeFen, 0n);
}

/** What volume counts as paid less refunded, by the month of payment. */
async function countedBy(where: string, values: readonly (string | readonly string[])[]) {
  const rows = await world.database.query<{ month: number; net: string }>(
    `SELECT MONTH(origin_day) AS month, SUM(paid_fen) - SUM(refunded_fen) AS net FROM volume_fact
     WHERE ${where} AND YEAR(origin_day) = ? GROUP BY MONTH(origin_day) HAVING net <> 0`,
    [...values, thisYear()],
  );
  return rows.map(({ month, net }) => ({ month, spentFen: net }));
}

describe('impactReceipt', () => {
  it('says where each line grew, whom it reaches with how much, and when it can be had again', async () => {
    const person = world.person();
    const orderId = await sell(person, [many]);

    const receipt = await receiptOf(person, orderId);

    const toldFen = String(await booked(orderId));
    expect(receipt).toEqual({
      orderId,
      state: 'TOLD',
      householdCount: 6, // Whose weight is nothing receives nothing.
      householdFen: toldFen,
      releasedFen: '0',
      lines: [
        {
          orderLineId: expect.any(String),
          productId: many.productId,
          quantity: 2,
          goodsFen: '20000',
          originCounty: { code: '430225' },
          batch: {
            traceCode: many.batchIds[0],
            originVillage: null, // Not on file here.
            harvestWindow: { opensOn: '2026-10-15', closesOn: '2026-10-25', isOpen: false },
          },
          reach: 'HOUSEHOLDS',
          householdCount: 6,
          householdFen: toldFen,
          nextSeason: {
            basis: 'SEASON',
            opensOn: expect.stringMatching(/-07-01$/),
            closesOn: expect.any(String),
          },
        },
      ],
    });
    expect(BigInt(toldFen)).toBeGreaterThan(0n);
  });

  it('takes off what went back, and says what they can be paid once the time for it is over', async () => {
    const person = world.person();
    const orderId = await sell(person, [many]);
    const before = await booked(orderId);

    await giveBack(orderId, many, 1);

    const half = await booked(orderId);
    expect(half).toBeLessThan(before);
    expect(await receiptOf(person, orderId)).toMatchObject({
      householdFen: String(half),
      lines: [{ quantity: 1, goodsFen: '10000', householdFen: String(half) }],
    });

    await receiveOrder(world, { orderId, buyerId: person.userId });
    await world.settle();
    world.clock.advance(8 * 86_400_000);
    await world.sandbox.control.advance(8 * 86_400);
    await world.get(MerchantOrderService).completeDue(100);
    await world.settle();
    expect(await receiptOf(person, orderId)).toMatchObject({
      householdFen: String(half),
      releasedFen: String(half),
    });
  });

  it('tells neither number nor amount of few households, and no sum of them', async () => {
    const person = world.person();
    const orderId = await sell(person, [many, few, none]);

    const receipt = present(await receiptOf(person, orderId), 'the receipt');

    const nothing = { householdCount: null, householdFen: null };
    const lineOf = ({ productId }: MadeProduct) => receipt.lines.find((line) => line.productId === productId);
    expect(lineOf(few)).toMatchObject({ reach: 'TOO_FEW', ...nothing, originCounty: { code: '430224' } });
    expect(lineOf(none)).toMatchObject({ reach: 'NONE', ...nothing, goodsFen: '20000' });
    expect(lineOf(many)).toMatchObject({ reach: 'HOUSEHOLDS', householdCount: 6 });
    expect(receipt).toMatchObject({ householdCount: 6, householdFen: lineOf(many)?.householdFen });
    expect(BigInt(receipt.householdFen ?? 0)).toBeLessThan(await booked(orderId));
    expect(await yearOf(person)).toMatchObject({ householdCount: 6, householdFen: receipt.householdFen });
  });

  it('says that all has gone back, and nothing of whom it had reached', async () => {
    const person = world.person();
    const orderId = await sell(person, [many]);

    await giveBack(orderId, many, 2);

    expect(await receiptOf(person, orderId)).toMatchObject({
      state: 'TOLD',
      householdCount: null,
      householdFen: null,
      releasedFen: null,
      lines: [{ reach: 'RETURNED', quantity: 0, goodsFen: '0', householdCount: null, householdFen: null }],
    });
  });

  it('is empty before it is paid, before it is shared out, and when it is called off', async () => {
    const person = world.person();
    const nothing = { lines: [], householdCount: null, householdFen: null, releasedFen: null };
    const { orderId: unpaid } = await makeOrder(world, { buyerId: person.userId }, many);
    const { orderId: fresh } = await makeOrder(world, { buyerId: person.userId }, many);
    await pay(world, fresh);
    const off = await sell(person, [many]);
    await world.get(OrderService).cancel(person.userId, off);
    await hear();

    expect(await receiptOf(person, unpaid)).toEqual({ orderId: unpaid, state: 'NOT_PAID', ...nothing });
    expect(await receiptOf(person, fresh)).toEqual({ orderId: fresh, state: 'SETTLING', ...nothing });
    expect(await receiptOf(person, off)).toEqual({ orderId: off, state: 'CANCELLED', ...nothing });
    await world.get(OrderService).cancel(person.userId, unpaid);
  });

  it('of somebody else is not there, like one that never was', async () => {
    const orderId = await sell(world.person(), [many]);

    expect(await receiptOf(world.person(), orderId)).toBeNull();
    expect(await receiptOf(world.person(), newId('ord'))).toBeNull();
    expect(await world.client('storefront').codeOf(RECEIPT, { orderId })).toBe('UNAUTHENTICATED');
  });

  it('of what is bought on account is told once the unit has paid', async () => {
    const unit = await makeCreditUnit(world);
    const { orderId } = await makeSignedOrder(world, unit, wanting([many]), many);
    await world.settle();
    const buyer = world.personOf(unit.buyerId);
    expect(await booked(orderId)).toBeGreaterThan(0n);
    expect(await receiptOf(buyer, orderId)).toMatchObject({ state: 'NOT_PAID', lines: [] });
    const unpaid = { spentFen: '20000', orderCount: 1, householdCount: null, householdFen: null };
    expect(await unitYearOf(buyer, unit.unitId)).toMatchObject(unpaid);

    await makeReceipt(world, unit, 20_000n, { receivedOn: businessDay(world.clock.now()) });
    await world.settle();

    const told = { householdCount: 6, householdFen: String(await booked(orderId)) };
    expect(await receiptOf(buyer, orderId)).toMatchObject({ state: 'TOLD', ...told });
    expect(await unitYearOf(buyer, unit.unitId)).toMatchObject(told);
  });
});

describe('impactYear', () => {
  it('adds up to what volume counts, each household once, and to the receipts', async () => {
    const person = world.person();
    const first = await sell(person, [many, none]);
    const second = await sell(person, [many]);
    const off = await sell(person, [many]);
    await giveBack(second, many, 1);
    await world.get(OrderService).cancel(person.userId, off);
    await hear();
    await world.settle();

    const year = await yearOf(person);

    const month = Number(businessDay(world.clock.now()).slice(5, 7));
    expect(year).toMatchObject({
      unitId: null,
      spentFen: '50000',
      orderCount: 2,
      productCount: 2,
      countyCount: 1,
      months: [{ month, spentFen: '50000', orderCount: 2 }],
      counties: [{ county: { code: '430225' }, spentFen: '50000' }],
      products: [
        { productId: many.productId, quantity: 3, spentFen: '30000' },
        { productId: none.productId, quantity: 2, spentFen: '20000' },
      ],
      householdCount: 6,
      householdFen: String((await booked(first)) + (await booked(second))),
      isWhole: true,
    });
    expect(await countedBy('source_order_no IN (?)', [[first, second, off]])).toEqual([
      { month, spentFen: year['spentFen'] },
    ]);
  });

  it("of a unit is its members' whoever has ordered, and of no person", async () => {
    const unit = await makeCreditUnit(world);
    await makeSignedOrder(world, unit, wanting([many]), many);
    await makeSignedOrder(world, unit, wanting([few]), few);
    await world.settle();
    const approver = world.personOf(unit.approverId);

    const year = await unitYearOf(approver, unit.unitId);

    expect(year).toMatchObject({ unitId: unit.unitId, spentFen: '40000', orderCount: 2, countyCount: 2 });
    expect(await countedBy('unit_id = ?', [unit.unitId])).toMatchObject([{ spentFen: '40000' }]);
    expect(await yearOf(world.personOf(unit.buyerId))).toMatchObject({ spentFen: '0', orderCount: 0 });
    const other = world.personOf(await makeMember(world, (await makeCreditUnit(world)).unitId));
    for (const stranger of [world.person(), other])
      expect(
        await world
          .client('storefront')
          .as(stranger.token)
          .codeOf(UNIT_YEAR, { unitId: unit.unitId, year: thisYear() }),
      ).toBe('NOT_FOUND');
  });

  it('that was without orders is empty, and one that never was is refused', async () => {
    const person = world.person();

    expect(await yearOf(person, 2020)).toEqual({
      unitId: null,
      spentFen: '0',
      orderCount: 0,
      productCount: 0,
      countyCount: 0,
      months: [],
      counties: [],
      products: [],
      householdCount: null,
      householdFen: null,
      isWhole: true,
    });
    expect(await world.client('storefront').as(person.token).codeOf(OWN_YEAR, { year: 1 })).toBe(
      'INVALID_INPUT',
    );
  });
});

describe('what it costs', () => {
  it('is the same for a receipt of one line and of three, and for a year of one order and of three', async () => {
    const [one, three] = [world.person(), world.person()];
    const short = await sell(one, [many]);
    const long = await sell(three, [many, few, none]);
    await sell(three, [many]);
    await sell(three, [none]);

    const costs = await Promise.all([receiptOf(one, short), receiptOf(three, long)]).then(async () => [
      await countStatements(() => receiptOf(one, short)),
      await countStatements(() => receiptOf(three, long)),
      await countStatements(() => yearOf(one)),
      await countStatements(() => yearOf(three)),
    ]);

    // Eight and four; and one for the names of places, one for the harvests of batches.
    expect(costs).toEqual([10, 10, 5, 5]);
  });
});
