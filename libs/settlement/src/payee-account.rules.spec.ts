import {
  type AccountDetails,
  maskName,
  payeeOf,
  plainDetails,
  refuseDetails,
  refuseNote,
} from './payee-account.rules.js';

const DETAILS: AccountDetails = {
  method: 'BANK',
  accountName: '炎陵县平乐桃源里黄桃专业合作社',
  bankName: '炎陵农商银行（演示）',
  bankCode: '402552000019',
  accountNumber: '6230000000000000001',
};

it('takes numbers as people write them', () => {
  expect(
    plainDetails({ ...DETAILS, accountNumber: ' 6230 0000-0000 ０００１ ', bankCode: '' }),
  ).toMatchObject({
    accountNumber: '6230000000000001',
    bankCode: null,
  });
});

it.each<[string, Partial<AccountDetails>, string, string[]]>([
  ['what is complete', {}, 'key-1', []],
  ['a bank without a number of its own', { bankCode: null }, 'key-1', []],
  ['a connected account', { method: 'STRIPE', accountNumber: 'acct_1A2b3C4d5E' }, 'key-1', []],
  ['a formula for a name', { accountName: '=HYPERLINK("x")' }, 'key-1', ['accountName']],
  ['a name over two lines', { accountName: '张三\n李四' }, 'key-1', ['accountName']],
  ['a quote in a bank', { bankName: '"bank' }, 'key-1', ['bankName']],
  ['letters in a number', { accountNumber: '62300000O0000' }, 'key-1', ['accountNumber']],
  ['a bank number for Stripe', { method: 'STRIPE' }, 'key-1', ['accountNumber']],
  ['a short CNAPS number', { bankCode: '402' }, 'key-1', ['bankCode']],
  [
    'everything at once',
    { accountName: '', bankName: '', accountNumber: '1' },
    '',
    ['accountName', 'bankName', 'accountNumber', 'idempotencyKey'],
  ],
])('looks at %s', (_, change, key, fields) => {
  const refusal = refuseDetails({ ...DETAILS, ...change }, key);

  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(fields);
});

it.each([
  ['mer_01', 'MERCHANT'],
  ['hhd_01', 'HOUSEHOLD'],
  ['chp_01', 'OPERATOR'],
  ['430225', 'FUND'],
  ['unknown', undefined],
  ['usr_01', undefined],
])('%s is paid as %s', (id, kind) => {
  expect(payeeOf(id)?.kind).toBe(kind);
});

it('hides names and wants reasons', () => {
  expect(maskName('张三丰')).toBe('张**');
  expect(maskName('')).toBe('**');
  expect(refuseNote('reason', ' x ')?.fields).toMatchObject([{ path: 'reason' }]);
  expect(refuseNote('evidence', '开户许可证')).toBeNull();
});
