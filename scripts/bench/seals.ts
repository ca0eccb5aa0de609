import { AuditLeafReader } from '#libs/identity';
import { newId } from '#libs/kernel';
import { JournalLeafReader } from '#libs/ledger';
import {
  SealProofReader,
  SealReader,
  SealRepository,
  SealService,
  SealVerificationService,
  SealedStreams,
} from '#libs/seal';
import { VolumeFactLeafReader } from '#libs/volume';
import type { Database } from '#platform/database';
import { freshDatabase } from './fresh-database.js';

/** Journals of three transfers each, between escrow and some thousand payees. */
const JOURNALS = Number(process.env['BENCH_JOURNALS'] ?? 1_000_000);
const TRANSFERS = 3;
const PAYEES = 5_000;
const ROWS_PER_INSERT = 2_000;
const AT_ONCE = { delayMs: 0, leaseMs: 60_000 };

async function timed<T>(what: string, records: number, work: () => Promise<T>): Promise<T> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(before);
  const cpu = `, ${((user + system) / 1e6).toFixed(1)} s of this process`;
  const pace = records > 1 ? `, ${Math.round(records / seconds).toLocaleString('en')} records/s` : '';
  console.log(`  ${what.padEnd(44)}${seconds.toFixed(records > 1 ? 1 : 4).padStart(10)} s${cpu}${pace}`);
  return result;
}

/** Straight into the tables: what is measured is sealing, not posting. */
async function fill(database: Database): Promise<void> {
  const at = new Date('2026-11-02T02:00:00.000Z');
  const accountIds = Array.from({ length: PAYEES + 1 }, () => newId('acc'));
  await database.transaction((tx) =>
    tx.insert(
      'ledger_account',
      accountIds.map((id, index) => ({
        id,
        code: index === 0 ? 'liability:escrow' : `liability:held:mer_${index}`,
        type: 'liability',
        normalSide: 'credit',
        balanceMode: 'DEFERRED',
        hasFloor: 0,
        state: 'OPEN',
        createdAt: at,
      })),
    ),
  );
  const hash = Buffer.alloc(32, 1);
  for (let start = 0; start < JOURNALS; start += ROWS_PER_INSERT) {
    const journals = Array.from({ length: Math.min(ROWS_PER_INSERT, JOURNALS - start) }, () => newId('jrn'));
    await database.transaction(async (tx) => {
      await tx.insert(
        'ledger_journal',
        journals.map((id, index) => ({
          id,
          idempotencyKey: `split:${id}`,
          requestHash: hash,
          kind: 'order_split',
          subject: `ord_${start + index}`,
          eventId: `evt_${start + index}`,
          effectiveAt: at,
        })),
      );
      await tx.insert(
        'ledger_transfer',
        journals.flatMap((journalId, index) =>
          Array.from({ length: TRANSFERS }, (_, line) => ({
            journalId,
            lineNo: line + 1,
            debitAccountId: accountIds[0] ?? '',
            creditAccountId: accountIds[1 + ((start + index * 7 + line * 13) % PAYEES)] ?? '',
            amountFen: 1_000n + BigInt(line),
          })),
        ),
      );
      await new SealRepository().enqueue(tx, 'JOURNAL', journals);
    });
  }
}

/** Sealing and verifying a million journals, and what a proof over them costs; BENCH_JOURNALS asks for another number. */
export async function benchSeals(): Promise<void> {
  const { database } = await freshDatabase();
  try {
    await measure(database);
  } finally {
    await database.close();
  }
}

async function measure(database: Database): Promise<void> {
  console.log(`\nSealing ${JOURNALS.toLocaleString('en')} journals of ${TRANSFERS} transfers`);
  const journals = new JournalLeafReader(database);
  const streams = new SealedStreams([
    journals,
    new AuditLeafReader(database),
    new VolumeFactLeafReader(database),
  ]);
  const reader = new SealReader(database);
  const sealer = new SealService(database, streams, new SealRepository(), reader);
  await timed('filling the tables', JOURNALS, () => fill(database));
  await timed('sealing, 2,000 a round', JOURNALS, async () => {
    while ((await sealer.sealDue(2_000, AT_ONCE)) > 0);
  });
  await timed('an idle round', 1, () => sealer.sealDue(2_000, AT_ONCE));
  const { records, breaks } = await timed('verifying everything', JOURNALS, () =>
    new SealVerificationService(streams, reader).verify({ stream: 'JOURNAL' }),
  );
  if (records !== JOURNALS || breaks.length > 0)
    throw new Error(`${records} records, ${breaks.length} breaks`);
  await timed('the root over all', 1, () => reader.root('JOURNAL', JOURNALS));
  const [row] = await reader.seals('JOURNAL', Math.floor(JOURNALS / 2), 1);
  await timed('an inclusion proof without a checkpoint', 1, () =>
    new SealProofReader(reader).inclusion(journals, row?.subjectId ?? ''),
  );
}
