import { NestFactory } from '@nestjs/core';
import { Clock, SystemClock, newId, present } from '#libs/kernel';
import {
  type AccountCode,
  type JournalDraft,
  LedgerModule,
  LedgerReader,
  LedgerService,
  posted,
} from '#libs/ledger';
import { Database, type SqlValue } from '#platform/database';
import { freshDatabase } from './fresh-database.js';
import { median } from './rounds.js';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5);
/** As many as a province's cooperatives, counters and their busiest households. */
const PAYEES = 5_620;
const PAYEES_PER_JOURNAL = 6;
const BATCH = 50;
const WRITERS = 16;
const AIMS = { single: 300, batched: 2_000, ratio: 0.5 };

class BenchModule {}

interface Bench {
  readonly database: Database;
  readonly ledger: LedgerService;
}

interface Figures {
  readonly perSecond: number;
  readonly p99Ms: number;
}

function payee(index: number): AccountCode {
  return `liability:held:hhd_${String(index % PAYEES).padStart(5, '0')}`;
}

let next = 0;

/** Six payees each; neighbours share none, so that who waits for whom is what the crowd makes of it. */
function journal(): JournalDraft {
  next += 1;
  const first = next * 97;
  return {
    idempotencyKey: newId('key'),
    kind: 'order_split',
    subject: newId('ord'),
    eventId: newId('evt'),
    effectiveAt: new Date(),
    transfers: Array.from({ length: PAYEES_PER_JOURNAL }, (_, index) => ({
      debit: 'liability:escrow' as const,
      credit: payee(first + index * 911),
      amountFen: BigInt(100 + ((first + index) % 900)),
    })),
  };
}

const journals = (count: number) => Array.from({ length: count }, journal);

/** So many at a time for so long; a commit that is not durable would be another race. */
async function measure(writers: number, perCommit: number, commit: () => Promise<void>): Promise<Figures> {
  const until = performance.now() + SECONDS * 1_000;
  const tookMs: number[] = [];
  const startedMs = performance.now();
  const writer = async () => {
    while (performance.now() < until) {
      const beganMs = performance.now();
      await commit();
      tookMs.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const seconds = (performance.now() - startedMs) / 1_000;
  const sorted = tookMs.toSorted((a, b) => a - b);
  const p99Ms = present(sorted[Math.floor(sorted.length * 0.99)] ?? sorted.at(-1), 'a commit');
  return { perSecond: (tookMs.length * perCommit) / seconds, p99Ms };
}

/** The same journals and transfers as rows, into tables of the same shape: what a program that checks nothing would write. */
function bareInsert({ database }: Bench, ids: ReadonlyMap<string, string>): () => Promise<void> {
  const idOf = (code: string) => present(ids.get(code), code);
  let version = 0;
  return () =>
    database.transaction(async (tx) => {
      const drafts = journals(BATCH).map((draft) => ({ id: newId('jrn'), draft }));
      await tx.insert(
        'bench_journal',
        drafts.map(({ id, draft }): Record<string, SqlValue> => ({
          id,
          requestHash: Buffer.alloc(32),
          idempotencyKey: draft.idempotencyKey,
          kind: draft.kind,
          subject: draft.subject,
          eventId: draft.eventId,
          effectiveAt: draft.effectiveAt,
        })),
      );
      await tx.insert(
        'bench_transfer',
        drafts.flatMap(({ id, draft }) =>
          draft.transfers.map(({ debit, credit, amountFen }, index) => ({
            journalId: id,
            lineNo: index + 1,
            debitAccountId: idOf(debit),
            creditAccountId: idOf(credit),
            amountFen,
            creditVersion: (version += 1),
          })),
        ),
      );
    });
}

function post({ database, ledger }: Bench, count: number): () => Promise<void> {
  return async () => {
    const drafts = journals(count);
    posted(await database.transaction((tx) => ledger.post(tx, drafts)));
  };
}

/** Fast and wrong does not count. */
async function assertBooks(database: Database): Promise<void> {
  const reader = new LedgerReader(database);
  const { differenceFen } = await reader.trialBalance();
  const wrong = await reader.disagreements();
  if (differenceFen !== 0n || wrong.length > 0) throw new Error(`The books disagree: ${wrong.join(', ')}`);
}

async function assertDurable(database: Database): Promise<void> {
  const rows = await database.query<{ Value: string }>(
    "SHOW GLOBAL VARIABLES LIKE 'innodb_flush_log_at_trx_commit'",
  );
  if (rows[0]?.Value !== '1')
    throw new Error('Commits are not durable: innodb_flush_log_at_trx_commit is not 1.');
}

async function open(database: Database): Promise<Bench & { close(): Promise<void> }> {
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useValue: new SystemClock() },
  ];
  const app = await NestFactory.createApplicationContext(
    { module: BenchModule, global: true, imports: [LedgerModule], providers, exports: providers },
    { logger: ['error'] },
  );
  return { database, ledger: app.get(LedgerService), close: () => app.close() };
}

/** Every account is there and known, as after an hour of work. */
async function warmUp({ database, ledger }: Bench): Promise<ReadonlyMap<string, string>> {
  const all = Array.from({ length: PAYEES }, (_, index) => payee(index));
  for (let from = 0; from < all.length; from += BATCH) {
    const transfers = all
      .slice(from, from + BATCH)
      .map((credit) => ({ debit: 'liability:escrow' as const, credit, amountFen: 1n }));
    posted(await database.transaction((tx) => ledger.post(tx, [{ ...journal(), transfers }])));
  }
  const rows = await database.query<{ code: string; id: string }>('SELECT code, id FROM ledger_account');
  for (const table of ['journal', 'transfer'])
    await database.dataSource.query(`CREATE TABLE bench_${table} LIKE ledger_${table}`);
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** Journals a second, one a commit and fifty a commit, beside a bare multi-row insert of the same rows; in turn, within one run. */
export async function ledgerPosting(): Promise<void> {
  const { database } = await freshDatabase(WRITERS + 2);
  const bench = await open(database);
  try {
    await assertDurable(database);
    const bare = bareInsert(bench, await warmUp(bench));
    const rounds: Record<'alone' | 'single' | 'batched' | 'bare', Figures>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      rounds.push({
        alone: await measure(1, 1, post(bench, 1)),
        single: await measure(WRITERS, 1, post(bench, 1)),
        batched: await measure(1, BATCH, post(bench, BATCH)),
        bare: await measure(1, BATCH, bare),
      });
    }
    await assertBooks(database);
    const line = (name: string, of: (round: (typeof rounds)[number]) => Figures) => {
      const perSecond = median(rounds.map((round) => of(round).perSecond));
      const p99 = median(rounds.map((round) => of(round).p99Ms));
      console.log(`  ${name.padEnd(44)}${perSecond.toFixed(0).padStart(10)}${p99.toFixed(1).padStart(10)}`);
      return perSecond;
    };
    console.log(
      `\nledger-posting: journals of ${PAYEES_PER_JOURNAL} payees, ${PAYEES} accounts, durable commits; medians of ${ROUNDS} rounds of ${SECONDS} s`,
    );
    console.log(`  ${''.padEnd(44)}${'journals/s'.padStart(10)}${'p99 ms'.padStart(10)}`);
    line('one a commit, one writer', ({ alone }) => alone);
    const single = line(`one a commit, ${WRITERS} writers`, (round) => round.single);
    const batched = line(`${BATCH} a commit, one writer`, (round) => round.batched);
    line(`${BATCH} a commit, bare insert of the same rows`, (round) => round.bare);
    const ratios = rounds.map((round) => round.batched.perSecond / round.bare.perSecond);
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    const aim = (value: number, least: number) => `aim ${least}: ${value >= least ? 'met' : 'missed'}`;
    console.log(`  one a commit: ${aim(single, AIMS.single)}; batched: ${aim(batched, AIMS.batched)}`);
    console.log(
      `  ratio to the bare insert ${median(ratios).toFixed(2)} (${spread}), ${aim(median(ratios), AIMS.ratio)}`,
    );
  } finally {
    await bench.close();
    await database.close();
  }
}
