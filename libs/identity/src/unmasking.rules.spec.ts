import { PERSONAL_KINDS } from '#platform/personal';
import { UNMASK_PURPOSES } from './unmasking.entity.js';
import { PURPOSES_OF, type UnmaskWish, refuseWish } from './unmasking.rules.js';

const wish: UnmaskWish = {
  kind: 'ORDER_RECIPIENT',
  subjectId: 'ord_1',
  purpose: 'COMPLAINT',
  reason: '买家投诉未收到货，需要电话核实',
  caseRef: null,
};

it.each<[string, Partial<UnmaskWish>, readonly string[]]>([
  ['as it should be', {}, []],
  ['with a file', { caseRef: '12345-2026-118' }, []],
  ['ten characters', { reason: '一二三四五六七八九十' }, []],
  ['nine characters', { reason: '一二三四五六七八九' }, ['reason']],
  ['nine characters and spaces', { reason: '   一二三四五六七八九   ' }, ['reason']],
  ['four hundred', { reason: 'x'.repeat(400) }, []],
  ['one more', { reason: 'x'.repeat(401) }, ['reason']],
  ['a file too long', { caseRef: 'x'.repeat(81) }, ['caseRef']],
  ['for another purpose', { purpose: 'TAX' }, ['purpose']],
  ['a household for a dispute', { kind: 'HOUSEHOLD', purpose: 'DISPUTE' }, ['purpose']],
  ['an account for an inspection', { kind: 'PAYEE_ACCOUNT', purpose: 'INSPECTION' }, ['purpose']],
  ['an account for an error', { kind: 'PAYEE_ACCOUNT', purpose: 'PAYOUT_ERROR' }, []],
  ['nothing right', { reason: '', purpose: 'TAX' }, ['reason', 'purpose']],
])('%s', (_, changes, paths) => {
  expect((refuseWish({ ...wish, ...changes })?.fields ?? []).map(({ path }) => path)).toEqual(paths);
});

it('every kind has its purposes, and every purpose is good for something', () => {
  const used = new Set(PERSONAL_KINDS.flatMap((kind) => PURPOSES_OF[kind]));

  expect(PERSONAL_KINDS.filter((kind) => PURPOSES_OF[kind].length === 0)).toEqual([]);
  expect(UNMASK_PURPOSES.filter((purpose) => !used.has(purpose))).toEqual([]);
});
