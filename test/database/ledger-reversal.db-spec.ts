import { type Fen, newId } from '#libs/kernel';
import {
  ExceedsOriginalError,
  IdempotencyConflictError,
  InsufficientBalanceError,
  LedgerModule,
  LedgerReader,
  LedgerReversalService,
  LedgerService,
  type ReversalDraft,
  posted,
} from '#libs/ledger';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { countStatements } from '../harness/statements.js';

const ESCROW = 'liability:escrow';
const HELD = 'liability:held:mer_1';
const FUND = 'liability:held:fund:430225';

describe('a journal that is taken back', () => {
  let rooms: Rooms;
  let original: string;

  beforeAll(async () => {
    rooms = await openRooms(LedgerModule);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    original = newId('key');
    await post(original, 1_000n, 200n);
  });
  afterEach(async () => {
    const reader = rooms.get(LedgerReader);
    expect((await reader.trialBalance()).differenceFen).toBe(0n);
    expect(await reader.disagreements()).toEqual([]);
    await reverse(reversal(`rest:${original}`));
  });

  const post = async (idempotencyKey: string, heldFen: Fen, fundFen: Fen) => {
    const transfers = [
      { debit: ESCROW, credit: HELD, amountFen: heldFen },
      { debit: ESCROW, credit: FUND, amountFen: fundFen },
    ] as const;
    const said = { idempotencyKey, kind: 'split', subject: original, eventId: null };
    const draft = { ...said, effectiveAt: rooms.clock.now(), transfers };
    posted(await rooms.database.transaction((tx) => rooms.get(LedgerService).post(tx, [draft])));
  };
  const reversal = (idempotencyKey: string, ...parts: [number, Fen][]): ReversalDraft => ({
    reversesKey: original,
    idempotencyKey,
    kind: 'split_reversed',
    at: rooms.clock.now(),
    eventId: null,
    ...(parts.length > 0 && { parts: parts.map(([lineNo, amountFen]) => ({ lineNo, amountFen })) }),
  });
  const reverse = (...drafts: ReversalDraft[]) =>
    rooms.database.transaction((tx) => rooms.get(LedgerReversalService).reverse(tx, drafts));
  const held = async () => (await rooms.get(LedgerReader).accountByCode(HELD))?.balanceFen;
  const leftOf = async () =>
    (await rooms.get(LedgerReader).journalByKey(original))?.transfers.map(
      ({ amountFen, reversedFen }) => amountFen - reversedFen,
    );

  it('goes back whole, the other way round, and says what it takes back', async () => {
    posted(await reverse(reversal(`all:${original}`)));

    const [first, second] = await rooms.get(LedgerReader).journalsOfSubject(original);
    expect(second).toMatchObject({
      kind: 'split_reversed',
      phase: 'POSTED',
      reversesJournalId: first?.id,
      transfers: [
        { debit: HELD, credit: ESCROW, amountFen: 1_000n },
        { debit: FUND, credit: ESCROW, amountFen: 200n },
      ],
    });
    expect([await held(), await leftOf()]).toEqual([0n, [0n, 0n]]);
  });

  it('I2: goes back in parts, and never exceeds what any transfer moved', async () => {
    posted(await reverse(reversal(`a:${original}`, [1, 300n])));
    posted(await reverse(reversal(`b:${original}`, [1, 600n], [2, 200n])));

    expect(await reverse(reversal(`c:${original}`, [1, 101n]))).toEqual(
      new ExceedsOriginalError(original, 100n),
    );
    expect(await reverse(reversal(`c:${original}`, [2, 1n]))).toEqual(new ExceedsOriginalError(original, 0n));
    expect([await held(), await leftOf()]).toEqual([100n, [100n, 0n]]);

    posted(await reverse(reversal(`d:${original}`)));
    expect(await reverse(reversal(`e:${original}`))).toEqual(new ExceedsOriginalError(original, 0n));
    expect([await held(), await leftOf()]).toEqual([0n, [0n, 0n]]);
  });

  it('counts every part of a batch, and refuses the whole of it', async () => {
    expect(await reverse(reversal(`a:${original}`, [1, 600n]), reversal(`b:${original}`, [1, 401n]))).toEqual(
      new ExceedsOriginalError(original, 400n),
    );

    expect([await held(), await leftOf()]).toEqual([1_000n, [1_000n, 200n]]);
  });

  it('goes back once when the same is told twice, and refuses the key for anything else', async () => {
    const first = posted(await reverse(reversal(`all:${original}`)));
    const part = posted(await reverse(reversal(`all:${original}`)));

    expect(part).toEqual([{ ...first[0], isNew: false }]);
    expect(await reverse(reversal(`all:${original}`, [1, 1n]))).toEqual(
      new IdempotencyConflictError(`all:${original}`),
    );
    expect(await held()).toBe(0n);
  });

  it('is not taken from whom it has left already', async () => {
    const away = { debit: HELD, credit: 'liability:available:mer_2', amountFen: 1n } as const;
    const said = { idempotencyKey: newId('key'), kind: 'test', subject: 'x', eventId: null };
    const draft = { ...said, effectiveAt: rooms.clock.now(), transfers: [away] };
    posted(await rooms.database.transaction((tx) => rooms.get(LedgerService).post(tx, [draft])));

    expect(await reverse(reversal(`all:${original}`))).toEqual(new InsufficientBalanceError(HELD, 1n));
    expect(await leftOf()).toEqual([1_000n, 200n]);

    const back = {
      ...draft,
      idempotencyKey: newId('key'),
      transfers: [{ ...away, debit: away.credit, credit: away.debit }],
    };
    posted(await rooms.database.transaction((tx) => rooms.get(LedgerService).post(tx, [back])));
  });

  it('never goes back beyond itself when twenty take back at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => reverse(reversal(`t${n}:${original}`, [1, 90n]))),
    );

    expect(results.filter(Array.isArray)).toHaveLength(11);
    expect(results.filter((result) => result instanceof ExceedsOriginalError)).toHaveLength(9);
    expect([await held(), await leftOf()]).toEqual([10n, [10n, 200n]]);
  });

  it('cannot be a reversal itself, nor something that has moved nothing', async () => {
    posted(await reverse(reversal(`all:${original}`)));
    const draft = { ...reversal('x'), reversesKey: `all:${original}` };

    await expect(reverse(draft)).rejects.toThrow('is no reversal itself');
    await expect(reverse({ ...draft, reversesKey: 'nothing' })).rejects.toThrow('nothing');
  });

  it.each([1, 10, 60])('costs the same number of statements for %i', async (size) => {
    await post(`big:${original}`, BigInt(size), BigInt(size));
    const drafts = Array.from({ length: size }, (_, n) => ({
      ...reversal(`r${n}:${original}`, [1, 1n], [2, 1n]),
      reversesKey: `big:${original}`,
    }));

    expect(await countStatements(() => reverse(...drafts))).toBe(13);
  });
});
