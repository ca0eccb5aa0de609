import { ChannelPointService } from '#libs/channel';
import { FulfillmentService, RestService } from '#libs/fulfillment';
import { DAY_MS, type IdOf, businessDay, newId, present, refused } from '#libs/kernel';
import {
  FreightTemplateService,
  OrderReader,
  type PurchaseLimit,
  PurchaseLimitService,
} from '#libs/ordering';
import type { Client } from '../../harness/client.js';
import { statementsOf } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { claimCoupon, couponStateOf, makePromotion } from '../../make/promotion.make.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { suspendMerchant } from '../../make/merchant.make.js';
import { RECIPIENT, makePaidOrder } from '../../make/order.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { makeLocker } from '../../make/vending.make.js';

const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
  __typename
  ... on OrderPlacePayload { order {
    id state goodsFen freightFen totalFen expiresAt recipient { name phone countyCode address }
    merchantOrders { state handover goodsFen freightFen merchant { id }
      lines { variantId quantity unitPriceFen goodsFen netWeightG isCertified originCounty { code } channelPoint { id } } }
  } }
  ... on InvalidInputError { fields { path } }
  ... on NotOnSaleError { variantIds }
  ... on PriceChangedError { totalFen }
  ... on InsufficientStockError { variantId available }
  ... on NotServedError { merchantIds provinceCode }
  ... on CouponNotUsableError { couponId obstacle missingFen }
  ... on PurchaseLimitError { variantId orderMax personMax periodDays bought }
  ... on DomainError { code message }
} }`;
const BARE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
  __typename ... on OrderPlacePayload { order { id } } ... on DomainError { code } } }`;

let world: World;
let person: Person;
let buyer: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(() => {
  person = world.person();
  buyer = world.client('storefront').as(person.token);
});

const inputOf = (changes: object) => ({ idempotencyKey: newId('req'), recipient: RECIPIENT, ...changes });
const place = (changes: object) => buyer.ask(PLACE, { input: inputOf(changes) });
const one = ({ variantId }: MadeProduct, quantity = 1) => [{ variantId, quantity }];

const PREVIEW = `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) {
  lines { variantId quantity unitPriceFen goodsFen discountFen channelPointId fundings { kind name couponId amountFen } }
  goodsFen discountFen subsidyFen freightFen totalFen suggestedCouponIds
  coupons { couponId savesFen obstacle missingFen promotion { name } }
  parts { merchant { id } goodsFen freightFen weightG isServed freeFromFen missingForFreeFen }
  obstacles { __typename code message
    ... on NotServedError { merchantIds provinceCode } ... on NotOnSaleError { variantIds }
    ... on CouponNotUsableError { couponId obstacle missingFen }
    ... on PurchaseLimitError { variantId bought } ... on InsufficientStockError { variantId available } } } }`;
const preview = async (input: object) =>
  (await buyer.ask<{ totalFen: string }>(PREVIEW, { input })) ?? { totalFen: '' };

/** By weight, and not to Tibet. */
async function setFreight(merchantId: IdOf<'mer'>): Promise<void> {
  const near = { provinceCodes: [], isServed: true, firstWeightG: 1_000, firstFen: 500n };
  const far = { provinceCodes: ['540000'], isServed: false, firstWeightG: 1, firstFen: 0n };
  const zones = [
    { ...near, additionalWeightG: 1_000, additionalFen: 200n },
    { ...far, additionalWeightG: 0, additionalFen: 0n },
  ];
  const wish = { basedOn: 0, freeFromFen: null, zones };
  const set = await world.get(FreightTemplateService).set(merchantId, wish, newId('usr'));
  if (refused(set)) throw new Error(set.message.en);
}

async function setLimit(
  { merchantId, variantId }: MadeProduct,
  limit: Omit<PurchaseLimit, 'variantId'>,
): Promise<void> {
  const set = await world.get(PurchaseLimitService).set([merchantId], { variantId, ...limit }, newId('usr'));
  if (refused(set)) throw new Error(set.message.en);
}

async function countOf(table: string): Promise<number> {
  const [row] = await world.database.query<{ count: string }>(`SELECT COUNT(*) AS count FROM ${table}`);
  return Number(row?.count);
}

/** Everything that placing an order writes. */
async function written(): Promise<number[]> {
  const tables = ['customer_order', 'merchant_order', 'order_line', 'stock_reservation', 'outbox'];
  return Promise.all(tables.map(countOf));
}

describe('orderPlace', () => {
  it('reserves the goods, splits the order by seller, and asks for the money within a quarter of an hour', async () => {
    const peach = await makeProduct(world, { pricesFen: [8_800n] });
    const tea = await makeProduct(world, {
      pricesFen: [5_000n],
      originCountyCode: '430224',
      netWeightG: 100,
    });

    const result = await place({ lines: [...one(peach, 2), ...one(tea)] });

    expect(result).toEqual({
      __typename: 'OrderPlacePayload',
      order: {
        id: expect.stringMatching(/^ord_/),
        state: 'PLACED',
        goodsFen: '22600',
        freightFen: '800',
        totalFen: '23400',
        expiresAt: new Date(world.clock.now().getTime() + 15 * 60_000).toISOString(),
        recipient: RECIPIENT,
        merchantOrders: [
          {
            state: 'UNPAID',
            handover: 'PARCEL',
            goodsFen: '17600',
            freightFen: '0',
            merchant: { id: peach.merchantId },
            lines: [
              {
                variantId: peach.variantId,
                quantity: 2,
                unitPriceFen: '8800',
                goodsFen: '17600',
                netWeightG: 5_000,
                isCertified: false,
                originCounty: { code: '430225' },
                channelPoint: null,
              },
            ],
          },
          {
            state: 'UNPAID',
            handover: 'PARCEL',
            goodsFen: '5000',
            freightFen: '800',
            merchant: { id: tea.merchantId },
            lines: [expect.objectContaining({ variantId: tea.variantId, originCounty: { code: '430224' } })],
          },
        ],
      },
    });
    const [level] = await world.database.query(
      'SELECT on_hand, reserved FROM stock_level WHERE variant_id = ?',
      [peach.variantId],
    );
    expect(level).toEqual({ on_hand: 100, reserved: 2 });
  });

  it('sells first what expires first, one line a batch', async () => {
    const peach = await makeProduct(world, {
      batches: [
        { quantity: 5, bestBeforeOn: null, originCountyCode: '430224' },
        { quantity: 2, bestBeforeOn: '2026-11-02' },
        { quantity: 9, bestBeforeOn: '2026-11-01' }, // Expired yesterday.
      ],
    });

    const result = await place({ lines: one(peach, 3) });

    const lines = [
      expect.objectContaining({ quantity: 2, originCounty: { code: '430225' } }),
      expect.objectContaining({ quantity: 1, originCounty: { code: '430224' } }),
    ];
    expect(result).toMatchObject({ order: { merchantOrders: [{ lines }] } });
  });

  it('counts a sale where it is made', async () => {
    const peach = await makeProduct(world);
    const pavilion = await makePavilion(world, { countyCode: '430224' });
    const { variantId } = peach;

    const result = await place({
      lines: [{ variantId, quantity: 1, channelPointId: pavilion.id }, ...one(peach)],
    });

    expect(result).toMatchObject({
      order: { merchantOrders: [{ lines: [{ channelPoint: { id: pavilion.id } }, { channelPoint: null }] }] },
    });
    const lines = await world.database.query(
      'SELECT channel_kind AS kind, sale_county_code AS county, buyer_kind AS buyer FROM order_line WHERE variant_id = ? ORDER BY id',
      [variantId],
    );
    expect(lines).toEqual([
      { kind: 'PAVILION', county: '430224', buyer: 'CONSUMER' },
      { kind: 'ONLINE', county: '430211', buyer: 'CONSUMER' },
    ]);
  });

  it('tells the others with one fact', async () => {
    const result = await place({ lines: one(await makeProduct(world)) });

    const { order } = result as { order: { id: string } };
    const facts = await world.database.query(
      "SELECT name, payload FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ?",
      [order.id],
    );
    expect(facts).toEqual([{ name: 'order.placed', payload: { orderId: order.id, buyerId: person.userId } }]);
  });

  it('empties the cart that it buys', async () => {
    const { variantId } = await makeProduct(world);
    const cartLineSet = `mutation ($input: CartLineSetInput!) { cartLineSet(input: $input) { __typename } }`;
    await buyer.ask(cartLineSet, { input: { variantId, quantity: 3 } });

    const result = await place({ totalFen: '30000' });

    expect(result).toMatchObject({
      order: { totalFen: '30000', merchantOrders: [{ lines: [{ variantId, quantity: 3 }] }] },
    });
    expect(await buyer.ask('{ cart { lines { quantity } } }')).toEqual({ lines: [] });
    expect(await place({})).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'lines' }] });
  });

  it('answers a repeated key with the first order, also once the cart is empty', async () => {
    const { variantId } = await makeProduct(world);
    await buyer.ask(`mutation ($input: CartLineSetInput!) { cartLineSet(input: $input) { __typename } }`, {
      input: { variantId, quantity: 1 },
    });
    const input = inputOf({});
    const first = await buyer.ask(PLACE, { input });
    const before = await written();

    expect(await buyer.ask(PLACE, { input })).toEqual(first);
    expect(await written()).toEqual(before);
  });

  it('refuses a repeated key with other content, and changes nothing', async () => {
    const peach = await makeProduct(world);
    const input = inputOf({ lines: one(peach) });
    await buyer.ask(PLACE, { input });
    const before = await written();

    for (const other of [
      { lines: one(peach, 2) },
      { recipient: { ...RECIPIENT, address: '别处' } },
      { totalFen: '10000' },
    ]) {
      expect(await buyer.ask(PLACE, { input: { ...input, ...other } })).toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      });
    }
    expect(await written()).toEqual(before);
  });

  it("does not mistake another buyer's key for one's own", async () => {
    const peach = await makeProduct(world);
    const input = inputOf({ lines: one(peach) });
    await buyer.ask(BARE, { input });

    const other = world.client('storefront').as(world.person().token);
    expect(await other.ask(BARE, { input })).toMatchObject({ __typename: 'OrderPlacePayload' });
  });

  it('refuses more than there is, naming what is left, and changes nothing', async () => {
    const plenty = await makeProduct(world);
    const scarce = await makeProduct(world, { batches: [{ quantity: 1 }, { quantity: 2 }] });
    const before = await written();

    const result = await place({ lines: [...one(plenty), ...one(scarce, 4)] });

    const message = 'Only 3 of this variant are left; order fewer.';
    expect(result).toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      variantId: scarce.variantId,
      available: 3,
      message,
    });
    expect(await written()).toEqual(before);
  });

  it('refuses a total that no longer holds, naming the one that does', async () => {
    const peach = await makeProduct(world, { pricesFen: [5_000n] });

    expect(await place({ lines: one(peach), totalFen: '5000' })).toMatchObject({
      code: 'PRICE_CHANGED',
      totalFen: '5800',
    });
    expect(await place({ lines: one(peach), totalFen: '5800' })).toMatchObject({
      order: { totalFen: '5800' },
    });
  });

  it('is picked up where everything was bought: without freight, at the address and in the county of the place', async () => {
    const peach = await makeProduct(world, { pricesFen: [1_000n] });
    const pavilion = await makePavilion(world, { countyCode: '430224' });
    const { name, phone } = RECIPIENT;
    const atPavilion = {
      idempotencyKey: newId('req'),
      handover: 'PICK_UP',
      recipient: { name, phone },
      lines: [{ variantId: peach.variantId, quantity: 1, channelPointId: pavilion.id }],
      totalFen: '1000',
    };

    const placed = await place(atPavilion);

    expect(placed).toMatchObject({
      order: {
        freightFen: '0',
        totalFen: '1000',
        recipient: { name, phone, countyCode: '430224', address: pavilion.address },
        merchantOrders: [{ handover: 'PICK_UP', freightFen: '0' }],
      },
    });
    const lines = await world.database.query(
      'SELECT sale_county_code AS sale, consumption_county_code AS consumption FROM order_line WHERE variant_id = ?',
      [peach.variantId],
    );
    expect(lines).toEqual([{ sale: '430224', consumption: '430224' }]);
    expect(await place(atPavilion)).toEqual(placed);
    const asParcel = { ...atPavilion, handover: 'PARCEL', recipient: RECIPIENT };
    expect(await place(asParcel)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('is part of what the key stands for, how it is handed over; saying PARCEL is saying nothing', async () => {
    const peach = await makeProduct(world);
    const pavilion = await makePavilion(world);
    const idempotencyKey = newId('req');
    const lines = [{ variantId: peach.variantId, quantity: 1, channelPointId: pavilion.id }];

    const placed = await place({ idempotencyKey, lines });

    expect(placed).toMatchObject({ order: { merchantOrders: [{ handover: 'PARCEL' }] } });
    expect(await place({ idempotencyKey, lines, handover: 'PARCEL' })).toEqual(placed);
    expect(await place({ idempotencyKey, lines, handover: 'PICK_UP' })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it('is not picked up at two places, or at none, and a parcel needs an address', async () => {
    const peach = await makeProduct(world);
    const [here, there] = [await makePavilion(world), await makePavilion(world)];
    const through = (channelPointId: string) => ({ variantId: peach.variantId, quantity: 1, channelPointId });
    const locker = await makeLocker(world);
    const before = await written();
    const pickUp = (lines: readonly object[]) => place({ handover: 'PICK_UP', lines });

    for (const lines of [
      [through(here.id), through(there.id)],
      [through(here.id), ...one(peach)],
      one(peach),
    ]) {
      expect(await pickUp(lines)).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'handover' }] });
      const looked = await buyer.ask(PREVIEW, { input: { lines, handover: 'PICK_UP' } });
      expect(looked).toMatchObject({ obstacles: [{ code: 'INVALID_INPUT' }] });
    }
    const tooMany = { ...through(locker.channelPointId), quantity: 9 };
    const message = expect.stringContaining(
      'A cell here bears 20 kg, and a parcel of this order weighs 22.5 kg',
    );
    const tooHeavy = { code: 'INVALID_INPUT', message };
    expect(await pickUp([tooMany])).toMatchObject({ ...tooHeavy, fields: [{ path: 'handover' }] });
    expect(await buyer.ask(PREVIEW, { input: { lines: [tooMany], handover: 'PICK_UP' } })).toMatchObject({
      obstacles: [tooHeavy],
    });
    const light = { lines: [{ ...tooMany, quantity: 8 }], handover: 'PICK_UP' };
    expect(await buyer.ask(PREVIEW, { input: light })).toMatchObject({ obstacles: [] });
    const atOne = { lines: [through(here.id)], handover: 'PICK_UP' };
    expect(await buyer.ask(PREVIEW, { input: atOne })).toMatchObject({ obstacles: [] });
    const { name, phone } = RECIPIENT;
    expect(await place({ lines: one(peach), recipient: { name, phone } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'recipient.countyCode' }, { path: 'recipient.address' }],
    });
    expect(await written()).toEqual(before);
  });

  it.each([
    ['nowhere', '999999'],
    ['a city', '430200'],
    ['a township', '430225100'],
    ['a county that is no more', '430299'],
  ])('is not sent to what is no county today: %s', async (_, countyCode) => {
    const peach = await makeProduct(world);
    await world.asOwner((tx) =>
      tx.write(
        `INSERT IGNORE INTO division (code, parent_code, level, name, valid_to) VALUES ('430299', '430200', 'COUNTY', '旧县', '2020-01-01')`,
      ),
    );
    const unknown = 'This is no county-level division that is in force; choose it again.';
    const message = countyCode.length === 6 ? unknown : 'A county code has six digits.';
    const before = await written();

    const wish = { lines: one(peach), recipient: { ...RECIPIENT, countyCode } };
    const guest = world.client('storefront').as(world.guest().token);
    for (const client of [buyer, guest])
      expect(await client.ask(PLACE, { input: inputOf(wish) })).toMatchObject({
        code: 'INVALID_INPUT',
        message,
        fields: [{ path: 'recipient.countyCode' }],
      });

    expect(await written()).toEqual(before);
    expect(await preview({ lines: one(peach), countyCode })).toMatchObject({
      obstacles: [{ __typename: 'InvalidInputError', message: unknown }],
    });
  });

  it('stays what it was when the county ends after it was placed; whoever comes for it may name any', async () => {
    const peach = await makeProduct(world);
    const pavilion = await makePavilion(world);
    const lines = [{ variantId: peach.variantId, quantity: 1, channelPointId: pavilion.id }];
    await world.asOwner((tx) =>
      tx.write("INSERT INTO division (code, level, name) VALUES ('430298', 'COUNTY', '将撤县')"),
    );
    const idempotencyKey = newId('req');
    const wish = { idempotencyKey, lines, recipient: { ...RECIPIENT, countyCode: '430298' } };
    const placed = await place(wish);
    expect(placed).toMatchObject({ __typename: 'OrderPlacePayload' });
    await world.asOwner((tx) =>
      tx.write('UPDATE division SET valid_to = ? WHERE code = ?', [businessDay(world.clock.now()), '430298']),
    );
    world.clock.advance(DAY_MS);

    expect(await place(wish)).toEqual(placed);
    const again = { ...wish, idempotencyKey: newId('req') };
    expect(await place(again)).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'recipient.countyCode' }],
    });
    const { name, phone } = RECIPIENT;
    const coming = { ...again, handover: 'PICK_UP', recipient: { name, phone, countyCode: '999999' } };
    expect(await place(coming)).toMatchObject({ __typename: 'OrderPlacePayload' });
  });

  it('is found by its key though the address of the book that it goes to is another by now, or gone', async () => {
    const peach = await makeProduct(world);
    const { name, phone, countyCode, address: detail } = RECIPIENT;
    const entry = { name, phone, provinceCode: '430000', cityCode: '430200', countyCode, detail };
    const { addressId } = await buyer.ask<{ addressId: string }>(
      'mutation ($input: AddressInput!) { addressAdd(input: $input) { ... on AddressAddPayload { addressId } ... on DomainError { code message } } }',
      { input: entry },
    );
    const wish = { idempotencyKey: newId('req'), lines: one(peach), recipient: undefined, addressId };
    const placed = await place(wish);
    expect(placed).toMatchObject({ order: { recipient: RECIPIENT } });

    await buyer.ask(
      `mutation ($id: ID!, $input: AddressInput!) { addressChange(addressId: $id, input: $input) { __typename ... on DomainError { code } } }`,
      { id: addressId, input: { ...entry, detail: '别处 9 号' } },
    );
    expect(await place(wish)).toEqual(placed);
    await buyer.ask(`mutation ($id: ID!) { addressRemove(addressId: $id) { __typename } }`, {
      id: addressId,
    });
    expect(await place(wish)).toEqual(placed);
    expect(await place({ ...wish, addressId: newId('adr') })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await place({ ...wish, addressId: undefined, recipient: RECIPIENT })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    const input = { ...inputOf(wish), idempotencyKey: newId('req') };
    expect(await buyer.codeOf(PLACE, { input })).toBe('NOT_FOUND');
  });

  it('leaves on the day that was shown, or is refused with the day that holds now', async () => {
    const peach = await makeProduct(world);
    const lines = one(peach);
    const day = async () =>
      (
        await buyer.ask<{ promisedDispatchOn: string }>(
          'query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) { promisedDispatchOn } }',
          { input: { lines, countyCode: RECIPIENT.countyCode } },
        )
      ).promisedDispatchOn;
    const shown = await day();
    world.clock.advance(7 * DAY_MS);
    const now = await day();
    expect(now > shown).toBe(true);
    const before = await written();

    const wish = { idempotencyKey: newId('req'), lines, promisedDispatchOn: shown };
    expect(
      await buyer.ask(
        `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { ... on DispatchDayChangedError { code promisedDispatchOn } } }`,
        { input: inputOf(wish) },
      ),
    ).toEqual({ code: 'DISPATCH_DAY_CHANGED', promisedDispatchOn: now });
    expect(await written()).toEqual(before);
    const placed = await place({ ...wish, promisedDispatchOn: now });
    expect(placed).toMatchObject({ __typename: 'OrderPlacePayload' });
    // Once it is placed, its key answers on any day.
    world.clock.advance(7 * DAY_MS);
    expect(await place({ ...wish, promisedDispatchOn: now })).toEqual(placed);
    expect(await place(wish)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('waits to be paid twenty times at most, of one person; what is cancelled or asked again is none more', async () => {
    const peach = await makeProduct(world);
    const ask = (changes: object = {}) =>
      buyer.ask<{ order?: { id: string }; code?: string }>(BARE, {
        input: inputOf({ lines: one(peach), ...changes }),
      });
    const key = newId('req');
    const { order } = await ask({ idempotencyKey: key });
    for (let more = 1; more < 20; more += 1)
      expect(await ask()).toMatchObject({ __typename: 'OrderPlacePayload' });
    const before = await written();

    expect(await ask()).toEqual({ __typename: 'TooManyUnpaidError', code: 'TOO_MANY_UNPAID' });
    expect(await written()).toEqual(before);
    expect(await ask({ idempotencyKey: key })).toMatchObject({ order: { id: order?.id } });
    const other = world.client('storefront').as(world.person().token);
    expect(await other.ask(BARE, { input: inputOf({ lines: one(peach) }) })).toMatchObject({ order: {} });
    await buyer.ask('mutation ($id: ID!) { orderCancel(orderId: $id) { __typename } }', { id: order?.id });
    expect(await ask()).toMatchObject({ __typename: 'OrderPlacePayload' });
    expect(await ask()).toMatchObject({ code: 'TOO_MANY_UNPAID' });
    world.clock.advance(15 * 60_000);
    expect(await ask()).toMatchObject({ __typename: 'OrderPlacePayload' });
  });

  it('is looked at in the campaign that it is bought in', async () => {
    const peach = await makeProduct(world);
    expect(await preview({ lines: one(peach), campaignCode: 'NO-SUCH-2026' })).toMatchObject({
      obstacles: [{ __typename: 'InvalidInputError' }],
    });
    expect(await place({ lines: one(peach), campaignCode: 'NO-SUCH-2026' })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'campaignCode' }],
    });
  });

  it('refuses goods and places that are not open for sale', async () => {
    const draft = await makeProduct(world, { state: 'DRAFT' });
    const peach = await makeProduct(world);
    const closed = await makePavilion(world);
    await world.get(ChannelPointService).suspend(closed.id);

    expect(await place({ lines: [...one(peach), ...one(draft)] })).toMatchObject({
      code: 'NOT_ON_SALE',
      variantIds: [draft.variantId],
    });
    expect(
      await place({ lines: [{ variantId: peach.variantId, quantity: 1, channelPointId: closed.id }] }),
    ).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'lines.0.channelPointId' }],
    });
  });

  it('names all faults at once', async () => {
    // What nobody sees is no name.
    const recipient = { name: '\u200B\u2060', phone: 'x', countyCode: '1', address: '\u3000' };

    expect(await place({ idempotencyKey: 'short', lines: [], recipient })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [
        'idempotencyKey',
        'lines',
        'recipient.name',
        'recipient.phone',
        'recipient.countyCode',
        'recipient.address',
      ].map((path) => ({ path })),
    });
  });

  it('is sent by the merchant’s template, by weight and province, or not at all where the merchant does not send', async () => {
    const peach = await makeProduct(world, { pricesFen: [5_000n], netWeightG: 1_000 });
    const tea = await makeProduct(world, { pricesFen: [5_000n] });
    await setFreight(peach.merchantId);
    const lines = [...one(peach, 2), ...one(tea)];
    const before = await written();

    const far = { recipient: { ...RECIPIENT, countyCode: '540102' }, lines };
    const [merchantIds, provinceCode] = [[peach.merchantId], '540000'];
    expect(await place(far)).toMatchObject({ code: 'NOT_SERVED', merchantIds, provinceCode });
    expect(await written()).toEqual(before);
    expect(await preview({ lines, countyCode: '540102' })).toMatchObject({
      obstacles: [{ __typename: 'NotServedError', merchantIds, provinceCode }],
    });

    const near = await preview({ lines, countyCode: RECIPIENT.countyCode });
    const parts = [
      { merchant: { id: peach.merchantId }, weightG: 2_000, freightFen: '700', missingForFreeFen: null },
      { merchant: { id: tea.merchantId }, freightFen: '800', missingForFreeFen: '4900' },
    ];
    expect(near).toMatchObject({ parts, goodsFen: '15000', freightFen: '1500', totalFen: '16500' });
    expect(await place({ lines, totalFen: '16500' })).toMatchObject({ order: { totalFen: '16500' } });
  });

  it('asks once more when the freight has changed since the buyer looked', async () => {
    const peach = await makeProduct(world, { pricesFen: [5_000n], netWeightG: 1_000 });
    const { totalFen } = await preview({ lines: one(peach), countyCode: RECIPIENT.countyCode });
    await setFreight(peach.merchantId);

    expect([totalFen, await place({ lines: one(peach), totalFen })]).toMatchObject([
      '5800',
      { code: 'PRICE_CHANGED', totalFen: '5500' },
    ]);
  });

  it('sells no more to one order, or one person in so many days, than the merchant lets; for a unit it does', async () => {
    const peach = await makeProduct(world, { pricesFen: [100n] });
    await setLimit(peach, { orderMax: 3, personMax: 4, periodDays: 7 });
    const limit = { code: 'PURCHASE_LIMIT', variantId: peach.variantId, orderMax: 3, personMax: 4 };

    expect(await place({ lines: one(peach, 4) })).toMatchObject({ ...limit, bought: 0 });
    const placed = await place({ lines: one(peach, 3) });
    expect(placed).toMatchObject({ __typename: 'OrderPlacePayload' });
    const before = await written();
    expect(await place({ lines: one(peach, 2) })).toMatchObject({ ...limit, bought: 3 });
    expect(await preview({ lines: one(peach, 2) })).toMatchObject({
      obstacles: [{ __typename: 'PurchaseLimitError', bought: 3 }],
    });
    expect(await written()).toEqual(before);

    const other = world.client('storefront').as(world.person().token);
    const input = inputOf({ lines: one(peach, 3) });
    expect(await other.ask(BARE, { input })).toMatchObject({ __typename: 'OrderPlacePayload' });

    world.clock.advance(7 * DAY_MS);
    expect(await place({ lines: one(peach, 3) })).toMatchObject({ __typename: 'OrderPlacePayload' });
    await setLimit(peach, { orderMax: null, personMax: null, periodDays: null });
    expect(await place({ lines: one(peach, 9) })).toMatchObject({ __typename: 'OrderPlacePayload' });
  });

  it('counts against a limit what was sent, and not what was called off before it left', async () => {
    const peach = await makeProduct(world, { pricesFen: [100n] });
    await setLimit(peach, { orderMax: null, personMax: 3, periodDays: 7 });
    const { orderId } = await makePaidOrder(world, { buyerId: person.userId, quantity: 3 }, peach);
    expect(await place({ lines: one(peach, 1) })).toMatchObject({ code: 'PURCHASE_LIMIT', bought: 3 });
    const [line] = await world.get(OrderReader).linesOfOrder(orderId);
    const { id: orderLineId, merchantOrderId } = present(line, 'a line');
    const parcel = {
      merchantOrderId,
      carrier: '顺丰',
      trackingNo: 'SF0001',
      lines: [{ orderLineId, quantity: 1 }],
    };
    await world.get(FulfillmentService).ship([peach.merchantId], parcel);

    await world.get(RestService).callOffForBuyer(person.userId, merchantOrderId);

    expect(await place({ lines: one(peach, 3) })).toMatchObject({ code: 'PURCHASE_LIMIT', bought: 1 });
    expect(await place({ lines: one(peach, 2) })).toMatchObject({ __typename: 'OrderPlacePayload' });
  });

  it('is paid in part by coupons of one’s own: suggested, shown line by line, used once, and in the total that one agrees to', async () => {
    const peach = await makeProduct(world, { pricesFen: [10_000n] });
    const own = { merchantId: peach.merchantId };
    await makePromotion(world, { kind: 'PRICE_CUT', amountFen: 500n, name: '直降五元' }, own);
    const { id } = await makePromotion(world, { kind: 'VOUCHER', name: '炎陵消费券', thresholdFen: 15_000n });
    const { id: spare } = await makePromotion(world, { amountFen: 300n, name: '平台券' });
    const [voucher, coupon] = [
      await claimCoupon(world, person.userId, id),
      await claimCoupon(world, person.userId, spare),
    ];
    const small = await preview({ lines: one(peach) });
    expect(small).toMatchObject({
      discountFen: '500',
      goodsFen: '9500',
      totalFen: '10300',
      suggestedCouponIds: [coupon],
    });
    expect(small).toMatchObject({
      coupons: [
        { couponId: coupon, savesFen: '300', obstacle: null, promotion: { name: '平台券' } },
        { couponId: voucher, savesFen: '0', obstacle: 'BELOW_THRESHOLD', missingFen: '5500' },
      ],
    });
    const before = await written();
    const refusal = {
      code: 'COUPON_NOT_USABLE',
      couponId: voucher,
      obstacle: 'BELOW_THRESHOLD',
      missingFen: '5500',
    };
    expect(await place({ lines: one(peach), couponIds: [voucher] })).toMatchObject(refusal);
    expect(await written()).toEqual(before);

    const lines = one(peach, 2);
    const couponIds = [voucher, coupon];
    const seen = await preview({ lines, couponIds });
    expect(seen).toMatchObject({
      goodsFen: '19000',
      subsidyFen: '1300',
      freightFen: '0',
      totalFen: '17700',
      suggestedCouponIds: [...couponIds].toSorted(),
      lines: [
        {
          fundings: [
            { kind: 'PRICE_CUT', name: '直降五元', couponId: null, amountFen: '1000' },
            { kind: 'PLATFORM_COUPON', couponId: coupon, amountFen: '300' },
            { kind: 'VOUCHER', couponId: voucher, amountFen: '1000' },
          ],
        },
      ],
      obstacles: [],
    });
    const input = inputOf({ lines, couponIds, totalFen: seen.totalFen });
    const placed = await buyer.ask(PLACE, { input });
    expect(placed).toMatchObject({ order: { goodsFen: '19000', totalFen: '17700' } });
    expect(await buyer.ask(PLACE, { input })).toEqual(placed);
    const other = { ...input, couponIds: [coupon] };
    expect(await buyer.ask(PLACE, { input: other })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await couponStateOf(world, voucher)).toBe('USED');
    expect(await place({ lines, couponIds: [voucher] })).toMatchObject({
      code: 'COUPON_NOT_USABLE',
      obstacle: 'USED',
    });
    const stranger = world.client('storefront').as(world.person().token);
    const theirs = inputOf({ lines, couponIds: [coupon] });
    expect(await stranger.codeOf(BARE, { input: theirs })).toBe('NOT_FOUND');
    expect(await stranger.codeOf(PREVIEW, { input: { lines, couponIds: [coupon] } })).toBe('NOT_FOUND');
    const twice = await place({ lines, couponIds: [coupon, coupon] });
    expect(twice).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'couponIds' }] });
  });

  it('counts no longer what was called off', async () => {
    const peach = await makeProduct(world, { pricesFen: [100n] });
    await setLimit(peach, { orderMax: null, personMax: 1, periodDays: 1 });
    const { order } = (await place({ lines: one(peach) })) as { order: { id: string } };
    expect(await place({ lines: one(peach) })).toMatchObject({ code: 'PURCHASE_LIMIT', bought: 1 });

    await buyer.ask('mutation ($id: ID!) { orderCancel(orderId: $id) { __typename } }', { id: order.id });
    expect(await place({ lines: one(peach) })).toMatchObject({ __typename: 'OrderPlacePayload' });
  });

  it('is for those who have signed in', async () => {
    const input = inputOf({ lines: one(await makeProduct(world)) });

    expect(await world.client('storefront').codeOf(BARE, { input })).toBe('UNAUTHENTICATED');
  });

  it('costs one transaction of ten statements with BEGIN and COMMIT, and six reads before it, however many batches it takes of', async () => {
    const single = await makeProduct(world);
    const split = await makeProduct(world, {
      pricesFen: [100n, 200n],
      batches: [{ quantity: 1 }, { quantity: 1 }],
    });
    const cut = split.variantIds.map((variantId) => ({ variantId, quantity: 2 }));

    const forOne = await statementsOf(() => buyer.ask(BARE, { input: inputOf({ lines: one(single) }) }));
    const forFour = await statementsOf(() => buyer.ask(BARE, { input: inputOf({ lines: cut }) }));

    const inside = forOne.slice(forOne.indexOf('START TRANSACTION'), forOne.indexOf('COMMIT') + 1);
    expect([forOne.length, inside.length]).toEqual([16, 10]);
    expect(forFour.length).toBe(forOne.length);
  });
});

describe('checkoutPreview', () => {
  it('names everything that stands in the way at once, prices the rest, and changes nothing', async () => {
    const peach = await makeProduct(world, { pricesFen: [5_000n], batches: [{ quantity: 1 }] });
    const draft = await makeProduct(world, { state: 'DRAFT' });
    const before = await written();

    expect(await preview({ lines: [...one(peach, 2), ...one(draft)], countyCode: '430211' })).toEqual({
      lines: [
        {
          variantId: peach.variantId,
          quantity: 2,
          unitPriceFen: '5000',
          goodsFen: '10000',
          discountFen: '0',
          fundings: [],
          channelPointId: null,
        },
      ],
      goodsFen: '10000',
      freightFen: '0',
      discountFen: '0',
      subsidyFen: '0',
      totalFen: '10000',
      coupons: [],
      suggestedCouponIds: [],
      parts: [
        {
          merchant: { id: peach.merchantId },
          goodsFen: '10000',
          freightFen: '0',
          weightG: 5_000,
          isServed: true,
          freeFromFen: '9900',
          missingForFreeFen: null,
        },
      ],
      obstacles: [
        expect.objectContaining({ code: 'NOT_ON_SALE', variantIds: [draft.variantId] }),
        expect.objectContaining({ code: 'INSUFFICIENT_STOCK', variantId: peach.variantId, available: 1 }),
      ],
    });
    expect(await written()).toEqual(before);
  });

  it('refuses what could never be ordered, an empty cart, and strangers', async () => {
    const peach = await makeProduct(world);
    for (const lines of [one(peach, 0), one(peach, 1_000), [], [...one(peach), ...one(peach)], null])
      expect(await buyer.codeOf(PREVIEW, { input: { lines } })).toBe('INVALID_INPUT');
    const stranger = world.client('storefront');
    expect(await stranger.codeOf(PREVIEW, { input: { lines: one(peach) } })).toBe('UNAUTHENTICATED');
  });

  it('costs the same statements, however many lines there are', async () => {
    const many = await makeProduct(world, { pricesFen: Array.from({ length: 20 }, () => 100n) });
    const lines = many.variantIds.map((variantId) => ({ variantId, quantity: 1 }));
    const forMany = await statementsOf(() => preview({ lines }));
    const forOne = await statementsOf(() => preview({ lines: lines.slice(0, 1) }));
    expect([forOne.length, forMany.length]).toEqual([7, 7]);
  });
});

describe('coupons', () => {
  const CLAIM = `mutation ($promotionId: ID!, $key: ID!) { couponClaim(promotionId: $promotionId, idempotencyKey: $key) { __typename
    ... on CouponClaimPayload { coupon { id state usedFen orderId promotion { id name } } }
    ... on CouponLimitError { personMax } ... on DomainError { code message } } }`;
  const TO_CLAIM =
    '{ promotionsToClaim(first: 100) { nodes { id kind amountFen personMax conditions { axis value } } } }';
  const MINE = '{ coupons { nodes { id state usedFen promotion { id } } pageInfo { hasNextPage } } }';
  const claim = (promotionId: string, key: string = newId('req')) => buyer.ask(CLAIM, { promotionId, key });

  it('are claimed while there is something of the budget, as many as one person may, and are one’s own', async () => {
    const conditions = [{ axis: 'ORIGIN', value: '430225' }] as const;
    const limits = { personMax: 2, budgetFen: 3_000n };
    const { id } = await makePromotion(world, { kind: 'VOUCHER', conditions, ...limits });
    const { nodes } = (await buyer.ask<{ nodes: { id: string }[] }>(TO_CLAIM)) ?? { nodes: [] };
    expect(nodes.find((node) => node.id === id)).toEqual({
      id,
      kind: 'VOUCHER',
      amountFen: '1000',
      personMax: 2,
      conditions,
    });

    const key = newId('req');
    const first = await claim(id, key);
    expect(first).toMatchObject({
      coupon: { state: 'CLAIMED', usedFen: '0', orderId: null, promotion: { id } },
    });
    expect(await claim(id, key)).toEqual(first);
    const other = await makePromotion(world, { kind: 'VOUCHER' });
    expect(await claim(other.id, key)).toMatchObject({ code: 'COUPON_KEY_USED' });
    expect(await claim(id)).toMatchObject({ __typename: 'CouponClaimPayload' });
    expect(await claim(id)).toMatchObject({ code: 'COUPON_LIMIT', personMax: 2 });
    expect(await buyer.ask(MINE)).toMatchObject({ nodes: [{ promotion: { id } }, { promotion: { id } }] });

    buyer = world.client('storefront').as(world.person().token);
    expect(await buyer.ask(MINE)).toMatchObject({ nodes: [] });
    expect(await claim(id)).toMatchObject({ __typename: 'CouponClaimPayload' });
    expect(await claim(id)).toMatchObject({ code: 'COUPONS_GONE' });
    const left = await buyer.ask<{ nodes: { id: string }[] }>(TO_CLAIM);
    expect(left.nodes.some((node) => node.id === id)).toBe(false);
  });

  it('of a suspended merchant are neither offered nor claimed nor used until it is back', async () => {
    const { merchantId, variantId } = await makeProduct(world);
    const { id } = await makePromotion(world, { kind: 'MERCHANT_COUPON', personMax: 2 }, { merchantId });
    const isOffered = async () =>
      (await buyer.ask<{ nodes: { id: string }[] }>(TO_CLAIM)).nodes.some((node) => node.id === id);
    const { coupon } = (await claim(id)) as { coupon: { id: string } };
    const use = () => place({ lines: [{ variantId, quantity: 1 }], couponIds: [coupon.id] });

    await suspendMerchant(world, merchantId);
    expect(await isOffered()).toBe(false);
    expect(await claim(id)).toMatchObject({ code: 'COUPON_SELLER_SUSPENDED' });
    expect(await use()).toMatchObject({ code: 'NOT_ON_SALE' });
    const other = await makeProduct(world);
    const looked = await buyer.ask<{ coupons: object[] }>(PREVIEW, {
      input: { lines: [{ variantId: other.variantId, quantity: 1 }], countyCode: RECIPIENT.countyCode },
    });
    expect(looked.coupons).toContainEqual(
      expect.objectContaining({ couponId: coupon.id, obstacle: 'SUSPENDED' }),
    );

    await suspendMerchant(world, merchantId, 'reinstate');
    expect(await isOffered()).toBe(true);
    expect(await claim(id)).toMatchObject({ __typename: 'CouponClaimPayload' });
    expect(await use()).toMatchObject({ order: { state: 'PLACED' } });
  });

  it('are not claimed before or after their time, nor what was never published, nor by strangers', async () => {
    const { id } = await makePromotion(world);
    expect(await claim(id, 'short')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await buyer.codeOf(CLAIM, { promotionId: 'pmo_unknown', key: newId('req') })).toBe('NOT_FOUND');
    const { merchantId } = await makeProduct(world);
    const cut = await makePromotion(world, { kind: 'PRICE_CUT' }, { merchantId });
    expect(await buyer.codeOf(CLAIM, { promotionId: cut.id, key: newId('req') })).toBe('NOT_FOUND');
    const anybody = world.client('storefront');
    expect(await anybody.codeOf(CLAIM, { promotionId: id, key: newId('req') })).toBe('UNAUTHENTICATED');
    world.clock.advance(20 * DAY_MS);
    expect(await claim(id)).toMatchObject({ code: 'COUPONS_GONE' });
  });
});
