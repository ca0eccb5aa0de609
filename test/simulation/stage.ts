import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { pino } from 'pino';
import { Clock, SystemClock, newId, present, refused } from '#libs/kernel';
import type { PresalePayment } from '#libs/inventory';
import type { PromotionWish } from '#libs/promotion';
import { PaymentGateway, ProviderBalanceGateway } from '#libs/payment';
import { PayeeAccountService, PayoutTransferGateway, payeeOf } from '#libs/settlement';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { LiveGateway } from '#platform/live';
import { Log } from '#platform/log';
import { QueueGateway } from '#platform/queue';
import { BackgroundModule } from '../../apps/settlement/src/schedules/background.module.js';
import { Clockwork } from '../../apps/settlement/src/schedules/clockwork.js';
import { settlement } from '../../apps/settlement/src/settlement.module.js';
import { calendar } from '../../scripts/seed/calendar.load.js';
import { LoadDates, type Tools, readDataFile } from '../../scripts/seed/table-load.js';
import { FakeClock } from '../harness/clock.js';
import { type TestDatabase, createTestDatabase, redisUrl } from '../harness/database.js';
import { InlineQueue } from '../harness/inline-queue.js';
import { AUTH_SECRET, DATA_KEYS, SIGNING_KEY } from '../harness/secrets.js';
import { makeCounter } from '../make/channel-point.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeLinkage } from '../make/household.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { type CreditUnit, makeCreditUnit } from '../make/receivable.make.js';
import { type Ground, type MadeProduct, makeCertification, makeProduct } from '../make/product.make.js';
import { StatementPdfService } from '../../libs/statement/src/statement-pdf.service.js';
import { makePromotion } from '../make/promotion.make.js';
import { Faults } from './faults.js';
import { ModelPress } from './model-press.js';
import { ModelGateway, ModelTransfers, SilentBalance } from './model-provider.js';

/** What a history never changes. Everything else is put back as it was before the next one begins. */
const STATIC = [
  'calendar_day',
  'category',
  'certification',
  'channel_point',
  'contribution_rule',
  'division',
  'household',
  'household_member',
  'integrity_threshold',
  'ledger_gate',
  'linkage_agreement',
  'linkage_household',
  'merchant',
  'migration',
  'payee_account',
  'payout_policy',
  'product',
  'product_variant',
  'split_provider',
  'split_rule',
  'stock_location',
  'term',
  'volume_gate',
];
/** Accounts keep their ids, because the ledger remembers them; what stands on them goes. */
const ACCOUNTS = `UPDATE ledger_account SET debits_posted_fen = 0, credits_posted_fen = 0, debits_pending_fen = 0,
  credits_pending_fen = 0, version = 0, state = 'OPEN'`;

/** They compare with what an earlier round has seen, keep time by the database's clock, or only tell screens. */
const LEFT_OUT = ['watch-seals', 'sign-checkpoints', 'announce-volume'];

const STOCK = 40;

/** Long enough for most of a history, over before the end of the longer ones. */
const OFFER = {
  claimFrom: new Date('2026-11-01T00:00:00Z'),
  claimUntil: new Date('2026-12-10T00:00:00Z'),
  validFrom: new Date('2026-11-01T00:00:00Z'),
  validUntil: new Date('2027-01-10T00:00:00Z'),
};

export interface Goods {
  readonly product: MadeProduct;
  readonly channelPointId: string;
}

/** What is ordered before it is harvested, while a presale of it is open; before and after that what is in stock is. */
export interface Presold {
  readonly product: MadeProduct;
  readonly payment: PresalePayment;
}

/** The real modules of the services in one process, over one database, with nothing of the outside world but models of it. */
export class Stage {
  /** What a history may leave rows in, and what is put back after it is emptied. */
  private readonly tables: string[] = [];
  private readonly restores = new Map<string, string>();

  private constructor(
    private readonly test: TestDatabase,
    private readonly module: TestingModule,
    readonly clock: FakeClock,
    readonly queue: InlineQueue,
    readonly gateway: ModelGateway,
    private readonly press: ModelPress,
    readonly faults: Faults,
    readonly schedules: ReadonlyMap<string, () => Promise<number>>,
    private readonly files: string,
    readonly faultsSaid: string[],
  ) {}

  goods: readonly Goods[] = [];
  presold: readonly Presold[] = [];
  adopted: MadeProduct | null = null;
  isThorough = true;
  /** Whom pools may be passed on to. */
  householdIds: readonly `hhd_${string}`[] = [];
  /** Schools that buy first and pay later, one of them within narrow limits. */
  units: readonly CreditUnit[] = [];
  /** Of every funder one; their budgets are for a handful of coupons, so that somebody comes too late. */
  promotionIds: readonly string[] = [];

  static async open(): Promise<Stage> {
    const test = await createTestDatabase();
    const [clock, queue] = [new FakeClock(), new InlineQueue(true)];
    const gateway = new ModelGateway(() => stage.get(Database).assertNoneOpen());
    const press = new ModelPress();
    const files = join(tmpdir(), `files-of-${test.name}`);
    const config = new Config({
      NODE_ENV: 'test',
      DATABASE_URL: test.url,
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      DATA_KEYS,
      LEDGER_SIGNING_KEY: SIGNING_KEY,
      LEDGER_ORIGIN: 'taoyuan.test',
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
      FILES_DIR: files,
      LOG_LEVEL: 'fatal',
    });
    const said: string[] = [];
    const log = new Log(pino({ level: 'silent' }));
    log.fault = (error, message) => void said.push(`${message}: ${String(error)}`);
    const module = await Test.createTestingModule({ imports: [settlement.module(config), BackgroundModule] })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(Log)
      .useValue(log)
      .overrideProvider(QueueGateway)
      .useValue(queue)
      .overrideProvider(LiveGateway)
      .useValue({
        publish: () => Promise.resolve(),
        prepend: () => Promise.resolve(),
        addTo: () => Promise.resolve(),
        hasAny: () => Promise.resolve(false),
        claim: () => Promise.resolve(true),
        close: () => undefined,
      })
      .overrideProvider(PaymentGateway)
      .useValue(gateway)
      .overrideProvider(ProviderBalanceGateway)
      .useValue(new SilentBalance())
      .overrideProvider(PayoutTransferGateway)
      .useValue(new ModelTransfers(gateway))
      .overrideProvider(StatementPdfService)
      .useValue(press)
      .compile();
    const faults = new Faults(module.get(Database, { strict: false }));
    const schedules = module
      .get(Clockwork, { strict: false })
      .schedules.filter(({ name }) => !LEFT_OUT.includes(name));
    const stage = new Stage(
      test,
      module,
      clock,
      queue,
      gateway,
      press,
      faults,
      new Map(schedules.map(({ name, work }) => [name, work])),
      files,
      said,
    );
    await stage.furnish();
    await stage.remember();
    return stage;
  }

  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.module.get<T>(type, { strict: false });
  }

  /** Beside the services, and not subject to their faults. */
  get database(): Database {
    return this.test.database;
  }

  /** Where it is thorough, nothing is spared that takes long and rarely finds anything. */
  async reset(isThorough: boolean): Promise<void> {
    this.isThorough = isThorough;
    this.press.isSparing = !isThorough;
    this.faults.revive();
    this.queue.lose();
    this.faultsSaid.length = 0;
    await this.test.asOwner(async (tx) => {
      // One question instead of two hundred deletions: most tables are empty.
      const filled = await tx.query<{ name: string }>(
        this.tables.map((name) => `(SELECT '${name}' AS name FROM ${name} LIMIT 1)`).join(' UNION ALL '),
      );
      for (const { name } of filled) await tx.write(`DELETE FROM ${name}`);
      for (const restore of this.restores.values()) await tx.write(restore);
    });
  }

  async close(): Promise<void> {
    await this.module.close();
    await rm(this.files, { recursive: true, force: true });
    await this.test.drop();
  }

  private async furnish(): Promise<void> {
    await makeDivisions(this);
    const ground: Ground = {
      get: (type) => this.get(type),
      database: this.test.database,
      clock: this.clock,
    };
    const one = await makeMerchant(this);
    const two = await makeMerchant(this, { name: '茶陵县云阳山合作社', countyCode: '430224' });
    const { agreement, householdIds } = await makeLinkage(this, { merchantId: one.id, weights: [1, 2] });
    this.householdIds = householdIds;
    this.units = [
      await makeCreditUnit(this),
      await makeCreditUnit(this, { limitFen: 60_000n, daysToPay: 7 }),
    ];
    const counter = await makeCounter(this);
    const sell = (merchantId: typeof one.id, pricesFen: bigint[], more: object, linkage: string | null) =>
      makeProduct(ground, {
        merchantId,
        pricesFen,
        batches: [{ quantity: STOCK, bestBeforeOn: null, linkageAgreementId: linkage }],
        ...more,
      });
    const peach = await sell(one.id, [3_990n], { isPerishable: true }, agreement.id);
    const tea = await sell(two.id, [12_501n], { isPerishable: false, originCountyCode: '430224' }, null);
    const rice = await sell(one.id, [8_017n], { isPerishable: false }, null);
    const orchard = await sell(one.id, [5_003n, 9_107n], { isPerishable: true }, agreement.id);
    const harvest = await sell(two.id, [7_309n], { isPerishable: false, originCountyCode: '430224' }, null);
    this.adopted = await sell(one.id, [6_203n], { isPerishable: true }, agreement.id);
    this.presold = [
      { product: orchard, payment: 'DEPOSIT' },
      { product: harvest, payment: 'FULL' },
    ];
    await makeCertification(ground, peach.productId);
    this.goods = [
      { product: peach, channelPointId: '' },
      { product: tea, channelPointId: '' },
      { product: rice, channelPointId: counter.id },
    ];
    const [household] = householdIds;
    const offer = async (changes: Partial<PromotionWish>, merchantId?: typeof one.id) =>
      (await makePromotion(ground, { ...OFFER, ...changes }, merchantId ? { merchantId } : {})).id;
    this.promotionIds = [
      await offer({ kind: 'MERCHANT_COUPON', amountFen: 701n, budgetFen: 4_900n }, one.id),
      await offer({ kind: 'PLATFORM_COUPON', amountFen: 1_503n, thresholdFen: 6_000n, budgetFen: 9_018n }),
      await offer({ kind: 'VOUCHER', amountFen: 2_009n, thresholdFen: 8_000n, budgetFen: 12_054n }),
      await offer({
        kind: 'PLATFORM_COUPON',
        benefit: 'PERCENT',
        percentBps: 1_300,
        amountFen: 999n,
        budgetFen: 5_994n,
      }),
    ];
    await offer(
      { kind: 'PRICE_CUT', benefit: 'PERCENT', percentBps: 700, amountFen: 0n, budgetFen: null },
      two.id,
    );
    await this.bank(one.id, '6230000000000000001');
    await this.bank(two.id, 'acct_simulation01');
    await this.bank(present(household, 'a household'), '6230000000000000002');
    await this.bank('430225', '6230000000000000003');
    const dates = new LoadDates(new SystemClock().now(), '2026-11-02');
    await this.test.database.transaction((tx) =>
      calendar.load(tx, readDataFile(calendar.file), { dates } as Tools),
    );
  }

  private async bank(payeeId: string, accountNumber: string): Promise<void> {
    const accounts = this.get(PayeeAccountService);
    const account = await accounts.propose(newId('usr'), present(payeeOf(payeeId), 'a payee'), {
      method: accountNumber.startsWith('acct_') ? 'STRIPE' : 'BANK',
      accountName: '炎陵黄桃合作社',
      bankName: '炎陵农商银行（演示）',
      bankCode: '402552000019',
      accountNumber,
      idempotencyKey: newId('key'),
    });
    if (refused(account)) throw new Error(account.message.en);
    const verified = await accounts.verify(newId('usr'), account.id, 'DOCUMENTS', '开户许可证（演示）');
    if (refused(verified)) throw new Error(verified.message.en);
  }

  /** How each table gets back to what it holds now. */
  private async remember(): Promise<void> {
    await this.test.asOwner(async (tx) => {
      const tables = await tx.query<{ name: string }>(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY 1",
      );
      for (const { name } of tables) {
        if (STATIC.includes(name)) continue;
        if (name === 'ledger_account') {
          this.restores.set(name, ACCOUNTS);
          continue;
        }
        this.tables.push(name);
        const some = await tx.query(`SELECT 1 FROM ${name} LIMIT 1`);
        if (some.length === 0) continue;
        await tx.write(`CREATE TABLE before_${name} AS SELECT * FROM ${name}`);
        this.restores.set(name, `INSERT INTO ${name} SELECT * FROM before_${name}`);
      }
    });
  }
}
