import { newId } from '#libs/kernel';
import { type OrderId, OrderService } from '#libs/ordering';
import { statementsOf, countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { suspendMerchant } from '../../make/merchant.make.js';
import { RECIPIENT, partsOf } from '../../make/order.make.js';
import { makePresale } from '../../make/presale.make.js';
import { makeMember, makeProcurementUnit } from '../../make/procurement.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import {
  type CreditUnit,
  makeCreditTerm,
  makeCreditUnit,
  makeOrderOnAccount,
} from '../../make/receivable.make.js';

const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { id state paymentTerm daysToPay expiresAt signedAt } }
  ... on CreditExceededError { limitFen usedFen } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const SIGN = `mutation ($orderId: ID!) { orderSign(orderId: $orderId) { __typename
  ... on OrderSignPayload { order { id state signedAt paidAt merchantOrders { state } } }
  ... on OrderNotSignableError { state } ... on DomainError { code } } }`;
const DECLINE = `mutation ($orderId: ID!) { orderDecline(orderId: $orderId) { __typename
  ... on OrderDeclinePayload { order { id state cancelReason } } ... on DomainError { code } } }`;
const TO_SIGN = `query ($first: Int, $after: String) { ordersToSign(first: $first, after: $after) {
  nodes { id unitId totalFen } pageInfo { hasNextPage endCursor } } }`;
const PROMISED = 'query ($id: ID!) { order(id: $id) { merchantOrders { lines { promisedDispatchOn } } } }';
const CREDIT = 'query ($unitId: ID!) { unitCredit(unitId: $unitId) { limitFen usedFen daysToPay } }';
const PAY = `mutation ($orderId: ID!) { paymentStart(orderId: $orderId, method: ALIPAY) { __typename
  ... on OrderNotPayableError { code message state } } }`;

describe('orders on account', () => {
  let world: World;
  let unit: CreditUnit;
  let buyer: Person;
  let approver: Person;
  let peach: MadeProduct;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
    await makeDivisions(world);
    peach = await makeProduct(world);
  });
  beforeEach(async () => {
    world.clock.set('2026-11-02T02:00:00Z');
    unit = await makeCreditUnit(world, { limitFen: 25_000n });
    buyer = world.personOf(unit.buyerId);
    approver = world.personOf(unit.approverId);
  });
  afterAll(() => world.close());

  const as = (person: Person) => world.client('storefront').as(person.token);
  const inputOf = (changes: object = {}) => ({
    idempotencyKey: newId('req'),
    recipient: RECIPIENT,
    lines: [{ variantId: peach.variantId, quantity: 1 }],
    unitId: unit.unitId,
    paymentTerm: 'ON_ACCOUNT',
    ...changes,
  });
  const place = <T>(changes: object = {}) => as(buyer).ask<T>(PLACE, { input: inputOf(changes) });
  const used = async () =>
    (await as(buyer).ask<{ usedFen: string }>(CREDIT, { unitId: unit.unitId })).usedFen;
  const reserved = async (variantId = '') => {
    const [row] = await world.database.query<{ reserved: string }>(
      "SELECT SUM(reserved) AS reserved FROM stock_level WHERE ? IN ('', variant_id)",
      [variantId],
    );
    return Number(row?.reserved);
  };

  it('are not signed for while the seller of some of it is suspended; nothing is owed', async () => {
    const { merchantId, variantId } = await makeProduct(world);
    const { order } = await place<{ order: { id: OrderId } }>({ lines: [{ variantId, quantity: 1 }] });
    await suspendMerchant(world, merchantId);

    expect(await as(approver).ask(SIGN, { orderId: order.id })).toEqual({
      __typename: 'SellerSuspendedError',
      code: 'SELLER_SUSPENDED',
    });
    await suspendMerchant(world, merchantId, 'reinstate');
    expect(await as(approver).ask(SIGN, { orderId: order.id })).toMatchObject({ order: { state: 'SIGNED' } });
  });

  it('wait three days for a signature, and take the unit’s credit meanwhile', async () => {
    expect(await place()).toEqual({
      __typename: 'OrderPlacePayload',
      order: {
        id: expect.stringMatching(/^ord_/),
        state: 'PLACED',
        paymentTerm: 'ON_ACCOUNT',
        daysToPay: 30,
        expiresAt: '2026-11-05T02:00:00.000Z',
        signedAt: null,
      },
    });
    expect(await as(buyer).ask(CREDIT, { unitId: unit.unitId })).toEqual({
      limitFen: '25000',
      usedFen: '10000',
      daysToPay: 30,
    });
    expect(await as(world.person()).ask(CREDIT, { unitId: unit.unitId })).toBeNull();
  });

  it('are refused beyond the limit, and nothing is reserved', async () => {
    await place();
    await place();
    const before = await reserved();

    expect(await place()).toEqual({
      __typename: 'CreditExceededError',
      code: 'CREDIT_EXCEEDED',
      limitFen: '25000',
      usedFen: '20000',
    });
    expect(await reserved()).toBe(before);
    expect(await used()).toBe('20000');
  });

  it('are previewed as they would be placed: owed, sent from the signature on, and with what stands in their way', async () => {
    const preview = (changes: object = {}, person = buyer) =>
      as(person).ask<{ dueNowFen: string; lines: { promisedDispatchOn: string }[]; obstacles: object[] }>(
        `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) {
          dueNowFen lines { promisedDispatchOn } obstacles { __typename code } } }`,
        {
          input: {
            lines: [{ variantId: peach.variantId, quantity: 2 }],
            countyCode: RECIPIENT.countyCode,
            unitId: unit.unitId,
            paymentTerm: 'ON_ACCOUNT',
            ...changes,
          },
        },
      );

    const [prepaid, owed] = [await preview({ paymentTerm: null }), await preview()];
    expect(prepaid).toEqual({
      dueNowFen: '20000',
      lines: [{ promisedDispatchOn: '2026-11-04' }],
      obstacles: [],
    });
    expect(owed).toEqual({ dueNowFen: '0', lines: [{ promisedDispatchOn: '2026-11-09' }], obstacles: [] });
    const { order } = await place<{ order: { id: string } }>();
    expect(await as(buyer).ask(PROMISED, { id: order.id })).toEqual({
      merchantOrders: [{ lines: owed.lines }],
    });

    expect((await preview()).obstacles).toEqual([
      { __typename: 'CreditExceededError', code: 'CREDIT_EXCEEDED' },
    ]);
    const { id: unitId } = await makeProcurementUnit(world);
    const person = world.personOf(await makeMember(world, unitId));
    expect((await preview({ unitId }, person)).obstacles).toEqual([
      { __typename: 'NoCreditTermError', code: 'NO_CREDIT_TERM' },
    ]);
    await expect(preview({ unitId: null })).rejects.toThrow('INVALID_INPUT');
    const harvest = await makePresale(world);
    expect(
      (await preview({ lines: [{ variantId: harvest.variantId, quantity: 1 }] })).obstacles,
    ).toContainEqual({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' });
  });

  it('are refused without a unit, without a term, and where the limit is nothing', async () => {
    expect(await place({ unitId: null })).toMatchObject({ fields: [{ path: 'paymentTerm' }] });
    const { id: unitId } = await makeProcurementUnit(world);
    const person = world.personOf(await makeMember(world, unitId));
    const ask = () => as(person).ask(PLACE, { input: inputOf({ unitId }) });
    expect(await ask()).toMatchObject({ code: 'NO_CREDIT_TERM' });
    await makeCreditTerm(world, unitId, { limitFen: 0n });
    expect(await ask()).toMatchObject({ code: 'NO_CREDIT_TERM' });
    await makeCreditTerm(world, unitId, { limitFen: 10_000n, daysToPay: 7 });
    expect(await ask()).toMatchObject({ order: { daysToPay: 7 } });
  });

  it('may be picked up as well, without freight', async () => {
    const pavilion = await makePavilion(world);
    const lines = [{ variantId: peach.variantId, quantity: 1, channelPointId: pavilion.id }];

    const placed = await as(buyer).ask<{ order: { id: OrderId } }>(PLACE, {
      input: inputOf({ lines, handover: 'PICK_UP' }),
    });

    expect(placed).toMatchObject({ order: { state: 'PLACED', paymentTerm: 'ON_ACCOUNT' } });
    expect(await partsOf(world, placed.order.id)).toMatchObject([{ handover: 'PICK_UP', freightFen: '0' }]);
  });

  it('are other content than prepaid ones under the same key', async () => {
    const idempotencyKey = newId('req');
    await place({ idempotencyKey });

    expect(await place({ idempotencyKey, paymentTerm: 'PREPAID' })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await place({ idempotencyKey })).toMatchObject({ order: { state: 'PLACED' } });
    expect(await used()).toBe('10000');
  });

  it('are signed by an approver of the unit, and shipped before they are paid', async () => {
    const { orderId } = await makeOrderOnAccount(world, unit);

    const signed = await as(approver).ask(SIGN, { orderId });
    expect(signed).toEqual({
      __typename: 'OrderSignPayload',
      order: {
        id: orderId,
        state: 'SIGNED',
        signedAt: '2026-11-02T02:00:00.000Z',
        paidAt: null,
        merchantOrders: [{ state: 'TO_SHIP' }],
      },
    });
    world.clock.advance(60_000);
    expect(await as(approver).ask(SIGN, { orderId })).toEqual(signed);
    const entries = await world.database.query('SELECT 1 FROM audit_entry WHERE act = ? AND subject = ?', [
      'order.signed',
      orderId,
    ]);
    expect(entries).toHaveLength(1);
  });

  it('are not found by whoever does not approve for the unit, and not signed by whoever placed them', async () => {
    const { orderId } = await makeOrderOnAccount(world, unit);
    const elsewhere = await makeCreditUnit(world);
    for (const person of [world.person(), world.personOf(elsewhere.approverId), buyer])
      for (const document of [SIGN, DECLINE])
        expect(await as(person).codeOf(document, { orderId })).toBe('NOT_FOUND');
    expect(await world.client('storefront').codeOf(SIGN, { orderId })).toBe('UNAUTHENTICATED');

    const both = { ...unit, buyerId: unit.approverId };
    await world.database.transaction((tx) =>
      tx.write(
        "INSERT INTO procurement_member (unit_id, user_id, role, added_at) VALUES (?, ?, 'BUYER', ?)",
        [unit.unitId, unit.approverId, world.clock.now()],
      ),
    );
    const own = await makeOrderOnAccount(world, both);
    for (const document of [SIGN, DECLINE])
      expect(await as(approver).ask(document, { orderId: own.orderId })).toMatchObject({
        code: 'SELF_SIGNING',
      });
  });

  it('are declined: stock and credit are free again, and nobody signs them any more', async () => {
    const before = await reserved();
    const { orderId } = await makeOrderOnAccount(world, unit);

    expect(await as(approver).ask(DECLINE, { orderId })).toMatchObject({
      order: { state: 'CANCELLED', cancelReason: 'DECLINED' },
    });
    expect([await reserved(), await used()]).toEqual([before, '0']);
    expect(await as(approver).ask(SIGN, { orderId })).toMatchObject({
      code: 'ORDER_NOT_SIGNABLE',
      state: 'CANCELLED',
    });
  });

  it('expire unsigned after three days and not before, with stock and credit free again', async () => {
    const product = await makeProduct(world);
    const { orderId } = await makeOrderOnAccount(world, unit, {}, product);
    world.clock.set('2026-11-05T01:59:59Z');
    await world.get(OrderService).expireDue(100);
    expect(await reserved(product.variantId)).toBe(1);

    world.clock.set('2026-11-05T02:00:00Z');
    expect(await as(approver).ask(SIGN, { orderId })).toMatchObject({
      code: 'ORDER_NOT_SIGNABLE',
      state: 'PLACED',
    });
    await world.get(OrderService).expireDue(100);
    expect([await reserved(product.variantId), await used()]).toEqual([0, '0']);
  });

  it('are not paid by a provider', async () => {
    const { orderId } = await makeOrderOnAccount(world, unit);

    expect(await as(buyer).ask(PAY, { orderId })).toMatchObject({
      code: 'ORDER_NOT_PAYABLE',
      state: 'PLACED',
    });
    await as(approver).ask(SIGN, { orderId });
    expect(await as(buyer).ask(PAY, { orderId })).toMatchObject({
      code: 'ORDER_NOT_PAYABLE',
      state: 'SIGNED',
    });
  });

  it('are shown to those who may sign them, what has to be signed soonest first, with as many statements for one as for many', async () => {
    const first = await makeOrderOnAccount(world, unit);
    world.clock.advance(60_000);
    const one = await countStatements(() => as(approver).ask(TO_SIGN));
    const second = await makeOrderOnAccount(world, unit);

    const page = await as(approver).ask<{ nodes: { id: string }[]; pageInfo: { endCursor: string } }>(
      TO_SIGN,
      {
        first: 1,
      },
    );
    expect(page.nodes).toEqual([{ id: first.orderId, unitId: unit.unitId, totalFen: '10000' }]);
    const rest = await as(approver).ask(TO_SIGN, { after: page.pageInfo.endCursor });
    expect(rest).toMatchObject({ nodes: [{ id: second.orderId }], pageInfo: { hasNextPage: false } });
    expect(await countStatements(() => as(approver).ask(TO_SIGN))).toBe(one);
    expect(await as(buyer).ask(TO_SIGN)).toMatchObject({ nodes: [] });
  });

  it('take the unit’s lock before any of the stock', async () => {
    const statements = await statementsOf(() => place());
    const unitLock = statements.findIndex(
      (sql) => sql.includes('procurement_unit') && sql.includes('FOR UPDATE'),
    );
    const stockLock = statements.findIndex((sql) => sql.startsWith('UPDATE stock_level'));

    expect(unitLock).toBeGreaterThan(-1);
    expect(stockLock).toBeGreaterThan(unitLock);
  });
});
