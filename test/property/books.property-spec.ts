import fc from 'fast-check';
import { type Fen, HOUR_MS, businessDay, newId, present, refused, sumFen } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import {
  ClawbackService,
  RefundReversalService,
  SaleSplitService,
  ShareReleaseService,
  SplitRuleReader,
} from '#libs/settlement';
import {
  UNKNOWN_ATTRIBUTION,
  VolumeCubeReader,
  MonthCloseReader,
  VolumeFactService,
  type VolumeLine,
  VolumeReader,
  type VolumeRefund,
  VolumeRollupService,
  factsOfPaid,
  factsOfPlaced,
  factsOfReceived,
  factsOfRefunded,
  factsOfReversed,
} from '#libs/volume';
import { RuleBook } from '../../libs/settlement/src/rule-book.service.js';
import { SellerFeeRepository } from '../../libs/settlement/src/seller-fee.repository.js';
import { SellerFeeService } from '../../libs/settlement/src/seller-fee.service.js';
import { ShareHoldRepository } from '../../libs/settlement/src/share-hold.repository.js';
import { SplitRepository } from '../../libs/settlement/src/split.repository.js';
import { MonthCloseRepository } from '../../libs/volume/src/month-close.repository.js';
import { VolumeFactRepository } from '../../libs/volume/src/volume-fact.repository.js';
import { VolumeRollupRepository } from '../../libs/volume/src/volume-rollup.repository.js';
import { FakeClock } from '../harness/clock.js';
import { VOLUME_TABLES } from '../database/volume-rooms.js';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';
import { makeLedger } from '../make/ledger.make.js';
import { sealQueue } from '../harness/seals.js';

/** Each run is some dozen transactions. */
const RUNS = 25;
const MERCHANTS = 2;
const BOOK_TABLES = [
  'ledger_day_waiting',
  'ledger_day_balance',
  'ledger_transfer',
  'ledger_journal',
  'ledger_account',
  'split_share',
  'split_reversal',
  'share_hold',
  'outbox',
];

type Act =
  | { readonly kind: 'refund'; readonly line: number; readonly thousandths: number }
  | { readonly kind: 'settle' | 'fail'; readonly refund: number }
  | { readonly kind: 'receive' | 'release'; readonly merchant: number }
  | { readonly kind: 'pay' | 'roll' };

const merchant = fc.nat({ max: MERCHANTS - 1 });

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      line: fc.nat({ max: 5 }),
      thousandths: fc.integer({ min: 1, max: 1_300 }), // Past a thousand is more than is left.
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('settle' as const, 'fail' as const),
      refund: fc.nat({ max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('receive' as const, 'release' as const), merchant }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('pay' as const, 'roll' as const) }) },
);

const line = fc.record({
  merchant,
  goodsFen: fc.oneof(fc.bigInt(0n, 30n), fc.bigInt(1n, 1_000_000n)),
  isAtCounter: fc.boolean(),
  county: fc.constantFrom('430225', '430224', ''),
  weights: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
});
const order = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  freightFen: fc.bigInt(1n, 900n),
});
type Order = typeof order extends fc.Arbitrary<infer T> ? T : never;

interface Taken {
  readonly refundId: string;
  readonly lineId: string;
  readonly amountFen: Fen;
  state: 'RESERVED' | 'SETTLED' | 'FAILED';
}

/** One order's life, told to the rooms, with what should be true of it kept beside. */
class Life {
  private readonly orderId = newId('ord');
  private readonly paidAt = this.clock.now();
  private readonly refunds: Taken[] = [];
  private readonly settled: VolumeRefund[] = [];
  private readonly receivedAt = new Map<number, Date>();
  private readonly released = new Set<number>();
  private readonly ledgers = new LedgerReader(this.test.database);
  private readonly ledger = makeLedger(this.clock);
  private readonly splits = new SplitRepository();
  private readonly fees = new SellerFeeService(this.ledger, new SellerFeeRepository(), this.splits);
  private readonly sales = new SaleSplitService(
    this.ledger,
    new RuleBook(new SplitRuleReader(this.test.database)),
    this.splits,
    this.fees,
  );
  private readonly clawbacks = new ClawbackService(this.test.database, this.ledger, this.ledgers, this.clock);
  private readonly reversals = new RefundReversalService(
    this.ledger,
    this.ledgers,
    this.splits,
    this.fees,
    this.clawbacks,
    this.clock,
  );
  private readonly releases = new ShareReleaseService(
    this.ledger,
    this.splits,
    new ShareHoldRepository(),
    this.clawbacks,
  );
  private readonly facts = new VolumeFactService(
    new VolumeFactRepository(this.clock, sealQueue()),
    new MonthCloseRepository(),
    this.clock,
  );
  private readonly rollups = new VolumeRollupService(this.test.database, new VolumeRollupRepository());
  private readonly volume = new VolumeReader(
    this.test.database,
    new VolumeCubeReader(this.test.database),
    this.clock,
    new MonthCloseReader(this.test.database),
  );
  private readonly lines = this.order.lines.map((row, index) => ({
    lineId: `${this.orderId}l${index}`,
    merchantOrderId: this.merchantOrderId(row.merchant),
    merchantId: `mer_${row.merchant}` as const,
    productId: 'prd_1',
    goodsFen: row.goodsFen,
    subsidyFen: 0n,
    isCertified: row.goodsFen % 2n === 0n,
    channelKind: row.isAtCounter ? ('COUNTER' as const) : ('ONLINE' as const),
    operatorId: row.isAtCounter ? ('chp_1' as const) : null,
    originCountyCode: row.county,
    saleCountyCode: '430211',
    households: row.weights.map((weight, n) => ({ householdId: `hhd_${n}` as const, weight })),
  }));
  private readonly freight = {
    merchantOrderId: this.merchantOrderId(this.order.lines[0]?.merchant ?? 0),
    merchantId: `mer_${this.order.lines[0]?.merchant ?? 0}` as const,
    freightFen: this.order.freightFen,
  };
  private readonly volumeLines = this.lines.map((row): VolumeLine => {
    const { lineId, goodsFen, originCountyCode, merchantId, channelKind } = row;
    const known = { originCountyCode, merchantId, channelKind, isCertified: goodsFen % 2n === 0n };
    const goods = { lineId, goodsFen, subsidyFen: 0n, quantity: 1, weightG: 500n };
    return { ...UNKNOWN_ATTRIBUTION, ...known, ...goods };
  });
  private readonly paid = new Map([
    ...this.lines.map((row) => [row.lineId, row.goodsFen] as const),
    [this.freight.merchantOrderId, this.freight.freightFen] as const,
  ]);
  private readonly paidFen = sumFen(this.paid.values());

  constructor(
    private readonly test: TestDatabase,
    private readonly clock: FakeClock,
    private readonly order: Order,
  ) {}

  async live(acts: readonly Act[]): Promise<void> {
    await this.pay();
    await this.check();
    for (const step of acts) {
      this.clock.advance(11 * HOUR_MS);
      await this.act(step);
      await this.check();
    }
    await this.checkVolume();
  }

  private act(step: Act): Promise<unknown> {
    switch (step.kind) {
      case 'pay':
        return this.pay();
      case 'roll':
        return this.rollups.rollUp(2);
      case 'refund':
        return this.refund(step.line, step.thousandths);
      case 'settle':
      case 'fail':
        return this.finish(step.refund, step.kind);
      case 'receive':
        return this.receive(step.merchant);
      case 'release':
        return this.release(step.merchant);
    }
  }

  private pay(): Promise<void> {
    const { orderId, paidFen: amountFen } = this;
    const capture = {
      paymentId: orderId,
      orderId,
      intentRef: orderId,
      amountFen,
      disposition: 'KEPT',
    } as const;
    const sale = { lines: this.lines, freights: [this.freight] };
    return this.test.database.transaction(async (tx) => {
      await this.sales.capture(tx, capture, sale, this.cause());
      await this.facts.record(tx, factsOfPlaced(this.volumeLines, this.paidAt));
      await this.facts.record(tx, factsOfPaid(this.volumeLines, this.paidAt));
    });
  }

  private async refund(index: number, thousandths: number): Promise<void> {
    const ids = [...this.paid.keys()];
    const lineId = present(ids[index % ids.length], 'a line');
    const taken = this.refunds.filter((refund) => refund.lineId === lineId && refund.state !== 'FAILED');
    const left = (this.paid.get(lineId) ?? 0n) - sumFen(taken.map(({ amountFen }) => amountFen));
    const amountFen = (left * BigInt(thousandths) + 999n) / 1_000n;
    const refundId = newId('rfd');
    const claim = {
      refundId,
      orderId: this.orderId,
      amountFen,
      disposition: 'KEPT',
      borneBy: 'SELLERS',
      parts: [{ lineId, amountFen }],
    } as const;

    const refusal = await this.test.database.transaction((tx) =>
      this.reversals.reserve(tx, claim, this.cause()),
    );

    expect(refusal !== null).toBe(amountFen <= 0n || amountFen > left);
    if (refusal === null) this.refunds.push({ refundId, lineId, amountFen, state: 'RESERVED' });
  }

  private async finish(index: number, kind: 'settle' | 'fail'): Promise<void> {
    const open = this.refunds.filter(({ state }) => state === 'RESERVED');
    const taken = open[index % Math.max(open.length, 1)];
    if (!taken) return;
    const { refundId, lineId, amountFen } = taken;
    taken.state = kind === 'fail' ? 'FAILED' : 'SETTLED';
    await this.test.database.transaction(async (tx) => {
      if (kind === 'fail') await this.reversals.undo(tx, { refundId, orderId: this.orderId }, this.cause());
      else await this.reversals.settle(tx, { refundId, amountFen, isByBank: false }, this.cause());
      if (kind === 'fail' || !this.isGoods(lineId)) return;
      const told = { refundId, lineId, goodsFen: amountFen, quantity: 0, settledAt: this.clock.now() };
      this.settled.push(told);
      await this.facts.record(tx, factsOfRefunded(this.volumeLines, this.paidAt, [told]));
      const received = this.receivedAt.get(this.merchantOf(lineId));
      if (received)
        await this.facts.record(tx, factsOfReversed(this.volumeLines, this.paidAt, received, [told]));
    });
  }

  private receive(merchantNo: number): Promise<unknown> {
    const at = this.receivedAt.get(merchantNo) ?? this.clock.now();
    this.receivedAt.set(merchantNo, at);
    const lines = this.volumeLines.filter(({ lineId }) => this.merchantOf(lineId) === merchantNo);
    const before = this.settled.filter(({ lineId }) => this.merchantOf(lineId) === merchantNo);
    const facts = [
      ...factsOfReceived(lines, this.paidAt, at),
      ...factsOfReversed(lines, this.paidAt, at, before),
    ];
    return this.test.database.transaction((tx) => this.facts.record(tx, facts));
  }

  private release(merchantNo: number): Promise<void> {
    this.released.add(merchantNo);
    const order = { orderId: this.orderId, merchantOrderId: this.merchantOrderId(merchantNo) };
    return this.test.database.transaction((tx) => this.releases.release(tx, order, this.cause()));
  }

  private async check(): Promise<void> {
    expect((await this.ledgers.trialBalance()).differenceFen).toBe(0n);
    expect(await this.ledgers.disagreements()).toEqual([]);
    const { nodes } = await this.ledgers.accounts('', { first: 100, after: null });
    const balance = (pattern: RegExp) =>
      sumFen(nodes.filter(({ code }) => pattern.test(code)).map(({ balanceFen }) => balanceFen));
    const sum = (...states: Taken['state'][]) =>
      sumFen(this.refunds.filter(({ state }) => states.includes(state)).map(({ amountFen }) => amountFen));
    const kept = this.paidFen - sum('RESERVED', 'SETTLED');
    expect(nodes.filter(({ balanceFen }) => balanceFen < 0n)).toEqual([]);
    expect(balance(/^liability:escrow$/)).toBe(0n);
    expect(balance(/^asset:psp/)).toBe(this.paidFen - sum('SETTLED'));
    expect(balance(/^liability:refund_payable$/)).toBe(sum('RESERVED'));
    expect(balance(/^(liability:(held|available|deferred_fee)|revenue)/)).toBe(kept);
    if (this.released.size === MERCHANTS)
      expect(balance(/^liability:(held:(mer|hhd|chp|fund)|deferred_fee)/)).toBe(0n);
    const shares = await this.test.database.query<{ remaining: string }>(
      'SELECT SUM(share_fen - reversed_fen) AS remaining FROM split_share',
    );
    expect(shares).toEqual([{ remaining: String(kept) }]);
  }

  private async checkVolume(): Promise<void> {
    while ((await this.rollups.rollUp(3)) > 0);
    const contents = async () => [
      await this.test.database.query('SELECT * FROM volume_day ORDER BY 1, 2, 3, 4, 5, 6'),
      await this.test.database.query('SELECT * FROM volume_month ORDER BY 1, 2, 3, 4, 5'),
    ];
    const rolled = await contents();
    await this.rollups.rebuild();
    expect(await contents()).toEqual(rolled);

    const report = await this.volume.report(
      { from: businessDay(this.paidAt), to: '2029-12-31' },
      ['DAY', 'COUNTY'],
      'ALL',
    );
    if (refused(report)) throw new Error(report.message.en);
    const goodsOf = (rows: readonly { readonly goodsFen: Fen }[]) =>
      sumFen(rows.map(({ goodsFen }) => goodsFen));
    const received = <Row extends { readonly lineId: string }>(rows: readonly Row[]) =>
      rows.filter(({ lineId }) => this.receivedAt.has(this.merchantOf(lineId)));
    const recognisedFen = goodsOf(received(this.volumeLines)) - goodsOf(received(this.settled));
    expect(report.totals).toMatchObject({
      orderedFen: goodsOf(this.volumeLines),
      paidFen: goodsOf(this.volumeLines),
      refundedFen: goodsOf(this.settled),
      deliveredFen: goodsOf(received(this.volumeLines)),
      recognisedFen,
    });
    const facts = await this.test.database.query('SELECT SUM(recognised_fen) AS recognised FROM volume_fact');
    expect(facts).toEqual([{ recognised: String(recognisedFen) }]);
  }

  private cause() {
    return { eventId: newId('evt'), at: this.clock.now() };
  }

  private merchantOrderId(merchantNo: number): string {
    return `${this.orderId}m${merchantNo}`;
  }

  private isGoods(lineId: string): boolean {
    return this.lines.some((row) => row.lineId === lineId);
  }

  private merchantOf(lineId: string): number {
    const row = this.order.lines[this.lines.findIndex((candidate) => candidate.lineId === lineId)];
    return present(row, 'the line').merchant;
  }
}

describe('any sequence of paying, refunding, failing, receiving and releasing', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  async function run(given: Order, acts: readonly Act[]): Promise<void> {
    await test.clear(...VOLUME_TABLES, ...BOOK_TABLES);
    await new Life(test, new FakeClock(), given).live(acts);
  }

  it('keeps the books balanced, nobody overdrawn, escrow empty, and rollups equal to a rebuild and to the facts', async () => {
    await fc.assert(fc.asyncProperty(order, fc.array(act, { minLength: 4, maxLength: 25 }), run), {
      numRuns: RUNS,
    });
  }, 120_000);
});
