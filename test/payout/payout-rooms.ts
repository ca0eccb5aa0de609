import { Global, Module, type Type } from '@nestjs/common';
import { pino } from 'pino';
import { type Fen, type IdOf, SystemClock, newId, present, refused } from '#libs/kernel';
import { type AccountCode, LedgerReader, LedgerService, posted } from '#libs/ledger';
import {
  type BatchWish,
  type Payee,
  PayeeAccountService,
  PayoutBatchReader,
  PayoutBatchService,
  type PayoutFile,
  PayoutModule,
  type PayoutRunId,
  PayoutReader,
  PayoutResultService,
  PayoutRunService,
  PayoutTransferGateway,
  PayoutTransferService,
  type PayoutView,
  SettlementModule,
  payeeOf,
} from '#libs/settlement';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { Vault } from '#platform/vault';
import { type RunningSandbox, startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { calendar } from '../../scripts/seed/calendar.load.js';
import { LoadDates, readDataFile } from '../../scripts/seed/table-load.js';
import type { Tools } from '../../scripts/seed/table-load.js';
import { redisUrl } from '../harness/database.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { AUTH_SECRET, DATA_KEYS, WEBHOOK_SECRET } from '../harness/secrets.js';

const TABLES = [
  'payout_run',
  'payout',
  'payout_item',
  'payout_cursor',
  'payout_skip',
  'payout_batch',
  'payout_import',
  'payee_account',
  'approval_request',
  'approval_vote',
  'ledger_pending',
  'ledger_transfer',
  'ledger_journal',
];

type UserId = IdOf<'usr'>;

/** Paying out, with the calendar of China, the books, and Stripe where it is asked for. Specs play finance. */
export class PayoutRooms {
  readonly maker: UserId = newId('usr');
  readonly checker: UserId = newId('usr');
  readonly thirdPerson: UserId = newId('usr');

  private constructor(
    readonly rooms: Rooms,
    private readonly sandboxOrNull: RunningSandbox | null,
  ) {}

  static async open({ withSandbox = false } = {}): Promise<PayoutRooms> {
    const sandbox = withSandbox
      ? await startSandbox({ webhookSecret: WEBHOOK_SECRET, webhookUrl: null })
      : null;
    const config = new Config({
      NODE_ENV: 'test',
      DATABASE_URL: 'mysql://rooms-have-their-own/database',
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      DATA_KEYS,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: sandbox?.url ?? 'http://127.0.0.1:9',
    });
    const settings = [
      { provide: Config, useValue: config },
      { provide: Log, useValue: new Log(pino({ level: process.env['LOG_LEVEL'] ?? 'silent' })) },
      { provide: Vault, useValue: new Vault(config.dataKeys) },
    ];

    @Global()
    @Module({ providers: settings, exports: [Config, Log, Vault] })
    class SettingsModule {}

    const rooms = await openRooms(SettingsModule, SettlementModule, PayoutModule);
    if (sandbox) rooms.clock.set(sandbox.control.now.toISOString());
    await loadCalendar(rooms);
    return new PayoutRooms(rooms, sandbox);
  }

  async close(): Promise<void> {
    await this.rooms.close();
    await this.sandboxOrNull?.close();
  }

  get sandbox(): RunningSandbox {
    return present(this.sandboxOrNull, 'the sandbox');
  }

  get clock() {
    return this.rooms.clock;
  }

  get runs(): PayoutRunService {
    return this.rooms.get(PayoutRunService);
  }

  get batches(): PayoutBatchService {
    return this.rooms.get(PayoutBatchService);
  }

  get results(): PayoutResultService {
    return this.rooms.get(PayoutResultService);
  }

  get transfers(): PayoutTransferService {
    return this.rooms.get(PayoutTransferService);
  }

  get accounts(): PayeeAccountService {
    return this.rooms.get(PayeeAccountService);
  }

  get reader(): PayoutReader {
    return this.rooms.get(PayoutReader);
  }

  /** Nothing may be amiss, whatever a test has done; then everything is forgotten. */
  async proveAndForget(): Promise<void> {
    const books = this.rooms.get(LedgerReader);
    expect((await books.trialBalance()).differenceFen).toBe(0n);
    expect(await books.disagreements()).toEqual([]);
    // Every payout is the sum of what it covers, and nothing is covered twice.
    const crooked = await this.rooms.database.query(
      `SELECT p.id FROM payout p LEFT JOIN payout_item i ON i.payout_id = p.id
       GROUP BY p.id, p.amount_fen HAVING COALESCE(SUM(i.amount_fen), 0) <> p.amount_fen`,
    );
    expect(crooked).toEqual([]);
    await this.rooms.clear(...TABLES);
    await this.rooms.asOwner(async (tx) => {
      await tx.write(
        `UPDATE ledger_account SET debits_posted_fen = 0, credits_posted_fen = 0, debits_pending_fen = 0,
         credits_pending_fen = 0, version = 0`,
      );
    });
  }

  /** Something is released to a payee. */
  credit(
    payeeId: string,
    amountFen: Fen,
    at = this.clock.now(),
    subject: string = newId('ord'),
  ): Promise<void> {
    return this.move('release', subject, 'liability:suspense', availableOf(payeeId), amountFen, at);
  }

  /** Something is taken back from what a payee may be paid. */
  takeBack(payeeId: string, amountFen: Fen, at = this.clock.now()): Promise<void> {
    return this.move(
      'refund_reserved',
      newId('rfd'),
      availableOf(payeeId),
      'liability:refund_payable',
      amountFen,
      at,
    );
  }

  async balanceOf(code: AccountCode): Promise<bigint> {
    return (await this.rooms.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;
  }

  availableOf(payeeId: string): Promise<bigint> {
    return this.balanceOf(availableOf(payeeId));
  }

  /** What may still leave. */
  freeOf(payeeId: string): Promise<bigint> {
    const code = availableOf(payeeId);
    return this.rooms.database.transaction(async (tx) =>
      present((await this.rooms.get(LedgerService).lockFree(tx, [code])).get(code), 'a balance'),
    );
  }

  /** An account that somebody else has verified. */
  async account(payeeId: string, accountNumber = '6230000000000000001'): Promise<string> {
    const account = await this.propose(payeeId, accountNumber);
    const verified = await this.accounts.verify(this.checker, account, 'DOCUMENTS', '开户许可证（演示）');
    if (refused(verified)) throw new Error(verified.message.en);
    return account;
  }

  async propose(payeeId: string, accountNumber = '6230000000000000001'): Promise<string> {
    const account = await this.accounts.propose(this.maker, payeeFor(payeeId), {
      method: accountNumber.startsWith('acct_') ? 'STRIPE' : 'BANK',
      accountName: '炎陵黄桃合作社',
      bankName: '炎陵农商银行（演示）',
      bankCode: '402552000019',
      accountNumber,
      idempotencyKey: newId('key'),
    });
    if (refused(account)) throw new Error(account.message.en);
    return account.id;
  }

  /** The clockwork, until it finds nothing more to do. */
  async work(): Promise<void> {
    while ((await this.runs.work()) > 0);
  }

  /** Begins the run of this very day, wherever the clock stands. */
  async start(): Promise<PayoutRunId> {
    const id = await this.runs.start(this.maker);
    if (refused(id)) throw new Error(id.message.en);
    return id;
  }

  /** All of it. */
  async run(): Promise<PayoutRunId> {
    const id = await this.start();
    await this.work();
    return id;
  }

  async payoutsOf(payeeId: string): Promise<readonly PayoutView[]> {
    return (await this.reader.page({ payeeId }, { first: 100, after: null })).nodes;
  }

  async payout(payeeId: string): Promise<PayoutView> {
    return present((await this.payoutsOf(payeeId))[0], `a payout of ${payeeId}`);
  }

  async batch(wish: Partial<BatchWish> = {}): Promise<string> {
    const id = await this.batches.create(this.maker, {
      method: 'BANK',
      encoding: 'UTF_8',
      idempotencyKey: newId('key'),
      ...wish,
    });
    if (refused(id)) throw new Error(id.message.en);
    return id;
  }

  async approve(batchId: string, by = this.checker): Promise<void> {
    const batch = await this.batches.vote(by, batchId, 'APPROVE', null);
    if (refused(batch)) throw new Error(batch.message.en);
  }

  async export(batchId: string): Promise<PayoutFile> {
    const file = await this.batches.export(this.maker, batchId);
    if (refused(file)) throw new Error(file.message.en);
    return file;
  }

  /** A batch on its way: made, approved, and its file with the bank. */
  async exported(): Promise<{ readonly batchId: string; readonly file: PayoutFile }> {
    const batchId = await this.batch();
    await this.approve(batchId);
    return { batchId, file: await this.export(batchId) };
  }

  async batchState(batchId: string): Promise<string> {
    return present(await this.rooms.get(PayoutBatchReader).byId(batchId), 'the batch').state;
  }

  /** How often the provider is asked to send something while `work` runs. */
  async countSends(work: () => Promise<void>): Promise<number> {
    const gateway = this.rooms.get(PayoutTransferGateway as unknown as Type<PayoutTransferGateway>);
    const send = gateway.send.bind(gateway);
    let count = 0;
    gateway.send = (order) => {
      count += 1;
      return send(order);
    };
    try {
      await work();
    } finally {
      gateway.send = send;
    }
    return count;
  }

  /** The audit log, in order. */
  async acts(): Promise<string[]> {
    const rows = await this.rooms.database.query<{ act: string }>('SELECT act FROM audit_entry ORDER BY id');
    return rows.map(({ act }) => act);
  }

  private async move(
    kind: string,
    subject: string,
    debit: AccountCode,
    credit: AccountCode,
    amountFen: Fen,
    at: Date,
  ): Promise<void> {
    const journal = {
      idempotencyKey: newId('key'),
      kind,
      subject,
      eventId: null,
      effectiveAt: at,
      transfers: [{ debit, credit, amountFen }],
    };
    await this.rooms.database.transaction(async (tx) => {
      posted(await this.rooms.get(LedgerService).post(tx, [journal]));
    });
  }
}

function payeeFor(id: string): Payee {
  return present(payeeOf(id), `a payee ${id}`);
}

function availableOf(payeeId: string): AccountCode {
  return (
    /^\d/.test(payeeId) ? `liability:available:fund:${payeeId}` : `liability:available:${payeeId}`
  ) as AccountCode;
}

async function loadCalendar({ database }: Rooms): Promise<void> {
  const dates = new LoadDates(new SystemClock().now(), '2026-11-02');
  await database.transaction((tx) => calendar.load(tx, readDataFile(calendar.file), { dates } as Tools));
}

export interface AnswerLine {
  readonly payout: Pick<PayoutView, 'id' | 'amountFen'>;
  readonly result: 'PAID' | 'REJECTED' | 'RETURNED';
  readonly ref?: string;
  readonly code?: string;
}

/** What a bank would send back. */
export function answer(batchNo: number, lines: readonly AnswerLine[]): Buffer {
  const yuan = (amount: bigint) => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
  const sum = (isPaid: boolean) =>
    lines
      .filter(({ result }) => (result === 'PAID') === isPaid)
      .reduce((total, { payout }) => total + payout.amountFen, 0n);
  const rows = lines.map(
    ({ payout, result, ref = 'B1', code = '' }, index) =>
      `D,${index + 1},${payout.id},${yuan(payout.amountFen)},${result},${ref},${code},`,
  );
  const text = [
    `H,TAOYUAN-PAYOUT-RESULT,1,${batchNo},2026-11-03`,
    ...rows,
    `T,${lines.length},${yuan(sum(true))},${yuan(sum(false))},`,
  ];
  return Buffer.from(`${text.join('\r\n')}\r\n`);
}
