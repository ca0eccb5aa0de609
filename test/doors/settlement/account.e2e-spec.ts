import { World } from '../../harness/world.js';
import { makeUser, signIn } from '../../make/user.make.js';

/** The door itself is tested in the storefront; here: that this service has it too. */
describe('the sign-in door of settlement', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  afterAll(() => world.close());

  it('lets people in with their roles', async () => {
    const client = world.client('settlement');
    const grant = { role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' } as const;
    const { phone } = await makeUser(world, { grants: [grant] });

    const { accessToken, refreshToken } = await signIn(world, client, phone);
    const renewed = await client.ask(
      'mutation ($token: String) { sessionRefresh(refreshToken: $token) { __typename } }',
      { token: refreshToken },
    );

    expect(await client.as(accessToken).ask('{ viewer { grants { role scopeKind scopeId } } }')).toEqual({
      grants: [grant],
    });
    expect(renewed).toEqual({ __typename: 'SessionRefreshPayload' });
  });
});
