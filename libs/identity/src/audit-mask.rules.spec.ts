import { maskSubject, maskText, maskedWords } from './audit-mask.rules.js';

it.each([
  // subject → shown
  ['usr_01J00000000000000000000001', 'usr_01J00000000000000000000001'],
  ['phone:13812345678', 'phone:138****5678'],
  ['address:203.0.113.7', 'address:203.0.*'],
  ['address:2001:db8::1', 'address:2001:db8:*'],
  ['VOLUME_LOCK:2026-10-01', 'VOLUME_LOCK:2026-10-01'],
  ['2026:430225', '2026:430225'],
])('%s is shown as %s', (subject, shown) => {
  expect(maskSubject(subject)).toBe(shown);
});

it.each([
  ['打13812345678找他', '打138****5678找他'],
  ['打+8613812345678找他', '打+861****5678找他'],
  ['身份证 43022519800101123X', '身份证 4302****123X'],
  ['卡 6222020000000000123', '卡 6222****0123'],
  ['8800000 fen, order ord_01J00000000000000000000001', '8800000 fen, order ord_01J00000000000000000000001'],
  ['村 430225209225', '村 430225209225'],
])('%s reads %s', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

it('a detail is flat, in its order, and names nobody', () => {
  const detail = {
    report: 'R3',
    filter: { from: '2026-10-01', members: [{ dimension: 'COUNTY', values: ['430225'] }] },
    buyerName: '炎陵县第一中学',
    address: '203.0.113.7',
    reason: '电话13812345678核实',
    isProvisional: true,
    nothing: null,
  };

  expect(maskedWords(detail)).toEqual([
    { name: 'report', value: 'R3' },
    { name: 'filter.from', value: '2026-10-01' },
    { name: 'filter.members.0.dimension', value: 'COUNTY' },
    { name: 'filter.members.0.values.0', value: '430225' },
    { name: 'buyerName', value: '炎**' },
    { name: 'address', value: '2**' },
    { name: 'reason', value: '电话138****5678核实' },
    { name: 'isProvisional', value: 'true' },
  ]);
  expect(maskedWords(null)).toEqual([]);
});
