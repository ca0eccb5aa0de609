import { refused } from '#libs/kernel';
import { MembershipService, PasswordService, type UserId, UserService } from '#libs/identity';
import type { Grant } from '#platform/auth';
import type { Client } from '../harness/client.js';
import type { World } from '../harness/world.js';

let phones = 0;

/** A mobile number nobody in this spec file has yet. */
export function freshPhone(): string {
  phones += 1;
  return `139${String(phones).padStart(8, '0')}`;
}

export interface MadeUser {
  readonly userId: UserId;
  readonly phone: string;
}

/** Somebody who is known, with roles; not signed in. */
export async function makeUser(
  world: Pick<World, 'get'>,
  { phone = freshPhone(), displayName = '李秀英', grants = [] as readonly Grant[] } = {},
): Promise<MadeUser> {
  const user = await world.get(UserService).register({ phone, displayName });
  if (refused(user)) throw new Error(user.message.en);
  for (const grant of grants) {
    const refusal = await world.get(MembershipService).grant(user.id, grant, null);
    if (refusal) throw new Error(refusal.message.en);
  }
  return { userId: user.id, phone };
}

/** Somebody who also has a password. */
export async function makeUserWithPassword(
  world: Pick<World, 'get'>,
  { password = 'yellow peaches', ...input }: Parameters<typeof makeUser>[1] & { password?: string } = {},
): Promise<MadeUser & { readonly password: string }> {
  const user = await makeUser(world, input);
  const actor = { userId: user.userId, sessionId: 'ses_none', grants: [] } as const;
  const change = { newPassword: password, currentPassword: null };
  const refusal = await world.get(PasswordService).set(actor, change, '127.0.0.1');
  if (refusal) throw new Error(refusal.message.en);
  return { ...user, password };
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Signs in by one-time code through the door, as a person does. Moves the clock past the minute between two codes. */
export async function signIn(
  world: World,
  client: Client,
  phone = freshPhone(),
): Promise<Tokens & { phone: string }> {
  world.clock.advance(61_000);
  const { developmentCode } = await client.ask<{ developmentCode: string }>(
    `mutation ($phone: String!) {
      signInCodeRequest(phone: $phone) { ... on SignInCodeRequestPayload { developmentCode } ... on DomainError { message } }
    }`,
    { phone },
  );
  const { tokens } = await client.ask<{ tokens: Tokens }>(
    `mutation ($phone: String!, $code: String!) {
      signInWithCode(phone: $phone, code: $code) {
        ... on SignInWithCodePayload { tokens { accessToken refreshToken } } ... on DomainError { message }
      }
    }`,
    { phone, code: developmentCode },
  );
  return { ...tokens, phone };
}
