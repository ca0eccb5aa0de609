import { type Fen, newId, refused } from '#libs/kernel';
import {
  AccountAlwaysOpenError,
  AccountClosedError,
  AccountNotEmptyError,
  AccountNotOpenError,
  LedgerAccountService,
  type LedgerAccountState,
  LedgerModule,
  LedgerReader,
  LedgerService,
  type PayeeId,
  posted,
} from '#libs/ledger';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';

describe('the state of an account', () => {
  let rooms: Rooms;
  let code: `liability:held:${PayeeId}`;

  beforeAll(async () => {
    rooms = await openRooms(LedgerModule);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    code = `liability:held:mer_${newId('x').slice(2)}`;
    posted(await post(100n));
  });
  afterEach(async () => {
    expect(await rooms.get(LedgerReader).disagreements()).toEqual([]);
  });

  const draft = (amountFen: Fen) => {
    const transfers =
      amountFen > 0n
        ? [{ debit: 'liability:escrow', credit: code, amountFen } as const]
        : [{ debit: code, credit: 'liability:escrow', amountFen: 0n - amountFen } as const];
    const said = { idempotencyKey: newId('key'), kind: 'test', subject: 'ord_1', eventId: null };
    return { ...said, effectiveAt: rooms.clock.now(), transfers };
  };
  const post = (amountFen: Fen) =>
    rooms.database.transaction((tx) => rooms.get(LedgerService).post(tx, [draft(amountFen)]));
  const set = (state: LedgerAccountState, of: string = code) =>
    rooms.database.transaction((tx) => rooms.get(LedgerAccountService).setState(tx, of, state));
  const balance = async () => (await rooms.get(LedgerReader).accountByCode(code))?.balanceFen;
  const free = async () =>
    (await rooms.database.transaction((tx) => rooms.get(LedgerService).lockFree(tx, [code]))).get(code);

  it('FROZEN lets nothing out, and in what comes, until it is thawed', async () => {
    expect(await set('FROZEN')).toBe('OPEN');
    expect(await set('FROZEN')).toBe('FROZEN');

    posted(await post(1n));
    expect(await post(-1n)).toEqual(new AccountNotOpenError(code));
    expect([await balance(), await free()]).toEqual([101n, 0n]);

    expect(await set('OPEN')).toBe('FROZEN');
    posted(await post(-1n));
    expect([await balance(), await free()]).toEqual([100n, 100n]);
  });

  it('FROZEN lets end what had been set aside, and nothing new be set aside', async () => {
    const reserve = (key: string) =>
      rooms.database.transaction((tx) =>
        rooms
          .get(LedgerService)
          .reserve(tx, [{ ...draft(-40n), idempotencyKey: `${key}:${code}`, expiresAt: null }]),
      );
    posted(await reserve('p'));
    await set('FROZEN');

    expect(await reserve('q')).toEqual(new AccountNotOpenError(code));
    const end = { pendingKey: `p:${code}`, act: 'POST', idempotencyKey: `e:${code}`, eventId: null } as const;
    posted(
      await rooms.database.transaction((tx) =>
        rooms.get(LedgerService).resolve(tx, [{ ...end, at: rooms.clock.now() }]),
      ),
    );
    expect(await balance()).toBe(60n);
  });

  it('CLOSED is for accounts at zero, and for good', async () => {
    expect(await set('CLOSED')).toEqual(new AccountNotEmptyError(code));
    posted(await post(-100n));
    expect(await set('CLOSED')).toBe('OPEN');
    expect(await set('CLOSED')).toBe('CLOSED');

    expect(await post(1n)).toEqual(new AccountNotOpenError(code));
    expect(await set('OPEN')).toEqual(new AccountClosedError(code));
    expect(await set('FROZEN')).toEqual(new AccountClosedError(code));
    expect(await rooms.get(LedgerReader).accountByCode(code)).toMatchObject({
      state: 'CLOSED',
      balanceFen: 0n,
    });
  });

  it('is always OPEN for what everybody posts to', async () => {
    expect(await set('FROZEN', 'liability:escrow')).toEqual(new AccountAlwaysOpenError('liability:escrow'));
    expect(await set('CLOSED', 'liability:escrow')).toEqual(new AccountAlwaysOpenError('liability:escrow'));
  });

  it('of an account that nobody has opened cannot be set', async () => {
    await expect(set('FROZEN', 'liability:held:mer_nobody')).rejects.toThrow('was not found');
  });

  it('is read under the lock: nothing is taken after it was frozen, by a ledger that has known it open for long', async () => {
    await fillPool(rooms.database);
    posted(await post(1_000_000n));
    let frozenIn = 0; // The round in which the account is frozen for certain; 0 while it may not be.
    let isOver = false;
    const posting = Array.from({ length: 8 }, async () => {
      const late: boolean[] = [];
      while (!isOver) {
        const begunIn = frozenIn;
        const result = await post(-1n);
        late.push(begunIn > 0 && begunIn === frozenIn && !refused(result));
      }
      return late;
    });
    const attempts = () => rooms.database.query('SELECT 1');
    for (let round = 1; round <= 5; round += 1) {
      await set('FROZEN');
      frozenIn = round;
      const before = await balance();
      await Promise.all(Array.from({ length: 8 }, attempts));
      expect(await balance()).toBe(before);
      frozenIn = 0;
      await set('OPEN');
      posted(await post(-1n));
    }
    isOver = true;

    expect((await Promise.all(posting)).flat()).not.toContain(true);
  });
});
