import { jest } from '@jest/globals';
import { MembershipReader, SmsGateway, UserReader } from '#libs/identity';
import { DAY_MS, newId } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant, suspendMerchant } from '../../make/merchant.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { receiveOrder, shipOrder } from '../../make/receipt.make.js';
import { makeUser } from '../../make/user.make.js';

const CLOSURE = '{ id state askedAs reason endedReason papersKeptUntil obstacles { kind count amountFen } }';
const LOOK = `query ($merchantId: ID!) { merchantClosure(merchantId: $merchantId) ${CLOSURE} }`;
const ask = (name: string, hasReason = true) => {
  const [params, args] = hasReason ? [', $reason: String!', ', reason: $reason'] : ['', ''];
  return `mutation ($merchantId: ID!${params}) { merchantClosure${name}(merchantId: $merchantId${args}) {
    __typename ... on DomainError { code message } ... on MerchantClosure${name}Payload { closure ${CLOSURE} }
    ${name === 'Finish' ? '... on ClosureObstaclesError { obstacles { kind count amountFen } }' : ''} } }`;
};

interface Closure {
  readonly id: string;
  readonly state: string;
  readonly askedAs: string;
  readonly reason: string;
  readonly papersKeptUntil: string | null;
  readonly obstacles: readonly { readonly kind: string; readonly count: number }[];
}
interface Answer {
  readonly code?: string;
  readonly closure?: Closure;
  readonly obstacles?: Closure['obstacles'];
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement'] });
});
afterAll(() => world.close());

/** A merchant with an owner and goods, and those who may say something about it. */
async function ground() {
  const { id: merchantId } = await makeMerchant(world);
  const product = await makeProduct(world, { merchantId });
  const grant: Grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId };
  const { userId } = await makeUser(world, { grants: [grant] });
  const act =
    (service: 'merchant' | 'settlement', token: string) =>
    <T = Answer>(query: string, variables: object = {}) =>
      world
        .client(service)
        .as(token)
        .ask<T>(query, { merchantId, reason: '不再经营', ...variables });
  const office = (scopeId = '430225') =>
    act('settlement', world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId }).token);
  const owner = act('merchant', world.personOf(userId, grant).token);
  const state = async () => (await world.get(MerchantReader).byId(merchantId))?.state;
  return { merchantId, userId, product, owner, office, state, act };
}

it('an owner asks: nothing is sold from then on, what is open is told, and somebody else makes it final once nothing is', async () => {
  const { merchantId, product, owner, office, state } = await ground();
  const order = await makePaidOrder(world, {}, product);
  const [county, other] = [office(), office('430224')];

  const [one, two] = await Promise.all([owner(ask('Ask')), owner(ask('Ask'))]);
  await world.settle();

  expect([one.closure?.id, one.closure?.state]).toEqual([two.closure?.id, 'OPEN']);
  expect(await world.get(MerchantReader).byId(merchantId)).toMatchObject({
    state: 'CLOSING',
    isSelling: false,
  });
  await expect(makePaidOrder(world, {}, product)).rejects.toThrow(/sale/i);
  const [shown] = await world.database.query<{ state: string }>('SELECT state FROM product WHERE id = ?', [
    product.productId,
  ]);
  expect(shown?.state).toBe('WITHHELD');
  const kinds = (answer: Answer) => answer.obstacles?.map(({ kind, count }) => `${kind} ${count}`);
  await expect(other(ask('Finish', false))).rejects.toThrow(/NOT_FOUND/);
  expect(kinds(await county(ask('Finish', false)))).toEqual(['ORDER_TO_SHIP 1']);
  await shipOrder(world, order);
  expect(kinds(await county(ask('Finish', false)))).toEqual(['ORDER_OPEN 1']);
  await world.database.transaction((tx) =>
    tx.write("UPDATE merchant_order SET state = 'COMPLETED' WHERE merchant_id = ?", [merchantId]),
  );
  const [first, again] = await Promise.all([county(ask('Finish', false)), county(ask('Finish', false))]);
  expect([first, again].map(({ closure }) => closure?.state)).toEqual(['FINAL', 'FINAL']);
  expect(first.closure?.papersKeptUntil).toBe(
    `${world.clock.now().getFullYear() + 3}${new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(4, 10)}`,
  );
  // For good: and its owner still reads what became of it.
  expect(await state()).toBe('CLOSED');
  expect(await county(ask('Reopen'))).toMatchObject({ code: 'MERCHANT_STATE' });
  expect(await owner(ask('Ask'))).toMatchObject({ code: 'MERCHANT_STATE' });
  expect(await owner<Closure>(LOOK)).toMatchObject({ state: 'FINAL', obstacles: [] });
  const acts = await world.database.query<{ act: string }>(
    "SELECT act FROM audit_entry WHERE subject = ? AND act LIKE 'merchant_closure.%' ORDER BY id",
    [merchantId],
  );
  expect(acts.map(({ act }) => act)).toEqual(['merchant_closure.asked', 'merchant_closure.finished']);
});

it('is taken back before it is final: by an owner what an owner has asked, by an office either', async () => {
  const { merchantId, owner, office, state } = await ground();
  const county = office();
  await owner(ask('Ask'));
  expect((await owner(ask('Reopen'))).closure?.state).toBe('REOPENED');
  expect((await owner(ask('Reopen'))).closure?.state).toBe('REOPENED');
  expect(await state()).toBe('ACTIVE');

  // Whoever was suspended is suspended again, and an office makes it its own.
  await suspendMerchant(world, merchantId);
  await owner(ask('Ask'));
  expect((await county(ask('Ask'), { reason: '多次抽检不合格' })).closure).toMatchObject({
    askedAs: 'OFFICE',
    reason: '多次抽检不合格',
  });
  expect(await owner(ask('Reopen'))).toMatchObject({ code: 'CLOSURE_BY_OFFICE' });
  expect((await county(ask('Reopen'))).closure?.state).toBe('REOPENED');
  await world.settle();
  expect(await state()).toBe('SUSPENDED');
  expect(await county(ask('Finish', false))).toMatchObject({ code: 'MERCHANT_STATE' });
  expect(await owner(ask('Ask'), { reason: ' ' })).toMatchObject({ code: 'INVALID_INPUT' });
});

it('owners hear that their merchant was suspended, and that it sells again', async () => {
  const { merchantId, userId } = await ground();
  const [person] = await world.get(UserReader).phonesOf([userId]);
  const told: string[] = [];
  const sms = jest
    .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendMerchantNotice')
    .mockImplementation(async (phone, { news }) => {
      world.database.assertNoneOpen();
      if (phone === person?.phone) told.push(news);
    });
  const after = async (act: 'suspend' | 'reinstate') => {
    await suspendMerchant(world, merchantId, act);
    await suspendMerchant(world, merchantId, act); // Done again it changes nothing, and tells nobody.
    await world.settle();
    return told.splice(0);
  };

  expect(await after('suspend')).toEqual(['SUSPENDED']);
  expect(await after('reinstate')).toEqual(['REINSTATED']);
  sms.mockRestore();
});

it('is made final by nobody who has asked for it or works for the merchant', async () => {
  const { merchantId, userId, act, state } = await ground();
  const official: Grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' };
  const asking = world.person(official);
  await act('settlement', asking.token)(ask('Ask'));

  const works = act('settlement', world.personOf(userId, official).token);
  for (const each of [act('settlement', asking.token), works])
    expect(await each(ask('Finish', false))).toMatchObject({ code: 'OWN_CLOSURE' });
  expect(await state()).toBe('CLOSING');
  expect(await world.get(MembershipReader).merchantIdsOf(userId)).toEqual([merchantId]);
});

it('is no business of clerks and strangers, and costs the same however much is open', async () => {
  const { merchantId, product, owner, act } = await ground();
  const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
  const stranger = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') });
  await expect(act('merchant', clerk.token)(ask('Ask'))).rejects.toThrow(/FORBIDDEN/);
  await expect(act('merchant', stranger.token)(ask('Ask'))).rejects.toThrow(/NOT_FOUND/);
  await expect(act('merchant', stranger.token)(LOOK)).rejects.toThrow(/NOT_FOUND/);
  // A token that tells of a role that is over.
  const former = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
  await expect(act('merchant', former.token)(ask('Ask'))).rejects.toThrow(/NOT_FOUND/);

  const first = await makePaidOrder(world, {}, product);
  await owner(ask('Ask'));
  const look = () => owner<Closure>(LOOK);
  const one = await countStatements(look);
  await receiveOrder(world, first);
  world.clock.advance(DAY_MS);
  expect(await countStatements(look)).toBe(one);
  expect((await look()).obstacles.map(({ kind }) => kind)).toEqual(['ORDER_OPEN']);
});
