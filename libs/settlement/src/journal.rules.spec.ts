import {
  bankMovementJournal,
  captureJournal,
  depositUsedJournals,
  failJournal,
  fundersIn,
  fundersOf,
  merged,
  strayDebit,
  refundLabel,
  releaseJournals,
  subsidyJournals,
  takeJournal,
} from './journal.rules.js';
import type { ShareRow } from './split.rules.js';

const cause = { eventId: 'evt_1', at: new Date('2026-11-02T02:00:00Z') };
const capture = { paymentId: 'pay_1', orderId: 'ord_1', intentRef: 'pi_1', amountFen: 100n } as const;
const share = (rankNo: number, more: Partial<ShareRow>): ShareRow => ({
  lineId: 'oln_1',
  rankNo,
  merchantOrderId: 'mor_1',
  payeeKind: 'MERCHANT',
  ruleId: 'spr_1',
  payeeId: 'mer_1',
  shareFen: 70n,
  reversedFen: 0n,
  releasedFen: 0n,
  assignedFen: 0n,
  feeFen: 0n,
  releasedAt: null,
  dueAt: null,
  ...more,
});

describe('journals', () => {
  it.each([
    ['KEPT', 'liability:escrow'],
    ['DEPOSIT', 'liability:deposit'],
    ['LATE', 'liability:escrow'],
    ['DUPLICATE', 'liability:escrow'],
    ['MISMATCHED', 'liability:suspense'],
  ] as const)('a capture that is %s arrives in %s', (disposition, credit) => {
    expect(captureJournal({ ...capture, disposition }, cause)).toMatchObject({
      idempotencyKey: 'pay:stripe:pi_1',
      transfers: [{ debit: 'asset:psp:stripe:cny', credit, amountFen: 100n }],
    });
  });

  it('take a deposit out of what is held, once the rest has come', () => {
    expect(depositUsedJournals({ ...capture, disposition: 'KEPT' }, cause)).toEqual([]);
    expect(depositUsedJournals({ ...capture, disposition: 'KEPT', depositFen: 7n }, cause)).toMatchObject([
      {
        kind: 'deposit_used',
        transfers: [{ debit: 'liability:deposit', credit: 'liability:escrow', amountFen: 7n }],
      },
    ]);
    expect(strayDebit(7n, 'DEPOSIT')).toEqual({ debit: 'liability:deposit', amountFen: 7n });
  });

  it('move once per pair of accounts, and leave out what moves nothing', () => {
    const transfers = [
      { debit: 'liability:escrow', credit: 'liability:held:mer_2', amountFen: 5n },
      { debit: 'liability:escrow', credit: 'liability:held:mer_1', amountFen: 1n },
      { debit: 'liability:escrow', credit: 'liability:held:mer_2', amountFen: 6n },
      { debit: 'liability:escrow', credit: 'liability:deferred_fee', amountFen: 0n },
    ] as const;

    expect(merged(transfers)).toEqual([
      { debit: 'liability:escrow', credit: 'liability:held:mer_1', amountFen: 1n },
      { debit: 'liability:escrow', credit: 'liability:held:mer_2', amountFen: 11n },
    ]);
  });

  it('of a release are one per line, less what has gone back, without pools and what was released before', () => {
    const shares = [
      share(1, { reversedFen: 20n }),
      share(2, { payeeKind: 'HOUSEHOLD_POOL', payeeId: '430225' }),
      share(3, { payeeKind: 'FUND', payeeId: '430225', reversedFen: 70n }),
      share(1, { lineId: 'oln_2', releasedFen: 70n, releasedAt: cause.at }),
      share(1, { lineId: 'mor_1', shareFen: 8n }),
    ];

    expect(releaseJournals('ord_1', shares, cause)).toMatchObject([
      {
        idempotencyKey: 'release:oln_1',
        transfers: [{ debit: 'liability:held:mer_1', credit: 'liability:available:mer_1', amountFen: 50n }],
      },
      { idempotencyKey: 'release:mor_1', transfers: [{ amountFen: 8n }] },
    ]);
  });

  it('of a failed refund give back out of what was set aside', () => {
    const credits = [{ credit: 'liability:held:mer_1', amountFen: 9n }] as const;

    expect(failJournal('rfd_1', credits, cause).transfers).toEqual([
      { debit: 'liability:refund_payable', credit: 'liability:held:mer_1', amountFen: 9n },
    ]);
  });

  it('book what the platform pays as its expense, and what a finance bureau pays as its debt; both ways', () => {
    const voucher = 'asset:receivable:voucher:430225' as const;
    const funders = fundersOf(150n, [
      { divisionCode: '430225', amountFen: 60n },
      { divisionCode: '430225', amountFen: 40n },
    ]);
    const escrow = 'liability:escrow' as const;
    expect(subsidyJournals(capture, funders, cause)).toMatchObject([
      {
        idempotencyKey: 'subsidy:ord_1:pay_1',
        transfers: [
          { debit: voucher, credit: escrow, amountFen: 100n },
          { debit: 'expense:subsidy', credit: escrow, amountFen: 50n },
        ],
      },
    ]);
    const taken = takeJournal(
      refundLabel('rfd_1'),
      [{ debit: 'liability:held:mer_1', amountFen: 150n }],
      cause,
      funders,
    );
    const back = fundersIn(taken.transfers);
    expect(back).toEqual([
      { account: voucher, amountFen: 100n },
      { account: 'expense:subsidy', amountFen: 50n },
    ]);
    const failed = failJournal('rfd_1', [{ credit: 'liability:held:mer_1', amountFen: 150n }], cause, back);
    const turned = failed.transfers.map(({ debit, credit, amountFen }) => ({
      debit: credit,
      credit: debit,
      amountFen,
    }));
    expect(turned.toSorted((a, b) => (a.credit < b.credit ? -1 : 1))).toEqual(
      taken.transfers.toSorted((a, b) => (a.credit < b.credit ? -1 : 1)),
    );
    expect(subsidyJournals(capture, fundersOf(0n, []), cause)).toEqual([]);
    expect(() => fundersOf(99n, [{ divisionCode: '430225', amountFen: 100n }])).toThrow('a part');
  });
});

it.each([
  ['to our bank', 'BANK_PAYOUT', -500n, 0n, 'psp_payout', ['asset:bank:main < asset:psp:stripe:cny 500']],
  [
    'to our bank, for a fee',
    'BANK_PAYOUT',
    -500n,
    3n,
    'psp_payout',
    ['asset:bank:main < asset:psp:stripe:cny 500', 'expense:psp_fee < asset:psp:stripe:cny 3'],
  ],
  ['called off', 'BANK_PAYOUT', 500n, 0n, 'psp_payout', ['asset:psp:stripe:cny < asset:bank:main 500']],
  [
    'called off, the fee as well',
    'BANK_PAYOUT',
    500n,
    -3n,
    'psp_payout',
    ['asset:psp:stripe:cny < asset:bank:main 500', 'asset:psp:stripe:cny < expense:psp_fee 3'],
  ],
  ['from our bank', 'TOP_UP', 500n, 0n, 'psp_top_up', ['asset:psp:stripe:cny < asset:bank:main 500']],
] as const)('what goes %s is one asset for another', (_, kind, grossFen, feeFen, word, transfers) => {
  const movement = { movementRef: 'txn_1', kind, grossFen, feeFen };
  const journal = bankMovementJournal(movement, { eventId: null, at: cause.at });

  expect(journal).toMatchObject({ kind: word, idempotencyKey: 'psp_payout:stripe:txn_1', subject: 'txn_1' });
  expect(
    journal.transfers.map(({ debit, credit, amountFen }) => `${debit} < ${credit} ${amountFen}`),
  ).toEqual(transfers);
});
