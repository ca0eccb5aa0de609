import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { BankFileGateway } from './bank-file.gateway.js';
import { type BankFile, fieldsOf, yuan } from './bank-file.rules.js';

const gateway = new BankFileGateway();
const FILE: BankFile = {
  batchNo: 7,
  day: '2026-11-03',
  lines: [
    {
      lineNo: 1,
      payoutId: 'pyo_1',
      accountName: '炎陵县平乐桃源里黄桃专业合作社',
      bankName: '炎陵农商银行（演示）',
      bankCode: '402552000019',
      accountNumber: '6230000000000000001',
      amountFen: 1_234_567n,
    },
    {
      lineNo: 2,
      payoutId: 'pyo_2',
      accountName: 'Zhang, San',
      bankName: '演示银行',
      bankCode: null,
      accountNumber: '62220000',
      amountFen: 5n,
    },
  ],
};

const RESULT = [
  'H,TAOYUAN-PAYOUT-RESULT,1,7,2026-11-04',
  'D,1,pyo_1,12345.67,PAID,B20261104001,,',
  'D,2,pyo_2,0.05,REJECTED,,AC04,"户名不符, 请核对"',
  'T,2,12345.67,0.05,',
].join('\r\n');
const broken = (text: string) => gateway.read(Buffer.from(text));

describe('the file for the bank', () => {
  it('has header and trailer whose totals are those of the lines', () => {
    const bytes = gateway.render(FILE, 'UTF_8');
    const lines = bytes.toString('utf8').split('\r\n');
    const body = bytes.subarray(0, bytes.lastIndexOf('T,2,'));

    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(lines).toEqual([
      '\uFEFFH,TAOYUAN-PAYOUT,1,7,2026-11-03,2,12345.72,CNY',
      'D,1,pyo_1,炎陵县平乐桃源里黄桃专业合作社,炎陵农商银行（演示）,402552000019,6230000000000000001,12345.67,桃源货款',
      'D,2,pyo_2,"Zhang, San",演示银行,,62220000,0.05,桃源货款',
      `T,2,12345.72,${createHash('sha256').update(body).digest('hex')}`,
      '',
    ]);
  });

  it('is the same to the byte each time, in either encoding', () => {
    for (const encoding of ['UTF_8', 'GB18030'] as const) {
      expect(gateway.render(FILE, encoding).equals(gateway.render(FILE, encoding))).toBe(true);
    }
  });

  it('speaks GB18030 where the bank does, rare characters included', () => {
    const [first] = FILE.lines;
    const rare = { ...FILE, lines: first ? [{ ...first, accountName: '㙟坪𠮷合作社' }] : [] };
    const bytes = gateway.render(rare, 'GB18030');

    expect(bytes[0]).toBe('H'.charCodeAt(0));
    expect(new TextDecoder('gb18030').decode(bytes)).toContain('㙟坪𠮷合作社');
  });
});

describe('the answer of the bank', () => {
  it('is read line by line', () => {
    expect(gateway.read(Buffer.from(RESULT))).toEqual({
      batchNo: 7,
      lines: [
        {
          payoutId: 'pyo_1',
          amountFen: 1_234_567n,
          result: 'PAID',
          bankRef: 'B20261104001',
          code: null,
          note: null,
        },
        {
          payoutId: 'pyo_2',
          amountFen: 5n,
          result: 'REJECTED',
          bankRef: null,
          code: 'AC04',
          note: '户名不符, 请核对',
        },
      ],
    });
  });

  it('may be in GB18030, carry a mark, or end with an empty line', () => {
    const plain = gateway.read(Buffer.from(RESULT));

    expect(gateway.read(iconv.encode(RESULT, 'gb18030'))).toEqual(plain);
    expect(gateway.read(Buffer.from(`\uFEFF${RESULT}\r\n`))).toEqual(plain);
    expect(gateway.read(Buffer.from(RESULT.replaceAll('\r\n', '\n')))).toEqual(plain);
  });

  it('is held to the hash that the bank has put there', () => {
    const body = RESULT.slice(0, RESULT.lastIndexOf('T,'));
    const hash = createHash('sha256').update(body).digest('hex');

    expect(broken(`${RESULT}${hash}`)).toMatchObject({ batchNo: 7 });
    // Which bank number it had is in no total.
    expect(broken(`${RESULT}${hash}`.replace('B20261104001', 'B20261104002'))).toMatchObject({
      breakCode: 'CONTROL_TOTALS',
    });
  });

  it.each([
    ['D15 another amount', RESULT.replace('D,1,pyo_1,12345.67', 'D,1,pyo_1,12345.68'), 'CONTROL_TOTALS'],
    ['D15 another word', RESULT.replace('REJECTED', 'PAID'), 'CONTROL_TOTALS'],
    ['D15 a line less', RESULT.replace(/D,2.*\r\n/, ''), 'CONTROL_TOTALS'],
    ['no trailer', RESULT.slice(0, RESULT.lastIndexOf('\r\nT')), 'UNREADABLE'],
    ['another format', RESULT.replace('PAYOUT-RESULT', 'PAYOUT'), 'UNREADABLE'],
    ['another version', RESULT.replace('RESULT,1', 'RESULT,2'), 'UNREADABLE'],
    ['an unknown word', RESULT.replace('REJECTED', 'MAYBE'), 'UNREADABLE'],
    ['an amount in fen', RESULT.replace('0.05,REJECTED', '5,REJECTED'), 'UNREADABLE'],
    ['an open quote', RESULT.replace('核对"', '核对'), 'UNREADABLE'],
    ['letters of no bank number', RESULT.replace('B20261104001', '流水号'), 'UNREADABLE'],
    ['nothing', '', 'UNREADABLE'],
    ['one line', 'H', 'UNREADABLE'],
    ['noise', Buffer.from([0, 1, 2, 10, 255, 254]).toString('latin1'), 'UNREADABLE'],
  ])('is not believed with %s', (_, text, breakCode) => {
    expect(broken(text)).toMatchObject({ breakCode });
  });
});

it('reads the fields that it writes', () => {
  expect(fieldsOf('a,"b ""c"", d",,')).toEqual(['a', 'b "c", d', '', '']);
  expect(fieldsOf('a,"b')).toBeNull();
  expect(fieldsOf('a"b,c')).toBeNull();
  expect([0n, 5n, 100n, 123_456_789n].map(yuan)).toEqual(['0.00', '0.05', '1.00', '1234567.89']);
});
