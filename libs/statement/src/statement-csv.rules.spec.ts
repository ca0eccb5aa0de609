import { csvLine, csvRow } from './statement-csv.rules.js';

it.each([
  [['=1+1', '+1', '-1', '@x', '|x', '%x'], "'=1+1,'+1,'-1,'@x,'|x,'%x\r\n"],
  [['\tx', '\rx'], '\'\tx,"\'\rx"\r\n'],
  [['a,b', 'a"b', 'a\nb'], '"a,b","a""b","a\nb"\r\n'],
  // Amounts are ours: a minus is a minus.
  [[-1n, 0n, 9_007_199_254_740_993n, null], '-0.01,0.00,90071992547409.93,\r\n'],
])('A14: %j is written as %j', (cells, row) => {
  expect(csvRow(cells)).toBe(row);
});

it('goods with a dangerous name are text', () => {
  const line = csvLine({
    journalId: 'jrn_1',
    partNo: 1,
    kind: 'OTHER',
    journalKind: 'something_new',
    subject: 'sub_1',
    orderId: '',
    wording: '=HYPERLINK("http://x")',
    grossFen: null,
    heldFen: 0n,
    availableFen: -5n,
    owedFen: 2n,
    effectiveAt: new Date('2026-10-31T16:30:00Z'),
    isLate: true,
  });

  expect(line).toBe(
    '2026-11-01,补 其他 something_new,sub_1,"\'=HYPERLINK(""http://x"")",,0.00,-0.05,0.02,-0.07,jrn_1\r\n',
  );
});
