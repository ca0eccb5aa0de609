import fc from 'fast-check';
import { StockPlaceReader } from '#libs/inventory';
import { newId, refused } from '#libs/kernel';
import { StockCountService, StockTransferService, StockWriteOffService } from '#libs/stockkeeping';
import { World } from '../../harness/world.js';
import { makeCounter, makePavilion } from '../../make/channel-point.make.js';
import { makeOrder, makePaidOrder } from '../../make/order.make.js';
import { type MadeProduct, type ProductOptions, makeProduct } from '../../make/product.make.js';
import { shipOrder } from '../../make/receipt.make.js';
import { makeStocked, standingOf } from '../../make/stock.make.js';

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

const goods = (clerks = 1, options: ProductOptions = {}) => makeStocked(world, clerks, options);
const standing = (product: Pick<MadeProduct, 'variantId'>) => standingOf(world, product);

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

const TRANSFER = `transfer { id state lines { quantity receivedUnits lostUnits returnedUnits } from { name } to { name } sentBy }`;
const FAULTS = '... on InvalidInputError { fields { path } }';
const transferAct = (
  name: string,
  args: string,
  passed: string,
  faults = FAULTS,
) => `mutation (${args}) { ${name}(${passed}) { __typename
  ... on ${name.replace(/^./, (letter) => letter.toUpperCase())}Payload { ${TRANSFER} } ... on DomainError { code } ${faults} } }`;
const DRAFT = transferAct('stockTransferDraft', '$input: StockTransferInput!', 'input: $input');
const SEND = transferAct('stockTransferSend', '$transferId: ID!', 'transferId: $transferId', '');
const ARRIVE = transferAct(
  'stockTransferReceive',
  '$transferId: ID!, $lines: [StockLineInput!]!, $causeKey: ID!',
  'transferId: $transferId, lines: $lines, causeKey: $causeKey',
);
const CALL_BACK = transferAct('stockTransferCancel', '$transferId: ID!', 'transferId: $transferId', '');

interface Transferred {
  readonly code?: string;
  readonly transfer?: { readonly id: string; readonly state: string; readonly lines: readonly object[] };
}

/** So many on their way from the warehouse to a pavilion. */
async function onTheWay(peaches: Awaited<ReturnType<typeof goods>>, quantity: number) {
  const { merchantId, variantId, batchIds, clerk } = peaches;
  const { id: toPointId } = await makePavilion(world);
  const line = (units: number) => ({ variantId, batchId: batchIds[0], quantity: units });
  const input = { merchantId, toPointId, lines: [line(quantity)], causeKey: newId('req') };
  const { transfer } = await clerk.ask<Transferred>(DRAFT, { input });
  const transferId = transfer?.id ?? '';
  await clerk.ask(SEND, { transferId });
  const arrive = (units: number, causeKey: string = newId('req')) =>
    clerk.ask<Transferred>(ARRIVE, { transferId, lines: [line(units)], causeKey });
  return { transferId, input, line, arrive };
}

describe('a transfer', () => {
  it('is written anew until it is sent, lies on neither shelf on its way, and arrives in parts', async () => {
    const peaches = await goods();
    const { clerk, merchantId, variantId, batchIds } = peaches;
    const pavilion = await makePavilion(world);
    const line = { variantId, batchId: batchIds[0], quantity: 30 };
    const input = { merchantId, toPointId: pavilion.id, lines: [line], causeKey: newId('req') };
    const drafts = await Promise.all([1, 2].map(() => clerk.ask<Transferred>(DRAFT, { input })));
    const anew = await clerk.ask<Transferred>(DRAFT, {
      input: { ...input, lines: [{ ...line, quantity: 20 }] },
    });
    const transferId = anew.transfer?.id;

    expect(new Set([...drafts, anew].map(({ transfer }) => transfer?.id)).size).toBe(1);
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
    const sent = await Promise.all([1, 2].map(() => clerk.ask<Transferred>(SEND, { transferId })));
    expect(sent.map(({ transfer }) => transfer?.state)).toEqual(['SENT', 'SENT']);
    expect(await standing(peaches)).toEqual({ shelves: 80, held: 20 });
    expect(await clerk.ask(DRAFT, { input })).toMatchObject({ code: 'STOCK_KEY_REUSED' });

    const arrive = (quantity: number, causeKey: string) =>
      clerk.ask<Transferred>(ARRIVE, { transferId, lines: [{ ...line, quantity }], causeKey });
    await Promise.all([arrive(12, 'first'), arrive(12, 'first')]);
    expect(await arrive(11, 'first')).toMatchObject({ code: 'STOCK_KEY_REUSED' });
    expect(await arrive(9, 'too-many')).toMatchObject({ code: 'STOCK_PLACE_SHORT' });
    expect(await standing(peaches)).toEqual({ shelves: 92, held: 8 });
    expect((await arrive(8, 'rest')).transfer).toMatchObject({
      state: 'RECEIVED',
      from: { name: null },
      to: { name: '炎陵特色产品馆' },
      sentBy: 'MERCHANT_CLERK',
      lines: [{ quantity: 20, receivedUnits: 20, lostUnits: 0, returnedUnits: 0 }],
    });
    expect((await arrive(8, 'rest')).transfer?.state).toBe('RECEIVED');
    expect(await clerk.ask(CALL_BACK, { transferId })).toMatchObject({ code: 'STOCK_TRANSFER_STATE' });
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
  });

  it('comes back where it is called off, as far as it has not arrived', async () => {
    const peaches = await goods();
    const { clerk } = peaches;
    const whole = await onTheWay(peaches, 10);
    const part = await onTheWay(peaches, 10);
    await part.arrive(4);

    const answers = await Promise.all([1, 2].map(() => clerk.ask<Transferred>(CALL_BACK, whole)));
    expect(answers.map(({ transfer }) => transfer?.state)).toEqual(['CANCELLED', 'CANCELLED']);
    expect((await clerk.ask<Transferred>(CALL_BACK, part)).transfer).toMatchObject({
      state: 'RECEIVED',
      lines: [{ receivedUnits: 4, returnedUnits: 6 }],
    });
    expect(await standing(peaches)).toEqual({ shelves: 100, held: 0 });
    expect(await whole.arrive(1)).toMatchObject({ code: 'STOCK_TRANSFER_STATE' });
  });

  it('is over when what did not arrive is written off, and stays open while that waits', async () => {
    const peaches = await goods();
    const { clerk, owner } = peaches;
    const { transferId, arrive } = await onTheWay(peaches, 50);
    await arrive(3);
    const lost = { transferId, why: 'LOST', note: '路上翻车' };
    const { writeOff } = await clerk.ask<Answer>(REQUEST, wish(peaches, 40, lost));

    expect(writeOff?.state).toBe('REQUESTED');
    expect(await clerk.ask(CALL_BACK, { transferId })).toMatchObject({ code: 'STOCK_TRANSFER_WAITS' });
    expect(await arrive(8)).toMatchObject({ code: 'STOCK_PLACE_SHORT' });
    await owner.ask(DECIDE, { writeOffId: writeOff?.id, verdict: 'REJECT', reason: '再找找' });
    expect(await standing(peaches)).toEqual({ shelves: 53, held: 47 });
    const again = await clerk.ask<Answer>(REQUEST, wish(peaches, 47, lost));
    await owner.ask(DECIDE, { writeOffId: again.writeOff?.id, verdict: 'APPROVE' });
    expect((await clerk.ask<Transferred>(SEND, { transferId })).transfer).toMatchObject({
      state: 'RECEIVED',
      lines: [{ quantity: 50, receivedUnits: 3, lostUnits: 47 }],
    });
    expect(await standing(peaches)).toEqual({ shelves: 53, held: 0 });
    expect(await clerk.ask(REQUEST, wish(peaches, 1, lost))).toMatchObject({ code: 'STOCK_TRANSFER_STATE' });
  });

  it('takes no more than is free, goes nowhere that is not open, and is nobody else’s', async () => {
    const peaches = await goods();
    const other = await goods();
    const { clerk } = peaches;
    const { input, transferId, line } = await onTheWay(peaches, 10);
    await makeOrder(world, { quantity: 85 }, peaches);
    const draft = await clerk.ask<Transferred>(DRAFT, {
      input: { ...input, causeKey: 'more', lines: [line(6)] },
    });

    expect(await clerk.ask(SEND, { transferId: draft.transfer?.id })).toMatchObject({
      code: 'STOCK_PLACE_SHORT',
    });
    const counter = await makeCounter(world);
    const closed = await makePavilion(world);
    await world.database.transaction((tx) =>
      tx.write("UPDATE channel_point SET state = 'CLOSED' WHERE id = ?", [closed.id]),
    );
    for (const toPointId of [counter.id, closed.id, newId('chp')])
      expect(await clerk.codeOf(DRAFT, { input: { ...input, toPointId, causeKey: newId('req') } })).toBe(
        'NOT_FOUND',
      );
    expect(await clerk.ask(DRAFT, { input: { ...input, toPointId: null, causeKey: 'a b' } })).toMatchObject({
      fields: [{ path: 'causeKey' }, { path: 'toPointId' }],
    });
    expect(await clerk.codeOf(DRAFT, { input: { ...input, merchantId: other.merchantId } })).toBe(
      'NOT_FOUND',
    );
    for (const act of [SEND, CALL_BACK])
      expect(await other.clerk.codeOf(act, { transferId })).toBe('NOT_FOUND');
    expect(await other.clerk.codeOf(ARRIVE, { transferId, lines: [line(1)], causeKey: 'x' })).toBe(
      'NOT_FOUND',
    );
    expect(await standing(peaches)).toEqual({ shelves: 90, held: 10 });
  });

  it('creates and destroys nothing, whatever is done in whatever order', async () => {
    const keeper = ({ merchantId }: MadeProduct) => ({ userId: newId('usr'), merchantIds: [merchantId] });
    const act = fc.record({
      kind: fc.constantFrom('send', 'arrive', 'callBack', 'lose', 'writeOff', 'sell', 'count'),
      units: fc.integer({ min: 1, max: 40 }),
      which: fc.nat(5),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 14 }), async (acts) => {
        const peaches = await makeProduct(world);
        const { merchantId, variantId, batchIds } = peaches;
        const by = keeper(peaches);
        const { id: toPointId } = await makePavilion(world);
        const transfers: string[] = [];
        const [moves, losses, counts] = [
          StockTransferService,
          StockWriteOffService,
          StockCountService,
        ] as const;
        const place = { merchantId, channelPointId: null, transferId: null };
        let gone = 0;
        let lost = 0;
        for (const { kind, units, which } of acts) {
          world.clock.advance(1_000);
          const lines = [{ variantId, batchId: batchIds[0] ?? '', quantity: units }];
          const causeKey = newId('req');
          const transferId = transfers[which % Math.max(1, transfers.length)] ?? '';
          const lose = { ...place, why: 'LOST', note: '丢了', lines, causeKey } as const;
          if (kind === 'send') {
            const wished = { merchantId, fromPointId: null, toPointId, note: '', lines, causeKey };
            const id = await world.get(moves).draft(wished, by);
            if (!refused(id) && !refused(await world.get(moves).send(id, by))) transfers.push(id);
          } else if (kind === 'arrive' && transferId)
            await world.get(moves).receive({ transferId, lines, causeKey }, by);
          else if (kind === 'callBack' && transferId) await world.get(moves).cancel(transferId, by);
          else if (kind === 'lose' && transferId)
            lost += refused(await world.get(losses).request({ ...lose, transferId }, by)) ? 0 : units;
          else if (kind === 'writeOff')
            lost += refused(await world.get(losses).request(lose, by)) ? 0 : units;
          else if (kind === 'sell')
            await makePaidOrder(world, { quantity: units }, peaches).then(
              async (order) => {
                await shipOrder(world, order);
                gone += units;
              },
              () => undefined, // Not so many are left.
            );
          else if (kind === 'count') {
            const id = await world.get(counts).open(merchantId, null, by);
            const shelf = await world.get(StockPlaceReader).standing([
              {
                merchantId,
                channelPointId: null,
                variantId,
                batchId: batchIds[0] ?? '',
                seenAt: world.clock.now(),
              },
            ]);
            const entry = {
              variantId,
              batchId: batchIds[0] ?? '',
              units: shelf[0]?.onHand ?? 0,
              secondsAgo: 0,
            };
            await world.get(counts).enter(id, [entry], by);
            // Sold between counting and posting: no difference.
            expect(refused(await world.get(counts).post(id, '', by))).toBe(false);
          }
        }
        const { shelves, held } = await standing(peaches);
        expect(shelves + held).toBe(100 - gone - lost);
        const [told] = await world.database.query<Record<'way' | 'moved', string>>(
          `SELECT (SELECT COALESCE(SUM(l.quantity - l.received_units - l.lost_units - l.returned_units), 0) FROM stock_transfer t
             JOIN stock_transfer_line l ON l.transfer_id = t.id WHERE t.merchant_id = ? AND t.state <> 'DRAFT') AS way,
             (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m JOIN stock_level k ON k.id = m.stock_level_id
              WHERE k.variant_id = ? AND m.kind = 'MOVED') AS moved`,
          [merchantId, variantId],
        );
        expect({ way: Number(told?.way), moved: Number(told?.moved) }).toEqual({ way: held, moved: 0 });
      }),
      { numRuns: 6 },
    );
  });
});
