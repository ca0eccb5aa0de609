import {
  type ParcelEventKind,
  type ParcelTrouble,
  inTheirOrder,
  isOf,
  isOver,
  keptOf,
  noticeOf,
  receiptDueAt,
  standingOf,
} from './parcel-track.rules.js';

const at = (text: string) => new Date(`2026-11-${text}Z`);
const SHIPPED = at('02T00:00:00');
const event = (kind: ParcelEventKind, when: string) => ({ kind, at: at(when) });

it.each<[string, ReturnType<typeof event>[], ParcelEventKind | null, ParcelTrouble | null, Date | null]>([
  ['nobody has told anything of', [], null, null, at('12T00:00:00')],
  ['is on its way', [event('COLLECTED', '02T03:00:00')], 'COLLECTED', null, at('12T00:00:00')],
  [
    'was signed for, told in whatever order',
    [
      event('SIGNED', '04T09:00:00'),
      event('OUT_FOR_DELIVERY', '04T01:00:00'),
      event('COLLECTED', '02T03:00:00'),
    ],
    'SIGNED',
    null,
    at('06T09:00:00'),
  ],
  ['was signed for late', [event('SIGNED', '11T20:00:00')], 'SIGNED', null, at('13T20:00:00')],
  [
    'was handed to nobody yet: it is tried again',
    [event('OUT_FOR_DELIVERY', '04T01:00:00'), event('FAILED', '04T08:00:00')],
    'FAILED',
    'FAILED',
    at('12T00:00:00'),
  ],
  ['was refused', [event('REFUSED', '04T08:00:00')], 'REFUSED', 'REFUSED', null],
  [
    'was refused, and taken after all',
    [event('REFUSED', '04T08:00:00'), event('SIGNED', '05T08:00:00')],
    'SIGNED',
    null,
    at('07T08:00:00'),
  ],
  ['is lost', [event('ARRIVED', '03T00:00:00'), event('LOST', '08T00:00:00')], 'LOST', 'LOST', null],
  [
    'is back',
    [event('REFUSED', '04T08:00:00'), event('RETURNED', '07T08:00:00')],
    'RETURNED',
    'RETURNED',
    null,
  ],
])('a parcel that %s', (_what, events, kind, trouble, dueAt) => {
  const standing = standingOf(events);
  expect(standing).toMatchObject({ kind, trouble });
  expect(receiptDueAt(standing, SHIPPED)).toEqual(dueAt);
});

it('has the later part of a life behind the earlier one where both are of one moment', () => {
  const moment = '04T09:00:00';
  expect(
    inTheirOrder([event('SIGNED', moment), event('OUT_FOR_DELIVERY', moment)]).map(({ kind }) => kind),
  ).toEqual(['OUT_FOR_DELIVERY', 'SIGNED']);
});

it.each([
  ['01T00:00:00', true],
  ['10T00:00:00', true],
])('what happened at %s is of it: %s', (when, expected) => {
  expect(isOf(SHIPPED, { at: at(when) })).toBe(expected);
});

it.each(['2026-10-31T23:59:59Z', '2026-12-03T00:00:00Z'])(
  'what happened at %s is of another parcel',
  (when) => {
    expect(isOf(SHIPPED, { at: new Date(when) })).toBe(false);
  },
);

it('keeps how it ended, whatever was told before', () => {
  const told = [
    event('ARRIVED', '03T00:00:00'),
    event('ARRIVED', '04T00:00:00'),
    event('SIGNED', '05T00:00:00'),
  ];
  expect(keptOf(told, 0)).toEqual(told);
  expect(keptOf(told, 59).map(({ kind }) => kind)).toEqual(['ARRIVED', 'SIGNED']);
  expect(keptOf(told, 500).map(({ kind }) => kind)).toEqual(['SIGNED']);
});

it('is over with its end, or after a month', () => {
  expect(isOver({ kind: 'ARRIVED' }, SHIPPED, at('30T00:00:00'))).toBe(false);
  expect(isOver({ kind: null }, SHIPPED, new Date('2026-12-03T00:00:00Z'))).toBe(true);
  for (const kind of ['SIGNED', 'LOST', 'RETURNED'] as const)
    expect(isOver({ kind }, SHIPPED, at('03T00:00:00'))).toBe(true);
  expect(isOver({ kind: 'REFUSED' }, SHIPPED, at('03T00:00:00'))).toBe(false);
});

const GOOD = {
  id: 'evt_1',
  carrier: 'SF',
  trackingNo: 'sf1234567',
  kind: 'ARRIVED',
  place: '长沙',
  at: '2026-11-03T00:00:00Z',
};

it('reads a notice', () => {
  expect(noticeOf(JSON.stringify(GOOD))).toEqual({
    carrier: 'SF',
    trackingNo: 'SF1234567',
    event: { ref: 'evt_1', kind: 'ARRIVED', place: '长沙', at: at('03T00:00:00') },
  });
});

it.each([
  ['no JSON', '{'],
  ['no object', '3'],
  ['nothing', 'null'],
  ['an unknown carrier', JSON.stringify({ ...GOOD, carrier: 'DHL' })],
  ['an unknown kind', JSON.stringify({ ...GOOD, kind: 'EATEN' })],
  ['no id', JSON.stringify({ ...GOOD, id: '' })],
  ['an id with blanks', JSON.stringify({ ...GOOD, id: 'a b' })],
  ['a long id', JSON.stringify({ ...GOOD, id: 'x'.repeat(81) })],
  ['no time', JSON.stringify({ ...GOOD, at: 'soon' })],
  ['no number', JSON.stringify({ ...GOOD, trackingNo: 12 })],
])('reads none of %s', (_what, body) => {
  expect(noticeOf(body)).toBeNull();
});
