import { jest } from '@jest/globals';
import { type IdOf, newId } from '#libs/kernel';
import { MembershipReader, MembershipService, SmsGateway, TeamInvitationService } from '#libs/identity';
import { MerchantReader } from '#libs/merchant';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { freshPhone, makeUser } from '../../make/user.make.js';

const MEMBERS = '{ userId role maskedPhone }';
const INVITED = '{ id merchantName role state maskedPhone expiresAt }';
const TEAM = `query ($merchantId: ID!) { merchantTeam(merchantId: $merchantId) ${MEMBERS} }`;
const ASKED = `query ($merchantId: ID!) { merchantTeamInvitations(merchantId: $merchantId) ${INVITED} }`;
const MINE = `{ teamInvitations ${INVITED} }`;
const INVITE = `mutation ($merchantId: ID!, $phone: String!, $role: TeamRole!) {
  teamMemberInvite(merchantId: $merchantId, phone: $phone, role: $role) { __typename ... on DomainError { code }
    ... on TeamMemberInvitePayload { invitation ${INVITED} } ... on InvalidInputError { fields { path } }
    ... on TeamInvitationThrottledError { retryAfterSeconds } } }`;
const act = (name: string) => `mutation ($invitationId: ID!) {
  teamInvitation${name}(invitationId: $invitationId) { __typename ... on DomainError { code }
    ... on TeamInvitation${name}Payload { invitation ${INVITED} } ... on TeamInvitationStateError { invitationState } } }`;
const END = `mutation ($merchantId: ID!, $userId: ID!, $role: TeamRole!) {
  teamMemberEnd(merchantId: $merchantId, userId: $userId, role: $role) { __typename ... on DomainError { code }
    ... on TeamMemberEndPayload { team ${MEMBERS} } } }`;

interface Member {
  readonly userId: string;
  readonly role: string;
  readonly maskedPhone: string;
}
interface Invited {
  readonly id: string;
  readonly merchantName: string;
  readonly role: string;
  readonly state: string;
  readonly maskedPhone: string;
}
interface Answer {
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly team?: readonly Member[];
  readonly invitation?: Invited;
  readonly invitationState?: string;
  readonly retryAfterSeconds?: number;
}

const DAY_MS = 86_400_000;

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
  const invite = async (phone: string, role = 'MERCHANT_CLERK') => {
    const { invitation } = await ask(INVITE, { phone, role });
    if (!invitation) throw new Error('not invited');
    return invitation.id;
  };
  return { merchantId, userId, ask, invite };
}
/** Somebody known, who answers what they were asked. */
async function invited(grants: readonly Grant[] = []) {
  const { userId, phone } = await makeUser(world, { grants });
  const ask = <T = Answer>(query: string, variables: object = {}) =>
    world.client('merchant').as(world.personOf(userId).token).ask<T>(query, variables);
  return { userId, phone, ask };
}
const rolesOf = async (userId: string) =>
  (await world.get(MembershipReader).grantsOf(userId)).map(({ role }) => role);

it('whoever is asked works for the merchant once they have said yes, and not before', async () => {
  const { ask, invite, merchantId, userId } = await owned();
  const [known, stranger] = [await invited(), freshPhone()];

  const invitationId = await invite(`+86 ${known.phone}`);
  await invite(stranger, 'RESTOCKER');

  expect(await rolesOf(known.userId)).toEqual([]);
  const merchantName = (await world.get(MerchantReader).byId(merchantId))?.name;
  const [mine] = await known.ask<readonly Invited[]>(MINE);
  expect(mine).toMatchObject({ id: invitationId, merchantName, role: 'MERCHANT_CLERK', state: 'OPEN' });
  // The same again is the same one.
  expect(await invite(known.phone)).toBe(invitationId);
  const accept = () => known.ask(act('Accept'), { invitationId });
  const [first, twice] = await Promise.all([accept(), accept()]);
  expect([first, twice].map(({ invitation }) => invitation?.state)).toEqual(['ACCEPTED', 'ACCEPTED']);
  expect(await rolesOf(known.userId)).toEqual(['MERCHANT_CLERK']);
  expect(await known.ask(MINE)).toEqual([]);
  const asked = await ask<readonly Invited[]>(ASKED);
  expect(asked.map(({ role, state }) => [role, state])).toEqual([
    ['RESTOCKER', 'OPEN'],
    ['MERCHANT_CLERK', 'ACCEPTED'],
  ]);
  expect(asked[0]?.maskedPhone).toBe(`${stranger.slice(0, 3)}****${stranger.slice(-4)}`);
  expect((await ask(INVITE, { phone: known.phone, role: 'MERCHANT_CLERK' })).fields).toEqual([
    { path: 'phone' },
  ]);
  // What is ended does not come back by saying yes again.
  await ask(END, { userId: known.userId, role: 'MERCHANT_CLERK' });
  await accept();
  expect(await rolesOf(known.userId)).toEqual([]);
  const acts = await world.database.query<{ act: string; actor: string }>(
    'SELECT act, actor_id AS actor FROM audit_entry WHERE subject IN (?, ?) ORDER BY id',
    [known.userId, invitationId],
  );
  expect(acts).toEqual([
    { act: 'team_invitation.sent', actor: userId },
    { act: 'membership.granted', actor: userId },
    { act: 'team_invitation.accepted', actor: known.userId },
    { act: 'membership.ended', actor: userId },
  ]);
});

it('is told by a message, three a week at most, and not once it is withdrawn', async () => {
  const { ask, invite, merchantId } = await owned();
  const [phone, told] = [freshPhone(), [] as unknown[]];
  const sms = jest
    .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendTeamInvitation')
    .mockImplementation(async (to, { merchantName, role }, locale) => {
      if (to.endsWith(phone)) told.push({ merchantName, role, locale });
    });
  const invitationId = await invite(phone, 'RESTOCKER');
  const resend = () => ask(act('Resend'), { invitationId });
  await world.settle();

  expect(await resend()).toMatchObject({ code: 'TEAM_INVITATION_THROTTLED' });
  world.clock.advance(600_000);
  // Two taps at once are one message.
  const twice = await Promise.all([resend(), resend()]);
  expect(twice.map(({ code }) => code ?? 'sent').toSorted()).toEqual(['TEAM_INVITATION_THROTTLED', 'sent']);
  await world.settle();
  world.clock.advance(600_000);
  await resend();
  world.clock.advance(DAY_MS);
  expect(await resend()).toMatchObject({ code: 'TEAM_INVITATION_THROTTLED' });
  const again = await ask(act('Withdraw'), { invitationId });
  await ask(act('Withdraw'), { invitationId });
  await world.settle();

  expect(again.invitation?.state).toBe('WITHDRAWN');
  const merchantName = (await world.get(MerchantReader).byId(merchantId))?.name;
  // The third was withdrawn before it was sent.
  expect(told).toEqual([
    { merchantName, role: 'RESTOCKER', locale: 'zh-CN' },
    { merchantName, role: 'RESTOCKER', locale: 'zh-CN' },
  ]);
  // Another invitation to the same phone is held by the same limit.
  expect(await ask(INVITE, { phone, role: 'MERCHANT_CLERK' })).toMatchObject({
    code: 'TEAM_INVITATION_THROTTLED',
  });
  sms.mockRestore();
});

it('is over after a week, when it is withdrawn and when it is declined; sent again it lives again', async () => {
  const { ask, invite } = await owned();
  const person = await invited();
  const invitationId = await invite(person.phone);
  const say = (name: string) => person.ask(act(name), { invitationId });

  world.clock.advance(7 * DAY_MS);
  expect(await say('Accept')).toMatchObject({ invitationState: 'EXPIRED' });
  expect(await person.ask(MINE)).toEqual([]);
  expect((await ask(act('Resend'), { invitationId })).invitation?.state).toBe('OPEN');
  expect((await say('Decline')).invitation?.state).toBe('DECLINED');
  expect((await say('Decline')).invitation?.state).toBe('DECLINED');
  expect(await say('Accept')).toMatchObject({ invitationState: 'DECLINED' });
  expect(await ask(act('Withdraw'), { invitationId })).toMatchObject({ invitationState: 'DECLINED' });
  expect(await ask(act('Resend'), { invitationId })).toMatchObject({ invitationState: 'DECLINED' });
  expect(await rolesOf(person.userId)).toEqual([]);
  // A month later nothing says whose phone it was.
  world.clock.advance(38 * DAY_MS);
  await world.get(TeamInvitationService).forgetOver(100);
  expect(await ask(ASKED)).toEqual([]);
});

it('is nothing to whoever has another phone, and withdrawn with the owner who has sent it', async () => {
  const { invite, merchantId, userId } = await owned();
  const [person, other] = [await invited(), await invited()];
  const invitationId = await invite(person.phone);
  for (const name of ['Accept', 'Decline', 'Resend', 'Withdraw'])
    await expect(
      world
        .client('merchant')
        .as(world.personOf(other.userId, ownerOf(newId('mer'))).token)
        .ask(act(name), { invitationId }),
    ).rejects.toThrow(/NOT_FOUND/);
  expect(await other.ask(MINE)).toEqual([]);
  const second = await makeUser(world, { grants: [ownerOf(merchantId)] });
  await world
    .client('merchant')
    .as(world.personOf(second.userId, ownerOf(merchantId)).token)
    .ask(END, { merchantId, userId, role: 'MERCHANT_OWNER' });

  expect(await person.ask(act('Accept'), { invitationId })).toMatchObject({ invitationState: 'WITHDRAWN' });
});

it('nobody works for a merchant whom they review, and nobody who works for one becomes its reviewer', async () => {
  const { invite } = await owned();
  const official: Grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' };
  const reviewer = await invited([official]);
  const person = await invited();
  const [toReviewer, toPerson] = [await invite(reviewer.phone), await invite(person.phone)];

  expect(await reviewer.ask(act('Accept'), { invitationId: toReviewer })).toMatchObject({
    code: 'ROLE_CONFLICT',
  });
  // Both at once: one of the two.
  const [accepted, granted] = await Promise.all([
    person.ask(act('Accept'), { invitationId: toPerson }),
    world.get(MembershipService).grant(person.userId, official, null),
  ]);
  expect([accepted.code, granted?.code].filter((code) => code === 'ROLE_CONFLICT')).toHaveLength(1);
  expect(await rolesOf(person.userId)).toHaveLength(1);
  expect(await rolesOf(reviewer.userId)).toEqual(['OFFICIAL']);
});

it('whoever works for it may leave, and says so of nobody else', async () => {
  const { invite, merchantId, userId } = await owned();
  const clerk: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId };
  const person = await invited();
  await person.ask(act('Accept'), { invitationId: await invite(person.phone) });
  const clerkId = person.userId;
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

  await expect(ask(INVITE, { phone: freshPhone(), role: 'MERCHANT_OWNER' })).rejects.toThrow(/NOT_FOUND/);
});

it('is no business of clerks and strangers', async () => {
  const { merchantId } = await owned();
  const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
  const other = world.person(ownerOf(newId('mer')));
  const as = (token: string) => world.client('merchant').as(token);
  const wish = { merchantId, phone: freshPhone(), role: 'MERCHANT_OWNER' };

  for (const [query, variables] of [
    [TEAM, { merchantId }],
    [ASKED, { merchantId }],
    [INVITE, wish],
  ] as const) {
    await expect(as(clerk.token).ask(query, variables)).rejects.toThrow(/FORBIDDEN/);
    await expect(as(other.token).ask(query, variables)).rejects.toThrow(/NOT_FOUND/);
  }
});

it('takes no number that is none, and no fifty-first role; lists cost the same however long', async () => {
  const { ask, invite, merchantId, userId } = await owned();
  expect((await ask(INVITE, { phone: '12345', role: 'RESTOCKER' })).fields).toEqual([{ path: 'phone' }]);
  await invite(freshPhone());
  const lists = async () => [await ask(TEAM), await ask(ASKED)];
  const one = await countStatements(lists);
  await invite(freshPhone());
  for (let n = 3; n < 50; n += 1)
    await world
      .get(MembershipService)
      .grant(
        newId('usr') as IdOf<'usr'>,
        { role: 'RESTOCKER', scopeKind: 'MERCHANT', scopeId: merchantId },
        userId,
      );

  expect((await ask(INVITE, { phone: freshPhone(), role: 'RESTOCKER' })).fields).toEqual([{ path: 'phone' }]);
  expect(await countStatements(lists)).toBe(one);
});
