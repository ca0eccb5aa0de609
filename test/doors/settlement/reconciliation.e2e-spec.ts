import { DAY_MS, HOUR_MS, newId, present, refused } from '#libs/kernel';
import { type AccountCode, LedgerReader } from '#libs/ledger';
import { OrderService } from '#libs/ordering';
import { BankRefundService, PaymentReader, RefundRequestService } from '#libs/payment';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import type { Person } from '../../harness/world.js';
import { makeUser } from '../../make/user.make.js';
import { ReconciliationHouse, type SoldOrder } from '../../reconciliation/reconciliation-house.js';

const BREAK = `id check class subject expectedFen actualFen differenceFen detail { name value } state owner { id name }
  ageSeconds closedAt vanishedAt reason journalId refundId steps { act actorId actor { id name } note }`;
const LIST = `query ($filter: ReconciliationBreakFilter, $first: Int, $after: String) {
  reconciliationBreaks(filter: $filter, first: $first, after: $after) { nodes { ${BREAK} } pageInfo { hasNextPage endCursor } } }`;
const ONE = `query ($id: ID!) { reconciliationBreak(id: $id) { ${BREAK} } }`;
const MEASURES = `{ reconciliationMeasures { clearingBp completenessBp oldestBreakSeconds open { check class count }
  checks { check isOverdue lastRun { examinedCount matchedCount finishedAt } } } }`;
const RUNS = `query ($check: ReconciliationCheck, $first: Int) { reconciliationRuns(check: $check, first: $first) {
  nodes { check examinedCount matchedCount foundCount finishedAt failure } } }`;
const DAYS = `query ($first: Int, $after: String) { providerDays(first: $first, after: $after) {
  nodes { day openingFen capturedFen feeFen bankFen closingFen bookedFen timingFen differenceFen } pageInfo { hasNextPage endCursor } } }`;
const on = (fields: string) =>
  `__typename ${fields} ... on DomainError { code } ... on InvalidInputError { fields { path } }`;
const ASSIGN = `mutation ($id: ID!, $ownerId: ID) { breakAssign(id: $id, ownerId: $ownerId) {
  ${on(`... on BreakAssignPayload { break { ${BREAK} } }`)} } }`;
const NOTE = `mutation ($id: ID!, $note: String!) { breakNote(id: $id, note: $note) {
  ${on(`... on BreakNotePayload { break { ${BREAK} } }`)} } }`;
const RESOLVE = `mutation ($input: BreakResolveInput!) { breakResolve(input: $input) {
  ${on(`... on BreakResolvePayload { break { ${BREAK} } }`)} } }`;
const REFUND = `mutation ($input: MismatchedPaymentRefundInput!) { mismatchedPaymentRefund(input: $input) {
  ${on('... on MismatchedPaymentRefundPayload { refund { id state channel reason amountFen } break { id state } }')} } }`;

const UNRETURNED = `query ($first: Int, $after: String) { unreturnedPayments(first: $first, after: $after) {
  nodes { paymentId orderId method reason capturedFen returnedFen underWayFen leftFen failedRefundId failureCode failedAt ageSeconds windowEndsAt }
  pageInfo { hasNextPage endCursor } } }`;
const RETURN = `mutation ($input: UnreturnedPaymentRefundInput!) { unreturnedPaymentRefund(input: $input) {
  ${on('... on UnreturnedPaymentRefundPayload { refund { id state channel reason amountFen requestedBy } break { id state } }')} } }`;

interface Shown {
  readonly id: string;
  readonly check: string;
  readonly class: string;
  readonly subject: string;
  readonly state: string;
  readonly steps: readonly { readonly act: string; readonly actorId: string | null; readonly note: string }[];
}
interface Changed {
  readonly __typename: string;
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly break?: Shown;
}
interface Refunded extends Omit<Changed, 'break'> {
  readonly refund?: { readonly id: string; readonly state: string; readonly channel: string };
  readonly break?: { readonly id: string; readonly state: string } | null;
}
interface Page {
  readonly nodes: readonly Shown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

let house: ReconciliationHouse;
let sold: SoldOrder;

beforeAll(async () => {
  house = await ReconciliationHouse.open();
  sold = await house.sell();
  await house.advance(HOUR_MS);
  await house.background();
});
afterAll(() => house.world.close());
beforeEach(() => house.forget());

const platform = (role: Grant['role']): Person =>
  house.world.person({ role, scopeKind: 'PLATFORM', scopeId: '*' });
const ask = <T>(query: string, variables: object, person: Person) =>
  house.world.client('settlement').as(person.token).ask<T>(query, variables);
const tamperWithShare = (fen: number) =>
  house.world.asOwner((tx) =>
    tx.write('UPDATE split_share SET share_fen = share_fen + ? WHERE line_id = ? AND rank_no = 1', [
      fen,
      sold.orderLineId,
    ]),
  );

/** A break of R10 that is really there, and is put right at once. */
async function aBreak(): Promise<string> {
  await tamperWithShare(4);
  await house.reconcile('SPLITS');
  await tamperWithShare(-4);
  const [found] = await house.open();
  return present(found, 'a break').id;
}

describe('breaks at the console', () => {
  it('are read by finance and operators, and by nobody else', async () => {
    const id = await aBreak();
    for (const person of [platform('FINANCE'), platform('OPERATOR')]) {
      const { nodes } = await ask<Page>(LIST, {}, person);
      expect(nodes).toMatchObject([
        {
          id,
          check: 'SPLITS',
          class: 'AMOUNT',
          subject: sold.orderLineId,
          expectedFen: '40000',
          actualFen: '40004',
          differenceFen: '4',
          state: 'OPEN',
          owner: null,
          steps: [{ act: 'OPENED', actorId: null }],
        },
      ]);
      expect(await ask(ONE, { id }, person)).toMatchObject({ id });
      expect(await ask(ONE, { id: newId('brk') }, person)).toBeNull();
    }
    for (const query of [LIST, MEASURES, RUNS, DAYS]) {
      for (const person of [
        house.world.person(),
        house.world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' }),
        house.world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: sold.merchantId }),
      ])
        await expect(ask(query, {}, person)).rejects.toThrow(/FORBIDDEN|may not/i);
    }
  });

  it('are changed by finance only, and nothing changes for others', async () => {
    const id = await aBreak();
    const operator = platform('OPERATOR');
    await expect(ask(ASSIGN, { id }, operator)).rejects.toThrow();
    await expect(ask(NOTE, { id, note: '已核对' }, operator)).rejects.toThrow();
    await expect(ask(RESOLVE, { input: { id, reason: '已核对' } }, operator)).rejects.toThrow();
    await expect(
      ask(REFUND, { input: { paymentId: sold.paymentId, note: '错款' } }, operator),
    ).rejects.toThrow();
    expect(await house.actsOf(id)).toEqual(['OPENED']);
  });

  it('are taken, said something about and closed, each once, in the history and the audit', async () => {
    const id = await aBreak();
    const me = house.finance();
    for (let time = 0; time < 2; time += 1) {
      expect(await ask<Changed>(ASSIGN, { id }, me)).toMatchObject({
        break: { state: 'ASSIGNED', owner: { id: me.userId, name: null } },
      });
    }
    for (let time = 0; time < 2; time += 1) await ask<Changed>(NOTE, { id, note: ' 已联系仓库核对 ' }, me);
    const refusal = await ask<Changed>(RESOLVE, { input: { id, reason: ' ' } }, me);
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'reason' }] });
    const input = { id, reason: '手工更正，见调整分录' };
    const [closed] = await Promise.all([
      ask<Changed>(RESOLVE, { input }, me),
      ask<Changed>(RESOLVE, { input }, me),
    ]);
    expect(closed).toMatchObject({ break: { state: 'RESOLVED', reason: input.reason } });
    expect(await ask<Changed>(RESOLVE, { input }, me)).toMatchObject({ break: { state: 'RESOLVED' } });

    const { steps } = await ask<Shown>(ONE, { id }, me);
    expect(steps.map(({ act, actorId }) => [act, actorId])).toEqual([
      ['OPENED', null],
      ['ASSIGNED', me.userId],
      ['NOTED', me.userId],
      ['RESOLVED', me.userId],
    ]);
    const audit = await house.world.database.query<{ act: string; actorId: string | null }>(
      'SELECT act, actor_id AS actorId FROM audit_entry WHERE subject = ? ORDER BY id',
      [id],
    );
    expect(audit).toEqual([
      { act: 'reconciliation_break.opened', actorId: null },
      { act: 'reconciliation_break.assigned', actorId: me.userId },
      { act: 'reconciliation_break.noted', actorId: me.userId },
      { act: 'reconciliation_break.resolved', actorId: me.userId },
    ]);
    for (const [query, variables] of [
      [ASSIGN, { id }],
      [NOTE, { id, note: '再说一句' }],
      [RESOLVE, { input: { id, reason: '另一个原因' } }],
    ] as const)
      expect(await ask<Changed>(query, variables, me)).toMatchObject({ code: 'BREAK_CLOSED' });
  });

  it('are given to others who may resolve them, and to nobody else', async () => {
    const id = await aBreak();
    const clerk = await makeUser(house.world, {
      grants: [{ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' }],
    });
    const stranger = await makeUser(house.world, { grants: [] });
    const owners = await ask<{ id: string }[]>('{ reconciliationOwners { id name } }', {}, house.finance());
    expect(owners.map(({ id: who }) => who)).toContain(clerk.userId);
    expect(owners.map(({ id: who }) => who)).not.toContain(stranger.userId);
    expect(await ask<Changed>(ASSIGN, { id, ownerId: stranger.userId }, house.finance())).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'ownerId' }],
    });
    expect(await ask<Changed>(ASSIGN, { id, ownerId: clerk.userId }, house.finance())).toMatchObject({
      break: { owner: { id: clerk.userId } },
    });
    const mine = await ask<Page>(LIST, { filter: { ownerId: clerk.userId } }, house.finance());
    expect(mine.nodes.map((each) => each.id)).toEqual([id]);
  });

  it('are put right by a journal or refund that exists', async () => {
    const id = await aBreak();
    const wrong = (input: object) =>
      ask<Changed>(RESOLVE, { input: { id, reason: '已更正', ...input } }, house.finance());
    expect(await wrong({ journalId: newId('jrn') })).toMatchObject({ fields: [{ path: 'journalId' }] });
    expect(await wrong({ refundId: newId('rfd') })).toMatchObject({ fields: [{ path: 'refundId' }] });
    const [journal] = await house.world.get(LedgerReader).journalsOfSubject(sold.orderId);
    const journalId = present(journal, 'a journal').id;
    expect(await wrong({ journalId })).toMatchObject({ break: { state: 'RESOLVED', journalId } });
  });

  it('are found by state, check, class and subject, page by page, at a constant cost', async () => {
    await house.world.database.transaction(async (tx) => {
      const at = house.world.clock.now();
      const rows = Array.from({ length: 12 }, (_, n) => ({
        id: newId('brk'),
        checkName: 'ORDERS',
        breakClass: n % 2 === 0 ? 'AMOUNT' : 'DUPLICATE',
        subject: `ord_${n}`,
        detail: '{}',
        happenedAt: at,
        firstSeenAt: at,
        lastSeenAt: at,
        lastRunNo: 0n,
        state: 'OPEN',
        openKey: `ORDERS|x|${n}`,
      }));
      await tx.insert('reconciliation_break', rows);
    });
    const me = house.finance();
    const filter = { check: 'ORDERS', class: 'AMOUNT' };
    const first = await ask<Page>(LIST, { filter, first: 4 }, me);
    const second = await ask<Page>(LIST, { filter, first: 4, after: first.pageInfo.endCursor }, me);
    expect([...first.nodes, ...second.nodes].map(({ subject }) => subject)).toEqual([
      'ord_10',
      'ord_8',
      'ord_6',
      'ord_4',
      'ord_2',
      'ord_0',
    ]);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await ask<Page>(LIST, { filter: { subject: 'ord_7' } }, me)).nodes).toMatchObject([
      { class: 'DUPLICATE' },
    ]);
    expect((await ask<Page>(LIST, { filter: { states: ['RESOLVED'] } }, me)).nodes).toEqual([]);
    expect((await ask<Page>(LIST, { filter: { states: [] } }, me)).nodes).toEqual([]);
    const few = await countStatements(() => ask(LIST, { first: 1 }, me));
    expect(await countStatements(() => ask(LIST, { first: 12 }, me))).toBe(few);
  });
});

describe('measures', () => {
  it('say how well the books clear, what is open, and when each check came to its end; also to /metrics', async () => {
    await tamperWithShare(4);
    await house.reconcile();
    await tamperWithShare(-4);
    await house.advance(90_000);
    const me = house.finance();
    const measures = await ask<{
      readonly clearingBp: number;
      readonly checks: readonly { readonly check: string; readonly isOverdue: boolean }[];
    }>(MEASURES, {}, me);
    expect(measures).toMatchObject({
      clearingBp: 10_000,
      completenessBp: 10_000,
      oldestBreakSeconds: 90,
      open: [{ check: 'SPLITS', class: 'AMOUNT', count: 1 }],
    });
    expect(measures.checks.filter(({ isOverdue }) => isOverdue)).toEqual([]);
    expect(await countStatements(() => ask(MEASURES, {}, me))).toBe(2);
    const { nodes } = await ask<{ nodes: readonly object[] }>(RUNS, { check: 'SPLITS', first: 1 }, me);
    expect(nodes).toMatchObject([{ check: 'SPLITS', foundCount: 1, failure: null }]);

    const { text } = await house.world.client('settlement').http.get('/metrics');
    expect(text).toMatch(/taoyuan_reconciliation_share\{of="clearing",service="settlement"\} 1\n/);
    expect(text).toMatch(
      /taoyuan_reconciliation_breaks\{check="SPLITS",class="AMOUNT",service="settlement"\} 1\n/,
    );
    expect(text).toMatch(
      /taoyuan_reconciliation_breaks\{check="ORDERS",class="AMOUNT",service="settlement"\} 0\n/,
    );
    expect(text).toMatch(/taoyuan_reconciliation_age_seconds\{of="oldest_break",service="settlement"\} 90\n/);
  });
});

describe('the provider’s days', () => {
  it('4.7: show opening, what moved and closing beside the books, page by page', async () => {
    await house.advance(2 * DAY_MS);
    await house.background();
    await house.reconcile('PROVIDER_MONEY');
    const me = house.finance();
    const { nodes, pageInfo } = await ask<{
      nodes: readonly Record<string, string>[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    }>(DAYS, { first: 1 }, me);
    expect(nodes).toMatchObject([
      {
        openingFen: '0',
        capturedFen: '40000',
        feeFen: '-880',
        bankFen: '10000000',
        closingFen: '10039120',
        bookedFen: '10039120',
        timingFen: '0',
        differenceFen: '0',
      },
    ]);
    expect(await ask(DAYS, { first: 1, after: pageInfo.endCursor }, me)).toMatchObject({ nodes: [] });
    expect(await countStatements(() => ask(DAYS, {}, me))).toBe(1);
  });
});

function refusedNever<T>(result: T): void {
  if (refused(result)) throw new Error(result.message.en);
}

describe('money that did not go back by itself', () => {
  const escrow = async () =>
    (await house.world.get(LedgerReader).accountByCode('liability:escrow'))?.balanceFen ?? 0n;
  const giveBack = (paymentId: string, changes: object = {}, person = house.finance()) =>
    ask<Refunded>(RETURN, { input: { paymentId, note: '退款被银行退回', ...changes } }, person);
  const waiting = async (person = house.finance()) =>
    (await ask<{ nodes: readonly Record<string, unknown>[] }>(UNRETURNED, {}, person)).nodes;
  const bankAccount = {
    holderName: '李女士',
    bankName: '中国建设银行',
    accountNumber: '6217002920123456789',
  };

  it('waits with a break of its own and none of the clearing, goes back by a person’s hand, and the break ends with the refund', async () => {
    const { order, paymentId, failedRefundId } = await house.sellTooLateInVain();
    expect(await escrow()).toBe(10_000n);
    await house.advance(2 * HOUR_MS);
    await house.background();
    await house.reconcile();

    const [found, ...others] = await house.open();
    const breakId = present(found, 'a break').id;
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      checkName: 'PROVIDER_STATE',
      breakClass: 'UNRETURNED',
      subject: paymentId,
      expectedFen: 0n,
      actualFen: 10_000n,
      detail: { orderId: order.orderId, reason: 'LATE', failedRefundId },
    });
    expect(await waiting()).toEqual([
      expect.objectContaining({
        paymentId,
        orderId: order.orderId,
        method: 'ALIPAY',
        reason: 'LATE',
        capturedFen: '10000',
        returnedFen: '0',
        underWayFen: '0',
        leftFen: '10000',
        failedRefundId,
        failureCode: 'expired_or_canceled_card',
      }),
    ]);
    const measures = await ask<{ clearingBp: number }>(MEASURES, {}, house.finance());
    expect(measures.clearingBp).toBeLessThan(10_000);

    const me = house.finance();
    const [first, second] = await Promise.all([giveBack(paymentId, {}, me), giveBack(paymentId, {}, me)]);
    expect(first).toMatchObject({
      refund: { reason: 'LATE', channel: 'PROVIDER', amountFen: '10000', requestedBy: me.userId },
      break: { id: breakId, state: 'OPEN' },
    });
    expect(second.refund?.id).toBe(first.refund?.id);
    expect(await waiting()).toMatchObject([{ paymentId, underWayFen: '10000', leftFen: '0' }]);
    await house.hear();
    expect(await escrow()).toBe(0n);
    expect(await waiting()).toEqual([]);

    await house.reconcile('PROVIDER_STATE');
    const ended = await ask<Shown>(ONE, { id: breakId }, me);
    expect(ended).toMatchObject({ state: 'RESOLVED', refundId: first.refund?.id });
    expect(ended.steps.map(({ act }) => act)).toEqual(['OPENED', 'REFUND_REQUESTED', 'RESOLVED']);
    expect(await giveBack(paymentId)).toMatchObject({ refund: { id: first.refund?.id }, break: null });
    await house.advance(2 * HOUR_MS);
    await house.background();
    await house.reconcile();
    expect(await house.open()).toEqual([]);
  });

  it('may go back once more when that fails too, before any check has seen it, and the audit says who asked', async () => {
    const { order, paymentId } = await house.sellTooLateInVain();
    const me = house.finance();
    const first = await giveBack(paymentId, {}, me);
    expect(await house.actsOf(present(first.break, 'a break').id)).toEqual(['OPENED', 'REFUND_REQUESTED']);
    const audited = await house.world.database.query<{ actorId: string; subject: string }>(
      "SELECT actor_id AS actorId, subject FROM audit_entry WHERE act = 'reconciliation_break.refund_requested' AND actor_id = ?",
      [me.userId],
    );
    expect(audited).toEqual([{ actorId: me.userId, subject: first.break?.id }]);
    await house.world.settle();
    await house.failRefundOf(order);
    expect(await waiting()).toMatchObject([
      { paymentId, leftFen: '10000', failedRefundId: first.refund?.id },
    ]);

    const second = await giveBack(paymentId);
    expect(second.refund?.id).not.toBe(first.refund?.id);
    await house.hear();
    expect(await escrow()).toBe(0n);
    await house.reconcile('PROVIDER_STATE');
  });

  it('of an order that was cancelled after it was paid waits with its shares, and goes back the same way', async () => {
    const order = await house.sell();
    const held = async () =>
      (await house.world.get(LedgerReader).accountByCode(`liability:held:${order.merchantId}` as AccountCode))
        ?.balanceFen ?? 0n;
    expect(await held()).toBeGreaterThan(0n);
    refusedNever(await house.world.get(OrderService).cancel(order.buyerId, order.orderId));
    await house.world.settle();
    expect(await held()).toBe(0n);
    expect(await giveBack(order.paymentId)).toMatchObject({ code: 'PAYMENT_NOT_UNRETURNED' });
    await house.failRefundOf(order);
    expect(await held()).toBeGreaterThan(0n);
    expect(await waiting()).toMatchObject([
      { paymentId: order.paymentId, reason: 'CANCELLED', leftFen: '40000' },
    ]);
    await house.advance(2 * HOUR_MS);
    await house.background();
    await house.reconcile('PROVIDER_STATE', 'CLEARING');
    expect(await house.open()).toMatchObject([{ breakClass: 'UNRETURNED', subject: order.paymentId }]);

    expect(await giveBack(order.paymentId)).toMatchObject({
      refund: { reason: 'CANCELLED', amountFen: '40000' },
    });
    await house.hear();
    expect(await held()).toBe(0n);
    await house.reconcile('PROVIDER_STATE');
    expect(await house.open()).toEqual([]);
  });

  it('of a cancelled order is also what was under way when it was cancelled and failed later: it goes back by the rule', async () => {
    const order = await house.sell();
    const asked = await house.world.get(RefundRequestService).submit(
      {
        orderId: order.orderId,
        ask: {
          kind: 'LINE',
          lines: [{ orderLineId: order.orderLineId, quantity: 1, amountFen: null }],
          freightOf: [],
          amountFen: null,
        },
        borneBy: 'SELLERS',
        note: '质量问题',
        requestedBy: house.finance().userId,
        bankAccount,
      },
      newId('key'),
    );
    if (refused(asked)) throw new Error(asked.message.en);
    await house.world.settle();
    refusedNever(await house.world.get(OrderService).cancel(order.buyerId, order.orderId));
    await house.hear();
    const returned = async () =>
      (await house.refundsOf(order))
        .filter(({ state }) => state === 'SUCCEEDED')
        .map(({ amountFen }) => amountFen);
    expect(await returned()).toEqual([30_000n]);

    const ballot = { verdict: 'REJECT', reason: '账户不符' } as const;
    refusedNever(await house.world.get(BankRefundService).vote(house.finance().userId, asked, ballot));
    await house.hear();
    expect(await returned()).toEqual([30_000n, 10_000n]);
    expect(await waiting()).toEqual([]);
    // One that fails of an order that stands is for whoever asked.
    const other = await house.sell();
    const refundId = await house.world.database.transaction((tx) =>
      house.world.get(RefundRequestService).request(tx, {
        orderId: other.orderId,
        ask: { kind: 'FULL', lines: [], freightOf: [], amountFen: null },
        borneBy: 'SELLERS',
        note: '质量问题',
        requestedBy: null,
        bankAccount: null,
      }),
    );
    refusedNever(refundId);
    await house.world.settle();
    await house.failRefundOf(other);
    expect((await house.refundsOf(other)).map(({ state }) => state)).toEqual(['FAILED']);
  });

  it('goes by our bank where two others agree, and the way it came is closed after the wallet’s time', async () => {
    const { paymentId } = await house.sellTooLateInVain();
    await house.advance(91 * DAY_MS);
    expect(await giveBack(paymentId)).toMatchObject({ code: 'REFUND_WINDOW_OVER' });
    expect(await giveBack(paymentId, { channel: 'MANUAL_BANK' })).toMatchObject({
      fields: [{ path: 'bankAccount' }],
    });
    const asked = await giveBack(paymentId, { channel: 'MANUAL_BANK', bankAccount });
    const refundId = present(asked.refund, 'a refund').id;
    await house.world.settle();
    const bank = house.world.get(BankRefundService);
    for (const each of [house.finance(), house.finance()])
      refusedNever(await bank.vote(each.userId, refundId, { verdict: 'APPROVE', reason: null }));
    refusedNever(await bank.instruct(house.finance().userId, refundId));
    refusedNever(await bank.confirm(house.finance().userId, refundId, 'CCB-20270301-1'));
    await house.world.settle();
    expect(await escrow()).toBe(0n);
    expect(await waiting()).toEqual([]);
  });

  it('that somebody gives back at the provider’s desk ends its break as well', async () => {
    const { paymentId } = await house.sellTooLateInVain();
    await house.reconcile('PROVIDER_STATE');
    const [found] = await house.open();
    const payment = await house.world.get(PaymentReader).byId(paymentId);
    await house.stripe.refunds.create({ payment_intent: present(payment?.intentRef, 'an intent') });
    await house.hear();
    await house.reconcile('PROVIDER_STATE');
    expect(await ask<Shown>(ONE, { id: present(found, 'a break').id }, house.finance())).toMatchObject({
      state: 'RESOLVED',
    });
    expect(await escrow()).toBe(0n);
  });

  it('is refused for what was kept, for words that are missing, for what is not there; and is nobody else’s to see', async () => {
    expect(await giveBack(sold.paymentId)).toMatchObject({ code: 'PAYMENT_NOT_UNRETURNED' });
    const late = await house.sellTooLateInVain();
    expect(await giveBack(late.paymentId, { note: '' })).toMatchObject({ fields: [{ path: 'note' }] });
    await expect(giveBack(newId('pay'))).rejects.toThrow(/NOT_FOUND|not found/i);
    expect(await escrow()).toBe(10_000n);
    expect(await waiting(platform('OPERATOR'))).toHaveLength(1);
    for (const stranger of [
      house.world.person(),
      house.world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' }),
      house.world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: late.order.merchantId }),
    ])
      await expect(waiting(stranger)).rejects.toThrow(/FORBIDDEN|may not/i);
    await expect(giveBack(late.paymentId, {}, platform('OPERATOR'))).rejects.toThrow();
    expect(await countStatements(() => waiting())).toBe(1);
    await giveBack(late.paymentId);
    await house.hear();
  });
});

describe('money that did not fit', () => {
  const suspense = async () =>
    (await house.world.get(LedgerReader).accountByCode('liability:suspense'))?.balanceFen ?? 0n;
  const refund = (paymentId: string, changes: object = {}, person = house.finance()) =>
    ask<Refunded>(REFUND, { input: { paymentId, note: '金额与订单不符', ...changes } }, person);

  it('B10: waits in suspense with a break, goes back whole by a person’s hand, and the break ends with the refund', async () => {
    const { paymentId } = await house.sellMismatched(9_900);
    expect(await suspense()).toBe(9_900n);
    await house.reconcile('PROVIDER_STATE');
    const [found] = await house.open();
    const breakId = present(found, 'a break').id;
    expect(found).toMatchObject({
      breakClass: 'AMOUNT_MISMATCH',
      subject: paymentId,
      expectedFen: 10_000n,
      actualFen: 9_900n,
    });

    const me = house.finance();
    const [first, second] = await Promise.all([refund(paymentId, {}, me), refund(paymentId, {}, me)]);
    expect(first).toMatchObject({
      refund: { reason: 'MISMATCHED', channel: 'PROVIDER', amountFen: '9900' },
      break: { id: breakId, state: 'OPEN' },
    });
    expect(second.refund?.id).toBe(first.refund?.id);
    expect(await refund(paymentId)).toMatchObject({ refund: { id: first.refund?.id } });
    await house.hear();
    expect(await suspense()).toBe(0n);

    await house.reconcile('PROVIDER_STATE');
    const ended = await ask<Shown>(ONE, { id: breakId }, me);
    expect(ended).toMatchObject({ state: 'RESOLVED', refundId: first.refund?.id });
    expect(ended.steps.map(({ act }) => act)).toEqual(['OPENED', 'REFUND_REQUESTED', 'RESOLVED']);
    expect(await refund(paymentId)).toMatchObject({
      refund: { id: first.refund?.id, state: 'SUCCEEDED' },
      break: null,
    });
    await house.reconcile();
    expect(await house.open()).toEqual([]);
  });

  it('B10: may go back before any check has seen it, and then has its break all the same', async () => {
    const { paymentId } = await house.sellMismatched(10_100);
    const asked = await refund(paymentId);
    expect(asked).toMatchObject({ refund: { amountFen: '10100' }, break: { state: 'OPEN' } });
    expect(await house.actsOf(present(asked.break, 'a break').id)).toEqual(['OPENED', 'REFUND_REQUESTED']);
    await house.hear();
    expect(await suspense()).toBe(0n);
  });

  it('B10: whose refund fails may go back once more', async () => {
    const { paymentId } = await house.sellMismatched(9_800);
    const first = await refund(paymentId);
    await house.world.settle();
    const [row] = await house.world.database.query<{ ref: string }>(
      'SELECT provider_ref AS ref FROM refund WHERE id = ?',
      [present(first.refund, 'a refund').id],
    );
    house.world.sandbox.control.failRefund(present(row, 'the refund').ref);
    await house.hear();
    expect(await suspense()).toBe(9_800n);

    const second = await refund(paymentId);
    expect(second.refund?.id).not.toBe(first.refund?.id);
    await house.hear();
    expect(await suspense()).toBe(0n);
  });

  it('B11: of another currency is not in the books, and is refused here', async () => {
    const { paymentId } = await house.sellMismatched(1_500, 'usd');
    expect(await refund(paymentId)).toMatchObject({ code: 'PAYMENT_NOT_IN_BOOKS' });
  });

  it('is refused for what fits, for words that are missing, and for what is not there', async () => {
    expect(await refund(sold.paymentId)).toMatchObject({ code: 'PAYMENT_NOT_MISMATCHED' });
    const { paymentId } = await house.sellMismatched(9_700);
    expect(await refund(paymentId, { note: '' })).toMatchObject({ fields: [{ path: 'note' }] });
    expect(await refund(paymentId, { channel: 'MANUAL_BANK' })).toMatchObject({
      fields: [{ path: 'bankAccount' }],
    });
    await expect(refund(newId('pay'))).rejects.toThrow(/NOT_FOUND|not found/i);
    expect(await suspense()).toBe(9_700n);
    await refund(paymentId);
    await house.hear();
  });

  it('goes by our bank once the wallet’s time is over, and two others have to agree', async () => {
    const { paymentId } = await house.sellMismatched(9_600);
    await house.advance(91 * DAY_MS);
    expect(await refund(paymentId)).toMatchObject({ code: 'REFUND_WINDOW_OVER' });
    const bankAccount = {
      holderName: '李女士',
      bankName: '中国建设银行',
      accountNumber: '6217002920123456789',
    };
    const asked = await refund(paymentId, { channel: 'MANUAL_BANK', bankAccount });
    expect(asked).toMatchObject({ refund: { channel: 'MANUAL_BANK', state: 'REQUESTED' } });
    const [bank] = await house.world.database.query<{ state: string }>(
      'SELECT state FROM bank_refund WHERE refund_id = ?',
      [present(asked.refund, 'a refund').id],
    );
    expect(bank).toEqual({ state: 'WAITING' });
  });
});
