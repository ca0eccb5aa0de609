import { SmsGateway, UserReader } from '#libs/identity';
import { Database } from '#platform/database';
import type { Client } from '../../harness/client.js';
import { fillPool } from '../../harness/pool.js';
import { World } from '../../harness/world.js';
import { freshPhone, makeUser, signIn } from '../../make/user.make.js';

const REQUEST = `mutation ($phone: String!) {
  signInCodeRequest(phone: $phone) {
    __typename
    ... on SignInCodeRequestPayload { expiresAt developmentCode }
    ... on InvalidInputError { fields { path message } }
    ... on SignInThrottledError { retryAfterSeconds }
    ... on DomainError { code message }
  }
}`;
const SIGN_IN = `mutation ($phone: String!, $code: String!) {
  signInWithCode(phone: $phone, code: $code) {
    __typename
    ... on SignInWithCodePayload {
      tokens { accessToken accessExpiresInSeconds refreshToken refreshExpiresAt }
      viewer { id phone displayName hasPassword grants { role scopeKind scopeId } sessions { isCurrent userAgent } }
    }
    ... on InvalidInputError { fields { path } }
    ... on SignInCodeWrongError { attemptsLeft }
    ... on DomainError { code message }
  }
}`;

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await fillPool(world.get(Database)); // So that those who come at once really do.
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(3_600_000)); // Codes are counted per address and hour.

async function requestCode(phone: string): Promise<string> {
  const { developmentCode } = await nobody.ask<{ developmentCode: string }>(REQUEST, { phone });
  return developmentCode;
}

/** A code that is not this one. */
const otherThan = (code: string) => code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));

async function rows<Row>(sql: string, ...values: string[]): Promise<Row[]> {
  return world.database.query<Row>(sql, values);
}

describe('signInCodeRequest', () => {
  it('sends six digits that live five minutes, and keeps only their hash', async () => {
    const phone = freshPhone();
    const sent: string[] = [];
    const gateway = world.get(SmsGateway);
    const original = gateway.sendSignInCode.bind(gateway);
    gateway.sendSignInCode = async (to, code) => {
      sent.push(`${to}:${code}`);
    };

    const answer = await nobody.ask(REQUEST, { phone: `+86 ${phone}` });

    gateway.sendSignInCode = original;
    expect(answer).toEqual({
      __typename: 'SignInCodeRequestPayload',
      expiresAt: new Date(world.clock.now().getTime() + 300_000).toISOString(),
      developmentCode: expect.stringMatching(/^\d{6}$/),
    });
    expect(sent).toEqual([`${phone}:${String(answer['developmentCode'])}`]);
    const [row] = await rows<{ codeHash: Buffer }>(
      'SELECT code_hash AS codeHash FROM sign_in_code WHERE phone = ?',
      phone,
    );
    expect(row?.codeHash).toHaveLength(32);
    expect(row?.codeHash.toString()).not.toContain(answer['developmentCode']);
  });

  it('answers known and unknown phones alike', async () => {
    const known = await makeUser(world);

    const answers = [
      await nobody.ask(REQUEST, { phone: known.phone }),
      await nobody.ask(REQUEST, { phone: freshPhone() }),
    ];

    expect(answers.map((answer) => answer['__typename'])).toEqual([
      'SignInCodeRequestPayload',
      'SignInCodeRequestPayload',
    ]);
  });

  it('refuses what is no mobile number, in both languages, and writes nothing', async () => {
    const english = await nobody.ask(REQUEST, { phone: '0733-28683500' });
    const chinese = await nobody.speaking('zh-CN').ask(REQUEST, { phone: '0733-28683500' });

    expect(english).toEqual({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      message: 'Give a mainland mobile number of 11 digits.',
      fields: [{ path: 'phone', message: 'Give a mainland mobile number of 11 digits.' }],
    });
    expect(chinese).toMatchObject({ message: '请输入 11 位手机号码' });
    expect(await rows('SELECT id FROM sign_in_code WHERE phone LIKE ?', '0733%')).toEqual([]);
  });

  it('gives a phone one code a minute', async () => {
    const phone = freshPhone();
    await requestCode(phone);
    world.clock.advance(59_000);

    const early = await nobody.ask(REQUEST, { phone });
    world.clock.advance(1_000);
    const late = await nobody.ask(REQUEST, { phone });

    expect(early).toEqual({
      __typename: 'SignInThrottledError',
      code: 'SIGN_IN_THROTTLED',
      message: 'Too many attempts; try again in 1 seconds.',
      retryAfterSeconds: 1,
    });
    expect(late).toMatchObject({ __typename: 'SignInCodeRequestPayload' });
  });

  it('gives a phone ten codes a day', async () => {
    const phone = freshPhone();
    for (let sent = 0; sent < 10; sent += 1) {
      await requestCode(phone);
      world.clock.advance(60_000);
    }

    const eleventh = await nobody.ask(REQUEST, { phone });
    world.clock.advance(86_400_000 - 600_000);
    const tomorrow = await nobody.ask(REQUEST, { phone });

    expect(eleventh).toMatchObject({ __typename: 'SignInThrottledError', retryAfterSeconds: 86_400 - 600 });
    expect(tomorrow).toMatchObject({ __typename: 'SignInCodeRequestPayload' });
  });

  it('sends one code to ten who ask at once', async () => {
    const phone = freshPhone();

    const answers = await Promise.all(Array.from({ length: 10 }, () => nobody.ask(REQUEST, { phone })));

    const names = answers.map((answer) => String(answer['__typename'])).toSorted();
    expect(names).toEqual(['SignInCodeRequestPayload', ...Array<string>(9).fill('SignInThrottledError')]);
    expect(await rows('SELECT id FROM sign_in_code WHERE phone = ?', phone)).toHaveLength(1);
  });

  it('gives one address a hundred codes an hour, whatever the phones', async () => {
    for (let sent = 0; sent < 100; sent += 1) await requestCode(freshPhone());

    const next = await nobody.ask(REQUEST, { phone: freshPhone() });
    world.clock.advance(3_600_000);
    const later = await nobody.ask(REQUEST, { phone: freshPhone() });

    expect(next).toMatchObject({ __typename: 'SignInThrottledError', retryAfterSeconds: 3_600 });
    expect(later).toMatchObject({ __typename: 'SignInCodeRequestPayload' });
  });
});

describe('signInWithCode', () => {
  it('makes a stranger known as a buyer, signed in', async () => {
    const phone = freshPhone();
    const code = await requestCode(phone);

    const answer = await nobody.ask<{
      tokens: { accessToken: string };
      viewer: { id: string; displayName: string };
    }>(SIGN_IN, {
      phone,
      code: ` ${code} `,
    });

    expect(answer).toEqual({
      __typename: 'SignInWithCodePayload',
      tokens: {
        accessToken: expect.any(String),
        accessExpiresInSeconds: 600,
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
        refreshExpiresAt: new Date(world.clock.now().getTime() + 30 * 86_400_000).toISOString(),
      },
      viewer: {
        id: expect.stringMatching(/^usr_/),
        phone: `139****${phone.slice(-4)}`,
        displayName: expect.stringMatching(/^桃友\w{6}$/),
        hasPassword: false,
        grants: [],
        sessions: [{ isCurrent: true, userAgent: null }],
      },
    });
    expect(await nobody.as(answer.tokens.accessToken).ask('{ viewer { id } }')).toEqual({
      id: answer.viewer.id,
    });
  });

  it('finds the same person again, with their name and roles', async () => {
    const grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' } as const;
    const { userId, phone } = await makeUser(world, { displayName: '周县长', grants: [grant] });
    const code = await requestCode(phone);

    const answer = await nobody.ask(SIGN_IN, { phone, code });

    expect(answer).toMatchObject({ viewer: { id: userId, displayName: '周县长', grants: [grant] } });
  });

  it('refuses a wrong code, counting down, and a void one even when it is right', async () => {
    const phone = freshPhone();
    const code = await requestCode(phone);

    const left: unknown[] = [];
    for (let guess = 0; guess < 5; guess += 1) {
      left.push((await nobody.ask(SIGN_IN, { phone, code: otherThan(code) }))['attemptsLeft']);
    }
    const right = await nobody.ask(SIGN_IN, { phone, code });

    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect(right).toMatchObject({ __typename: 'SignInCodeExpiredError', code: 'SIGN_IN_CODE_EXPIRED' });
    expect(await rows('SELECT id FROM user_account WHERE phone = ?', phone)).toEqual([]);
  });

  it('counts guesses made at once', async () => {
    const phone = freshPhone();
    const code = await requestCode(phone);

    const answers = await Promise.all(
      Array.from({ length: 12 }, () => nobody.ask(SIGN_IN, { phone, code: otherThan(code) })),
    );

    const counted = answers.filter((answer) => answer['__typename'] === 'SignInCodeWrongError');
    expect(counted.map((answer) => String(answer['attemptsLeft'])).toSorted()).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(await nobody.ask(SIGN_IN, { phone, code })).toMatchObject({ code: 'SIGN_IN_CODE_EXPIRED' });
  });

  it('accepts a code once, also when it is presented twice at once', async () => {
    const phone = freshPhone();
    const code = await requestCode(phone);

    const answers = await Promise.all([1, 2, 3].map(() => nobody.ask(SIGN_IN, { phone, code })));
    const replay = await nobody.ask(SIGN_IN, { phone, code });

    const names = answers.map((answer) => String(answer['__typename'])).toSorted();
    expect(names).toEqual(['SignInCodeExpiredError', 'SignInCodeExpiredError', 'SignInWithCodePayload']);
    expect(replay).toMatchObject({ __typename: 'SignInCodeExpiredError' });
    expect(await rows('SELECT id FROM user_account WHERE phone = ?', phone)).toHaveLength(1);
  });

  it.each([
    [299_999, 'SignInWithCodePayload'],
    [300_000, 'SignInCodeExpiredError'],
  ])('answers after %s ms with %s', async (delay, expected) => {
    const phone = freshPhone();
    const code = await requestCode(phone);
    world.clock.advance(delay);

    expect(await nobody.ask(SIGN_IN, { phone, code })).toMatchObject({ __typename: expected });
  });

  it('takes only the latest code', async () => {
    const phone = freshPhone();
    const first = await requestCode(phone);
    world.clock.advance(60_000);
    const second = await requestCode(phone);

    const old = await nobody.ask(SIGN_IN, { phone, code: first });
    const latest = await nobody.ask(SIGN_IN, { phone, code: second });

    if (first !== second) expect(old).toMatchObject({ __typename: 'SignInCodeWrongError', attemptsLeft: 4 });
    expect(latest).toMatchObject({ __typename: 'SignInWithCodePayload' });
  });

  it('does not take the code of another phone, or one that was never sent', async () => {
    const [mine, theirs] = [freshPhone(), freshPhone()];
    const code = await requestCode(mine);

    expect(await nobody.ask(SIGN_IN, { phone: theirs, code })).toMatchObject({
      code: 'SIGN_IN_CODE_EXPIRED',
    });
    expect(await nobody.ask(SIGN_IN, { phone: 'x', code })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('leaves a trace of what was refused and what was opened, without the code', async () => {
    const phone = freshPhone();
    const code = await requestCode(phone);
    await nobody.ask(SIGN_IN, { phone, code: otherThan(code) });
    const { viewer } = await nobody.ask<{ viewer: { id: string } }>(SIGN_IN, { phone, code });

    const refusals = await rows<{ act: string; detail: string }>(
      'SELECT act, CAST(detail AS CHAR) AS detail FROM audit_entry WHERE subject = ?',
      `phone:${phone}`,
    );
    const opened = await rows<{ act: string }>('SELECT act FROM audit_entry WHERE actor_id = ?', viewer.id);

    expect(refusals).toEqual([
      { act: 'code.refused', detail: expect.stringContaining('SIGN_IN_CODE_WRONG') },
    ]);
    expect(refusals[0]?.detail).not.toMatch(new RegExp(`${code}|${otherThan(code)}`));
    expect(opened).toEqual([{ act: 'session.opened_by_code' }]);
  });
});

describe('viewer', () => {
  it('is nobody without a token, with a forged one, and with one of somebody unknown', async () => {
    expect(await nobody.ask('{ viewer { id } }')).toBeNull();
    expect(await nobody.as('forged').ask('{ viewer { id } }')).toBeNull();
    expect(await nobody.as(world.person().token).ask('{ viewer { id } }')).toBeNull();
  });

  it('says the masked phone only', async () => {
    const { accessToken, phone } = await signIn(world, nobody);

    const viewer = await nobody.as(accessToken).ask<{ id: string; phone: string }>('{ viewer { id phone } }');

    expect(viewer.phone).toBe(`139****${phone.slice(-4)}`);
    expect(await world.get(UserReader).byId(viewer.id)).toMatchObject({ phone });
  });
});
