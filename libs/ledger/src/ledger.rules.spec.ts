import {
  AccountNotOpenError,
  EffectiveInFutureError,
  IdempotencyConflictError,
  InsufficientBalanceError,
} from './ledger.errors.js';
import {
  EFFECTIVE_AHEAD_MAX_MS,
  type AccountKey,
  type JournalDraft,
  type JournalEntry,
  type LockedBalance,
  TRANSFERS_PER_POST_MAX,
  assertPostable,
  entryOf,
  hashOf,
  newOf,
  place,
  refuseFuture,
} from './ledger.rules.js';

const transfer = { debit: 'liability:escrow', credit: 'liability:held:mer_1', amountFen: 100n } as const;
const draft = (idempotencyKey: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
  ...entryOf(
    {
      idempotencyKey,
      kind: 'test',
      subject: 'ord_1',
      eventId: null,
      effectiveAt: new Date(0),
      transfers: [transfer],
    },
    'POSTED',
  ),
  ...more,
});
const account = (code: string, more: Partial<AccountKey> = {}): AccountKey => ({
  id: `acc_${code}`,
  code,
  normalSide: 'credit',
  balanceMode: 'DEFERRED',
  hasFloor: false,
  ...more,
});
const payee = (code: string) => account(code, { balanceMode: 'LOCKED', hasFloor: true });
const balance = (
  code: string,
  creditsPostedFen: bigint,
  more: Partial<LockedBalance> = {},
): LockedBalance => ({
  id: `acc_${code}`,
  state: 'OPEN',
  debitsPostedFen: 0n,
  creditsPostedFen,
  debitsPendingFen: 0n,
  creditsPendingFen: 0n,
  version: 0n,
  ...more,
});
const HELD = 'liability:held:mer_1';
const FREE = 'liability:available:mer_1';
const accounts = new Map([
  ['liability:escrow', account('liability:escrow')],
  [HELD, payee(HELD)],
  [FREE, payee(FREE)],
]);

describe('the hash of a journal', () => {
  it.each<[string, Partial<JournalEntry>]>([
    ['an amount', { transfers: [{ ...transfer, amountFen: 101n }] }],
    ['an account', { transfers: [{ ...transfer, credit: 'liability:held:mer_2' }] }],
    ['the direction', { transfers: [{ ...transfer, debit: transfer.credit, credit: transfer.debit }] }],
    ['one more transfer', { transfers: [transfer, transfer] }],
    ['the kind', { kind: 'other' }],
    ['the subject', { subject: 'ord_2' }],
    ['the phase', { phase: 'PENDING' }],
  ])('changes with %s', (_, more) => {
    expect(hashOf(draft('k', more))).not.toEqual(hashOf(draft('k')));
  });

  it('is what it was before there were phases', () => {
    expect(hashOf(draft('k')).toString('hex')).toBe(
      '0812c72e19167549523720a5fbf4d88fc6f48d24b2103d7311c3dfc344b83aff',
    );
  });

  it('changes with what it ends', () => {
    const post = (id: 'jrn_1' | 'jrn_2') => draft('k', { phase: 'POST', pendingJournalId: id });

    expect(hashOf(post('jrn_1'))).not.toEqual(hashOf(post('jrn_2')));
  });

  it('does not change with the moment or the fact that tells of it', () => {
    expect(hashOf(draft('k', { effectiveAt: new Date(1), eventId: 'evt_2' }))).toEqual(hashOf(draft('k')));
  });
});

describe('journals', () => {
  const said = (entry: JournalEntry) => ({ idempotencyKey: entry.idempotencyKey, hash: hashOf(entry) });

  it('that are known, or stand twice in the batch, are not new', () => {
    const known = [{ id: 'jrn_1', idempotencyKey: 'a', requestHash: hashOf(draft('a')) }];

    const fresh = newOf([said(draft('a')), said(draft('b')), said(draft('b'))], known);

    expect(fresh).toMatchObject([{ idempotencyKey: 'b' }]);
  });

  it('of one key and different content are refused, in the books and in the batch', () => {
    const other = draft('a', { subject: 'ord_2' });
    const known = [{ id: 'jrn_1', idempotencyKey: 'a', requestHash: hashOf(other) }];

    expect(newOf([said(draft('a'))], known)).toEqual(new IdempotencyConflictError('a'));
    expect(newOf([said(draft('a')), said(other)], [])).toEqual(new IdempotencyConflictError('a'));
  });

  it.each<[string, JournalDraft[]]>([
    ['move nothing', [draft('k', { transfers: [] })]],
    ['move zero', [draft('k', { transfers: [{ ...transfer, amountFen: 0n }] })]],
    ['move less than zero', [draft('k', { transfers: [{ ...transfer, amountFen: -1n }] })]],
    ['move to where it came from', [draft('k', { transfers: [{ ...transfer, credit: transfer.debit }] })]],
    [
      'are too many',
      [draft('k', { transfers: Array.from({ length: TRANSFERS_PER_POST_MAX + 1 }, () => transfer) })],
    ],
  ])('that %s are a mistake', (_, drafts) => {
    expect(() => assertPostable(drafts)).toThrow('Assertion failed');
  });
});

describe('placing transfers', () => {
  const release = (amountFen: bigint) =>
    draft('r', { transfers: [{ debit: HELD, credit: FREE, amountFen }] });

  it('gives every transfer of a locked account its next version, across journals', () => {
    const posting = place([draft('a'), release(30n), draft('b')], accounts, [
      balance(HELD, 5n, { version: 7n }),
      balance(FREE, 0n),
    ]);

    expect(posting).toMatchObject({
      transfers: [
        [{ debitVersion: null, creditVersion: 8n }],
        [{ debitVersion: 9n, creditVersion: 1n }],
        [{ debitVersion: null, creditVersion: 10n }],
      ],
      balances: [
        { creditsPostedFen: 205n, debitsPostedFen: 30n, version: 10n },
        { creditsPostedFen: 30n, version: 1n },
      ],
    });
  });

  it('refuses what the account does not hold, and says how much is missing', () => {
    expect(place([release(101n)], accounts, [balance(HELD, 100n), balance(FREE, 0n)])).toEqual(
      new InsufficientBalanceError(HELD, 1n),
    );
  });

  it('counts what is on its way out as gone', () => {
    const locked = [balance(HELD, 100n, { debitsPendingFen: 60n }), balance(FREE, 0n)];

    expect(place([release(50n)], accounts, locked)).toEqual(new InsufficientBalanceError(HELD, 10n));
  });

  it('does not mind the order of transfers within a journal', () => {
    const outAndIn = draft('x', { transfers: [{ debit: HELD, credit: FREE, amountFen: 40n }, transfer] });

    expect(place([outAndIn], accounts, [balance(HELD, 0n), balance(FREE, 0n)])).toMatchObject({
      balances: [{ version: 2n }, {}],
    });
  });

  it.each(['FROZEN', 'CLOSED'] as const)('takes nothing from an account that is %s', (state) => {
    expect(place([release(1n)], accounts, [balance(HELD, 100n, { state }), balance(FREE, 0n)])).toEqual(
      new AccountNotOpenError(HELD),
    );
    const pending = { ...release(1n), phase: 'PENDING' } as const;
    expect(place([pending], accounts, [balance(HELD, 100n, { state }), balance(FREE, 0n)])).toEqual(
      new AccountNotOpenError(HELD),
    );
  });

  it('brings into a FROZEN account what comes, and nothing into a CLOSED one', () => {
    const into = (state: 'FROZEN' | 'CLOSED') =>
      place([release(1n)], accounts, [balance(HELD, 100n), balance(FREE, 0n, { state })]);

    expect(into('FROZEN')).toMatchObject({ balances: [{}, { creditsPostedFen: 1n, version: 1n }] });
    expect(into('CLOSED')).toEqual(new AccountNotOpenError(FREE));
  });

  it('sets aside without a version, and keeps what is set aside from leaving', () => {
    const pending = { ...release(60n), phase: 'PENDING' } as const;
    const locked = [balance(HELD, 100n), balance(FREE, 0n)];

    expect(place([pending], accounts, locked)).toMatchObject({
      transfers: [[{ isPending: true, debitVersion: null, creditVersion: null }]],
      balances: [
        { debitsPendingFen: 60n, debitsPostedFen: 0n, version: 0n },
        { creditsPendingFen: 60n, creditsPostedFen: 0n },
      ],
    });
    expect(place([pending, release(41n)], accounts, locked)).toEqual(new InsufficientBalanceError(HELD, 1n));
  });

  it.each(['FROZEN', 'CLOSED'] as const)('lets what was set aside end on an account that is %s', (state) => {
    const { transfers: releases } = release(60n);
    const locked = [
      balance(HELD, 100n, { debitsPendingFen: 60n, state }),
      balance(FREE, 0n, { creditsPendingFen: 60n }),
    ];
    const end = (phase: 'POST' | 'VOID', transfers: JournalEntry['transfers']) =>
      place([{ phase, releases, transfers, reverses: null }], accounts, locked);

    expect(end('POST', releases)).toMatchObject({
      balances: [
        { debitsPendingFen: 0n, debitsPostedFen: 60n },
        { creditsPendingFen: 0n, creditsPostedFen: 60n },
      ],
    });
    expect(end('VOID', [])).toMatchObject({
      transfers: [[]],
      balances: [
        { debitsPendingFen: 0n, debitsPostedFen: 0n },
        { creditsPendingFen: 0n, version: 0n },
      ],
    });
  });
});

describe('I11: when a journal takes effect', () => {
  const now = new Date('2026-11-02T02:00:00.000Z');
  const at = (milliseconds: number) => draft('k', { effectiveAt: new Date(now.getTime() + milliseconds) });

  it.each([
    ['long ago', -86_400_000],
    ['now', 0],
    ['as much ahead as clocks may differ', EFFECTIVE_AHEAD_MAX_MS],
  ])('may be %s', (_, milliseconds) => {
    expect(refuseFuture([at(milliseconds)], now)).toBeNull();
  });

  it('is never what has not come yet; one refuses the batch', () => {
    const late = at(EFFECTIVE_AHEAD_MAX_MS + 1);

    expect(refuseFuture([at(0), late], now)).toEqual(new EffectiveInFutureError('k', late.effectiveAt));
  });
});
