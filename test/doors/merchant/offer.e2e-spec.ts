import { newId } from '#libs/kernel';
import { FreightTemplateService } from '#libs/ordering';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeProduct } from '../../make/product.make.js';
import { promotionInput } from '../../make/promotion.make.js';

const TEMPLATE =
  'version freeFromFen setAt zones { provinceCodes isServed firstWeightG firstFen additionalWeightG additionalFen }';
const ONE = `query ($merchantId: ID!) { freightTemplate(merchantId: $merchantId) { ${TEMPLATE} } }`;
const PAGE = `query ($merchantId: ID!, $first: Int, $after: String) {
  freightTemplates(merchantId: $merchantId, first: $first, after: $after) { nodes { ${TEMPLATE} } pageInfo { hasNextPage endCursor } } }`;
const SET = `mutation ($input: FreightTemplateSetInput!) { freightTemplateSet(input: $input) { __typename
  ... on FreightTemplateSetPayload { freightTemplate { ${TEMPLATE} } }
  ... on InvalidInputError { fields { path } } ... on FreightTemplateChangedError { version } ... on DomainError { code } } }`;
const LIMIT =
  'query ($variantId: ID!) { purchaseLimit(variantId: $variantId) { variantId orderMax personMax periodDays } }';
const SET_LIMIT = `mutation ($input: PurchaseLimitSetInput!) { purchaseLimitSet(input: $input) { __typename
  ... on PurchaseLimitSetPayload { purchaseLimit { variantId orderMax personMax periodDays } }
  ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;

const PROMOTION = 'id kind name state budgetFen claimedFen conditions { axis value }';
const PROMOTIONS = `query ($merchantId: ID!) { promotions(merchantId: $merchantId) { nodes { ${PROMOTION} } } }`;
const PUBLISH = `mutation ($merchantId: ID!, $input: PromotionInput!) { promotionPublish(merchantId: $merchantId, input: $input) { __typename
  ... on PromotionPublishPayload { promotion { ${PROMOTION} } } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const END = `mutation ($id: ID!) { promotionEnd(promotionId: $id) { __typename
  ... on PromotionEndPayload { promotion { id state } } ... on DomainError { code } } }`;

const ZONE = {
  provinceCodes: [] as string[],
  isServed: true,
  firstWeightG: 1_000,
  firstFen: '600',
  additionalWeightG: 500,
  additionalFen: '100',
};
const FAR = { ...ZONE, provinceCodes: ['540000', '650000'], isServed: false };

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
  await makeDivisions(world);
});
afterAll(() => world.close());

const as = (role: 'MERCHANT_OWNER' | 'MERCHANT_CLERK', scopeId: string): Client =>
  world.client('merchant').as(world.person({ role, scopeKind: 'MERCHANT', scopeId }).token);

describe('freight templates', () => {
  it('are the default until the owner sets one, which holds at once and leaves the last one to be read', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    expect(await owner.ask(ONE, { merchantId })).toMatchObject({
      version: 0,
      freeFromFen: '9900',
      setAt: null,
    });

    const first = { merchantId, basedOn: 0, freeFromFen: '20000', zones: [ZONE, FAR] };
    const made = await owner.ask(SET, { input: first });
    const setAt = world.clock.now().toISOString();
    const template = { version: 1, freeFromFen: '20000', setAt, zones: [ZONE, FAR] };
    expect(made).toEqual({ __typename: 'FreightTemplateSetPayload', freightTemplate: template });
    expect(await owner.ask(ONE, { merchantId })).toEqual(template);
    expect(await owner.ask(SET, { input: first })).toEqual(made); // Heard nothing, asked again.

    const second = { merchantId, basedOn: 1, zones: [{ ...ZONE, firstFen: '700' }] };
    expect(await owner.ask(SET, { input: second })).toMatchObject({
      freightTemplate: { version: 2, freeFromFen: null },
    });
    expect(await owner.ask(PAGE, { merchantId, first: 1 })).toMatchObject({
      nodes: [{ version: 2 }],
      pageInfo: { hasNextPage: true },
    });
    expect(await owner.ask(PAGE, { merchantId })).toMatchObject({ nodes: [{ version: 2 }, template] });
    expect(await countStatements(() => owner.ask(PAGE, { merchantId }))).toBe(2);
  });

  it('are not set over somebody else’s, also when both do it at once', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const wishes = ['1', '2', '3', '4'].map((firstFen) => ({
      input: { merchantId, basedOn: 0, zones: [{ ...ZONE, firstFen }] },
    }));

    const answers = await Promise.all(wishes.map((wish) => owner.ask<{ __typename: string }>(SET, wish)));

    const names = answers.map(({ __typename }) => __typename).toSorted();
    const changed = 'FreightTemplateChangedError';
    expect(names).toEqual([changed, changed, changed, 'FreightTemplateSetPayload']);
    expect(answers.find(({ __typename }) => __typename === changed)).toMatchObject({ version: 1 });
    expect(await owner.ask(PAGE, { merchantId })).toMatchObject({ nodes: [{ version: 1 }] });
  });

  it('are whole, the owner’s, and never changed afterwards', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const input = { merchantId, basedOn: 0, zones: [ZONE] };
    expect(await owner.ask(SET, { input: { ...input, zones: [FAR] } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'zones' }, { path: 'zones' }],
    });
    for (const other of [
      as('MERCHANT_OWNER', newId('mer')),
      as('MERCHANT_OWNER', (await makeMerchant(world)).id),
    ]) {
      expect(await other.codeOf(SET, { input })).toBe('NOT_FOUND');
      expect(await other.codeOf(ONE, { merchantId })).toBe('NOT_FOUND');
      expect(await other.codeOf(PAGE, { merchantId })).toBe('NOT_FOUND');
    }
    expect(await as('MERCHANT_CLERK', merchantId).codeOf(SET, { input })).toBe('FORBIDDEN');
    expect(await owner.ask(ONE, { merchantId })).toMatchObject({ version: 0 });

    await world
      .get(FreightTemplateService)
      .set(
        merchantId,
        { basedOn: 0, freeFromFen: null, zones: [{ ...ZONE, firstFen: 1n, additionalFen: 0n }] },
        newId('usr'),
      );
    for (const table of ['freight_template', 'freight_zone'])
      await expect(world.database.transaction((tx) => tx.write(`DELETE FROM ${table}`))).rejects.toThrow(
        /denied/,
      );
  });
});

describe('purchase limits', () => {
  it('are set and lifted by whoever sells the variant', async () => {
    const { variantId, merchantId } = await makeProduct(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const none = { variantId, orderMax: null, personMax: null, periodDays: null };
    expect(await owner.ask(LIMIT, { variantId })).toEqual(none);

    const limit = { variantId, orderMax: 2, personMax: 5, periodDays: 30 };
    for (let twice = 0; twice < 2; twice += 1)
      expect(await owner.ask(SET_LIMIT, { input: limit })).toMatchObject({ purchaseLimit: limit });
    expect(await owner.ask(LIMIT, { variantId })).toEqual(limit);

    expect(await owner.ask(SET_LIMIT, { input: { variantId, personMax: 5 } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'periodDays' }],
    });
    const stranger = as('MERCHANT_OWNER', (await makeMerchant(world)).id);
    expect(await stranger.codeOf(SET_LIMIT, { input: { variantId } })).toBe('NOT_FOUND');
    expect(await stranger.codeOf(LIMIT, { variantId })).toBe('NOT_FOUND');
    expect(await owner.ask(LIMIT, { variantId })).toEqual(limit);

    expect(await owner.ask(SET_LIMIT, { input: { variantId } })).toMatchObject({ purchaseLimit: none });
    expect(await owner.ask(LIMIT, { variantId })).toEqual(none);
  });
});

describe('promotions of one’s own', () => {
  it('hold at once, are made once, and end when their owner says so', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const conditions = [{ axis: 'CATEGORY', value: 'FRUIT' }];
    const { idempotencyKey, ...wish } = promotionInput(world, { kind: 'MERCHANT_COUPON', name: '店铺券' });
    const input = { ...wish, idempotencyKey, conditions };

    const made = await owner.ask<{ promotion: { id: string } }>(PUBLISH, { merchantId, input });

    expect(made).toMatchObject({
      promotion: { state: 'PUBLISHED', budgetFen: '100000', claimedFen: '0', conditions },
    });
    expect(await owner.ask(PUBLISH, { merchantId, input })).toEqual(made);
    const other = { ...input, name: '别的' };
    expect(await owner.ask(PUBLISH, { merchantId, input: other })).toMatchObject({
      code: 'PROMOTION_KEY_USED',
    });
    expect(await owner.ask(PROMOTIONS, { merchantId })).toMatchObject({ nodes: [{ name: '店铺券' }] });
    const { id } = made.promotion;
    expect(await as('MERCHANT_OWNER', (await makeMerchant(world)).id).codeOf(END, { id })).toBe('NOT_FOUND');
    for (let twice = 0; twice < 2; twice += 1)
      expect(await owner.ask(END, { id })).toMatchObject({ promotion: { id, state: 'ENDED' } });
  });

  it('are so many at once, until one is ended', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const publish = () =>
      owner.ask<{ promotion: { id: string } }>(PUBLISH, {
        merchantId,
        input: promotionInput(world, { kind: 'PRICE_CUT' }),
      });
    const { promotion } = await publish();
    const [row] = await world.database.query<Record<string, string>>('SELECT * FROM promotion WHERE id = ?', [
      promotion.id,
    ]);
    const more = Array.from({ length: 199 }, () => newId('pmo'));
    await world.database.transaction((tx) =>
      tx.insert(
        'promotion',
        more.map((id) => ({ ...row, id, idempotency_key: id })),
      ),
    );

    expect(await publish()).toMatchObject({ code: 'PROMOTIONS_FULL' });
    await owner.ask(END, { id: promotion.id });
    expect(await publish()).toMatchObject({ promotion: { state: 'PUBLISHED' } });
  });

  it('are not money of others, not another merchant’s, and whole', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', merchantId);
    const input = promotionInput(world, { kind: 'PRICE_CUT' });
    for (const kind of ['VOUCHER', 'PLATFORM_COUPON'])
      expect(await owner.ask(PUBLISH, { merchantId, input: { ...input, kind } })).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'kind' }],
      });
    expect(await owner.ask(PUBLISH, { merchantId, input: { ...input, budgetFen: '1' } })).toMatchObject({
      fields: [{ path: 'budgetFen' }],
    });
    const stranger = as('MERCHANT_OWNER', (await makeMerchant(world)).id);
    expect(await stranger.codeOf(PUBLISH, { merchantId, input })).toBe('NOT_FOUND');
    expect(await stranger.codeOf(PROMOTIONS, { merchantId })).toBe('NOT_FOUND');
    expect(await as('MERCHANT_CLERK', merchantId).codeOf(PUBLISH, { merchantId, input })).toBe('FORBIDDEN');
    expect(await owner.ask(PROMOTIONS, { merchantId })).toEqual({ nodes: [] });
  });
});
