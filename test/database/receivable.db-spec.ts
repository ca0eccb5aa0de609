import { newId, refused, sumFen } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantOrderService, OrderReader, OrderService } from '#libs/ordering';
import { type BuyerAccount, PaymentReader, RefundReader, RefundRequestService } from '#libs/payment';
import { CreditTermReader } from '#libs/procurement';
import {
  AgeingReader,
  BuyerReceiptReader,
  BuyerReceiptService,
  ReceivableActService,
  ReceivableReader,
} from '#libs/receivable';
import { VolumeCubeReader, VolumeRollupService } from '#libs/volume';
import { World } from '../harness/world.js';
import { makeDivisions } from '../make/division.make.js';
import { partsOf } from '../make/order.make.js';
import { makeProduct } from '../make/product.make.js';
import {
  type CreditUnit,
  makeAct,
  makeCreditUnit,
  makeOrderOnAccount,
  makeReceipt,
  makeSignedOrder,
  receivableFaults,
} from '../make/receivable.make.js';
import { receiveOrder } from '../make/receipt.make.js';

const DAY_MS = 86_400_000;

describe('what is sold on account', () => {
  let world: World;
  let unit: CreditUnit;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement', 'storefront'] });
    await makeDivisions(world);
  });
  beforeEach(async () => {
    world.clock.set('2026-11-02T02:00:00Z');
    unit = await makeCreditUnit(world);
  });
  afterEach(async () => {
    await world.settle();
    expect(await receivableFaults(world)).toEqual([]);
  });
  afterAll(() => world.close());

  const balance = async (code: string) =>
    (await world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;
  const owed = async (orderId: string) => (await world.get(ReceivableReader).byOrders([orderId]))[0];
  const sold = async (owner: CreditUnit = unit, quantity = 1) => {
    const product = await makeProduct(world);
    const order = await makeSignedOrder(world, owner, { quantity }, product);
    await world.settle();
    return { ...order, merchantId: product.merchantId };
  };
  const complete = async (order: { orderId: `ord_${string}`; buyerId: `usr_${string}` }) => {
    await receiveOrder(world, order);
    world.clock.advance(8 * DAY_MS);
    await world.get(MerchantOrderService).completeDue(100);
    await world.settle();
  };
  const refund = async (
    orderId: `ord_${string}`,
    amountFen: bigint,
    bankAccount: BuyerAccount | null = null,
  ) => {
    const ask = { kind: 'GOODWILL', lines: [], freightOf: [], amountFen } as const;
    const request = {
      orderId,
      ask,
      borneBy: 'SELLERS',
      note: '坏果',
      requestedBy: newId('usr'),
      bankAccount,
    } as const;
    const refundId = await world.get(RefundRequestService).submit(request, newId('req'));
    if (refused(refundId)) throw new Error(refundId.message.en);
    await world.settle();
    return refundId;
  };
  /** Escrow of one order: what came in less what was split. */
  const escrowOf = async (orderId: string) => {
    const journals = await world.get(LedgerReader).journalsOfSubject(orderId);
    return sumFen(
      journals
        .flatMap(({ transfers }) => transfers)
        .map(({ debit, credit, amountFen }) => {
          if (credit === 'liability:escrow') return amountFen;
          return debit === 'liability:escrow' ? 0n - amountFen : 0n;
        }),
    );
  };

  it('goes from the order over the signature, the receipt of the goods and ageing to the money and the sellers', async () => {
    const product = await makeProduct(world);
    const order = await makeOrderOnAccount(world, unit, {}, product);
    await world.settle();
    expect(await owed(order.orderId)).toBeUndefined();
    expect(await world.get(CreditTermReader).ofMember(unit.unitId, unit.buyerId)).toMatchObject({
      usedFen: 10_000n,
    });

    const signed = await makeSignedOrder(world, unit, {}, product);
    await world.settle();
    const [part] = await partsOf(world, signed.orderId);
    expect(part).toMatchObject({ state: 'TO_SHIP', paidAt: world.clock.now() });
    expect(await world.get(OrderReader).byId(signed.orderId)).toMatchObject({
      state: 'SIGNED',
      paidAt: null,
    });
    expect(await owed(signed.orderId)).toMatchObject({
      unitId: unit.unitId,
      divisionCode: '430225',
      signedOn: '2026-11-02',
      dueOn: '2026-12-02',
      amountFen: 10_000n,
      openFen: 10_000n,
      state: 'OPEN',
    });
    expect(await balance(`asset:receivable:buyer:${unit.unitId}`)).toBe(10_000n);
    expect(await escrowOf(signed.orderId)).toBe(0n);
    const held = await balance(`liability:held:${product.merchantId}`);
    expect(held).toBeGreaterThan(0n);

    await complete(signed);
    expect(await balance(`liability:held:${product.merchantId}`)).toBe(held);
    expect(await balance(`liability:available:${product.merchantId}`)).toBe(0n);

    world.clock.set('2026-12-20T02:00:00Z');
    expect(await world.get(AgeingReader).totalOfMerchant(product.merchantId)).toMatchObject({
      notDueFen: 0n,
      days1To30Fen: 10_000n,
      openFen: 10_000n,
      oldestDueOn: '2026-12-02',
    });

    await makeReceipt(world, unit, 10_000n, { receivedOn: '2026-12-20' });
    await world.settle();
    expect(await owed(signed.orderId)).toMatchObject({ state: 'PAID', openFen: 0n, paidFen: 10_000n });
    expect(await balance(`asset:receivable:buyer:${unit.unitId}`)).toBe(0n);
    expect(await balance(`liability:held:${product.merchantId}`)).toBe(0n);
    expect(await balance(`liability:available:${product.merchantId}`)).toBe(held);
    expect(await world.get(CreditTermReader).ofMember(unit.unitId, unit.buyerId)).toMatchObject({
      usedFen: 10_000n,
    });
    const { nodes } = await world.get(AgeingReader).byUnit(null, 'ALL', { first: 100, after: null });
    expect(nodes.find(({ unitId }) => unitId === unit.unitId)).toMatchObject({
      openFen: 0n,
      dueFen: 10_000n,
      paidOnTimeFen: 0n,
      scoreBps: 0,
    });
  });

  it('is paid in volume when it is signed, and recognised when it is received', async () => {
    const sums = async () => {
      while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
      const groups = await world.get(VolumeCubeReader).groups({
        from: '2026-01-01',
        to: '2027-12-31',
        dimensions: ['UNIT'],
        filters: { UNIT: [unit.unitId] },
        scope: { by: 'ORIGIN_COUNTY', codes: 'ALL' },
      });
      if (refused(groups)) throw new Error(groups.message.en);
      const [group] = groups;
      return [group?.sums.ORDERED ?? 0n, group?.sums.PAID ?? 0n, group?.sums.RECOGNISED ?? 0n];
    };
    const order = await sold();
    expect(await sums()).toEqual([10_000n, 10_000n, 0n]);

    await receiveOrder(world, order);
    await world.settle();
    expect(await sums()).toEqual([10_000n, 10_000n, 10_000n]);

    await makeReceipt(world, unit, 10_000n);
    await world.settle();
    expect(await sums()).toEqual([10_000n, 10_000n, 10_000n]);
  });

  it('releases the sellers’ money whichever comes last, the end of the window or the money', async () => {
    const order = await sold();
    const held = await balance(`liability:held:${order.merchantId}`);
    await makeReceipt(world, unit, 10_000n);
    await world.settle();
    expect(await balance(`liability:available:${order.merchantId}`)).toBe(0n);

    await complete(order);
    expect(await balance(`liability:available:${order.merchantId}`)).toBe(held);
  });

  it('is paid in parts, the oldest due first; what is left over stands to the unit’s credit and pays later', async () => {
    const first = await sold();
    world.clock.advance(DAY_MS);
    const second = await sold();

    const part = await makeReceipt(world, unit, 15_000n);
    await world.settle();
    expect([
      part.allocatedFen,
      (await owed(first.orderId))?.state,
      (await owed(second.orderId))?.state,
    ]).toEqual([15_000n, 'PAID', 'PARTLY_PAID']);

    await makeReceipt(world, unit, 9_000n);
    await world.settle();
    expect((await owed(second.orderId))?.state).toBe('PAID');
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(4_000n);

    const third = await sold();
    await makeReceipt(world, unit, 4_000n, { source: 'CREDIT' });
    await world.settle();
    expect(await owed(third.orderId)).toMatchObject({ paidFen: 4_000n, openFen: 6_000n });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(0n);

    const beyond = await world.get(BuyerReceiptService).record(
      {
        unitId: unit.unitId,
        source: 'CREDIT',
        reference: newId('req'),
        amountFen: 1n,
        receivedOn: '2026-11-01',
        allocations: null,
      },
      newId('usr'),
    );
    expect(beyond).toMatchObject({ code: 'INSUFFICIENT_BALANCE' });
    expect(await owed(third.orderId)).toMatchObject({ openFen: 6_000n });
  });

  it('records a receipt once by the bank’s number, and refuses the number for anything else', async () => {
    const order = await sold();
    const reference = newId('bnk');
    const once = await makeReceipt(world, unit, 3_000n, { reference });

    expect((await makeReceipt(world, unit, 3_000n, { reference })).id).toBe(once.id);
    await expect(makeReceipt(world, unit, 3_001n, { reference })).rejects.toThrow(
      'stands on another receipt',
    );
    await world.settle();
    expect(await owed(order.orderId)).toMatchObject({ paidFen: 3_000n });
  });

  it('pays what is said, never more than is owed, and nothing of another unit', async () => {
    const [mine, other] = [await sold(), await sold(await makeCreditUnit(world))];
    const pay = (orderId: string, amountFen: bigint) =>
      makeReceipt(world, unit, 20_000n, { allocations: [{ orderId, amountFen }] });

    await expect(pay(mine.orderId, 10_001n)).rejects.toThrow();
    await expect(pay(other.orderId, 1n)).rejects.toThrow();
    await pay(mine.orderId, 4_000n);
    await world.settle();
    expect(await owed(mine.orderId)).toMatchObject({ openFen: 6_000n });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(16_000n);
  });

  it('credits a refund of what is not paid yet: less is owed, the shares have given, and no provider is asked', async () => {
    const order = await sold();
    const held = await balance(`liability:held:${order.merchantId}`);

    const refundId = await refund(order.orderId, 4_000n);

    expect(await world.get(RefundReader).byId(refundId)).toMatchObject({
      channel: 'ON_ACCOUNT',
      state: 'SUCCEEDED',
    });
    expect(await owed(order.orderId)).toMatchObject({ creditedFen: 4_000n, openFen: 6_000n, state: 'OPEN' });
    expect(await balance(`liability:held:${order.merchantId}`)).toBeLessThan(held);
    expect(await balance('liability:refund_payable')).toBe(0n);
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(0n);
  });

  it('credits what was paid to the unit: part of the refund is owed no longer, the rest stands to its credit and is paid back', async () => {
    const order = await sold();
    await makeReceipt(world, unit, 7_000n);
    await world.settle();

    await refund(order.orderId, 5_000n);
    expect(await owed(order.orderId)).toMatchObject({ state: 'PAID', creditedFen: 3_000n, openFen: 0n });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(2_000n);

    await makeAct(world, {
      kind: 'CREDIT_PAYBACK',
      subjectRef: unit.unitId,
      amountFen: 2_000n,
      bankRef: 'OUT-1',
    });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(0n);
    await expect(
      makeAct(world, { kind: 'CREDIT_PAYBACK', subjectRef: unit.unitId, amountFen: 1n, bankRef: 'OUT-2' }),
    ).rejects.toThrow('short');
  });

  it('is paid back once by a number of the bank, whoever asks and however many at once; what was rejected leaves it', async () => {
    await makeReceipt(world, unit, 3_000n);
    const bankRef = newId('bnk');
    const acts = world.get(ReceivableActService);
    const ask = (amountFen: bigint, by = newId('usr')) => {
      const wish = { kind: 'CREDIT_PAYBACK', subjectRef: unit.unitId, amountFen, bankRef } as const;
      return acts.request({ ...wish, reason: '多付', idempotencyKey: newId('req') }, by);
    };
    const decide = (actId: `rca_${string}`, verdict: 'APPROVE' | 'REJECT') =>
      acts.decide({ actId, userId: newId('usr'), verdict, reason: '核对' });

    const asked = await Promise.all([1_000n, 1_000n, 2_000n, 1_000n].map((amountFen) => ask(amountFen)));
    const [act, ...others] = asked.flatMap((answer) => (refused(answer) ? [] : [answer]));
    if (!act) throw new Error('nobody was first');
    expect(others).toEqual([]);
    for (const answer of asked.filter((each) => refused(each)))
      expect(answer).toMatchObject({ code: 'PAYBACK_REFERENCE_USED', reference: bankRef });
    await decide(act.id, 'REJECT');
    const again = await ask(2_000n);
    if (refused(again)) throw new Error(again.message.en);
    await decide(again.id, 'APPROVE');

    expect(await ask(1_000n)).toMatchObject({ code: 'PAYBACK_REFERENCE_USED' });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(1_000n);
    const mine = newId('usr');
    const key = { idempotencyKey: newId('req'), reason: '多付' };
    const other = {
      kind: 'CREDIT_PAYBACK',
      subjectRef: unit.unitId,
      amountFen: 1n,
      bankRef: newId('bnk'),
    } as const;
    const first = await acts.request({ ...other, ...key }, mine);
    if (refused(first)) throw new Error(first.message.en);
    expect(await acts.request({ ...other, ...key }, mine)).toMatchObject({ id: first.id });
    await acts.withdraw(first.id, mine);
    expect(refused(await acts.request({ ...other, ...key, idempotencyKey: newId('req') }, mine))).toBe(false);
  });

  it('owes nothing for an order that is called off before it is shipped, and has its credit back', async () => {
    const order = await sold();

    const cancelled = await world.get(OrderService).cancel(unit.buyerId, order.orderId);
    expect(refused(cancelled)).toBe(false);
    await world.settle();

    expect(await owed(order.orderId)).toMatchObject({ state: 'CREDITED', openFen: 0n });
    expect(await balance(`asset:receivable:buyer:${unit.unitId}`)).toBe(0n);
    expect(await balance(`liability:held:${order.merchantId}`)).toBe(0n);
    expect(await world.get(CreditTermReader).ofMember(unit.unitId, unit.buyerId)).toMatchObject({
      usedFen: 0n,
    });
    expect(await world.get(PaymentReader).ofOrders([order.orderId])).toEqual([]);
  });

  it('gives nothing back by bank: what was bought on account is credited', async () => {
    const order = await sold();
    const bankAccount = {
      holderName: '炎陵县霞阳中学',
      bankName: '中国银行炎陵支行',
      accountNumber: '6222000000000000',
    };

    await expect(refund(order.orderId, 1_000n, bankAccount)).rejects.toThrow();
  });

  it('writes off under four eyes at the platform’s cost: the sellers are paid', async () => {
    const order = await sold();
    await complete(order);
    const before = await balance('expense:bad_debt');
    const held = await balance(`liability:held:${order.merchantId}`);

    await makeAct(world, { kind: 'WRITE_OFF', subjectRef: order.orderId });
    await world.settle();

    expect(await owed(order.orderId)).toMatchObject({
      state: 'WRITTEN_OFF',
      writtenOffFen: 10_000n,
      openFen: 0n,
    });
    expect((await balance('expense:bad_debt')) - before).toBe(10_000n);
    expect(await balance(`liability:available:${order.merchantId}`)).toBe(held);
  });

  it('agrees to give up what was open when it was asked for, and to nothing else', async () => {
    const order = await sold();
    const acts = world.get(ReceivableActService);
    const maker = newId('usr');
    const act = await acts.request(
      { kind: 'WRITE_OFF', subjectRef: order.orderId, idempotencyKey: newId('req'), reason: '单位撤销' },
      maker,
    );
    if (refused(act)) throw new Error(act.message.en);
    const decide = (userId: `usr_${string}`) =>
      acts.decide({ actId: act.id, userId, verdict: 'APPROVE', reason: null });

    expect(await decide(maker)).toMatchObject({ code: 'SELF_APPROVAL' });
    await makeReceipt(world, unit, 1_000n);
    await world.settle();
    expect(await decide(newId('usr'))).toMatchObject({ code: 'CONTENT_CHANGED' });
    expect(await owed(order.orderId)).toMatchObject({ writtenOffFen: 0n, openFen: 9_000n });
  });

  it('reverses a receipt that was wrong under four eyes: it is owed again, and what is not released yet is held again', async () => {
    const order = await sold();
    const receipt = await makeReceipt(world, unit, 12_000n);
    await world.settle();
    const held = await balance(`liability:held:${order.merchantId}`);

    await makeAct(world, { kind: 'RECEIPT_REVERSAL', subjectRef: receipt.id });
    await world.settle();

    expect(await owed(order.orderId)).toMatchObject({ state: 'OPEN', paidFen: 0n, openFen: 10_000n });
    expect(await world.get(BuyerReceiptReader).creditOf(unit.unitId)).toBe(0n);
    await complete(order);
    expect(await balance(`liability:available:${order.merchantId}`)).toBe(0n);
    await makeReceipt(world, unit, 10_000n);
    await world.settle();
    expect(await balance(`liability:available:${order.merchantId}`)).toBe(held);
    const asked = world
      .get(ReceivableActService)
      .request(
        { kind: 'RECEIPT_REVERSAL', subjectRef: receipt.id, idempotencyKey: newId('req'), reason: '重复' },
        newId('usr'),
      );
    expect(await asked).toMatchObject({ code: 'NOTHING_TO_ACT_ON' });
  });

  it('does not reverse a receipt whose credit has been used; what used it is reversed first', async () => {
    const order = await sold();
    const wrong = await makeReceipt(world, unit, 15_000n);
    await world.settle();
    const next = await sold();
    const use = await makeReceipt(world, unit, 5_000n, { source: 'CREDIT' });
    await world.settle();

    await expect(makeAct(world, { kind: 'RECEIPT_REVERSAL', subjectRef: wrong.id })).rejects.toThrow('short');
    expect(await owed(order.orderId)).toMatchObject({ state: 'PAID' });
    await makeAct(world, { kind: 'RECEIPT_REVERSAL', subjectRef: use.id });
    await makeAct(world, { kind: 'RECEIPT_REVERSAL', subjectRef: wrong.id });
    await world.settle();
    expect([(await owed(order.orderId))?.openFen, (await owed(next.orderId))?.openFen]).toEqual([
      10_000n,
      10_000n,
    ]);
  });

  it('tells reconciliation what somebody has altered by hand', async () => {
    const order = await sold();
    await world.asOwner((owner) =>
      owner.write('UPDATE receivable SET amount_fen = 10001, open_fen = 10001 WHERE order_id = ?', [
        order.orderId,
      ]),
    );

    const found = await receivableFaults(world);
    await world.asOwner((owner) =>
      owner.write('UPDATE receivable SET amount_fen = 10000, open_fen = 10000 WHERE order_id = ?', [
        order.orderId,
      ]),
    );

    expect(found.map(({ about, keptFen, foundFen }) => [about, keptFen, foundFen])).toEqual([
      ['LEDGER', 10_001n, 10_000n],
      ['PARTS', 10_001n, 10_000n],
      ['ENTRIES', 10_001n, 10_000n],
    ]);
  });
});
