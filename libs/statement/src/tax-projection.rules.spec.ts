import {
  type TaxRow,
  dayBefore,
  daysOfQuarter,
  dueOn,
  isQuarter,
  maskCode,
  monthsOf,
  netSalesOf,
  taxCsv,
} from './tax-projection.rules.js';

it.each([
  [2026, 1, ['2026-01', '2026-02', '2026-03'], '2026-01-01', '2026-03-31', '2026-04-30'],
  [2026, 4, ['2026-10', '2026-11', '2026-12'], '2026-10-01', '2026-12-31', '2027-01-31'],
  [2027, 3, ['2027-07', '2027-08', '2027-09'], '2027-07-01', '2027-09-30', '2027-10-31'],
])('%iQ%i', (year, quarter, months, fromOn, toOn, due) => {
  const wanted = { year, quarter };
  expect(monthsOf(wanted)).toEqual(months);
  expect(daysOfQuarter(wanted)).toEqual({ fromOn, toOn });
  expect(dueOn(wanted)).toBe(due);
  expect(isQuarter(wanted)).toBe(true);
});

it('the day before a quarter is of the one before', () => {
  expect(dayBefore(daysOfQuarter({ year: 2027, quarter: 1 }))).toBe('2026-12-31');
});

it.each([
  [2026, 0],
  [2026, 5],
  [2018, 4],
  [20_260, 1],
  [2026.5, 1],
  [Number.NaN, 1],
])('%iQ%i is none', (year, quarter) => {
  expect(isQuarter({ year, quarter })).toBe(false);
});

it.each([
  ['93430225MA4L1X2Y3Z', '9343************3Z'],
  ['', ''],
])('%s is shown as %s', (code, shown) => {
  expect(maskCode(code)).toBe(shown);
});

it('A14: the file holds codes in full and amounts exactly', () => {
  const row: TaxRow = {
    payeeId: 'mer_1',
    name: '=桃源合作社',
    creditCode: '93430225MA4L1X2Y3Z',
    grossFen: 9_007_199_254_740_993n,
    refundsFen: 993n,
    count: 12,
    platformFeeFen: 500n,
    providerFeeFen: 0n,
    difference: null,
  };

  expect(netSalesOf(row)).toBe(9_007_199_254_740_000n);
  expect(taxCsv({ year: 2026, quarter: 4 }, [row]).split('\r\n')).toEqual([
    '\uFEFF平台内经营者涉税信息 Operators on the platform,2026Q4,2026-10-01,2026-12-31,CNY',
    '统一社会信用代码 Credit code,名称 Name,平台内编号 Payee,收入总额 Gross,退款金额 Refunds,收入净额 Net,交易笔数 Orders,平台服务费 Platform fee,支付手续费 Provider fee',
    "93430225MA4L1X2Y3Z,'=桃源合作社,mer_1,90071992547409.93,9.93,90071992547400.00,12,5.00,0.00",
    '',
  ]);
});
