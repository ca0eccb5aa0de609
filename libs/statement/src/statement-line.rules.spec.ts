import type { AccountJournal } from '#libs/ledger';
import { type Details, lineKindOf, linesOf, subjectsOf, wholeLineOf } from './statement-line.rules.js';
import { accountsOf } from './statement.rules.js';

const ACCOUNTS = accountsOf({ kind: 'MERCHANT', id: 'mer_1' });
const FROM = new Date('2026-10-01T00:00:00+08:00');

const share = (lineId: string, shareFen: bigint, baseFen: bigint, isFreight = false) => ({
  orderId: 'ord_1',
  lineId,
  isFreight,
  baseFen,
  shareFen,
  platformFen: baseFen / 20n,
});
const DETAILS: Details = {
  shares: [share('oln_1', 70n, 100n), share('oln_2', 7n, 10n), share('mor_1', 5n, 5n, true)],
  reversals: [
    {
      refundId: 'rfd_1',
      orderId: 'ord_1',
      lineId: 'oln_1',
      isFreight: false,
      grossFen: 20n,
      platformFen: 1n,
    },
    { refundId: 'rfd_1', orderId: 'ord_1', lineId: 'oln_2', isFreight: false, grossFen: 1n, platformFen: 0n },
  ],
  names: new Map([
    ['oln_1', '炎陵黄桃 5斤装'],
    ['oln_2', '笋干 250克'],
  ]),
  refs: new Map([['pyo_1', 'B20261104-1']]),
};

function journal(
  kind: string,
  subject: string,
  held: bigint,
  available: bigint,
  more: Partial<AccountJournal> = {},
) {
  return {
    journalId: 'jrn_1',
    kind,
    subject,
    idempotencyKey: '',
    effectiveAt: FROM,
    creditedFen: new Map([
      ['liability:held:mer_1', held],
      ['liability:available:mer_1', available],
    ]),
    ...more,
  } as AccountJournal;
}

const told = (given: AccountJournal, details: Details = DETAILS) =>
  linesOf(ACCOUNTS, given, details, FROM).map(
    ({ kind, orderId, wording, grossFen, heldFen, availableFen }) =>
      `${kind} ${orderId}|${wording}|${grossFen ?? '-'}|${heldFen} ${availableFen}`,
  );

it.each([
  [
    'a sale, goods by goods',
    journal('order_split', 'ord_1', 82n, 0n),
    ['SALE ord_1|炎陵黄桃 5斤装|100|70 0', 'SALE ord_1|笋干 250克|10|7 0', 'SALE ord_1|运费|5|5 0'],
  ],
  // A household named later has shares beside those of the sale.
  [
    'a sale whose shares make something else, as a whole',
    journal('order_split', 'ord_1', 81n, 0n),
    ['SALE ord_1|炎陵黄桃 5斤装、笋干 250克、运费|115|81 0'],
  ],
  ['a sale of which nothing is known', journal('order_split', 'ord_9', 8n, 0n), ['SALE ord_9||-|8 0']],
  [
    'a release, by its key',
    journal('release', 'ord_1', -7n, 7n, { idempotencyKey: 'release:oln_2' }),
    ['RELEASE ord_1|笋干 250克|-|-7 7'],
  ],
  [
    'a refund',
    journal('refund_reserved', 'rfd_1', -14n, -1n),
    ['REFUND ord_1|炎陵黄桃 5斤装、笋干 250克|-21|-14 -1'],
  ],
  [
    'a refund that failed',
    journal('refund_failed', 'rfd_1', 14n, 1n),
    ['REFUND_FAILED ord_1|炎陵黄桃 5斤装、笋干 250克|21|14 1'],
  ],
  ['a refund of which nothing is known', journal('refund_reserved', 'rfd_9', -14n, 0n), ['REFUND ||-|-14 0']],
  ['a payout, by the bank’s number', journal('payout', 'pyo_1', 0n, -9n), ['PAYOUT |B20261104-1|-|0 -9']],
  ['a payout without one', journal('payout', 'pyo_2', 0n, -9n), ['PAYOUT ||-|0 -9']],
  ['H6: an adjustment', journal('adjustment', 'adj_1', 0n, -9n), ['ADJUSTMENT ||-|0 -9']],
  ['what nobody has foreseen', journal('something_new', 'ord_1', 0n, 3n), ['OTHER ord_1||-|0 3']],
] as const)('tells %s', (_, given, lines) => {
  expect(told(given)).toEqual(lines);
});

it('knows the platform’s part of what was sold and taken back', () => {
  const feesOf = (given: AccountJournal) =>
    linesOf(ACCOUNTS, given, DETAILS, FROM).map(({ feeFen }) => feeFen);

  expect(feesOf(journal('order_split', 'ord_1', 82n, 0n))).toEqual([5n, 0n, 0n]);
  expect(feesOf(journal('refund_reserved', 'rfd_1', -14n, -1n))).toEqual([-1n]);
  expect(feesOf(journal('refund_failed', 'rfd_1', 14n, 1n))).toEqual([1n]);
  expect(feesOf(journal('payout', 'pyo_1', 0n, -9n))).toEqual([null]);
});

it('tells a sale in one line as well, and everything else as in a statement', () => {
  const sale = wholeLineOf(ACCOUNTS, journal('order_split', 'ord_1', 82n, 0n), DETAILS);
  expect(sale).toMatchObject({
    kind: 'SALE',
    orderId: 'ord_1',
    wording: '炎陵黄桃 5斤装、笋干 250克、运费',
    grossFen: 115n,
    amounts: { heldFen: 82n, availableFen: 0n, owedFen: 0n },
  });
  const refund = journal('refund_reserved', 'rfd_1', -14n, -1n);
  const [told] = linesOf(ACCOUNTS, refund, DETAILS, FROM);
  const { amounts, ...rest } = wholeLineOf(ACCOUNTS, refund, DETAILS);
  expect(told).toMatchObject({ ...rest, ...amounts });
});

it('says what is late', () => {
  const late = journal('release', 'ord_1', 0n, 3n, { effectiveAt: new Date(FROM.getTime() - 1) });

  expect(linesOf(ACCOUNTS, late, DETAILS, FROM)).toMatchObject([{ isLate: true }]);
  expect(linesOf(ACCOUNTS, journal('release', 'ord_1', 0n, 3n), DETAILS, FROM)).toMatchObject([
    { isLate: false },
  ]);
});

it.each([
  ['fee_borne', 'FEE'],
  ['fee_returned', 'FEE_RETURNED'],
  ['clawback_offset', 'CLAWBACK'],
  ['dispute_lost', 'DISPUTE'],
  ['pool_assigned', 'POOL'],
  ['payout_returned', 'PAYOUT_RETURNED'],
])('%s is %s', (journalKind, kind) => {
  expect(lineKindOf(journalKind)).toBe(kind);
});

it('asks for details of what has some', () => {
  const kinds = ['order_split', 'release', 'refund_reserved', 'payout', 'adjustment'];
  const journals = kinds.map((kind) => journal(kind, `of_${kind}`, 1n, 0n));

  expect(subjectsOf(journals)).toEqual({
    orderIds: ['of_order_split', 'of_release'],
    refundIds: ['of_refund_reserved'],
    payoutIds: ['of_payout'],
  });
});
