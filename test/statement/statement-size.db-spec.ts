import { newId } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { statementsOf } from '../harness/statements.js';
import { StatementRooms } from './statement-rooms.js';

const LINES = 10_000;
const PER_POST = 500;

let house: StatementRooms;

beforeAll(async () => {
  house = await StatementRooms.open();
  house.clock.set('2026-10-10T02:00:00.000Z');
});
afterAll(() => house.close());

/** As its objects say. */
function pagesIn(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

it('ten thousand lines are read page by page, and every one is printed', async () => {
  for (let start = 0; start < LINES; start += PER_POST) {
    const journals = Array.from({ length: PER_POST }, () => ({
      idempotencyKey: newId('key'),
      kind: 'release',
      subject: newId('ord'),
      eventId: null,
      effectiveAt: house.clock.now(),
      transfers: [
        { debit: 'liability:suspense', credit: 'liability:available:mer_1', amountFen: 7n } as const,
      ],
    }));
    await house.rooms.database.transaction(async (tx) => {
      posted(await house.rooms.get(LedgerService).post(tx, journals));
    });
  }
  house.clock.set('2026-11-02T02:00:00Z');
  await house.addUp();
  while ((await house.listing()) > 0);

  const statements = await statementsOf(async () => {
    await house.issuing.work();
  });

  const { id, balances } = await house.of('mer_1', '2026-10');
  expect(balances).toMatchObject({ lineCount: LINES, closing: { availableFen: 70_000n } });
  // No statement takes more than a page: twenty pages are collected, and read twice to be printed.
  const reads = statements.filter((sql) => sql.includes('FROM statement_line WHERE statement_id'));
  expect(reads.filter((sql) => /ORDER BY effective_at, journal_id, part_no LIMIT/.test(sql))).toHaveLength(
    42,
  );
  expect(statements.length).toBeLessThan(260);
  expect(await house.reader.totals([id])).toMatchObject([
    { kind: 'RELEASE', count: LINES, amounts: { availableFen: 70_000n } },
  ]);
  const csv = (await house.file(id, 'CSV')).toString();
  expect(csv.match(/,jrn_/g)).toHaveLength(LINES);
  const pdf = await house.file(id, 'PDF');
  expect(pagesIn(pdf)).toBe(336);
}, 180_000);
