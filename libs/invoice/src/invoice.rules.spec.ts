import {
  faultOf,
  isRetriedByFinance,
  leftOf,
  plainTitle,
  refuseTitle,
  stateAfterRed,
  titleFor,
  totalOf,
} from './invoice.rules.js';
import { answersFrom, requestsCsv } from './invoice-file.rules.js';

it.each([
  ['炎陵县教育局', '11430225006300000X', []],
  ['李女士', '', []],
  ['李', '', ['title']],
  ['=1+1', '', ['title']],
  ['炎陵县教育局', '123', ['taxNumber']],
  ['@', 'x', ['title', 'taxNumber']],
])('%s with the number "%s" is refused for %j', (title, taxNumber, paths) => {
  expect(refuseTitle({ title, taxNumber })?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('titles are tidied as people type them', () => {
  expect(plainTitle({ title: ' 炎陵县　教育局 ', taxNumber: '11430225006300000x' })).toEqual({
    title: '炎陵县 教育局',
    taxNumber: '11430225006300000X',
  });
});

const SCHOOL = { title: '炎陵县霞阳中学', taxNumber: '12430225MB00000000' };
const MRS_LI = { title: '李女士', taxNumber: '' };
const UNSAID = { title: '', taxNumber: '' };

it.each([
  ['a person', null, false, MRS_LI, MRS_LI],
  ['a person who says nothing', null, false, UNSAID, ['title']],
  ['a unit that pays at once and says nothing', SCHOOL, false, UNSAID, SCHOOL],
  ['a unit that pays at once and says another', SCHOOL, false, MRS_LI, MRS_LI],
  ['a unit on account that says nothing', SCHOOL, true, UNSAID, SCHOOL],
  ['a unit on account that says its own', SCHOOL, true, { ...SCHOOL, taxNumber: '' }, SCHOOL],
  ['a unit on account that says another title', SCHOOL, true, { ...SCHOOL, title: '李女士' }, ['title']],
  [
    'a unit on account that says another number',
    SCHOOL,
    true,
    { title: '', taxNumber: '12430225MB00000001' },
    ['taxNumber'],
  ],
  ['an order on account of a unit that is not there any more', null, true, MRS_LI, MRS_LI],
] as const)('%s is billed so', (_, own, isOnAccount, given, expected) => {
  const title = titleFor(own, isOnAccount, given);
  expect('fields' in title ? title.fields.map(({ path }) => path) : title).toEqual(expected);
});

it('bills what has not gone back', () => {
  const sold = [
    { orderLineId: 'oln_1', name: '黄桃', quantity: 2, amountFen: 200n },
    { orderLineId: 'oln_2', name: '笋干', quantity: 1, amountFen: 50n },
    { orderLineId: '', name: '运费', quantity: 1, amountFen: 8n },
  ];
  const back = [
    { orderLineId: 'oln_1', quantity: 1, amountFen: 100n },
    { orderLineId: 'oln_1', quantity: 0, amountFen: 30n },
    { orderLineId: 'oln_2', quantity: 1, amountFen: 50n },
  ];

  const left = leftOf(sold, back);
  expect(left.map(({ name, quantity, amountFen }) => `${name} ${quantity} ${amountFen}`)).toEqual([
    '黄桃 1 70',
    '运费 1 8',
  ]);
  expect(totalOf(left)).toBe(78n);
  expect(totalOf(leftOf(sold, []))).toBe(258n);
});

it.each([
  [100n, 0n, 'ISSUED'],
  [100n, 99n, 'ISSUED'],
  [100n, 100n, 'RED_ISSUED'],
])('of %s, %s taken back: %s', (totalFen, redFen, state) => {
  expect(stateAfterRed(totalFen, redFen)).toBe(state);
});

const waiting = { state: 'REQUESTED', exportId: 'ivx_1', totalFen: 100n, number: null } as const;
const out = { ...waiting, state: 'ISSUED', number: '26430000000000000001' } as const;
const issued = {
  kind: 'ISSUED',
  number: '26430000000000000001',
  issuedOn: '2026-11-05',
  totalFen: 100n,
} as const;
const failed = { kind: 'FAILED', note: '抬头有误' } as const;

it.each([
  [null, issued, false, 'UNKNOWN'],
  [{ ...waiting, exportId: null }, issued, false, 'NOT_EXPORTED'],
  [waiting, issued, false, null],
  [waiting, { ...issued, totalFen: 101n }, false, 'TOTAL_DIFFERS'],
  [waiting, issued, true, 'NUMBER_TAKEN'],
  [out, issued, true, 'AGAIN'],
  [out, { ...issued, number: '26430000000000000002' }, false, 'ANSWERED'],
  [waiting, failed, false, null],
  [out, failed, false, 'ANSWERED'],
  [{ ...waiting, state: 'FAILED' as const }, failed, false, 'AGAIN'],
  // Mended at the tax system after all.
  [{ ...waiting, state: 'FAILED' as const }, issued, false, null],
] as const)('%j answered %j (number taken: %s) is %s', (invoice, answer, isTaken, fault) => {
  expect(faultOf(invoice, answer, isTaken)).toBe(fault);
});

it('an answer that mends what was asked for anew is too late', () => {
  const replaced = { ...waiting, state: 'FAILED' } as const;
  expect(faultOf(replaced, issued, false, true)).toBe('REPLACED');
  expect(faultOf(replaced, failed, false, true)).toBe('AGAIN');
});

it.each([
  ['FAILED', 'BLUE', 'SERVICE_FEE', true],
  ['FAILED', 'RED', 'SERVICE_FEE', true],
  ['FAILED', 'RED', 'GOODS', true],
  ['FAILED', 'BLUE', 'GOODS', false],
  ['REQUESTED', 'BLUE', 'SERVICE_FEE', false],
  ['ISSUED', 'BLUE', 'SERVICE_FEE', false],
  ['RED_ISSUED', 'BLUE', 'SERVICE_FEE', false],
] as const)('%s, %s, of %s: finance asks anew: %s', (state, kind, subject, isRetried) => {
  expect(isRetriedByFinance({ state, kind, subject })).toBe(isRetried);
});

it('requests have a row per item, and nothing that is a formula', () => {
  const csv = requestsCsv([
    {
      id: 'inv_1',
      kind: 'RED',
      originalNumber: '26430000000000000001',
      sellerCreditCode: '93430225MA00000000',
      sellerName: '桃源,合作社',
      title: '炎陵县教育局',
      taxNumber: '',
      orderId: 'ord_1',
      totalFen: 9_007_199_254_740_993n,
      items: [
        {
          orderLineId: 'oln_1',
          name: '=黄桃',
          quantity: 2,
          amountFen: 9_007_199_254_740_993n,
          taxTreatment: 'STANDARD',
          taxRateBps: 1205,
        },
        {
          orderLineId: '',
          name: '运费',
          quantity: 1,
          amountFen: 1n,
          taxTreatment: 'UNSET',
          taxRateBps: null,
        },
      ],
    },
  ]);

  expect(csv.split('\r\n').slice(0, 3)).toEqual([
    '\uFEFFinvoice_id,kind,original_number,seller_credit_code,seller_name,title,tax_number,order_id,total,line,item,quantity,amount,tax_treatment,tax_rate_percent',
    `inv_1,RED,26430000000000000001,93430225MA00000000,"桃源,合作社",炎陵县教育局,,ord_1,90071992547409.93,1,'=黄桃,2,90071992547409.93,STANDARD,12.05`,
    `inv_1,RED,26430000000000000001,93430225MA00000000,"桃源,合作社",炎陵县教育局,,ord_1,90071992547409.93,2,运费,1,0.01,UNSET,`,
  ]);
});

it('answers are read row by row; what cannot be read is named', () => {
  const text = [
    '\uFEFFinvoice_id,result,number,issued_on,total,note',
    'inv_1,ISSUED,26430000000000000001,2026-11-05,1.00,',
    'inv_2,FAILED,,,,"抬头有误, ""局"""',
    '',
    'inv_3,ISSUED,1,2026-11-05,1.00,',
    'inv_4,ISSUED,26430000000000000001,2026-13-45,1.00,',
    'inv_5,ISSUED,26430000000000000001,2026-11-05,1,',
    'inv_6,MAYBE,,,,',
    'inv_7,FAILED,,,,',
    'inv_8,"odd',
  ].join('\n');

  expect(answersFrom(Buffer.from(text))).toEqual([
    { line: 2, invoiceId: 'inv_1', answer: issued },
    { line: 3, invoiceId: 'inv_2', answer: { kind: 'FAILED', note: '抬头有误, "局"' } },
    ...[5, 6, 7, 8, 9].map((line, index) => ({ line, invoiceId: `inv_${index + 3}`, answer: null })),
    { line: 10, invoiceId: '', answer: null },
  ]);
  expect(answersFrom(Buffer.from('id,what\n'))).toBeNull();
});
