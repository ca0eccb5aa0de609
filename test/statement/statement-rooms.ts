import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Global, Module } from '@nestjs/common';
import { pino } from 'pino';
import { type Fen, type IdOf, newId, present, refused } from '#libs/kernel';
import { type AccountCode, LedgerDayBalanceService, LedgerService, posted } from '#libs/ledger';
import {
  type StatementFormat,
  StatementIssueService,
  StatementModule,
  StatementPrintService,
  StatementReader,
  type StatementRow,
  StatementRunService,
  netOf,
} from '#libs/statement';
import { Config } from '#platform/config';
import { StoredFileService } from '#platform/files';
import { Log } from '#platform/log';
import { Vault } from '#platform/vault';
import { SettlementRooms } from '../database/settlement-rooms.js';
import { redisUrl } from '../harness/database.js';
import { AUTH_SECRET, DATA_KEYS, WEBHOOK_SECRET } from '../harness/secrets.js';

const TABLES = [
  'statement',
  'statement_revision',
  'statement_line',
  'statement_balance',
  'statement_total',
  'statement_document',
  'statement_file',
  'statement_run',
];

/** The books, and statements made of them. */
export class StatementRooms {
  readonly finance: IdOf<'usr'> = newId('usr');

  private constructor(readonly books: SettlementRooms) {}

  static async open(): Promise<StatementRooms> {
    const config = new Config({
      NODE_ENV: 'test',
      DATABASE_URL: 'mysql://rooms-have-their-own/database',
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      DATA_KEYS,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: 'http://127.0.0.1:9',
    });

    @Global()
    @Module({
      providers: [
        { provide: Config, useValue: config },
        { provide: Log, useValue: new Log(pino({ level: process.env['LOG_LEVEL'] ?? 'silent' })) },
        { provide: Vault, useValue: new Vault(config.dataKeys) },
      ],
      exports: [Config, Log, Vault],
    })
    class SettingsModule {}

    return new StatementRooms(await SettlementRooms.open(SettingsModule, StatementModule));
  }

  async close(): Promise<void> {
    await this.books.close();
  }

  get rooms() {
    return this.books.rooms;
  }

  get clock() {
    return this.rooms.clock;
  }

  get reader(): StatementReader {
    return this.rooms.get(StatementReader);
  }

  get issuing(): StatementIssueService {
    return this.rooms.get(StatementIssueService);
  }

  /** Nothing may be amiss, whatever a test has done; then everything is forgotten but the accounts. */
  async proveAndForget(): Promise<void> {
    await this.prove();
    await this.rooms.clear(...TABLES);
    await this.books.proveAndForget();
  }

  /** Every chain is unbroken, lines make what balances say, and no journal stands in two months. */
  async prove(): Promise<void> {
    const statements = (await this.page()).toReversed();
    const closings = new Map<string, StatementRow>();
    for (const statement of statements.filter(({ kind }) => kind === 'MONTHLY')) {
      if (!statement.balances) continue;
      const { opening, closing } = statement.balances;
      const before = closings.get(statement.payeeId)?.balances?.closing;
      expect(opening).toEqual(before ?? { heldFen: 0n, availableFen: 0n, owedFen: 0n });
      closings.set(statement.payeeId, statement);
      const totals = await this.reader.totalsOf(statement.id);
      const moved = totals.reduce((sum, { amounts }) => sum + netOf(amounts), 0n);
      expect(netOf(opening) + moved).toBe(netOf(closing));
    }
    const twice = await this.rooms.database.query(
      `SELECT journal_id FROM statement_line WHERE chained_payee_id IS NOT NULL
       GROUP BY chained_payee_id, journal_id HAVING COUNT(DISTINCT statement_id) > 1`,
    );
    expect(twice).toEqual([]);
  }

  /** Balances of days, as the clockwork keeps them. */
  async addUp(): Promise<void> {
    while ((await this.rooms.get(LedgerDayBalanceService).addUp(1_000)) > 0);
  }

  listing(): Promise<number> {
    return this.rooms.get(StatementRunService).work();
  }

  /** The clockwork, until it finds nothing more to do. */
  async work(): Promise<void> {
    await this.addUp();
    while ((await this.rooms.get(StatementRunService).work()) > 0);
    while ((await this.issuing.work()) > 0);
  }

  async page(filter = {}): Promise<readonly StatementRow[]> {
    return (await this.reader.page(filter, { first: 100, after: null })).nodes;
  }

  async of(payeeId: string, month: string): Promise<StatementRow> {
    return present((await this.page({ payeeId, month }))[0], `${month} of ${payeeId}`);
  }

  /** Opening and closing as [held, available, owed]. */
  async balancesOf(payeeId: string, month: string): Promise<readonly [number[], number[]]> {
    const { opening, closing } = present((await this.of(payeeId, month)).balances, 'figures');
    const plain = (amounts: typeof opening) => Object.values(amounts).map(Number);
    return [plain(opening), plain(closing)];
  }

  async linesOf(statementId: string): Promise<string[]> {
    const { nodes } = await this.reader.lines(statementId, { first: 100, after: null });
    return nodes.map(
      ({ kind, wording, grossFen, amounts: { heldFen, availableFen, owedFen }, isLate }) =>
        `${isLate ? 'late ' : ''}${kind} ${grossFen ?? '-'} ${heldFen} ${availableFen} ${owedFen}${wording && ` ${wording}`}`,
    );
  }

  async file(statementId: string, format: StatementFormat, rev = 1): Promise<Buffer> {
    const files = await this.reader.filesOf([statementId]);
    const file = present(
      files.find((each) => each.format === format && each.rev === rev),
      'the file',
    );
    const bytes = await buffer(present(await this.rooms.get(StoredFileService).open(file), 'its bytes'));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
    expect(bytes.length).toBe(file.sizeBytes);
    return bytes;
  }

  printed(statementId: string, rev = 1) {
    return this.rooms.get(StatementPrintService).print(statementId, rev);
  }

  async issue(payeeId: string, fromOn: string, toOn: string): Promise<string> {
    const id = await this.issuing.issue(this.finance, { payeeId, fromOn, toOn });
    if (refused(id)) throw new Error(id.message.en);
    return id;
  }

  /** Something happens to an account, at any time. */
  async move(
    kind: string,
    debit: AccountCode,
    credit: AccountCode,
    amountFen: Fen,
    at = this.clock.now(),
    subject: string = newId('adj'),
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

  credit(payeeId: string, amountFen: Fen, at?: Date): Promise<void> {
    return this.move(
      'release',
      'liability:suspense',
      `liability:available:${payeeId}` as AccountCode,
      amountFen,
      at,
      newId('ord'),
    );
  }
}
