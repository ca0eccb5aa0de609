import fc from 'fast-check';
import { DAY_MS, HOUR_MS } from '#libs/kernel';
import type { PaymentMethod } from '#libs/payment';
import { ReconciliationHouse, type SoldOrder } from '../reconciliation/reconciliation-house.js';

/** Each is a history of some dozen acts through every room, and all checks over it. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 5);

type Act =
  | { readonly kind: 'sell'; readonly method: PaymentMethod; readonly quantity: number }
  | { readonly kind: 'refund' | 'receive' | 'dispute' | 'win' | 'lose'; readonly nth: number }
  | { readonly kind: 'sell-late' | 'complete' | 'wait' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      method: fc.constantFrom<PaymentMethod>('ALIPAY', 'WECHAT_PAY', 'CARD'),
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'refund' as const,
        'receive' as const,
        'dispute' as const,
        'win' as const,
        'lose' as const,
      ),
      nth: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('sell-late' as const, 'complete' as const, 'wait' as const),
    }),
  },
);

interface Sold extends SoldOrder {
  left: number;
  isReceived: boolean;
  isCard: boolean;
  disputeId: string | null;
  isDecided: boolean;
}

/** Everything that may happen to orders, in any order in which it may happen. */
class Life {
  private readonly sold: Sold[] = [];

  constructor(private readonly house: ReconciliationHouse) {}

  async live(acts: readonly Act[]): Promise<void> {
    await this.act({ kind: 'sell', method: 'ALIPAY', quantity: 3 });
    for (const step of acts) await this.act(step);
  }

  private async act(step: Act): Promise<void> {
    switch (step.kind) {
      case 'sell': {
        const order = await this.house.sell(step.method, step.quantity);
        const isCard = step.method === 'CARD';
        this.sold.push({
          ...order,
          left: step.quantity,
          isReceived: false,
          isCard,
          disputeId: null,
          isDecided: false,
        });
        return;
      }
      case 'sell-late':
        return this.house.sellTooLate();
      case 'complete':
        return this.house.complete();
      case 'wait':
        return this.house.advance(3 * HOUR_MS);
      default:
        return this.actOn(step.kind, this.sold[step.nth % this.sold.length]);
    }
  }

  private async actOn(
    kind: 'refund' | 'receive' | 'dispute' | 'win' | 'lose',
    order: Sold | undefined,
  ): Promise<void> {
    if (!order) return;
    const { control } = this.house.world.sandbox;
    if (kind === 'refund' && order.left > 0 && (order.disputeId === null || order.isDecided)) {
      order.left -= 1;
      await this.house.refund(order, 1);
    } else if (kind === 'receive' && !order.isReceived && order.left > 0) {
      order.isReceived = true;
      await this.house.receive(order);
    } else if (kind === 'dispute' && order.isCard && order.disputeId === null && order.left > 0) {
      order.disputeId = control.openDispute(order.intentRef).id;
      await this.house.hear();
    } else if ((kind === 'win' || kind === 'lose') && order.disputeId !== null && !order.isDecided) {
      order.isDecided = true;
      if (kind === 'lose') order.left = 0;
      control.closeDispute(order.disputeId, kind === 'win' ? 'won' : 'lost');
      await this.house.hear();
    }
  }
}

describe('any healthy history', () => {
  let house: ReconciliationHouse;

  beforeAll(async () => {
    house = await ReconciliationHouse.open();
  });
  afterAll(() => house.world.close());

  it('leaves all checks silent, also while some of it is still under way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
        await new Life(house).live(acts);
        await house.advance(HOUR_MS);
        await house.background();
        await house.reconcile();
        expect(await house.failures()).toEqual([]);
        expect(await house.open()).toEqual([]);
        await house.advance(DAY_MS);
        await house.background();
        await house.reconcile();
        expect(await house.open()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
