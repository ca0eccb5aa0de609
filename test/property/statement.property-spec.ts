import fc from 'fast-check';
import { DAY_MS, plus, present } from '#libs/kernel';
import type { AccountCode } from '#libs/ledger';
import { StatementRooms } from '../statement/statement-rooms.js';

/** Each run is some dozen transactions and as many statements. */
const RUNS = 15;
const PAYEES = ['mer_1', 'hhd_1', 'chp_1'] as const;

type Act =
  | {
      readonly kind: 'credit' | 'release' | 'pay' | 'owe' | 'offset';
      readonly payee: number;
      readonly fen: bigint;
      readonly daysAgo: number;
    }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'issue' };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'credit' as const,
        'release' as const,
        'pay' as const,
        'owe' as const,
        'offset' as const,
      ),
      payee: fc.nat({ max: PAYEES.length - 1 }),
      fen: fc.bigInt(1n, 1_000n),
      // Some take effect before what has been issued.
      daysAgo: fc.nat({ max: 40 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 45 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('issue' as const) }) },
);

let house: StatementRooms;
beforeAll(async () => {
  house = await StatementRooms.open();
});
afterAll(() => house.close());

async function live(acts: readonly Act[]): Promise<void> {
  for (const step of acts) {
    if (step.kind === 'wait') house.clock.advance(step.days * DAY_MS);
    else if (step.kind === 'issue') await house.work();
    else await move(step);
  }
}

/** Within what the accounts hold: the floor refuses the rest. */
async function move({ kind, payee, fen, daysAgo }: Exclude<Act, { kind: 'wait' | 'issue' }>): Promise<void> {
  const id = present(PAYEES[payee], 'a payee');
  const [held, available, owed] = [
    `liability:held:${id}`,
    `liability:available:${id}`,
    `asset:receivable:clawback:${id}`,
  ] as AccountCode[] as [AccountCode, AccountCode, AccountCode];
  const books = await house.books.books();
  const least = (...limits: readonly (number | undefined)[]) =>
    limits.reduce<bigint>((least, limit) => (BigInt(limit ?? 0) < least ? BigInt(limit ?? 0) : least), fen);
  const at = plus(house.clock.now(), -daysAgo * DAY_MS);
  const go = (journalKind: string, debit: AccountCode, credit: AccountCode, amount: bigint) =>
    amount > 0n ? house.move(journalKind, debit, credit, amount, at) : Promise.resolve();
  switch (kind) {
    case 'credit':
      return go('order_split', 'liability:escrow', held, fen);
    case 'release':
      return go('release', held, available, least(books[held]));
    case 'pay':
      return go('payout', available, 'asset:bank:main', least(books[available]));
    case 'owe':
      return id === 'hhd_1' ? undefined : go('refund_reserved', owed, 'liability:refund_payable', fen);
    case 'offset':
      return id === 'hhd_1'
        ? undefined
        : go('clawback_offset', available, owed, least(books[available], books[owed]));
  }
}

it('whatever happens and whenever it is issued: chains hold, lines make the difference, and the last closing is the books', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 25 }), async (acts) => {
      house.clock.set('2026-03-10T02:00:00Z');
      await live(acts);
      // Long enough that everything has come into some month.
      house.clock.advance(80 * DAY_MS);
      await house.work();
      const books = await house.books.books();
      for (const id of PAYEES) {
        const [last] = await house.page({ payeeId: id });
        const closing = last?.balances?.closing ?? { heldFen: 0n, availableFen: 0n, owedFen: 0n };
        expect(Object.values(closing).map(Number)).toEqual(
          [`liability:held:${id}`, `liability:available:${id}`, `asset:receivable:clawback:${id}`].map(
            (code) => books[code] ?? 0,
          ),
        );
      }
      const open = await house.rooms.database.query(
        "SELECT 1 FROM statement_revision WHERE state <> 'ISSUED'",
      );
      expect(open).toEqual([]);
      await house.proveAndForget();
    }),
    { numRuns: RUNS },
  );
}, 180_000);
