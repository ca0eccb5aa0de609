import { World } from '../../harness/world.js';
import { makeUser, signIn } from '../../make/user.make.js';

/** The door itself is tested in the storefront; here: that this service has it too. */
describe('the sign-in door of merchant', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['merchant'] });
  });
  afterAll(() => world.close());

  it('lets people in with their roles', async () => {
    const client = world.client('merchant');
    const grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: 'mer_01' } as const;
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
