import { InvalidInputError } from '#libs/kernel';
import type { PresaleTerms } from '#libs/inventory';
import type { OfferedLine } from './order.rules.js';
import { PresaleAloneError } from './presale-order.errors.js';
import {
  balanceDueAt,
  depositOf,
  nextReminderAt,
  presaleOf,
  presold,
  proposedFor,
  refuseNotBefore,
  refusePresold,
  refuseReason,
} from './presale-order.rules.js';

const terms = (id: PresaleTerms['id'], payment: PresaleTerms['payment'] = 'DEPOSIT'): PresaleTerms => ({
  id,
  merchantId: 'mer_a',
  productId: 'prd_a',
  batchId: 'bat_harvest',
  firstOn: '2027-07-20',
  lastOn: '2027-07-31',
  ordersOpenAt: new Date('2027-06-01T00:00:00Z'),
  ordersCloseAt: new Date('2027-07-10T00:00:00Z'),
  payment,
  depositBps: payment === 'DEPOSIT' ? 1_000 : 0,
  balanceDueOn: payment === 'DEPOSIT' ? '2027-07-15' : null,
  days: [],
});
const line = (variantId: string, presale?: PresaleTerms): OfferedLine =>
  presold(
    {
      variantId,
      quantity: 1,
      channelPointId: '',
      variant: { netWeightG: 2_500 } as OfferedLine['variant'],
      place: {} as OfferedLine['place'],
    },
    presale,
  );

describe('refusePresold', () => {
  const [one, other, full] = [terms('psl_1'), terms('psl_2'), terms('psl_3', 'FULL')];

  it.each<[string, OfferedLine[], Parameters<typeof refusePresold>[1], unknown]>([
    ['what is in stock', [line('var_a'), line('var_b')], {}, null],
    ['two variants of one presale', [line('var_a', one), line('var_b', one)], {}, null],
    ['a presale in full on account', [line('var_a', full)], { paymentTerm: 'ON_ACCOUNT' }, null],
  ])('takes %s', (_what, offered, terms_, expected) => {
    expect(refusePresold(offered, terms_)).toBe(expected);
  });

  it.each<[string, OfferedLine[]]>([
    ['what is in stock', [line('var_a', one), line('var_b')]],
    ['what is of another presale', [line('var_a', one), line('var_b', other)]],
  ])('refuses what is presold together with %s, and names what is presold', (_what, offered) => {
    const refusal = refusePresold(offered, {});
    expect(refusal).toBeInstanceOf(PresaleAloneError);
    expect(refusal).toMatchObject({ variantIds: expect.arrayContaining(['var_a']) });
  });

  it.each<[string, PresaleTerms, Parameters<typeof refusePresold>[1]]>([
    ['by deposit on account', one, { paymentTerm: 'ON_ACCOUNT' }],
  ])('refuses what is presold %s', (_what, presale, wish) => {
    expect(refusePresold([line('var_a', presale)], wish)).toBeInstanceOf(InvalidInputError);
  });
});

it.each<[string, string | null, boolean]>([
  ['nobody has chosen a day', null, true],
  ['a day is chosen of what is presold', '2027-07-25', true],
  ['a day is chosen of what is in stock', '2027-07-25', false],
])('%s (%s)', (what, notBefore, isTaken) => {
  const offered = [line('var_a', what.endsWith('presold') ? terms('psl_1') : undefined)];
  expect(refuseNotBefore(offered, notBefore) === null).toBe(isTaken);
});

it('knows the presale of an order, and what a line takes of it', () => {
  const presale = terms('psl_1');
  expect(presaleOf([line('var_a', presale)])).toBe(presale);
  expect(presaleOf([line('var_a')])).toBeNull();
  expect(presaleOf([])).toBeNull();
  expect(line('var_a', presale).harvest).toMatchObject({
    presaleId: 'psl_1',
    batchId: 'bat_harvest',
    unitG: 2_500,
  });
});

it.each([
  // goods, paid by others, basis points, deposit
  [20_000n, 0n, 1_000, 2_000n],
  [19_999n, 0n, 1_000, 1_999n], // Rounded down.
  [20_000n, 5_000n, 2_000, 3_000n], // Of what the buyer pays.
  [9n, 0n, 1_000, 0n], // Too little for a deposit: all of it is paid at once.
  [20_000n, 20_000n, 2_000, 0n],
  [20_000n, 0n, 0, 0n],
])('of %d fen of goods, %d paid by others, %d bps are %d', (goodsFen, subsidyFen, depositBps, expected) => {
  expect(depositOf({ goodsFen, subsidyFen }, { depositBps })).toBe(expected);
  expect(depositOf({ goodsFen, subsidyFen }, null)).toBe(0n);
});

it('is due until the end of the day, as people here count days', () => {
  expect(balanceDueAt(terms('psl_1'))).toEqual(new Date('2027-07-15T16:00:00Z'));
});

it.each([
  ['2027-07-10T16:00:00Z', '2027-07-12T16:00:00Z'],
  ['2027-07-12T16:00:00Z', '2027-07-14T16:00:00Z'], // That one is being sent at this moment.
  ['2027-07-14T15:59:59Z', '2027-07-14T16:00:00Z'],
  ['2027-07-14T16:00:00Z', null],
])('at %s the next reminder is due at %s', (now, expected) => {
  const dueAt = new Date('2027-07-15T16:00:00Z');
  expect(nextReminderAt(dueAt, new Date(now))).toEqual(expected === null ? null : new Date(expected));
});

it('proposes another day for what nobody has said anything about', () => {
  expect(proposedFor(new Date('2027-07-20T17:00:00Z'))).toBe('2027-07-24');
});

it.each([
  ['连日降雨', true],
  [' ', false],
  ['雨'.repeat(200), true],
  ['雨'.repeat(201), false],
])('a reason like %s is taken: %s', (reason, expected) => {
  expect(refuseReason(reason) === null).toBe(expected);
});
