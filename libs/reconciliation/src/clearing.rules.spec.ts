import { findingOfClearing, findingOfReceivable, sumsByOrder, waitingByOrder } from './clearing.rules.js';

const [EARLY, LATE] = [new Date('2026-11-20T00:00:00Z'), new Date('2026-11-21T00:00:00Z')];

it('counts with an order what its refunds and lost disputes took out of escrow', () => {
  const balances = [
    { subject: 'ord_1', balanceFen: 10_000n, lastAt: EARLY },
    { subject: 'rfd_1', balanceFen: -10_000n, lastAt: LATE },
    { subject: 'ord_2', balanceFen: 700n, lastAt: EARLY },
    { subject: 'dsp_1', balanceFen: -700n, lastAt: EARLY },
  ];
  const orderOf = new Map([
    ['rfd_1', 'ord_1'],
    ['dsp_1', 'ord_2'],
  ]);
  expect(sumsByOrder(balances, orderOf)).toEqual([
    { subject: 'ord_1', balanceFen: 0n, lastAt: LATE, isOver: true },
    { subject: 'ord_2', balanceFen: 0n, lastAt: EARLY, isOver: true },
  ]);
});

it('finds what is left, in either direction', () => {
  const over = { subject: 'ord_1', lastAt: EARLY, isOver: true };
  expect(findingOfClearing('liability:escrow', { ...over, balanceFen: 0n })).toEqual([]);
  for (const balanceFen of [1n, -1n])
    expect(findingOfClearing('liability:escrow', { ...over, balanceFen })).toMatchObject([
      { breakClass: 'AMOUNT', subject: 'ord_1', expectedFen: 0n, actualFen: balanceFen, happenedAt: EARLY },
    ]);
});

it('finds no difference where what is left is what waits for somebody, or where the books have not been told yet', () => {
  const waits = { subject: 'ord_1', lastAt: EARLY, isOver: true, explainedFen: 700n };
  for (const balanceFen of [700n, 0n])
    expect(findingOfClearing('liability:escrow', { ...waits, balanceFen })).toEqual([]);
  for (const balanceFen of [701n, 699n, -700n])
    expect(findingOfClearing('liability:escrow', { ...waits, balanceFen })).toMatchObject([
      { breakClass: 'AMOUNT', expectedFen: 700n, actualFen: balanceFen },
    ]);
});

it('knows of each order what waits in escrow: of what was not kept, what nobody has asked for again', () => {
  const of = (orderId: string, disposition: string, leftFen: bigint) =>
    ({ orderId, disposition, leftFen }) as unknown as Parameters<typeof waitingByOrder>[0][number];
  const waiting = waitingByOrder([
    of('ord_1', 'LATE', 700n),
    of('ord_1', 'DUPLICATE', 300n),
    of('ord_2', 'KEPT', 500n),
    of('ord_3', 'LATE', 0n),
  ]);
  expect([...waiting]).toEqual([
    ['ord_1', 1_000n],
    ['ord_3', 0n],
  ]);
});

it('tells apart what one subject has left in two accounts', () => {
  const over = { subject: 'rfd_1', lastAt: EARLY, isOver: true, balanceFen: 5n };
  const subjects = ['liability:refund_payable', 'liability:escrow'].flatMap((account) =>
    findingOfClearing(account, over).map(({ subject }) => subject),
  );
  expect(subjects).toEqual(['rfd_1', 'rfd_1 liability:escrow']);
});

it('names the unit or the order of which two places say different things that are owed', () => {
  const found = { about: 'LEDGER', subject: 'pru_1', keptFen: 5n, foundFen: 3n } as const;
  expect(findingOfReceivable(found, LATE)).toMatchObject({
    breakClass: 'AMOUNT',
    subject: 'pru_1 receivable LEDGER',
    expectedFen: 3n,
    actualFen: 5n,
  });
});
