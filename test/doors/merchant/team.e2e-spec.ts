import { jest } from '@jest/globals';
import { type IdOf, newId } from '#libs/kernel';
import { MembershipReader, MembershipService, SmsGateway } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { freshPhone, makeUser } from '../../make/user.make.js';

const MEMBERS = '{ userId role maskedPhone }';
const TEAM = `query ($merchantId: ID!) { merchantTeam(merchantId: $merchantId) ${MEMBERS} }`;
const ADD = `mutation ($merchantId: ID!, $phone: String!, $role: TeamRole!) {
  teamMemberAdd(merchantId: $merchantId, phone: $phone, role: $role) { __typename ... on DomainError { code }
    ... on TeamMemberAddPayload { team ${MEMBERS} } ... on InvalidInputError { fields { path } } } }`;
const END = `mutation ($merchantId: ID!, $userId: ID!, $role: TeamRole!) {
  teamMemberEnd(merchantId: $merchantId, userId: $userId, role: $role) { __typename ... on DomainError { code }
    ... on TeamMemberEndPayload { team ${MEMBERS} } } }`;

interface Member {
  readonly userId: string;
  readonly role: string;
  readonly maskedPhone: string;
}
interface Answer {
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly team?: readonly Member[];
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement'] });
});
afterAll(() => world.close());

const ownerOf = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });
/** A merchant and its owner, as an approval leaves them. */
async function owned() {
  const { id: merchantId } = await makeMerchant(world);
  const grant = ownerOf(merchantId);
  const { userId } = await makeUser(world, { grants: [grant] });
  const { token } = world.personOf(userId, grant);
  const ask = <T = Answer>(query: string, more: object = {}) =>
    world
      .client('merchant')
      .as(token)
      .ask<T>(query, { merchantId, ...more });
  return { merchantId, userId, ask };
}
const rolesOf = async (userId: string) =>
  (await world.get(MembershipReader).grantsOf(userId)).map(({ role }) => role);

it('an owner adds people by phone, known or not, and takes roles from them', async () => {
  const { ask, userId } = await owned();
  const known = await makeUser(world);
  const phone = freshPhone();

  await ask(ADD, { phone: known.phone, role: 'MERCHANT_CLERK' });
  const { team } = await ask(ADD, { phone: `+86 ${phone}`, role: 'RESTOCKER' });

  expect(team?.map(({ role }) => role)).toEqual(['MERCHANT_OWNER', 'MERCHANT_CLERK', 'RESTOCKER']);
  expect(team?.[2]?.maskedPhone).toBe(`${phone.slice(0, 3)}****${phone.slice(-4)}`);
  expect(await rolesOf(known.userId)).toEqual(['MERCHANT_CLERK']);
  // Twice is once; another role is another row.
  expect((await ask(ADD, { phone, role: 'RESTOCKER' })).team).toHaveLength(3);
  expect((await ask(ADD, { phone, role: 'MERCHANT_CLERK' })).team).toHaveLength(4);
  const ended = await ask(END, { userId: known.userId, role: 'MERCHANT_CLERK' });
  expect(ended.team?.map((each) => each.userId)).not.toContain(known.userId);
  expect(await rolesOf(known.userId)).toEqual([]);
  await expect(ask(END, { userId: known.userId, role: 'MERCHANT_CLERK' })).rejects.toThrow(/NOT_FOUND/);
  // Whoever comes back has the role again.
  await ask(ADD, { phone: known.phone, role: 'MERCHANT_CLERK' });
  expect(await rolesOf(known.userId)).toEqual(['MERCHANT_CLERK']);
  const acts = await world.database.query<{ act: string; actor: string }>(
    'SELECT act, actor_id AS actor FROM audit_entry WHERE subject = ? ORDER BY id',
    [known.userId],
  );
  expect(acts).toEqual(
    ['membership.granted', 'membership.ended', 'membership.granted'].map((act) => ({ act, actor: userId })),
  );
});

it('whoever is added is told once, for which merchant and as what', async () => {
  const { ask, merchantId } = await owned();
  const [phone, told] = [freshPhone(), [] as unknown[]];
  const sms = jest
    .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendTeamNotice')
    .mockImplementation(async (to, notice, locale) => {
      if (to === phone) told.push({ notice, locale });
    });

  await ask(ADD, { phone, role: 'RESTOCKER' });
  await ask(ADD, { phone, role: 'RESTOCKER' });
  await world.settle();

  const merchantName = (await world.get(MerchantReader).byId(merchantId))?.name;
  expect(told).toEqual([{ notice: { merchantName, role: 'RESTOCKER' }, locale: 'zh-CN' }]);
  sms.mockRestore();
});

it('whoever was added may leave, and says so of nobody else', async () => {
  const { ask, merchantId, userId } = await owned();
  const clerk: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId };
  const { userId: clerkId, phone } = await makeUser(world);
  await ask(ADD, { phone, role: 'MERCHANT_CLERK' });
  // Also before their token tells of the role.
  const { token } = world.personOf(clerkId);
  const end = (as: string, whom: string, role: string) =>
    world.client('merchant').as(as).ask<Answer>(END, { merchantId, userId: whom, role });
  const owner = [userId, 'MERCHANT_OWNER'] as const;

  await expect(end(token, ...owner)).rejects.toThrow(/NOT_FOUND/);
  await expect(end(world.personOf(clerkId, clerk).token, ...owner)).rejects.toThrow(/NOT_FOUND/);
  await expect(end(token, clerkId, 'MERCHANT_OWNER')).rejects.toThrow(/NOT_FOUND/);
  expect(await end(token, clerkId, 'MERCHANT_CLERK')).toEqual({
    __typename: 'TeamMemberEndPayload',
    team: [],
  });
  expect([await rolesOf(clerkId), await rolesOf(userId)]).toEqual([[], ['MERCHANT_OWNER']]);
  await expect(end(token, clerkId, 'MERCHANT_CLERK')).rejects.toThrow(/NOT_FOUND/);
});

it('the last owner stays, also when two take each other out at once', async () => {
  const { ask, userId, merchantId } = await owned();
  expect(await ask(END, { userId, role: 'MERCHANT_OWNER' })).toMatchObject({ code: 'LAST_OWNER' });
  const second = await makeUser(world, { grants: [ownerOf(merchantId)] });
  const { token } = world.personOf(second.userId, ownerOf(merchantId));
  const end = (as: string, whom: string) =>
    world.client('merchant').as(as).ask<Answer>(END, { merchantId, userId: whom, role: 'MERCHANT_OWNER' });
  const first = world.personOf(userId, ownerOf(merchantId)).token;

  await Promise.allSettled([end(first, second.userId), end(token, userId)]);

  const left = await Promise.all([rolesOf(userId), rolesOf(second.userId)]);
  expect(left.flat()).toEqual(['MERCHANT_OWNER']);
});

it('whoever owns it no longer says nothing any more, whatever their token says', async () => {
  const { ask, userId, merchantId } = await owned();
  await makeUser(world, { grants: [ownerOf(merchantId)] });
  await world.get(MembershipService).end(userId, ownerOf(merchantId), null);

  await expect(ask(ADD, { phone: freshPhone(), role: 'MERCHANT_OWNER' })).rejects.toThrow(/NOT_FOUND/);
});

it('is no business of clerks and strangers', async () => {
  const { merchantId } = await owned();
  const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
  const other = world.person(ownerOf(newId('mer')));
  const as = (token: string) => world.client('merchant').as(token);
  const wish = { merchantId, phone: freshPhone(), role: 'MERCHANT_OWNER' };

  await expect(as(clerk.token).ask(TEAM, { merchantId })).rejects.toThrow(/FORBIDDEN/);
  await expect(as(clerk.token).ask(ADD, wish)).rejects.toThrow(/FORBIDDEN/);
  await expect(as(other.token).ask(TEAM, { merchantId })).rejects.toThrow(/NOT_FOUND/);
  await expect(as(other.token).ask(ADD, wish)).rejects.toThrow(/NOT_FOUND/);
});

it('takes no number that is none, and no fifty-first role', async () => {
  const { ask, merchantId, userId } = await owned();
  expect((await ask(ADD, { phone: '12345', role: 'RESTOCKER' })).fields).toEqual([{ path: 'phone' }]);
  const team = () => ask<readonly Member[]>(TEAM);
  const one = await countStatements(team);
  for (let n = 1; n < 50; n += 1)
    await world
      .get(MembershipService)
      .grant(
        newId('usr') as IdOf<'usr'>,
        { role: 'RESTOCKER', scopeKind: 'MERCHANT', scopeId: merchantId },
        userId,
      );

  expect((await ask(ADD, { phone: freshPhone(), role: 'RESTOCKER' })).fields).toEqual([{ path: 'phone' }]);
  expect(await countStatements(team)).toBe(one);
});
