import fc from 'fast-check';
import { newId, sumFen } from '#libs/kernel';
import { LedgerReader, buyerReceivableAccount, unitCreditAccount } from '#libs/ledger';
import { MerchantOrderService, OrderService } from '#libs/ordering';
import { RefundRequestService } from '#libs/payment';
import { CreditTermReader } from '#libs/procurement';
import { BuyerReceiptReader, ReceivableReader } from '#libs/receivable';
import { World } from '../harness/world.js';
import { makeDivisions } from '../make/division.make.js';
import type { MadeOrder } from '../make/order.make.js';
import { type MadeProduct, makeProduct } from '../make/product.make.js';
import { receiveOrder } from '../make/receipt.make.js';
import {
  type CreditUnit,
  makeAct,
  makeCreditUnit,
  makeReceipt,
  makeSignedOrder,
  receivableFaults,
} from '../make/receivable.make.js';

const RUNS = 8;

type Step =
  | { readonly kind: 'SELL'; readonly quantity: number }
  | { readonly kind: 'PAY'; readonly amountFen: bigint }
  | { readonly kind: 'USE_CREDIT'; readonly amountFen: bigint }
  | { readonly kind: 'REFUND'; readonly which: number; readonly amountFen: bigint }
  | { readonly kind: 'CANCEL' | 'RECEIVE' | 'WRITE_OFF' | 'REVERSE'; readonly which: number };

const amount = fc.bigInt({ min: 1n, max: 25_000n });
const which = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('SELL' as const), quantity: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('PAY' as const), amountFen: amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('USE_CREDIT' as const), amountFen: amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('REFUND' as const), which, amountFen: amount }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('CANCEL' as const, 'RECEIVE' as const, 'WRITE_OFF' as const, 'REVERSE' as const),
      which,
    }),
  },
);

/** Any history of orders on account leaves the books balanced: what is owed is what the account says, and escrow is empty. */
describe('whatever happens on account', () => {
  let world: World;
  let unit: CreditUnit;
  let product: MadeProduct;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'settlement'] });
    await makeDivisions(world);
    product = await makeProduct(world, { batches: [{ quantity: 10_000 }] });
  });
  afterAll(() => world.close());

  const balance = async (code: string) =>
    (await world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;

  async function act(taken: Step, orders: MadeOrder[], receiptIds: string[]): Promise<void> {
    const order = 'which' in taken ? orders[taken.which % Math.max(orders.length, 1)] : undefined;
    switch (taken.kind) {
      case 'SELL':
        orders.push(await makeSignedOrder(world, unit, { quantity: taken.quantity }, product));
        return;
      case 'PAY':
        receiptIds.push((await makeReceipt(world, unit, taken.amountFen)).id);
        return;
      case 'USE_CREDIT':
        // More than there is, or than is owed, is refused and changes nothing.
        await makeReceipt(world, unit, taken.amountFen, { source: 'CREDIT' }).catch(() => undefined);
        return;
      case 'REFUND': {
        if (!order) return;
        const ask = { kind: 'GOODWILL', lines: [], freightOf: [], amountFen: taken.amountFen } as const;
        const why = {
          borneBy: 'SELLERS',
          note: '坏果',
          requestedBy: newId('usr'),
          bankAccount: null,
        } as const;
        await world.get(RefundRequestService).submit({ orderId: order.orderId, ask, ...why }, newId('req'));
        return;
      }
      case 'CANCEL':
        if (order) await world.get(OrderService).cancel(order.buyerId, order.orderId);
        return;
      case 'RECEIVE':
        if (!order) return;
        // What is cancelled or received already is not received again.
        await receiveOrder(world, order).catch(() => undefined);
        world.clock.advance(8 * 86_400_000);
        await world.get(MerchantOrderService).completeDue(100);
        return;
      case 'WRITE_OFF':
        if (order)
          await makeAct(world, { kind: 'WRITE_OFF', subjectRef: order.orderId }).catch(() => undefined);
        return;
      case 'REVERSE': {
        const receiptId = receiptIds[taken.which % Math.max(receiptIds.length, 1)];
        // Reversed already, or its credit has been used.
        if (receiptId)
          await makeAct(world, { kind: 'RECEIPT_REVERSAL', subjectRef: receiptId }).catch(() => undefined);
      }
    }
  }

  it('the books balance and clear', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        world.clock.set('2026-11-02T02:00:00Z');
        unit = await makeCreditUnit(world, { limitFen: 10_000_000n });
        const orders: MadeOrder[] = [];
        const receiptIds: string[] = [];
        for (const taken of steps) {
          await act(taken, orders, receiptIds);
          // Facts catch up now and then only, so that acts also meet books that are behind.
          if (taken.kind !== 'SELL') await world.settle();
        }
        await world.settle();

        expect(await receivableFaults(world)).toEqual([]);
        expect((await world.get(LedgerReader).trialBalance()).differenceFen).toBe(0n);
        expect(await balance('liability:escrow')).toBe(0n);
        expect(await balance('liability:refund_payable')).toBe(0n);
        const owed = await world.get(ReceivableReader).byOrders(orders.map(({ orderId }) => orderId));
        const openFen = sumFen(owed.map((row) => row.openFen));
        expect(owed).toHaveLength(orders.length);
        expect(await balance(buyerReceivableAccount(unit.unitId))).toBe(openFen);
        expect(await balance(unitCreditAccount(unit.unitId))).toBe(
          await world.get(BuyerReceiptReader).creditOf(unit.unitId),
        );
        const credit = await world.get(CreditTermReader).ofMember(unit.unitId, unit.buyerId);
        expect(credit?.usedFen).toBe(openFen);
      }),
      { numRuns: RUNS },
    );
  });
});
