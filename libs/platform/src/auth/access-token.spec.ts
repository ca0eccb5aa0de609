import { createSigner } from 'fast-jwt';
import { newId } from '#libs/kernel';
import { AccessTokens } from './access-token.js';
import type { Actor } from './actor.js';

const SECRET = 'a secret of at least thirty-two characters';

const actor: Actor = {
  userId: newId('usr'),
  sessionId: newId('ses'),
  grants: [{ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' }],
};

const claims = { sub: actor.userId, sid: actor.sessionId, grants: [['OFFICIAL', 'DIVISION', '430225']] };

it('brings the actor back, grants and all, again and again', () => {
  const tokens = new AccessTokens(SECRET);
  const token = tokens.sign(actor);

  expect(tokens.verify(token)).toEqual(actor);
  expect(tokens.verify(token)).toEqual(actor); // Now remembered.
});

it('knows tokens that another process signed with the same secret', () => {
  expect(new AccessTokens(SECRET).verify(new AccessTokens(SECRET).sign(actor))).toEqual(actor);
});

it.each([
  ['nothing', ''],
  ['garbage', 'not.a.token'],
  ['another secret', new AccessTokens('another secret of thirty-two characters').sign(actor)],
  ['another algorithm', createSigner({ key: SECRET, algorithm: 'HS512' })(claims)],
  ['no signature at all', createSigner({ algorithm: 'none' })(claims)],
  [
    'no grants',
    createSigner({ key: SECRET, algorithm: 'HS256' })({ sub: actor.userId, sid: actor.sessionId }),
  ],
])('takes %s for nobody', (_, token) => {
  expect(new AccessTokens(SECRET).verify(token)).toBeNull();
});

it('takes a token for nobody whose claims were changed after it was signed', () => {
  const [header, , signature] = new AccessTokens(SECRET).sign(actor).split('.');
  const forged = Buffer.from(JSON.stringify({ ...claims, grants: [['OPERATOR', 'PLATFORM', '*']] })).toString(
    'base64url',
  );

  expect(new AccessTokens(SECRET).verify(`${header}.${forged}.${signature}`)).toBeNull();
});

it('takes an expired token for nobody, even one it has known', async () => {
  const tokens = new AccessTokens(SECRET, 1 / 60); // One second.
  const token = tokens.sign(actor);
  expect(tokens.verify(token)).toEqual(actor);

  await new Promise((resolve) => setTimeout(resolve, 2_100)); // Expiry follows the machine's clock, in whole seconds.

  expect(tokens.verify(token)).toBeNull();
});
