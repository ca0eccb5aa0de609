import { newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { World } from '../../harness/world.js';
import { makeCounter, makePavilion } from '../../make/channel-point.make.js';
import { makeOrder } from '../../make/order.make.js';
import { type MadeProduct, type ProductOptions, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const WRITE_OFF = `writeOff { id state valueFen why note isOwn requestedBy lines { quantity variant { id } batch { id } } }`;
const REQUEST = `mutation ($input: StockWriteOffInput!) { stockWriteOffRequest(input: $input) { __typename
  ... on StockWriteOffRequestPayload { ${WRITE_OFF} } ... on DomainError { code } ... on InvalidInputError { fields { path } }
  ... on StockPlaceShortError { free } } }`;
const DECIDE = `mutation ($writeOffId: ID!, $verdict: Verdict!, $reason: String) {
  stockWriteOffDecide(writeOffId: $writeOffId, verdict: $verdict, reason: $reason) { __typename
  ... on StockWriteOffDecidePayload { ${WRITE_OFF} } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($writeOffId: ID!) { stockWriteOffWithdraw(writeOffId: $writeOffId) { __typename
  ... on StockWriteOffWithdrawPayload { ${WRITE_OFF} } ... on DomainError { code } } }`;
const WRITE_OFFS = `query ($merchantId: ID!, $state: StockWriteOffState) { stockWriteOffs(merchantId: $merchantId, state: $state) { nodes { id state } } }`;

interface Answer {
  readonly code?: string;
  readonly writeOff?: { readonly id: string; readonly state: string };
}

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
});
afterAll(() => world.close());

/** Goods of a merchant for whom so many clerks work beside its owner. */
async function goods(clerks = 1, options: ProductOptions = {}) {
  const product = await makeProduct(world, options);
  const { merchantId } = product;
  const roles = [
    'MERCHANT_OWNER',
    ...Array.from({ length: clerks }, () => 'MERCHANT_CLERK' as const),
  ] as const;
  const team: Client[] = [];
  for (const role of roles) {
    const grant = { role, scopeKind: 'MERCHANT', scopeId: merchantId } as const;
    const { userId } = await makeUser(world, { displayName: role, grants: [grant] });
    team.push(world.client('merchant').as(world.personOf(userId, grant).token));
  }
  const [owner, clerk] = team;
  if (!owner) throw new Error('somebody owns it');
  return { ...product, owner, clerk: clerk ?? owner };
}

/** On shelves and held, and what is promised. */
async function standing({ variantId }: Pick<MadeProduct, 'variantId'>) {
  const [row] = await world.database.query<Record<'shelves' | 'held' | 'moved', string>>(
    `SELECT COALESCE(SUM(CASE WHEN p.kind = 'HELD' THEN 0 ELSE l.on_hand END), 0) AS shelves,
       COALESCE(SUM(CASE WHEN p.kind = 'HELD' THEN l.on_hand ELSE 0 END), 0) AS held,
       (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m JOIN stock_level k ON k.id = m.stock_level_id WHERE k.variant_id = ?) AS moved
     FROM stock_level l JOIN stock_location p ON p.id = l.location_id WHERE l.variant_id = ?`,
    [variantId, variantId],
  );
  const [shelves, held, moved] = [row?.shelves, row?.held, row?.moved].map(Number);
  // What lies anywhere is what has moved.
  expect((shelves ?? 0) + (held ?? 0)).toBe(moved);
  return { shelves, held };
}

const wish = ({ merchantId, variantId, batchIds }: MadeProduct, quantity: number, changes: object = {}) => ({
  input: {
    merchantId,
    why: 'SPOILED',
    note: '',
    lines: [{ variantId, batchId: batchIds[0], quantity }],
    causeKey: newId('req'),
    ...changes,
  },
});

describe('a write-off', () => {
  it('of little leaves the book at once, once per key', async () => {
    const peaches = await goods();
    const input = wish(peaches, 5);

    const answers = await Promise.all([1, 2, 3].map(() => peaches.clerk.ask<Answer>(REQUEST, input)));

    expect(new Set(answers.map(({ writeOff }) => writeOff?.id)).size).toBe(1);
    expect(answers[0]?.writeOff).toMatchObject({
      state: 'BOOKED',
      valueFen: '50000',
      isOwn: true,
      requestedBy: 'MERCHANT_CLERK',
      lines: [{ quantity: 5, variant: { id: peaches.variantId }, batch: { id: peaches.batchIds[0] } }],
    });
    expect(await standing(peaches)).toEqual({ shelves: 95, held: 0 });
    expect(
      await peaches.clerk.ask(REQUEST, wish(peaches, 6, { causeKey: input.input.causeKey })),
    ).toMatchObject({ code: 'STOCK_KEY_REUSED' });
    // What one writes off within a day counts together.
    expect(await peaches.clerk.ask(REQUEST, wish(peaches, 1))).toMatchObject({
      writeOff: { state: 'REQUESTED' },
    });
    // And of two at once one is the second.
    const tea = await goods();
    const two = await Promise.all([1, 2].map(() => tea.clerk.ask<Answer>(REQUEST, wish(tea, 3))));
    expect(new Set(two.map(({ writeOff }) => writeOff?.state))).toEqual(new Set(['BOOKED', 'REQUESTED']));
  });

  it('of much is held until somebody else agrees', async () => {
    const peaches = await goods();
    const { owner, clerk } = peaches;
    const { writeOff } = await clerk.ask<Answer>(REQUEST, wish(peaches, 40));
    const writeOffId = writeOff?.id;

    expect(await standing(peaches)).toEqual({ shelves: 60, held: 40 });
    await expect(makeOrder(world, { quantity: 61 }, peaches)).rejects.toThrow();
    expect(await clerk.ask(DECIDE, { writeOffId, verdict: 'APPROVE' })).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    expect(await owner.ask(DECIDE, { writeOffId, verdict: 'REJECT' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const answers = await Promise.all(
      [1, 2].map(() => owner.ask<Answer>(DECIDE, { writeOffId, verdict: 'APPROVE' })),
    );

    expect(new Set(answers.map((answer) => answer.code ?? answer.writeOff?.state))).toEqual(
      new Set(['BOOKED', 'STOCK_WRITE_OFF_STATE']),
    );
    expect(await standing(peaches)).toEqual({ shelves: 60, held: 0 });
    expect(await clerk.ask(WITHDRAW, { writeOffId })).toMatchObject({ code: 'STOCK_WRITE_OFF_STATE' });
    const acts = await world.database.query<{ act: string }>(
      "SELECT act FROM audit_entry WHERE subject IN (?, CONCAT('STOCK_WRITE_OFF:', ?)) ORDER BY id",
      [writeOffId ?? '', writeOffId ?? ''],
    );
    expect(acts.map(({ act }) => act)).toEqual([
      'approval.requested',
      'approval.approved',
      'stock.written_off',
    ]);
  });

  it.each(['REJECT', 'WITHDRAW'])('goes back to where it lay: %s', async (how) => {
    const peaches = await goods();
    const { owner, clerk, merchantId } = peaches;
    const { writeOff } = await clerk.ask<Answer>(REQUEST, wish(peaches, 40));
    const writeOffId = writeOff?.id;

    expect(await owner.codeOf(WITHDRAW, { writeOffId })).toBe('NOT_FOUND');
    const done =
      how === 'REJECT'
        ? await owner.ask<Answer>(DECIDE, { writeOffId, verdict: 'REJECT', reason: '还能卖' })
        : await clerk.ask<Answer>(WITHDRAW, { writeOffId });

    expect(done.writeOff?.state).toBe(how === 'REJECT' ? 'REJECTED' : 'WITHDRAWN');
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
    expect(await owner.ask(WRITE_OFFS, { merchantId, state: 'REQUESTED' })).toEqual({ nodes: [] });
    expect(await owner.ask(WRITE_OFFS, { merchantId })).toMatchObject({ nodes: [{ id: writeOffId }] });
  });

  it('of whoever works alone needs nobody, and that is written down', async () => {
    const peaches = await goods(0);

    const { writeOff } = await peaches.owner.ask<Answer>(REQUEST, wish(peaches, 90));

    expect(writeOff?.state).toBe('BOOKED');
    const [entry] = await world.database.query<{ detail: string }>(
      'SELECT detail FROM audit_entry WHERE subject = ?',
      [writeOff?.id ?? ''],
    );
    expect(JSON.stringify(entry?.detail)).toContain('isAlone');
  });

  it('takes nothing that is promised, and nothing of anybody else’s', async () => {
    const peaches = await goods();
    const other = await goods();
    await makeOrder(world, { quantity: 96 }, peaches);
    const { clerk } = peaches;
    const counter = await makeCounter(world);
    const pavilion = await makePavilion(world);

    expect(await clerk.ask(REQUEST, wish(peaches, 5))).toMatchObject({ code: 'STOCK_PLACE_SHORT', free: 4 });
    expect(await clerk.ask(REQUEST, wish(peaches, 1, { channelPointId: pavilion.id }))).toMatchObject({
      code: 'STOCK_PLACE_SHORT',
      free: 0,
    });
    expect(await clerk.ask(REQUEST, wish(peaches, 0, { why: 'LOST', causeKey: ' ' }))).toMatchObject({
      fields: [{ path: 'causeKey' }, { path: 'lines.0.quantity' }, { path: 'note' }],
    });
    expect(await clerk.codeOf(REQUEST, wish(peaches, 1, { channelPointId: counter.id }))).toBe('NOT_FOUND');
    expect(await clerk.codeOf(REQUEST, wish(peaches, 1, { merchantId: other.merchantId }))).toBe('NOT_FOUND');
    expect(await clerk.codeOf(REQUEST, wish(other, 1, { merchantId: peaches.merchantId }))).toBe('NOT_FOUND');
    const { writeOff } = await other.clerk.ask<Answer>(REQUEST, wish(other, 40));
    const writeOffId = writeOff?.id;
    expect(await clerk.codeOf(DECIDE, { writeOffId, verdict: 'APPROVE' })).toBe('NOT_FOUND');
    expect(await clerk.codeOf(WITHDRAW, { writeOffId })).toBe('NOT_FOUND');
    expect(await clerk.codeOf(WRITE_OFFS, { merchantId: other.merchantId })).toBe('NOT_FOUND');
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
  });
});
