import { DAY_MS, type IdOf, newId, present, refused } from '#libs/kernel';
import { FulfillmentService, ReceiptService, RestService } from '#libs/fulfillment';
import { OrderReader } from '#libs/ordering';
import { ReviewService } from '#libs/review';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makePhoto } from '../../make/photo.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';
import { makeUser } from '../../make/user.make.js';

const POST = `mutation Post($input: ReviewPostInput!) { reviewPost(input: $input) {
  ... on ReviewPostPayload { review { id rating text shownName state stateReason photos { id path } } }
  ... on DomainError { code message } ... on InvalidInputError { fields { path } }
  ... on NotReviewableError { endedAt } ... on AlreadyReviewedError { reviewId } } }`;
const PRODUCT = `query Product($id: ID!, $rating: Int, $first: Int, $after: String) { product(id: $id) {
  reviewSummary { count averageHundredths stars }
  reviews(rating: $rating, first: $first, after: $after) {
    nodes { id rating text shownName variantName reply photos { path } } pageInfo { hasNextPage endCursor } } } }`;
const LIST = `query List($first: Int) { products(first: $first) { nodes { id reviewSummary { count } reviews(first: 2) { nodes { text photos { id } } pageInfo { hasNextPage } } } } }`;
const OWN = '{ ownReviews { nodes { id state stateReason text } } }';

interface Posted {
  readonly review?: {
    readonly id: string;
    readonly state: string;
    readonly photos: readonly { readonly path: string }[];
  };
  readonly code?: string;
  readonly [field: string]: unknown;
}
interface Shown {
  readonly reviewSummary: {
    readonly count: number;
    readonly averageHundredths: number;
    readonly stars: number[];
  } | null;
  readonly reviews: {
    readonly nodes: { readonly id: string; readonly text: string; readonly reply: string | null }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('reviews, at every door', () => {
  let world: World;
  let product: MadeProduct;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'merchant', 'settlement'] });
    await makeDivisions(world);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    product = await makeProduct(world, { batches: [{ quantity: 100, bestBeforeOn: null }] });
  });

  const bought = async (
    displayName = '李秀英',
    of = product,
  ): Promise<{ buyer: Person; orderLineId: string }> => {
    const { userId } = await makeUser(world, { displayName });
    const order = await makePaidOrder(world, { buyerId: userId }, of);
    await receiveOrder(world, order);
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    return { buyer: world.personOf(userId), orderLineId: present(line, 'a line').id };
  };
  const ask = <T = Posted>(person: { readonly token: string }, query: string, variables: object = {}) =>
    world.client('storefront').as(person.token).ask<T>(query, variables);
  const say = async ({ buyer, orderLineId }: Awaited<ReturnType<typeof bought>>, more: object = {}) =>
    ask(buyer, POST, { input: { orderLineId, rating: 5, text: '很甜🍑', ...more } });
  const said = async (more: object = {}, of = product) =>
    present((await say(await bought('李秀英', of), more)).review, 'a review');
  const shown = (variables: object = {}) =>
    world.client('storefront').ask<Shown>(PRODUCT, { id: product.productId, ...variables });
  const operator = (scopeId?: string) =>
    world.person({ role: 'OPERATOR', scopeKind: scopeId ? 'DIVISION' : 'PLATFORM', scopeId: scopeId ?? '*' });
  const desk = <T = Posted>(query: string, person = operator()) =>
    world.client('settlement').as(person.token).ask<T>(query);
  const hide = (id: string) =>
    `mutation { reviewHide(id: "${id}", reason: "广告") { ... on ReviewHidePayload { review { state stateReason } } ... on DomainError { code } } }`;
  const show = (id: string) =>
    `mutation { reviewShow(id: "${id}") { ... on ReviewShowPayload { review { state } } ... on DomainError { code } } }`;
  const clerk = (merchantId: IdOf<'mer'> = product.merchantId) =>
    world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
  const reply = (id: string, text: string) =>
    `mutation { reviewReply(id: "${id}", text: "${text}") { ... on ReviewReplyPayload { review { reply } } ... on DomainError { code } } }`;

  it('are said by who has received it, with photos, and shown without a name', async () => {
    const buying = await bought('欧阳丹');
    const photoIds = [
      await makePhoto(world, buying.buyer.userId),
      await makePhoto(world, buying.buyer.userId),
    ];

    const { review } = await say(buying, { rating: 4, photoIds });

    expect(review).toMatchObject({
      rating: 4,
      text: '很甜🍑',
      shownName: '欧**',
      state: 'SHOWN',
      stateReason: '',
    });
    const page = await shown();
    expect(page.reviewSummary).toEqual({ count: 1, averageHundredths: 400, stars: [0, 0, 0, 1, 0] });
    expect(page.reviews.nodes).toMatchObject([
      { shownName: '欧**', variantName: '第 1 种', photos: [{}, {}] },
    ]);
    const path = present(review?.photos[0], 'a photo').path;
    const anybody = await world.client('storefront').http.get(path);
    expect(anybody).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'public, max-age=300', 'content-type': 'image/jpeg' },
    });
  });

  it('are said once, however often and however much at once', async () => {
    const { buyer, orderLineId } = await bought();
    const wish = { orderLineId, rating: 3, text: '还行', photoIds: [] };

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.get(ReviewService).post(buyer.userId, wish)),
    );

    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
    expect(answers.filter((answer) => refused(answer) && answer.code === 'ALREADY_REVIEWED')).toHaveLength(7);
    expect((await shown()).reviewSummary?.count).toBe(1);
  });

  it('are not said of what has not come, too late, of others’ orders or with others’ photos', async () => {
    const { userId } = await makeUser(world);
    const order = await makePaidOrder(world, { buyerId: userId }, product);
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    const waiting = { buyer: world.personOf(userId), orderLineId: present(line, 'a line').id };
    expect(await say(waiting)).toMatchObject({ code: 'NOT_REVIEWABLE', endedAt: null });

    const [mine, theirs] = [await bought(), await bought()];
    const codeOf = (input: object) =>
      world
        .client('storefront')
        .as(mine.buyer.token)
        .codeOf(POST, { input: { rating: 5, text: '', ...input } });
    expect(await codeOf({ orderLineId: theirs.orderLineId })).toBe('NOT_FOUND');
    expect(await codeOf({ orderLineId: newId('oln') })).toBe('NOT_FOUND');
    const stolen = await makePhoto(world, theirs.buyer.userId);
    expect(await codeOf({ orderLineId: mine.orderLineId, photoIds: [stolen] })).toBe('NOT_FOUND');
    expect(await say(mine, { rating: 6 })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'rating' }],
    });
    world.clock.advance(91 * DAY_MS);
    expect(await say(mine)).toMatchObject({ code: 'NOT_REVIEWABLE', endedAt: expect.any(String) });
    expect((await shown()).reviewSummary).toBeNull();
  });

  it('are not said of what was called off before it left', async () => {
    const other = await makeProduct(world, {
      merchantId: product.merchantId,
      batches: [{ quantity: 100, bestBeforeOn: null }],
    });
    const { userId } = await makeUser(world);
    const lines = [product, other].map(({ variantId }) => ({ variantId, quantity: 1, channelPointId: '' }));
    const { orderId } = await makePaidOrder(world, { buyerId: userId, lines });
    const [sent, unsent] = await world.get(OrderReader).linesOfOrder(orderId);
    const { id: orderLineId, merchantOrderId } = present(sent, 'a line');
    const parcel = {
      merchantOrderId,
      carrier: '顺丰',
      trackingNo: 'SF0001',
      lines: [{ orderLineId, quantity: 1 }],
    };
    await world.get(FulfillmentService).ship([product.merchantId], parcel);
    await world.get(RestService).callOffForBuyer(userId, merchantOrderId);
    await world.get(ReceiptService).receive(userId, merchantOrderId);
    const buyer = world.personOf(userId);

    expect(await say({ buyer, orderLineId: present(unsent, 'a line').id })).toMatchObject({
      code: 'NOT_REVIEWABLE',
    });
    expect(await say({ buyer, orderLineId })).toMatchObject({ review: { rating: 5 } });
  });

  it('with a word of the list wait for a person; hidden, their writer reads why', async () => {
    const buying = await bought();
    const photoIds = [await makePhoto(world, buying.buyer.userId)];
    const { review } = await say(buying, { text: '加 微 信 返现', photoIds });
    const { id, photos } = present(review, 'a review');

    expect(review).toMatchObject({ state: 'HELD', stateReason: expect.stringContaining('人工审核') });
    expect(await shown()).toMatchObject({ reviewSummary: null, reviews: { nodes: [] } });
    const photo = (token?: string) => {
      const request = world.client('storefront').http.get(present(photos[0], 'a photo').path);
      return token === undefined ? request : request.set('authorization', `Bearer ${token}`);
    };
    expect((await photo()).status).toBe(404);
    expect((await photo(world.person().token)).status).toBe(404);
    expect((await photo(buying.buyer.token)).headers).toMatchObject({ 'cache-control': 'private, no-store' });
    expect(await desk('{ reviews { nodes { id photos { path } } } }')).toMatchObject({
      nodes: expect.arrayContaining([expect.objectContaining({ id })]),
    });

    expect(await desk(show(id))).toMatchObject({ review: { state: 'SHOWN' } });
    expect(await desk(show(id))).toMatchObject({ code: 'REVIEW_STATE' });
    expect((await shown()).reviewSummary?.count).toBe(1);
    expect(await desk(hide(id))).toMatchObject({ review: { state: 'HIDDEN', stateReason: '广告' } });
    expect(await shown()).toMatchObject({ reviewSummary: null, reviews: { nodes: [] } });
    expect(await ask(buying.buyer, OWN)).toMatchObject({
      nodes: [{ id, state: 'HIDDEN', stateReason: '广告' }],
    });
    const outsider = world.client('settlement').as(operator('430300').token);
    expect(await outsider.codeOf(show(id))).toBe('NOT_FOUND');
  });

  it('hidden and shown at once, the sum of stars is what is shown', async () => {
    const { id } = await said({ rating: 2 });
    const by = { userId: newId('usr'), divisions: 'ALL' } as const;

    await Promise.all([
      ...Array.from({ length: 4 }, () => world.get(ReviewService).hide(id, '广告', by)),
      ...Array.from({ length: 4 }, () => world.get(ReviewService).show(id, by)),
      said({ rating: 5 }),
    ]);

    const [sums] = await world.database.query<Record<string, number>>(
      `SELECT stars_2 - (SELECT COUNT(*) FROM review WHERE product_id = s.product_id AND state = 'SHOWN' AND rating = 2) AS two,
         stars_5 - (SELECT COUNT(*) FROM review WHERE product_id = s.product_id AND state = 'SHOWN' AND rating = 5) AS five
       FROM review_summary s WHERE product_id = ?`,
      [product.productId],
    );
    expect(Object.values(sums ?? {}).map(Number)).toEqual([0, 0]);
  });

  it('words are put on the list and taken off, by who answers for all', async () => {
    const set = (word: string, isListed: boolean) =>
      `mutation { reviewWordSet(word: "${word}", isListed: ${isListed}) { ... on ReviewWordSetPayload { words } ... on DomainError { code } } }`;

    expect(await desk(set('桃 王 优惠', true))).toMatchObject({
      words: expect.arrayContaining(['桃王优惠']),
    });
    expect((await said({ text: '桃王，优惠多' })).state).toBe('HELD');
    await desk(set('桃王优惠', false));
    expect((await said({ text: '桃王，优惠多' })).state).toBe('SHOWN');
    expect(await desk(set('桃', true))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await world.client('settlement').as(operator('430225').token).codeOf(set('桃园', true))).toBe(
      'FORBIDDEN',
    );
  });

  it('are answered once, by the seller, in words that may stand there', async () => {
    const { id } = await said();
    const seller = world.client('merchant').as(clerk().token);

    expect(await seller.ask(reply(id, '加微信'))).toMatchObject({ code: 'INVALID_INPUT' });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => seller.ask<{ code?: string }>(reply(id, '谢谢！'))),
    );
    expect(answers.filter(({ code }) => code === 'ALREADY_REPLIED')).toHaveLength(3);
    expect((await shown()).reviews.nodes).toMatchObject([{ reply: '谢谢！' }]);
    const other = await makeProduct(world);
    expect(await world.client('merchant').as(clerk(other.merchantId).token).codeOf(reply(id, '谢谢'))).toBe(
      'NOT_FOUND',
    );
    await desk(hide(id));
    expect(await seller.codeOf(reply(id, '谢谢'))).toBe('NOT_FOUND');
  });

  it('are paged by stars, and cost the same for one product as for ten', async () => {
    for (const rating of [5, 3, 5, 1, 5]) await said({ rating, text: `${rating} 星` });

    const first = await shown({ rating: 5, first: 2 });
    expect(first.reviews).toMatchObject({
      nodes: [{ text: '5 星' }, { text: '5 星' }],
      pageInfo: { hasNextPage: true },
    });
    const rest = await shown({ rating: 5, first: 2, after: first.reviews.pageInfo.endCursor });
    expect(rest.reviews).toMatchObject({ nodes: { length: 1 }, pageInfo: { hasNextPage: false } });
    expect(first.reviewSummary).toEqual({ count: 5, averageHundredths: 380, stars: [1, 0, 1, 0, 3] });
    expect(await world.client('storefront').codeOf(PRODUCT, { id: product.productId, rating: 6 })).toBe(
      'INVALID_INPUT',
    );

    const list = (size: number) => world.client('storefront').ask(LIST, { first: size });
    await list(1);
    const one = await countStatements(() => list(1));
    for (let n = 0; n < 3; n += 1)
      await said({}, await makeProduct(world, { batches: [{ quantity: 9, bestBeforeOn: null }] }));
    expect(await countStatements(() => list(10))).toBe(one);
  });
});
