import { type Fen, HOUR_MS, newId, plus } from '#libs/kernel';
import {
  type AccountCode,
  AlreadyPostedError,
  AlreadyVoidedError,
  ExceedsPendingError,
  IdempotencyConflictError,
  InsufficientBalanceError,
  LedgerModule,
  LedgerPendingService,
  LedgerReader,
  LedgerService,
  type PendingDraft,
  PendingExpiredError,
  type Resolution,
  posted,
} from '#libs/ledger';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { statementsOf } from '../harness/statements.js';

const BANK = 'liability:suspense';

describe('D22: what is set aside', () => {
  let rooms: Rooms;
  let ledger: LedgerService;
  let payee: AccountCode;

  beforeAll(async () => {
    rooms = await openRooms(LedgerModule);
    ledger = rooms.get(LedgerService);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    rooms.clock.advance(HOUR_MS);
    await rooms.get(LedgerPendingService).expireDue(100); // What the test before has left.
    payee = `liability:available:mer_${newId('x').slice(2)}`;
    await fund(5_000n);
  });
  afterEach(async () => {
    const reader = rooms.get(LedgerReader);
    expect((await reader.trialBalance()).differenceFen).toBe(0n);
    expect(await reader.disagreements()).toEqual([]);
  });

  const draft = (idempotencyKey: string, amountFen: Fen, more: Partial<PendingDraft> = {}): PendingDraft => ({
    idempotencyKey: `${idempotencyKey}:${payee}`,
    kind: 'payout',
    subject: 'pot_1',
    eventId: null,
    effectiveAt: rooms.clock.now(),
    transfers: [{ debit: payee, credit: BANK, amountFen }],
    expiresAt: plus(rooms.clock.now(), HOUR_MS),
    ...more,
  });
  const fund = async (amountFen: Fen) => {
    const transfers = [{ debit: 'liability:escrow', credit: payee, amountFen }] as const;
    posted(
      await rooms.database.transaction((tx) => ledger.post(tx, [{ ...draft(newId('x'), 1n), transfers }])),
    );
  };
  const reserve = (...drafts: PendingDraft[]) =>
    rooms.database.transaction((tx) => ledger.reserve(tx, drafts));
  const resolution = (key: string, act: Resolution['act'], amountFen?: Fen): Resolution => ({
    pendingKey: `p:${payee}`,
    act,
    idempotencyKey: `${key}:${payee}`,
    at: rooms.clock.now(),
    eventId: null,
    ...(amountFen !== undefined && { amountFen }),
  });
  const resolve = (...resolutions: Resolution[]) =>
    rooms.database.transaction((tx) => ledger.resolve(tx, resolutions));
  const free = async () =>
    (await rooms.database.transaction((tx) => ledger.lockFree(tx, [payee]))).get(payee);
  const balance = async (code = payee) => (await rooms.get(LedgerReader).accountByCode(code))?.balanceFen;

  it('stays in the account and may not leave otherwise', async () => {
    posted(await reserve(draft('p', 2_000n)));

    expect([await balance(), await free()]).toEqual([5_000n, 3_000n]);
    expect(await reserve(draft('q', 3_001n))).toEqual(new InsufficientBalanceError(payee, 1n));
    expect([await balance(), await free()]).toEqual([5_000n, 3_000n]);
  });

  it('is set aside once per key; other content under it is refused', async () => {
    const first = posted(await reserve(draft('p', 2_000n)));
    rooms.clock.advance(1);

    expect(posted(await reserve(draft('p', 2_000n)))).toEqual([{ ...first[0], isNew: false }]);
    expect(await reserve(draft('p', 2_001n))).toEqual(new IdempotencyConflictError(`p:${payee}`));
    const { expiresAt: _, ...plain } = draft('p', 2_000n);
    expect(await rooms.database.transaction((tx) => ledger.post(tx, [plain]))).toEqual(
      new IdempotencyConflictError(`p:${payee}`),
    );
    expect(await free()).toBe(3_000n);
  });

  it('moves when it is posted, and what is not posted is free at once', async () => {
    const before = (await balance(BANK)) ?? 0n;
    posted(await reserve(draft('p', 2_000n)));

    posted(await resolve(resolution('post', 'POST', 1_500n)));

    expect([await balance(), await free(), await balance(BANK)]).toEqual([3_500n, 3_500n, before + 1_500n]);
  });

  it('is free again when it is voided', async () => {
    posted(await reserve(draft('p', 2_000n)));

    posted(await resolve(resolution('void', 'VOID')));

    expect([await balance(), await free()]).toEqual([5_000n, 5_000n]);
  });

  it.each([
    ['posted again', 'POST', 'POST', undefined, (key: string) => new AlreadyPostedError(key)],
    ['voided after it was posted', 'POST', 'VOID', undefined, (key: string) => new AlreadyPostedError(key)],
    ['posted after it was voided', 'VOID', 'POST', undefined, (key: string) => new AlreadyVoidedError(key)],
    ['posted with more', null, 'POST', 2_001n, (key: string) => new ExceedsPendingError(key, 2_000n)],
  ] as const)('is not %s', async (_, first, second, amountFen, refusal) => {
    posted(await reserve(draft('p', 2_000n)));
    if (first) posted(await resolve(resolution('first', first)));
    const before = [await balance(), await free()];

    expect(await resolve(resolution('second', second, amountFen))).toEqual(refusal(`p:${payee}`));
    expect([await balance(), await free()]).toEqual(before);
  });

  it('expires when its time has come, and cannot be posted from that moment on', async () => {
    const pendings = rooms.get(LedgerPendingService);
    posted(await reserve(draft('p', 2_000n), draft('for ever', 100n, { expiresAt: null })));
    rooms.clock.advance(HOUR_MS - 1);
    expect(await pendings.expireDue(10)).toBe(0);
    rooms.clock.advance(1);

    expect(await resolve(resolution('late', 'POST'))).toEqual(new PendingExpiredError(`p:${payee}`));
    expect(await free()).toBe(2_900n);
    expect(await pendings.expireDue(10)).toBe(1);
    expect(await pendings.expireDue(10)).toBe(0);
    expect(await resolve(resolution('later', 'POST'))).toEqual(new PendingExpiredError(`p:${payee}`));
    expect([await balance(), await free()]).toEqual([5_000n, 4_900n]);
  });

  it('expires once when four clocks come round at once', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => `p${n}`);
    posted(await reserve(...keys.map((key) => draft(key, 10n))));
    rooms.clock.advance(HOUR_MS);

    const done = await Promise.all(keys.slice(0, 4).map(() => rooms.get(LedgerPendingService).expireDue(5)));
    while ((await rooms.get(LedgerPendingService).expireDue(5)) > 0);

    expect(Math.max(...done)).toBeLessThanOrEqual(5);
    expect(await free()).toBe(5_000n);
  });

  it('answers the same key the same, and refuses it for anything else', async () => {
    posted(await reserve(draft('p', 2_000n)));
    const first = posted(await resolve(resolution('k', 'POST')));

    expect(posted(await resolve(resolution('k', 'POST', 2_000n)))).toEqual([{ ...first[0], isNew: false }]);
    expect(await resolve(resolution('k', 'POST', 1_999n))).toBeInstanceOf(IdempotencyConflictError);
    expect(await resolve(resolution('k', 'VOID'))).toBeInstanceOf(IdempotencyConflictError);
    expect(await balance()).toBe(3_000n);
  });

  it('ends once when twenty end it at once', async () => {
    posted(await reserve(draft('p', 2_000n)));

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => resolve(resolution(`r${n}`, n % 2 ? 'POST' : 'VOID'))),
    );

    expect(results.filter(Array.isArray)).toHaveLength(1);
    expect([5_000n, 3_000n]).toContain(await balance());
    expect(await free()).toBe(await balance());
  });

  it('ends once when twenty bring the same key at once', async () => {
    posted(await reserve(draft('p', 2_000n)));

    const results = await Promise.all(Array.from({ length: 20 }, () => resolve(resolution('same', 'POST'))));

    const journals = results.flatMap((result) => posted(result));
    expect(journals.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect([await balance(), await free()]).toEqual([3_000n, 3_000n]);
  });

  it('that nobody has set aside cannot be ended', async () => {
    await expect(resolve(resolution('k', 'POST'))).rejects.toThrow(`p:${payee}`);
  });

  it('is nothing for an account that nobody has opened', async () => {
    const nobody = 'liability:available:mer_nobody';

    expect(await rooms.database.transaction((tx) => ledger.lockFree(tx, [nobody]))).toEqual(
      new Map([[nobody, 0n]]),
    );
  });

  it.each([1, 10, 100])('costs the same number of statements for %i', async (size) => {
    const drafts = (round: number) =>
      Array.from({ length: size }, (_, n) => draft(`${round}:${n}`, 1n + BigInt(n % 2)));
    const ends = (round: number) =>
      drafts(round).map(({ idempotencyKey }, n): Resolution => ({
        ...resolution(`end:${round}:${n}`, n % 2 ? 'POST' : 'VOID'),
        pendingKey: idempotencyKey,
      }));
    posted(await reserve(...drafts(1))); // Remembers the accounts.

    const setting = await statementsOf(() => reserve(...drafts(2)));
    const ending = await statementsOf(() => resolve(...ends(2)));

    const verbs = (statements: readonly string[]) => statements.map((sql) => sql.split(/\s/, 1)[0]);
    expect(verbs(setting)).toEqual([
      'START',
      'SELECT', // keys
      'INSERT', // journals
      'INSERT', // the queue of what is to be sealed
      'SELECT', // locks
      'INSERT', // transfers
      'UPDATE', // balances
      'INSERT', // pendings
      'COMMIT',
    ]);
    expect(verbs(ending)).toEqual([
      'START',
      'SELECT', // what was set aside
      'SELECT', // its states, locked
      'SELECT', // keys
      'INSERT', // journals
      'INSERT', // the queue of what is to be sealed
      'SELECT', // locks
      ...(size > 1 ? ['INSERT'] : []), // transfers of what is posted
      'UPDATE', // balances
      ...(size > 1 ? ['INSERT'] : []), // for the balances of days
      'UPDATE', // states
      'COMMIT',
    ]);
  });
});
