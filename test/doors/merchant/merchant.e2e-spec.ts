import { newId, refused } from '#libs/kernel';
import { LedgerService, payeeAccount } from '#libs/ledger';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';

const MERCHANTS = '{ merchants { id name kind state } }';
const BALANCE = 'query ($id: ID!) { merchantBalance(merchantId: $id) { heldFen availableFen } }';

describe('a merchant’s own', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['merchant'] });
  });
  afterAll(() => world.close());

  const as = (role: 'MERCHANT_OWNER' | 'MERCHANT_CLERK', ...merchantIds: readonly string[]) => {
    const grants = merchantIds.map((scopeId) => ({ role, scopeKind: 'MERCHANT' as const, scopeId }));
    return world.client('merchant').as(world.person(...grants).token);
  };

  it('merchants are those one works for, and no others', async () => {
    const [first, second] = [await makeMerchant(world), await makeMerchant(world, { isActive: false })];
    await makeMerchant(world);

    expect(await as('MERCHANT_CLERK', second.id, first.id).ask(MERCHANTS)).toEqual([
      { id: first.id, name: first.name, kind: 'COOPERATIVE', state: 'ACTIVE' },
      { id: second.id, name: second.name, kind: 'COOPERATIVE', state: 'APPLIED' },
    ]);
  });

  it('merchants are not shown to buyers and officials', async () => {
    const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });

    expect(await world.client('merchant').codeOf(MERCHANTS)).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(MERCHANTS)).toBe('FORBIDDEN');
    expect(await world.client('merchant').as(official.token).codeOf(MERCHANTS)).toBe('FORBIDDEN');
  });

  it('balance is what the books say', async () => {
    const { id } = await makeMerchant(world);
    const owner = as('MERCHANT_OWNER', id);
    expect(await owner.ask(BALANCE, { id })).toEqual({ heldFen: '0', availableFen: '0' });

    const posted = await world.database.transaction((tx) =>
      world.get(LedgerService).post(tx, [
        {
          idempotencyKey: `sale:${id}`,
          kind: 'order_split',
          subject: newId('ord'),
          eventId: null,
          effectiveAt: world.clock.now(),
          transfers: [
            { debit: 'liability:escrow', credit: payeeAccount('held', id), amountFen: 7_300n },
            { debit: 'liability:escrow', credit: payeeAccount('available', id), amountFen: 12n },
          ],
        },
      ]),
    );

    expect(refused(posted)).toBe(false);
    expect(await owner.ask(BALANCE, { id })).toEqual({ heldFen: '7300', availableFen: '12' });
  });

  it('balance is for its owner', async () => {
    const [{ id }, other] = [await makeMerchant(world), await makeMerchant(world)];

    expect(await world.client('merchant').codeOf(BALANCE, { id })).toBe('UNAUTHENTICATED');
    expect(await as('MERCHANT_CLERK', id).codeOf(BALANCE, { id })).toBe('FORBIDDEN');
    expect(await as('MERCHANT_OWNER', other.id).codeOf(BALANCE, { id })).toBe('NOT_FOUND');
    expect(await as('MERCHANT_OWNER', id).codeOf(BALANCE, { id: newId('mer') })).toBe('NOT_FOUND');
  });
});
