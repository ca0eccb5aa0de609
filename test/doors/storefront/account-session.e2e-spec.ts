import { MembershipService, type UserId } from '#libs/identity';
import { AccessTokens } from '#platform/auth';
import { Database } from '#platform/database';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '#platform/graphql';
import type { Client } from '../../harness/client.js';
import { fillPool } from '../../harness/pool.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { type Tokens, freshPhone, signIn } from '../../make/user.make.js';

const REFRESH = `mutation ($token: String) {
  sessionRefresh(refreshToken: $token) {
    __typename
    ... on SessionRefreshPayload { tokens { accessToken refreshToken } viewer { id grants { role scopeKind scopeId } } }
    ... on DomainError { code message }
  }
}`;
const SIGN_OUT =
  'mutation ($token: String) { signOut(refreshToken: $token) { ... on SignOutPayload { sessionId } } }';
const REVOKE =
  'mutation ($id: ID!) { sessionRevoke(sessionId: $id) { ... on SessionRevokePayload { sessionId } } }';
const SESSIONS = '{ viewer { id sessions { id isCurrent } } }';

interface Refreshed {
  readonly __typename: string;
  readonly tokens: Tokens;
  readonly viewer: { readonly id: UserId; readonly grants: object[] };
}
interface Viewer {
  readonly id: UserId;
  readonly sessions: { id: string; isCurrent: boolean }[];
}

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await fillPool(world.get(Database)); // So that those who come at once really do.
});
afterAll(() => world.close());

const refresh = (token: string | null) => nobody.ask<Refreshed>(REFRESH, { token });
const viewerOf = ({ accessToken }: Tokens) => nobody.as(accessToken).ask<Viewer>(SESSIONS);

describe('sessionRefresh', () => {
  it('spends the token and gives new ones for the same session', async () => {
    const tokens = await signIn(world, nobody);
    const before = await viewerOf(tokens);

    const renewed = await refresh(tokens.refreshToken);

    expect(renewed.__typename).toBe('SessionRefreshPayload');
    expect(renewed.tokens.refreshToken).not.toBe(tokens.refreshToken);
    expect(await viewerOf(renewed.tokens)).toEqual(before);
  });

  it('keeps only hashes of tokens', async () => {
    const { refreshToken } = await signIn(world, nobody);

    const found = await world.database.query(
      'SELECT id FROM session WHERE refresh_hash = ? OR refresh_hash = UNHEX(SHA2(?, 256))',
      [Buffer.from(refreshToken, 'base64url'), refreshToken],
    );

    expect(found).toHaveLength(1);
  });

  it('reads roles anew', async () => {
    const tokens = await signIn(world, nobody);
    const { id } = await viewerOf(tokens);
    const grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' } as const;

    await world.get(MembershipService).grant(id, grant, null);
    const granted = await refresh(tokens.refreshToken);
    await world.get(MembershipService).end(id, grant, null);
    const ended = await refresh(granted.tokens.refreshToken);

    expect(granted.viewer.grants).toEqual([grant]);
    expect(world.get(AccessTokens).verify(granted.tokens.accessToken)?.grants).toEqual([grant]);
    expect(ended.viewer.grants).toEqual([]);
  });

  it('gives a double tap the same successor, which works on', async () => {
    const { refreshToken } = await signIn(world, nobody);

    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));
    const successors = new Set(answers.map((answer) => answer.tokens.refreshToken));
    world.clock.advance(10_000);
    const repeated = await refresh(refreshToken);
    world.clock.advance(600_000);
    const [successor = ''] = successors;
    const next = await refresh(successor);

    expect(successors.size).toBe(1);
    expect(repeated.tokens.refreshToken).toBe(successor);
    expect(next.__typename).toBe('SessionRefreshPayload');
  });

  it('ends the session for both when a spent token comes back after the grace', async () => {
    const stolen = await signIn(world, nobody);
    const { id } = await viewerOf(stolen);
    const renewed = await refresh(stolen.refreshToken);
    world.clock.advance(10_001);

    const reuse = await refresh(stolen.refreshToken);
    const owner = await refresh(renewed.tokens.refreshToken);

    expect(reuse).toEqual({
      __typename: 'SessionExpiredError',
      code: 'SESSION_EXPIRED',
      message: 'The session has ended; sign in again.',
    });
    expect(owner.__typename).toBe('SessionExpiredError');
    const acts = await world.database.query<{ act: string }>(
      'SELECT act FROM audit_entry WHERE actor_id = ? ORDER BY id',
      [id],
    );
    expect(acts.map(({ act }) => act)).toEqual(['session.opened_by_code', 'session.token_reused']);
  });

  it('waits for whoever is ending the session, and sees that it has ended', async () => {
    const { refreshToken } = await signIn(world, nobody);
    const [session] = await world.database.query<{ id: string }>(
      'SELECT id FROM session WHERE refresh_hash = UNHEX(SHA2(?, 256))',
      [refreshToken],
    );

    const { renewal } = await world.database.transaction(async (tx) => {
      await tx.write('UPDATE session SET revoked_at = ? WHERE id = ?', [
        world.clock.now(),
        session?.id ?? '',
      ]);
      const waiting = refresh(refreshToken);
      await tx.query('SELECT SLEEP(0.1)'); // Time for the renewal to find the row and stand before its lock.
      return { renewal: waiting };
    });

    expect(await renewal).toMatchObject({ __typename: 'SessionExpiredError' });
  });

  it('refuses a token of two rotations ago without ending the session', async () => {
    const first = await signIn(world, nobody);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.tokens.refreshToken);

    expect((await refresh(first.refreshToken)).__typename).toBe('SessionExpiredError');
    expect((await refresh(third.tokens.refreshToken)).__typename).toBe('SessionRefreshPayload');
  });

  it.each([
    [30 * 86_400_000 - 1, 'SessionRefreshPayload'],
    [30 * 86_400_000, 'SessionExpiredError'],
  ])('answers %s ms after the last renewal with %s', async (delay, expected) => {
    const { refreshToken } = await signIn(world, nobody);
    world.clock.advance(delay);

    expect((await refresh(refreshToken)).__typename).toBe(expected);
  });

  it.each([[null], [''], ['x'.repeat(43)], ['x'.repeat(100_000)]])(
    'refuses what is no token of ours',
    async (token) => {
      expect((await refresh(token)).__typename).toBe('SessionExpiredError');
    },
  );
});

describe('signOut', () => {
  it('ends the session at once for renewal', async () => {
    const tokens = await signIn(world, nobody);
    const { sessions } = await viewerOf(tokens);

    const answer = await nobody.as(tokens.accessToken).ask(SIGN_OUT);
    const again = await nobody.as(tokens.accessToken).ask(SIGN_OUT);

    expect(answer).toEqual({ sessionId: sessions[0]?.id });
    expect(again).toEqual({ sessionId: null });
    expect((await refresh(tokens.refreshToken)).__typename).toBe('SessionExpiredError');
  });

  it('needs no more than the refresh token', async () => {
    const { refreshToken } = await signIn(world, nobody);

    expect(await nobody.ask(SIGN_OUT, { token: refreshToken })).toEqual({
      sessionId: expect.stringMatching(/^ses_/),
    });
    expect((await refresh(refreshToken)).__typename).toBe('SessionExpiredError');
  });

  it('is nothing for nobody', async () => {
    expect(await nobody.ask(SIGN_OUT)).toEqual({ sessionId: null });
  });
});

describe('sessionRevoke and viewer.sessions', () => {
  it('lists what can still be renewed, the latest first, in two statements', async () => {
    const phone = (await signIn(world, nobody)).phone;
    const second = await signIn(world, nobody, phone);
    const third = await signIn(world, nobody, phone);
    await nobody.ask(SIGN_OUT, { token: second.refreshToken });
    let viewer: Viewer | null = null;

    const statements = await countStatements(async () => {
      viewer = await viewerOf(third);
    });

    expect(viewer).toMatchObject({ sessions: [{ isCurrent: true }, { isCurrent: false }] });
    expect(statements).toBe(2);
  });

  it('ends one of one’s own sessions, once', async () => {
    const phone = (await signIn(world, nobody)).phone;
    const lost = await signIn(world, nobody, phone);
    const mine = await signIn(world, nobody, phone);
    const id = (await viewerOf(lost)).sessions.find((session) => session.isCurrent)?.id;

    expect(await nobody.as(mine.accessToken).ask(REVOKE, { id })).toEqual({ sessionId: id });
    expect(await nobody.as(mine.accessToken).codeOf(REVOKE, { id })).toBe('NOT_FOUND');
    expect((await refresh(lost.refreshToken)).__typename).toBe('SessionExpiredError');
    expect((await refresh(mine.refreshToken)).__typename).toBe('SessionRefreshPayload');
  });

  it('does not find a stranger’s session, and nobody may ask', async () => {
    const owner = await signIn(world, nobody);
    const stranger = await signIn(world, nobody);
    const id = (await viewerOf(owner)).sessions[0]?.id;

    expect(await nobody.as(stranger.accessToken).codeOf(REVOKE, { id })).toBe('NOT_FOUND');
    expect(await nobody.codeOf(REVOKE, { id })).toBe('UNAUTHENTICATED');
    expect((await refresh(owner.refreshToken)).__typename).toBe('SessionRefreshPayload');
  });
});

describe('cookies', () => {
  const post = (query: string, cookie: string, variables: object = {}) =>
    nobody.http.post('/graphql').set('cookie', cookie).send({ query, variables });

  /** name=value of every cookie that an answer sets, and the attributes. */
  const cookiesOf = (headers: Record<string, unknown>) => {
    const lines = headers['set-cookie'];
    return (Array.isArray(lines) ? lines : []).map((line: string) => line.split('; '));
  };
  const pair = (headers: Record<string, unknown>) =>
    cookiesOf(headers)
      .map(([value]) => value)
      .join('; ');

  it('are set httpOnly, Lax and without a domain; the refresh token only travels to the door', async () => {
    const { refreshToken } = await signIn(world, nobody);

    const { headers } = await nobody.send(REFRESH, { token: refreshToken });

    const [access = [], renewal = []] = cookiesOf(headers);
    expect(access[0]).toMatch(new RegExp(`^${ACCESS_COOKIE}=ey`));
    expect(access.slice(1).toSorted()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax']);
    expect(renewal[0]).toMatch(new RegExp(`^${REFRESH_COOKIE}=[\\w-]{43}$`));
    expect(renewal.slice(1).toSorted()).toEqual([
      expect.stringMatching(/^Expires=/),
      'HttpOnly',
      'Path=/graphql',
      'SameSite=Lax',
    ]);
  });

  it('sign in, renew and sign out a browser', async () => {
    const { refreshToken } = await signIn(world, nobody);
    const first = pair((await nobody.send(REFRESH, { token: refreshToken })).headers);

    const viewer = await post('{ viewer { id } }', first);
    const renewed = await post(REFRESH, first);
    const second = pair(renewed.headers);
    const out = await post(SIGN_OUT, second);
    const after = await post(REFRESH, second);

    expect(viewer.body.data.viewer.id).toMatch(/^usr_/);
    expect(renewed.body.data.sessionRefresh.__typename).toBe('SessionRefreshPayload');
    expect(out.body.data.signOut.sessionId).toMatch(/^ses_/);
    expect(pair(out.headers)).toBe(`${ACCESS_COOKIE}=; ${REFRESH_COOKIE}=`);
    expect(after.body.data.sessionRefresh.__typename).toBe('SessionExpiredError');
    expect(pair(after.headers)).toBe(`${ACCESS_COOKIE}=; ${REFRESH_COOKIE}=`);
  });

  it.each([
    ['application/x-www-form-urlencoded', `query=${encodeURIComponent(SIGN_OUT)}`],
    ['text/plain', JSON.stringify({ query: SIGN_OUT })],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${SIGN_OUT}\r\n--x--`,
    ],
  ])('do not act for a form that another site posts as %s', async (type, body) => {
    const { refreshToken } = await signIn(world, nobody);
    const cookie = pair((await nobody.send(REFRESH, { token: refreshToken })).headers);

    const answer = await nobody.http
      .post('/graphql')
      .set('cookie', cookie)
      .set('content-type', type)
      .send(body);

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await post(REFRESH, cookie)).body.data.sessionRefresh.__typename).toBe('SessionRefreshPayload');
  });

  it('do not act for a body without a type', async () => {
    const { refreshToken } = await signIn(world, nobody);
    const cookie = pair((await nobody.send(REFRESH, { token: refreshToken })).headers);

    const payload = JSON.stringify({ query: SIGN_OUT });
    const answer = await world
      .app('storefront')
      .inject({ method: 'POST', url: '/graphql', headers: { cookie }, payload });

    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect((await post(REFRESH, cookie)).body.data.sessionRefresh.__typename).toBe('SessionRefreshPayload');
  });

  it('do not act for a link', async () => {
    const { refreshToken } = await signIn(world, nobody);
    const cookie = pair((await nobody.send(REFRESH, { token: refreshToken })).headers);

    await nobody.http.get('/graphql').query({ query: SIGN_OUT }).set('cookie', cookie);

    expect((await post(REFRESH, cookie)).body.data.sessionRefresh.__typename).toBe('SessionRefreshPayload');
  });
});

describe('preferencesSet and phoneChange', () => {
  const PREFER = `mutation ($input: PreferencesInput!) { preferencesSet(input: $input) {
    ... on PreferencesSetPayload { viewer { locale isElderMode } } } }`;
  const CHANGE = `mutation ($input: PhoneChangeInput!) { phoneChange(input: $input) {
    __typename ... on PhoneChangePayload { viewer { id phone } }
    ... on InvalidInputError { fields { path } } ... on DomainError { code message } } }`;
  const CODE = `mutation ($phone: String!) { signInCodeRequest(phone: $phone) {
    ... on SignInCodeRequestPayload { developmentCode } ... on DomainError { message } } }`;
  const codeOf = async (phone: string) => {
    world.clock.advance(61_000);
    return (await nobody.ask<{ developmentCode: string }>(CODE, { phone })).developmentCode;
  };
  const otherThan = (code: string) => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

  it('are kept, and messages follow where the request says nothing', async () => {
    const tokens = await signIn(world, nobody);
    const client = nobody.as(tokens.accessToken);
    expect(await client.ask('{ viewer { locale isElderMode } }')).toEqual({
      locale: null,
      isElderMode: false,
    });

    const input = { locale: 'EN', isElderMode: true };
    expect(await client.ask(PREFER, { input })).toEqual({ viewer: input });

    const { tokens: renewed } = await refresh(tokens.refreshToken);
    const say = async (language: string | null) => {
      const request = nobody.http.post('/graphql').set('authorization', `Bearer ${renewed.accessToken}`);
      if (language !== null) void request.set('accept-language', language);
      const query = 'mutation { passwordSet(newPassword: "short") { ... on DomainError { message } } }';
      return (await request.send({ query })).body.data.passwordSet.message;
    };
    expect(await say(null)).toBe('A password has 8 to 128 characters.');
    expect(await say('zh-CN')).toBe('密码长度须为 8 到 128 个字符');
  });

  it('moves the account to another phone, by the codes of both, and ends the other sessions', async () => {
    const first = await signIn(world, nobody);
    const other = await signIn(world, nobody, first.phone);
    const client = nobody.as(other.accessToken);
    const { id } = await viewerOf(other);
    const newPhone = freshPhone();
    const [code, newCode] = [await codeOf(first.phone), await codeOf(newPhone)];

    expect(
      await client.ask(CHANGE, { input: { code, newPhone, newCode: otherThan(newCode) } }),
    ).toMatchObject({
      code: 'SIGN_IN_CODE_WRONG',
    });
    expect(
      await client.ask(CHANGE, { input: { code: otherThan(code), newPhone: 'x', newCode } }),
    ).toMatchObject({
      fields: [{ path: 'newPhone' }],
    });
    expect(await client.ask(CHANGE, { input: { code, newPhone, newCode } })).toMatchObject({
      viewer: { id, phone: `${newPhone.slice(0, 3)}****${newPhone.slice(-4)}` },
    });

    expect((await refresh(first.refreshToken)).__typename).toBe('SessionExpiredError');
    expect((await refresh(other.refreshToken)).__typename).toBe('SessionRefreshPayload');
    expect((await viewerOf(await signIn(world, nobody, newPhone))).id).toBe(id);
    expect((await viewerOf(await signIn(world, nobody, first.phone))).id).not.toBe(id);
  });

  it('does not take codes that are over, and the phone stays', async () => {
    const mine = await signIn(world, nobody);
    const newPhone = freshPhone();
    const input = { code: await codeOf(mine.phone), newPhone, newCode: await codeOf(newPhone) };
    const before = await viewerOf(mine);
    world.clock.advance(300_000);

    expect(await nobody.as(mine.accessToken).ask(CHANGE, { input })).toMatchObject({
      code: 'SIGN_IN_CODE_EXPIRED',
    });
    expect((await viewerOf(await signIn(world, nobody, mine.phone))).id).toBe(before.id);
  });

  it('does not take a phone that somebody has, and spends no code on it', async () => {
    const [mine, taken] = [await signIn(world, nobody), await signIn(world, nobody)];
    const client = nobody.as(mine.accessToken);
    const input = {
      code: await codeOf(mine.phone),
      newPhone: taken.phone,
      newCode: await codeOf(taken.phone),
    };

    for (const _ of ['once', 'again'])
      expect(await client.ask(CHANGE, { input })).toMatchObject({ code: 'PHONE_TAKEN' });
    expect((await viewerOf(taken)).id).not.toBe((await viewerOf(mine)).id);
  });
});
