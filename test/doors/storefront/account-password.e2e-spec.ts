import { jest } from '@jest/globals';
import { Database } from '#platform/database';
import { PasswordHashService } from '../../../libs/identity/src/password-hash.service.js';
import type { Client } from '../../harness/client.js';
import { fillPool } from '../../harness/pool.js';
import { World } from '../../harness/world.js';
import { type Tokens, freshPhone, makeUser, makeUserWithPassword, signIn } from '../../make/user.make.js';

const SIGN_IN = `mutation ($phone: String!, $password: String!) {
  signInWithPassword(phone: $phone, password: $password) {
    __typename
    ... on SignInWithPasswordPayload { tokens { accessToken refreshToken } viewer { id hasPassword } }
    ... on SignInThrottledError { retryAfterSeconds }
    ... on DomainError { code message }
  }
}`;
const SET = `mutation ($new: String!, $current: String) {
  passwordSet(newPassword: $new, currentPassword: $current) {
    __typename
    ... on PasswordSetPayload { viewer { hasPassword } }
    ... on InvalidInputError { fields { path } }
    ... on DomainError { code message }
  }
}`;
const REFRESH = 'mutation ($token: String) { sessionRefresh(refreshToken: $token) { __typename } }';

const MINUTE_MS = 60_000;

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await fillPool(world.get(Database)); // So that those who come at once really do.
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(60 * MINUTE_MS)); // Failures are counted per address, too.

const tryPassword = (phone: string, password: string) =>
  nobody.ask<{ __typename: string; tokens: Tokens; retryAfterSeconds: number }>(SIGN_IN, { phone, password });
const set = (tokens: Tokens, variables: { new: string; current?: string }) =>
  nobody.as(tokens.accessToken).ask<{ __typename: string }>(SET, variables);

describe('signInWithPassword', () => {
  it('signs in who knows it', async () => {
    const { userId, phone, password } = await makeUserWithPassword(world);

    const answer = await tryPassword(phone, password);

    expect(answer).toMatchObject({
      __typename: 'SignInWithPasswordPayload',
      viewer: { id: userId, hasPassword: true },
    });
    const acts = await world.database.query('SELECT act FROM audit_entry WHERE actor_id = ? AND act LIKE ?', [
      userId,
      'session.%',
    ]);
    expect(acts).toEqual([{ act: 'session.opened_by_password' }]);
  });

  it('gives one answer for a wrong password, no password and an unknown phone, and leaves a trace', async () => {
    const known = await makeUserWithPassword(world);
    const without = await makeUser(world);
    const refusal = {
      __typename: 'CredentialsWrongError',
      code: 'CREDENTIALS_WRONG',
      message: 'The phone number or the password is wrong.',
    };

    expect(await tryPassword(known.phone, 'wrong peaches')).toEqual(refusal);
    expect(await tryPassword(without.phone, 'yellow peaches')).toEqual(refusal);
    expect(await tryPassword(freshPhone(), 'yellow peaches')).toEqual(refusal);
    expect(await tryPassword(known.phone, '')).toEqual(refusal);
    expect(await tryPassword(known.phone, 'yellow peaches'.repeat(1_000))).toEqual(refusal);
    const traces = await world.database.query('SELECT act FROM audit_entry WHERE subject = ? AND act = ?', [
      `phone:${without.phone}`,
      'password.refused',
    ]);
    expect(traces).toHaveLength(1);
  });

  it('hashes for an unknown phone as for a known one, so that time does not tell', async () => {
    const known = await makeUserWithPassword(world);
    const isRight = jest.spyOn(world.get(PasswordHashService), 'isRight');

    await tryPassword(known.phone, 'wrong peaches');
    await tryPassword(freshPhone(), 'wrong peaches');

    expect(isRight.mock.calls).toEqual([
      [expect.stringMatching(/^\$argon2id\$/), 'wrong peaches'],
      [null, 'wrong peaches'],
    ]);
    isRight.mockRestore();
  });

  it.each([
    ['a person', async () => (await makeUserWithPassword(world)).phone],
    ['an unknown phone', async () => freshPhone()],
  ])('throttles %s after five failures in 15 minutes, right or wrong', async (_, phoneOf) => {
    const phone = await phoneOf();
    for (let failure = 0; failure < 5; failure += 1) {
      await tryPassword(phone, 'wrong peaches');
      world.clock.advance(MINUTE_MS);
    }

    const sixth = await tryPassword(phone, 'yellow peaches');

    expect(sixth).toEqual({
      __typename: 'SignInThrottledError',
      code: 'SIGN_IN_THROTTLED',
      message: 'Too many attempts; try again in 600 seconds.',
      retryAfterSeconds: 600,
    });
  });

  it('lets the person in again when the time is over, and by code at once', async () => {
    const { phone, password } = await makeUserWithPassword(world);
    for (let failure = 0; failure < 5; failure += 1) await tryPassword(phone, 'wrong peaches');

    const byCode = await signIn(world, nobody, phone);
    world.clock.advance(15 * MINUTE_MS);
    const later = await tryPassword(phone, password);

    expect(byCode.accessToken).toEqual(expect.any(String));
    expect(later.__typename).toBe('SignInWithPasswordPayload');
  });

  it('does not count who signs in rightly', async () => {
    const { phone, password } = await makeUserWithPassword(world);

    const names = new Set<string>();
    for (let time = 0; time < 8; time += 1) names.add((await tryPassword(phone, password)).__typename);

    expect([...names]).toEqual(['SignInWithPasswordPayload']);
  });

  it('judges five of twenty guesses made at once', async () => {
    const { phone } = await makeUserWithPassword(world);

    const answers = await Promise.all(Array.from({ length: 20 }, () => tryPassword(phone, 'wrong peaches')));

    const judged = answers.filter(({ __typename }) => __typename === 'CredentialsWrongError');
    expect(judged).toHaveLength(5);
  });

  it('throttles an address after fifty failures over many phones', async () => {
    for (let failure = 0; failure < 50; failure += 1) await tryPassword(freshPhone(), 'wrong peaches');

    expect((await tryPassword(freshPhone(), 'wrong peaches')).__typename).toBe('SignInThrottledError');
  });

  it('refuses what is no phone', async () => {
    expect(await tryPassword('nobody', 'x')).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('passwordSet', () => {
  it('sets the first one without asking for another, hashed with argon2id', async () => {
    const tokens = await signIn(world, nobody);
    world.clock.advance(60 * MINUTE_MS);

    const answer = await set(tokens, { new: 'yellow peaches' });

    expect(answer).toEqual({ __typename: 'PasswordSetPayload', viewer: { hasPassword: true } });
    const [user] = await world.database.query<{ hash: string }>(
      'SELECT password_hash AS hash FROM user_account WHERE phone = ?',
      [tokens.phone],
    );
    expect(user?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await tryPassword(tokens.phone, 'yellow peaches')).__typename).toBe('SignInWithPasswordPayload');
  });

  it('asks for the current one, and changes nothing without it', async () => {
    const { phone, password } = await makeUserWithPassword(world);
    const { tokens } = await tryPassword(phone, password);

    expect(await set(tokens, { new: 'green peaches' })).toMatchObject({ code: 'CREDENTIALS_WRONG' });
    expect(await set(tokens, { new: 'green peaches', current: 'wrong peaches' })).toMatchObject({
      code: 'CREDENTIALS_WRONG',
    });
    expect((await tryPassword(phone, password)).__typename).toBe('SignInWithPasswordPayload');
  });

  it('limits guesses at the current one like those at the door', async () => {
    const { phone, password } = await makeUserWithPassword(world);
    const { tokens } = await tryPassword(phone, password);
    for (let guess = 0; guess < 5; guess += 1)
      await set(tokens, { new: 'green peaches', current: `guess ${guess}` });

    expect(await set(tokens, { new: 'green peaches', current: password })).toMatchObject({
      code: 'SIGN_IN_THROTTLED',
    });
  });

  it('replaces it and ends the other sessions, not this one', async () => {
    const { phone, password } = await makeUserWithPassword(world);
    const other = (await tryPassword(phone, password)).tokens;
    const mine = (await tryPassword(phone, password)).tokens;

    const answer = await set(mine, { new: 'green peaches', current: password });

    expect(answer.__typename).toBe('PasswordSetPayload');
    expect((await tryPassword(phone, password)).__typename).toBe('CredentialsWrongError');
    expect((await tryPassword(phone, 'green peaches')).__typename).toBe('SignInWithPasswordPayload');
    expect(await nobody.ask(REFRESH, { token: other.refreshToken })).toEqual({
      __typename: 'SessionExpiredError',
    });
    expect(await nobody.ask(REFRESH, { token: mine.refreshToken })).toEqual({
      __typename: 'SessionRefreshPayload',
    });
  });

  it('lets one of two changes made at once through', async () => {
    const { phone, password } = await makeUserWithPassword(world);
    const { tokens } = await tryPassword(phone, password);

    const answers = await Promise.all(
      ['green peaches', 'white peaches'].map((next) => set(tokens, { new: next, current: password })),
    );

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'CredentialsWrongError',
      'PasswordSetPayload',
    ]);
  });

  it('waits for whoever is changing it, and does not overwrite what it has not checked', async () => {
    const { userId, phone } = await makeUserWithPassword(world);
    const tokens = await signIn(world, nobody, phone);

    const { answer } = await world.database.transaction(async (tx) => {
      await tx.write('UPDATE user_account SET password_hash = ? WHERE id = ?', ['changed meanwhile', userId]);
      const change = set(tokens, { new: 'green peaches' });
      await tx.query('SELECT SLEEP(0.3)'); // Time for the change to be hashed and to stand before the lock.
      return { answer: change };
    });

    expect(await answer).toMatchObject({ code: 'CREDENTIALS_WRONG' });
    const kept = await world.database.query('SELECT password_hash AS hash FROM user_account WHERE id = ?', [
      userId,
    ]);
    expect(kept).toEqual([{ hash: 'changed meanwhile' }]);
  });

  it.each([
    [10 * MINUTE_MS - 1, 'PasswordSetPayload'],
    [10 * MINUTE_MS, 'CredentialsWrongError'],
  ])('asks who forgot it for nothing %s ms after a one-time code: %s', async (delay, expected) => {
    const { phone } = await makeUserWithPassword(world);
    const tokens = await signIn(world, nobody, phone);
    world.clock.advance(delay);

    expect((await set(tokens, { new: 'green peaches' })).__typename).toBe(expected);
  });

  it('refuses a weak one and names the field', async () => {
    const tokens = await signIn(world, nobody);

    expect(await set(tokens, { new: '12345678' })).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message: 'The password is too easy to guess; choose another.',
      fields: [{ path: 'newPassword' }],
    });
  });

  it('is nothing for nobody', async () => {
    expect(await nobody.codeOf(SET, { new: 'yellow peaches' })).toBe('UNAUTHENTICATED');
    expect(await nobody.as(world.person().token).codeOf(SET, { new: 'yellow peaches' })).toBe('NOT_FOUND');
  });
});
