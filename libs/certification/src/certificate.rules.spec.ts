import { dayStart } from '#libs/kernel';
import {
  carriedFrom,
  catalogueNoOf,
  certificateStateAt,
  monthsAfter,
  refuseAnnounced,
  refuseBatch,
  refuseWrongSince,
  termFrom,
} from './certificate.rules.js';
import { digestOf, refuseObjection } from './certification-objection.rules.js';

const day = (text: string) => dayStart(text);

it.each([
  ['2026-08-31', 'AHEAD'],
  ['2026-09-01', 'IN_FORCE'],
  ['2027-07-03', 'EXPIRING'],
  ['2027-09-01', 'LAPSED'],
])('an entry stands on %s as %s', (on, state) => {
  const span = {
    validFrom: day('2026-09-01'),
    validTo: day('2027-09-01'),
    termEndsAt: day('2029-09-01'),
    revokedAt: null,
  };
  expect(certificateStateAt(span, day(on))).toBe(state);
});

it('an entry that was carried to its end expires, and one that was revoked is revoked from that moment', () => {
  const span = { validFrom: day('2026-09-01'), validTo: day('2029-09-01'), termEndsAt: day('2029-09-01') };
  expect(certificateStateAt({ ...span, revokedAt: null }, day('2029-09-01'))).toBe('EXPIRED');
  expect(certificateStateAt({ ...span, termEndsAt: null, revokedAt: null }, day('2029-09-01'))).toBe(
    'EXPIRED',
  );
  const revokedAt = day('2027-01-01');
  expect(certificateStateAt({ ...span, revokedAt }, day('2026-12-31'))).toBe('IN_FORCE');
  expect(certificateStateAt({ ...span, revokedAt }, day('2027-01-01'))).toBe('REVOKED');
});

it.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-11-02', 36, '2029-11-02'],
  ['2026-12-31', 2, '2027-02-28'],
])('%s and %d months', (from, months, to) => {
  expect(monthsAfter(from, months)).toBe(to);
});

it.each([
  ['2026-11-02', 36, 12, new Date('2026-11-02T04:00:00Z'), '2027-11-02'],
  ['2026-12-01', 36, 12, day('2026-12-01'), '2027-12-01'],
  ['2026-12-01', 6, 12, day('2026-12-01'), '2027-06-01'],
])('a term from %s (%#)', (on, validMonths, recheckMonths, validFrom, validTo) => {
  const now = new Date('2026-11-02T04:00:00Z');
  expect(termFrom(on, { validMonths, recheckMonths }, now)).toEqual({
    validFrom,
    validTo: day(validTo),
    termEndsAt: day(monthsAfter(on, validMonths)),
  });
});

it.each([
  ['2027-11-02', '2029-11-02', '2028-11-02'],
  ['2028-11-02', '2029-05-02', '2029-05-02'],
  ['2029-11-02', '2029-11-02', null],
  ['2029-11-02', null, null],
])('a re-check carries %s within %s to %s', (validTo, ends, carried) => {
  const to = carriedFrom(day(validTo), ends === null ? null : day(ends), 12);
  expect(to).toEqual(carried === null ? null : day(carried));
});

it('a number says whose, where from, when, which and which of it', () => {
  const of = { countyCode: '430225', year: '2026', batchNo: 3, position: 7 };
  expect(catalogueNoOf('ZZ', of)).toBe('ZZ430225-2026-3-0007');
});

it.each([
  [{}, undefined],
  [{ applicationIds: [] }, ['input.applicationIds']],
  [{ applicationIds: ['cap_1', 'cap_1'] }, ['input.applicationIds']],
  [{ applicationIds: Array.from({ length: 501 }, (_, n) => `cap_${n}`) }, ['input.applicationIds']],
  [{ validFromOn: '2026-11-01' }, ['input.validFromOn']],
  [{ validFromOn: '2027-11-04' }, ['input.validFromOn']],
  [{ idempotencyKey: '' }, ['input.idempotencyKey']],
])('a batch is refused (%#)', (change, paths) => {
  const wish = { applicationIds: ['cap_1'], validFromOn: '2026-11-02', idempotencyKey: 'k', ...change };
  expect(refuseBatch(wish, '2026-11-02')?.fields.map(({ path }) => path)).toEqual(paths);
});

it.each([
  [{}, []],
  [{ isSameOrigin: false }, ['input.applicationIds.1']],
  [{ isSelling: false }, ['input.applicationIds.1']],
  [{ householdCount: 1 }, ['input.applicationIds.1']],
  [{ isSelling: false, householdCount: 0 }, ['input.applicationIds.1', 'input.applicationIds.1']],
])('what is announced is so on that day (%#)', (change, paths) => {
  const good = { applicationId: 'cap_1', isSameOrigin: true, isSelling: true, householdCount: 2 };
  const finds = [good, { ...good, applicationId: 'cap_2', ...change }];
  const refusal = refuseAnnounced(finds, ['cap_1', 'cap_2'], 2);
  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it.each([
  ['2026-03-01', true],
  ['2026-02-28', false],
  ['2026-11-02', true],
  ['2026-11-03', false],
])('wrong since %s', (on, isGood) => {
  expect(refuseWrongSince(on, day('2026-03-01'), '2026-11-02') === null).toBe(isGood);
});

const objection = {
  body: '这批黄桃不是本县种的，村里没有这个基地',
  contactName: '张三',
  contactPhone: '13800000001',
};

it.each([
  [{}, undefined],
  [{ body: '不是真的' }, ['input.body']],
  [{ body: '桃'.repeat(501) }, ['input.body']],
  [{ contactName: '\u200B' }, ['input.contactName']],
  [{ contactPhone: '没有' }, ['input.contactPhone']],
  [{ contactPhone: '138 0000 0001' }, undefined],
  [{ contactPhone: '0733-28683500' }, undefined],
])('an objection is refused (%#)', (change, paths) => {
  expect(refuseObjection({ ...objection, ...change })?.fields.map(({ path }) => path)).toEqual(paths);
});

it('the same words of the same phone against the same notice are the same objection', () => {
  const [first, second] = [day('2026-11-02'), day('2026-12-02')];
  const known = digestOf(objection, first);
  const again = { body: ` ${objection.body} `, contactName: '别名', contactPhone: '+86 138-0000-0001' };
  expect(digestOf(again, first)).toEqual(known);
  expect(digestOf({ ...objection, contactPhone: '13800000002' }, first)).not.toEqual(known);
  expect(digestOf(objection, second)).not.toEqual(known);
});
