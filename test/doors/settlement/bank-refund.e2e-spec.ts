import { contentHashOf } from '#libs/approval';
import { DAY_MS, newId, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { PaymentReader, PaymentService } from '#libs/payment';
import { type Person, World } from '../../harness/world.js';
import { type PayableOrder, Postbag, deliverWebhooks, makePayableOrder } from '../../make/payment.make.js';

const ACCOUNT = {
  holderName: '李女士',
  bankName: '中国建设银行株洲分行',
  accountNumber: '6217 0029 2012 3456 789',
};
const REQUEST = `mutation Ask($input: RefundRequestInput!) { refundRequest(input: $input) {
  ... on RefundRequestPayload { refund { id state channel } } ... on DomainError { code }
  ... on InvalidInputError { fields { path } } } }`;
const VOTE = `mutation Vote($refundId: ID!, $verdict: Verdict!, $reason: String, $contentHash: String) {
  bankRefundVote(refundId: $refundId, verdict: $verdict, reason: $reason, contentHash: $contentHash) {
    ... on BankRefundVotePayload { bankRefund { state holderMasked accountLastFour isSetAside } } ... on DomainError { code } } }`;
const ONE = `query ($refundId: ID!) { bankRefund(refundId: $refundId) { orderId bankName accountDigest approval { contentHash } } }`;
const INSTRUCT = `mutation Instruct($refundId: ID!) { bankRefundInstruct(refundId: $refundId) {
  ... on BankRefundInstructPayload { instruction { amountFen holderName bankName accountNumber remark } } ... on DomainError { code } } }`;
const CONFIRM = `mutation Confirm($refundId: ID!, $bankRef: String!) { bankRefundConfirm(refundId: $refundId, bankRef: $bankRef) {
  ... on BankRefundConfirmPayload { bankRefund { state bankRef } } ... on DomainError { code } } }`;
const RETURN = `mutation Return($refundId: ID!) { bankRefundReturn(refundId: $refundId) {
  ... on BankRefundReturnPayload { bankRefund { state } } ... on DomainError { code } } }`;
const LIST = `query List($state: BankRefundState) { bankRefunds(state: $state) { nodes { refundId state holderMasked accountLastFour } } }`;
const STATE = 'query One($id: ID!) { refund(id: $id) { state failureCode } }';

describe('C16: a refund that our bank sends', () => {
  let world: World;
  let postbag: Postbag;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'], withSandbox: true });
    world.clock.set(world.sandbox.control.now.toISOString());
    postbag = new Postbag(world.sandbox, world.clock);
  });
  afterAll(() => world.close());

  const finance = () => world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  const ask = <T = Record<string, unknown>>(query: string, variables: object, person: Person = finance()) =>
    world.client('settlement').as(person.token).ask<T>(query, variables);
  const advance = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    await world.sandbox.control.advance(milliseconds / 1_000);
  };
  const sellLongAgo = async (method: 'ALIPAY' | 'WECHAT_PAY', days: number) => {
    const order = await makePayableOrder(world, { priceFen: 10_000n });
    const payment = await world.get(PaymentService).start(order.buyerId, order.orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
    world.sandbox.control.authorise(present(intentRef, 'an intent'));
    await deliverWebhooks(world, postbag);
    await world.settle();
    await advance(days * DAY_MS);
    return order;
  };
  const request = async (
    order: PayableOrder,
    maker: Person,
    channel?: 'MANUAL_BANK',
    account: object | null = ACCOUNT,
  ) =>
    ask<{ code?: string; refund?: { id: string; state: string }; fields?: { path: string }[] }>(
      REQUEST,
      {
        input: {
          idempotencyKey: newId('req'),
          note: '超出原路退款期限',
          ask: { orderId: order.orderId, kind: 'GOODWILL', amountFen: '2500' },
          ...(channel && { channel, bankAccount: account }),
        },
      },
      maker,
    );
  const waiting = async (order: PayableOrder, maker = finance()) => {
    const { refund } = await request(order, maker, 'MANUAL_BANK');
    const refundId = present(refund, 'a refund').id;
    await world.settle();
    return { refundId, maker };
  };
  const approve = (refundId: string, person: Person = finance()) =>
    ask(VOTE, { refundId, verdict: 'APPROVE' }, person);
  const creditOf = ({ merchantId }: PayableOrder) =>
    world.get(LedgerReader).balancesOfPayee(merchantId as `mer_${string}`);
  const bankBalance = async () =>
    (await world.get(LedgerReader).accountByCode('asset:bank:main'))?.balanceFen ?? 0n;

  it.each([
    ['ALIPAY', 91],
    ['WECHAT_PAY', 181],
  ] as const)(
    'C16 by %s on day %i is refused by the wallet’s way, and goes by the bank’s with two approvals',
    async (method, day) => {
      const order = await sellLongAgo(method, day);
      expect(await request(order, finance())).toMatchObject({ code: 'REFUND_WINDOW_OVER' });
      const before = await bankBalance();
      const { refundId, maker } = await waiting(order);
      // Set aside at once, so that nobody is paid out what is about to go back.
      expect(await creditOf(order)).toEqual({ held: 5_475n, available: 0n });

      expect(await approve(refundId, maker)).toMatchObject({ code: 'SELF_APPROVAL' });
      const first = finance();
      expect(await approve(refundId, first)).toMatchObject({ bankRefund: { state: 'WAITING' } });
      expect(await approve(refundId, first)).toMatchObject({ code: 'ALREADY_VOTED' });
      expect(await ask(INSTRUCT, { refundId })).toMatchObject({ code: 'BANK_REFUND_NOT_READY' });
      expect(await approve(refundId)).toEqual({
        bankRefund: { state: 'APPROVED', holderMasked: '李**', accountLastFour: '6789', isSetAside: true },
      });
      const instruction = await ask(INSTRUCT, { refundId });
      expect(instruction).toEqual({
        instruction: {
          amountFen: '2500',
          holderName: '李女士',
          bankName: '中国建设银行株洲分行',
          accountNumber: '6217002920123456789',
          remark: `退款 ${order.orderId}`,
        },
      });
      expect(await ask(INSTRUCT, { refundId })).toEqual(instruction);
      const bankRef = `CCB-${day}`;
      expect(await ask(CONFIRM, { refundId, bankRef })).toEqual({
        bankRefund: { state: 'CONFIRMED', bankRef },
      });
      expect(await ask(CONFIRM, { refundId, bankRef })).toEqual({
        bankRefund: { state: 'CONFIRMED', bankRef },
      });
      await world.settle();

      expect(await ask(STATE, { id: refundId })).toMatchObject({ state: 'SUCCEEDED' });
      expect((await bankBalance()) - before).toBe(-2_500n);
      expect(await creditOf(order)).toEqual({ held: 5_475n, available: 0n });
      expect(world.sandbox.control.dump()['refunds']).toEqual([]);
    },
  );

  it('is given back to whoever gave it when somebody does not agree', async () => {
    const order = await sellLongAgo('ALIPAY', 91);
    const { refundId } = await waiting(order);

    // What is agreed to is what was looked at: whoever reckons it from what they see gets the same.
    const one = await ask<{
      orderId: string;
      bankName: string;
      accountDigest: string;
      approval: { contentHash: string };
    }>(ONE, { refundId });
    const { orderId, bankName, accountDigest: account } = one;
    expect(contentHashOf({ id: refundId, orderId, amountFen: 2_500n, bankName, account })).toBe(
      one.approval.contentHash,
    );
    const other = { refundId, verdict: 'APPROVE', contentHash: '0'.repeat(64) };
    expect(await ask(VOTE, other)).toMatchObject({ code: 'CONTENT_CHANGED' });
    expect(await ask(ONE, { refundId: newId('rfd') })).toBeNull();
    expect(await ask(VOTE, { refundId, verdict: 'REJECT' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ask(VOTE, { refundId, verdict: 'REJECT', reason: '账户与买家不符' })).toMatchObject({
      bankRefund: { state: 'REJECTED' },
    });
    await world.settle();

    expect(await ask(STATE, { id: refundId })).toEqual({ state: 'FAILED', failureCode: 'rejected' });
    expect(await creditOf(order)).toEqual({ held: 7_300n, available: 0n });
    expect(await approve(refundId)).toMatchObject({ code: 'APPROVAL_NOT_OPEN' });
  });

  it('comes back when the bank cannot deliver it', async () => {
    const order = await sellLongAgo('ALIPAY', 91);
    const { refundId } = await waiting(order);
    await approve(refundId);
    await approve(refundId);
    await ask(INSTRUCT, { refundId });

    expect(await ask(RETURN, { refundId })).toEqual({ bankRefund: { state: 'RETURNED' } });
    await world.settle();

    expect(await creditOf(order)).toEqual({ held: 7_300n, available: 0n });
    expect(await ask(CONFIRM, { refundId, bankRef: 'CCB-0001' })).toMatchObject({
      code: 'BANK_REFUND_NOT_READY',
    });
  });

  it('takes one number of the bank for one refund', async () => {
    const order = await sellLongAgo('ALIPAY', 91);
    for (const expected of [{ bankRefund: { state: 'CONFIRMED' } }, { code: 'BANK_REF_USED' }]) {
      const { refundId } = await waiting(order);
      await approve(refundId);
      await approve(refundId);
      await ask(INSTRUCT, { refundId });
      expect(await ask(CONFIRM, { refundId, bankRef: 'CCB-ONCE' })).toMatchObject(expected);
    }
  });

  it('keeps the account nowhere in plain words, and not at all once it is over', async () => {
    const order = await sellLongAgo('ALIPAY', 91);
    const { refundId } = await waiting(order);
    const rows = async () => {
      const tables = ['refund', 'bank_refund', 'outbox', 'audit_entry', 'approval_request'];
      const all = [];
      for (const table of tables) all.push(...(await world.database.query(`SELECT * FROM ${table}`)));
      return JSON.stringify(all);
    };
    expect(await rows()).not.toContain('6217002920123456789');
    await approve(refundId);
    await approve(refundId);
    const reader = finance();
    await ask(INSTRUCT, { refundId }, reader);
    await ask(CONFIRM, { refundId, bankRef: 'CCB-ERASED' });

    expect(await rows()).not.toContain('6217002920123456789');
    expect(
      await world.database.query('SELECT account_cipher, key_id FROM bank_refund WHERE refund_id = ?', [
        refundId,
      ]),
    ).toEqual([{ account_cipher: null, key_id: null }]);
    expect(
      await world.database.query(
        "SELECT actor_id AS who FROM audit_entry WHERE act = 'bank_refund.account_read' AND subject = ?",
        [refundId],
      ),
    ).toEqual([{ who: reader.userId }]);
  });

  it('needs an account, and a good one', async () => {
    const order = await sellLongAgo('ALIPAY', 91);

    expect(await request(order, finance(), 'MANUAL_BANK', null)).toMatchObject({
      fields: [{ path: 'bankAccount' }],
    });
    expect(
      await request(order, finance(), 'MANUAL_BANK', {
        holderName: '=1+1',
        bankName: 'x',
        accountNumber: '12a',
      }),
    ).toMatchObject({
      fields: [
        { path: 'bankAccount.holderName' },
        { path: 'bankAccount.bankName' },
        { path: 'bankAccount.accountNumber' },
      ],
    });
  });

  it('is seen masked, by finance and operators alone', async () => {
    const order = await sellLongAgo('ALIPAY', 91);
    const { refundId } = await waiting(order);

    const { nodes } = await ask<{ nodes: object[] }>(LIST, { state: 'WAITING' });
    expect(nodes[0]).toEqual({ refundId, state: 'WAITING', holderMasked: '李**', accountLastFour: '6789' });
    for (const stranger of [
      world.person(),
      world.person({ role: 'OFFICIAL', scopeKind: 'PLATFORM', scopeId: '*' }),
      world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' }),
    ]) {
      const client = world.client('settlement').as(stranger.token);
      for (const [query, variables] of [
        [LIST, {}],
        [INSTRUCT, { refundId }],
        [CONFIRM, { refundId, bankRef: 'CCB-0009' }],
        [RETURN, { refundId }],
        [VOTE, { refundId, verdict: 'APPROVE' }],
      ] as const)
        expect(await client.codeOf(query, variables)).toBe('FORBIDDEN');
    }
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
    expect(await ask(LIST, {}, operator)).toMatchObject({ nodes: expect.any(Array) });
    expect(await world.client('settlement').as(operator.token).codeOf(INSTRUCT, { refundId })).toBe(
      'FORBIDDEN',
    );
    expect(
      await world
        .client('settlement')
        .as(finance().token)
        .codeOf(INSTRUCT, { refundId: newId('rfd') }),
    ).toBe('NOT_FOUND');
  });
});
