import { leafHashOf, leafText } from '#libs/seal';
import { type JournalRecord, journalLeaf } from './journal-leaf.rules.js';

const journal: JournalRecord = {
  id: 'jrn_01J00000000000000000000001',
  idempotencyKey: 'split:ord_1:pay_1',
  requestHash: Buffer.alloc(32, 0xab),
  kind: 'order_split',
  subject: 'ord_1',
  eventId: 'evt_1',
  effectiveAt: '2026-11-02 02:00:00.000000',
  recordedAt: '2026-11-02 02:00:00.123456',
  phase: 'POSTED',
  pendingJournalId: null,
  reversesJournalId: null,
};
const line = {
  lineNo: 1,
  amountFen: '9012',
  debitVersion: null,
  creditVersion: '7',
  isPending: 0,
  reversesLineNo: null,
};
const posted = [
  { ...line, debit: 'liability:escrow', credit: 'liability:held:mer_1' },
  {
    ...line,
    lineNo: 2,
    amountFen: '1',
    debit: 'liability:escrow',
    credit: 'liability:held:hhd_1',
    creditVersion: '1',
  },
];

// Whoever has to change an expected line here has changed what sealed records say: old seals would no longer fit.
it('frozen: a journal', () => {
  const text = leafText(journalLeaf(journal, posted));

  expect(text).toBe(
    '{"effectiveAt":"2026-11-02T02:00:00.000000Z","eventId":"evt_1","id":"jrn_01J00000000000000000000001",' +
      '"idempotencyKey":"split:ord_1:pay_1","kind":"order_split","lines":[' +
      '{"amountFen":"9012","credit":"liability:held:mer_1","creditVersion":"7","debit":"liability:escrow","lineNo":"1"},' +
      '{"amountFen":"1","credit":"liability:held:hhd_1","creditVersion":"1","debit":"liability:escrow","lineNo":"2"}],' +
      '"phase":"POSTED","recordedAt":"2026-11-02T02:00:00.123456Z",' +
      '"requestHash":"abababababababababababababababababababababababababababababababab","subject":"ord_1",' +
      '"type":"taoyuan.journal.v1"}',
  );
  expect(leafHashOf(text).toString('hex')).toBe(
    '733bd13acd1b7e0053aa361464166f644f8b06742c2c566839f71fa34891cb72',
  );
});

it('frozen: a journal that posts what was set aside', () => {
  const post = { ...journal, eventId: null, phase: 'POST', pendingJournalId: 'jrn_0' } as const;
  const lines = [
    {
      ...line,
      debit: 'liability:available:mer_1',
      credit: 'asset:bank:1',
      debitVersion: '8',
      creditVersion: null,
      isPending: 1,
    },
  ];
  const text = leafText(journalLeaf(post, lines));

  expect(text).toBe(
    '{"effectiveAt":"2026-11-02T02:00:00.000000Z","id":"jrn_01J00000000000000000000001",' +
      '"idempotencyKey":"split:ord_1:pay_1","kind":"order_split","lines":[' +
      '{"amountFen":"9012","credit":"asset:bank:1","debit":"liability:available:mer_1","debitVersion":"8","isPending":"1","lineNo":"1"}],' +
      '"pendingJournalId":"jrn_0","phase":"POST","recordedAt":"2026-11-02T02:00:00.123456Z",' +
      '"requestHash":"abababababababababababababababababababababababababababababababab","subject":"ord_1",' +
      '"type":"taoyuan.journal.v1"}',
  );
});
