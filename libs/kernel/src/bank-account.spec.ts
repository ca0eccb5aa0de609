import { type BankDetails, bankDetailFaults, lastFourOf, plainBankDetails } from './bank-account.js';

const DETAILS: BankDetails = {
  accountName: '炎陵县平乐黄桃专业合作社',
  bankName: '炎陵农商银行（霞阳支行）',
  bankCode: '402552000019',
  accountNumber: '6230000000000000001',
};

it.each<[string, Partial<BankDetails>, string[]]>([
  ['what is complete', {}, []],
  ['a bank without a number of its own', { bankCode: null }, []],
  ['a blank number of a bank', { bankCode: '' }, []],
  ['groups and full-width digits', { accountNumber: ' 6230 0000-0000 ０００１ ' }, []],
  ['a number of seven digits', { accountNumber: '6230000' }, ['accountNumber']],
  ['letters in a number', { accountNumber: '62300000O0000' }, ['accountNumber']],
  ['a formula for a name', { accountName: '=1+1' }, ['accountName']],
  [
    'nothing',
    { accountName: ' ', bankName: '', bankCode: '1', accountNumber: '' },
    ['accountName', 'bankName', 'bankCode', 'accountNumber'],
  ],
])('looks at %s', (_, change, paths) => {
  const plain = plainBankDetails({ ...DETAILS, ...change });

  expect(bankDetailFaults(plain).map(({ path }) => path)).toEqual(paths);
});

it('shows four digits', () => {
  expect(lastFourOf(plainBankDetails({ ...DETAILS, accountNumber: '6230 0000 1234 5' }).accountNumber)).toBe(
    '2345',
  );
});
