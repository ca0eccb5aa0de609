import fc from 'fast-check';
import { DAY_MS } from '#libs/kernel';
import {
  type VolumeAxis,
  factsOfPaid,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
} from '#libs/volume';
import { VolumeRooms, line } from '../database/volume-rooms.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 12);
const START = Date.parse('2026-06-10T02:00:00Z');
const AXES: readonly VolumeAxis[] = ['DAY', 'MONTH', 'COUNTY', 'PRODUCT', 'CHANNEL', 'CERTIFIED'];

type Step =
  | { readonly act: 'SELL'; readonly line: number; readonly fen: number; readonly daysAgo: number }
  | { readonly act: 'REFUND'; readonly line: number; readonly share: number; readonly daysAgo: number }
  | { readonly act: 'PASS'; readonly days: number }
  | { readonly act: 'CLOSE' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('SELL' as const),
    line: fc.nat(40),
    fen: fc.integer({ min: 1, max: 100_000 }),
    daysAgo: fc.nat(90),
  }),
  fc.record({
    act: fc.constant('REFUND' as const),
    line: fc.nat(40),
    share: fc.nat(100),
    daysAgo: fc.nat(60),
  }),
  fc.record({ act: fc.constant('PASS' as const), days: fc.integer({ min: 1, max: 25 }) }),
  fc.record({ act: fc.constant('CLOSE' as const) }),
);

/** One life of the register: sales told late, refunds, months closed in between. */
class Life {
  private readonly sold = new Map<
    number,
    { readonly fen: bigint; readonly paidAt: Date; readonly receivedAt: Date }
  >();
  private readonly refunded = new Map<number, bigint>();
  readonly published = new Map<string, unknown>();

  constructor(private readonly house: VolumeRooms) {}

  async take(next: Step): Promise<void> {
    const { clock } = this.house.rooms;
    if (next.act === 'PASS') clock.advance(next.days * DAY_MS);
    if (next.act === 'SELL') await this.sell(next);
    if (next.act === 'REFUND') await this.refund(next);
    if (next.act === 'CLOSE') await this.close();
    await this.house.rollAll();
  }

  private lineOf(index: number, fen: bigint) {
    return line(`oln_${index}`, fen, {
      originCountyCode: ['430225', '430224', ''][index % 3] ?? '',
      productId: `prd_${index % 4}`,
      channelKind: index % 2 === 0 ? 'ONLINE' : 'COUNTER',
      isCertified: index % 5 !== 0,
    });
  }

  private async sell({ line: index, fen, daysAgo }: Step & { act: 'SELL' }): Promise<void> {
    const receivedAt = new Date(this.house.rooms.clock.now().getTime() - daysAgo * DAY_MS);
    const known = this.sold.get(index) ?? { fen: BigInt(fen), paidAt: receivedAt, receivedAt };
    this.sold.set(index, known);
    const lines = [this.lineOf(index, known.fen)];
    // Told again by whoever has told it before: it counts once.
    await this.house.record(
      ...factsOfPaid(lines, known.paidAt),
      ...factsOfReceived(lines, known.paidAt, known.receivedAt),
    );
  }

  private async refund({ line: index, share, daysAgo }: Step & { act: 'REFUND' }): Promise<void> {
    const sale = this.sold.get(index);
    if (!sale) return;
    const left = sale.fen - (this.refunded.get(index) ?? 0n);
    const goodsFen = (left * BigInt(share)) / 100n;
    if (goodsFen === 0n) return;
    const settledAt = new Date(this.house.rooms.clock.now().getTime() - daysAgo * DAY_MS);
    const refundId = `rfd_${index}_${this.refunded.get(index) ?? 0n}`;
    this.refunded.set(index, sale.fen - left + goodsFen);
    const refund = [{ refundId, lineId: `oln_${index}`, goodsFen, quantity: 0, settledAt }];
    const lines = [this.lineOf(index, sale.fen)];
    await this.house.record(
      ...factsOfRefunded(lines, sale.paidAt, refund),
      ...factsOfReversed(lines, sale.paidAt, sale.receivedAt, refund),
    );
  }

  /** The oldest month in the book that may be closed, to the very end. */
  private async close(): Promise<void> {
    await this.house.closes.keepBook();
    const { nodes } = await this.house.closed.page({ first: 100, after: null });
    const today = this.house.rooms.clock.now().toISOString().slice(0, 10);
    const due = nodes.filter(({ state, cutOffOn }) => state !== 'PUBLISHED' && cutOffOn < today).at(-1);
    if (!due) return;
    await this.house.lockMonth(due.month);
    await this.house.publishMonth(due.month);
    this.published.set(due.month, await this.frozen(due.month));
  }

  private frozen(month: string): Promise<unknown> {
    return this.house.rooms.database.query(
      'SELECT * FROM volume_month_frozen WHERE month = ? ORDER BY 1, 2, 3, 4, 5',
      [month],
    );
  }

  async assertTrue(): Promise<void> {
    const { database } = this.house.rooms;
    const sold = [...this.sold.values()].reduce((sum, { fen }) => sum + fen, 0n);
    const back = [...this.refunded.values()].reduce((sum, fen) => sum + fen, 0n);
    const [facts] = await database.query<{ fen: string }>(
      'SELECT COALESCE(SUM(recognised_fen), 0) AS fen FROM volume_fact',
    );
    expect(BigInt(facts?.fen ?? 0)).toBe(sold - back);
    for (const axis of AXES) {
      const { rows } = await this.house.ask({ from: '2026-01-01', to: '2028-12-31' }, [axis]);
      expect([axis, rows.reduce((sum, row) => sum + row.recognisedFen, 0n)]).toEqual([axis, sold - back]);
    }
    for (const [month, frozen] of this.published) {
      expect(await this.frozen(month)).toEqual(frozen);
      expect(await this.house.freezes.verify(month)).toEqual({ month, isIntact: true, disagreeing: [] });
    }
  }
}

describe('over any history of sales, refunds and closes', () => {
  let house: VolumeRooms;

  beforeAll(async () => {
    house = await VolumeRooms.open();
  });
  afterAll(() => house.close());

  it('months add up to the facts, every axis to the same, and a published month equals its snapshot for ever', async () => {
    let closed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
        house.rooms.clock.set(new Date(START).toISOString());
        const life = new Life(house);
        try {
          // A year later all of it is closed, whatever the steps have left open.
          for (const next of [...steps, { act: 'PASS', days: 70 } as const, { act: 'CLOSE' } as const])
            await life.take(next);
          await life.assertTrue();
          closed += life.published.size;
        } finally {
          await house.forget();
        }
      }),
      { numRuns: RUNS },
    );
    expect(closed).toBeGreaterThan(0);
  }, 120_000);
});
