import { type Judged, type Supply, firstToLast, judged } from './season-board.rules.js';

const TODAY = '2026-11-02';
/** A kilogram a day. */
const PACE = 28_000;
const lot = (weightG: number, bestBeforeOn: string | null) => ({ weightG, bestBeforeOn });
const comes = (weightG: number, until: string, bestBeforeOn: string | null = null) => ({
  weightG,
  until,
  bestBeforeOn,
});
const supply = (changes: Partial<Supply>): Supply => ({
  lots: [],
  coming: [],
  soldG: PACE,
  perishes: true,
  seasonClosesOn: null,
  ...changes,
});

it.each<[string, Partial<Supply>, Judged]>([
  ['nothing', {}, { cover: 'EMPTY', coverDays: null, overG: 0 }],
  ['a lot of nothing', { lots: [lot(0, TODAY)] }, { cover: 'EMPTY', coverDays: null, overG: 0 }],
  [
    'what nobody buys',
    { lots: [lot(5_000, '2026-11-30')], soldG: 0 },
    { cover: 'UNSOLD', coverDays: null, overG: 0 },
  ],
  [
    'more that came back than was sold',
    { lots: [lot(5_000, null)], soldG: -1 },
    { cover: 'UNSOLD', coverDays: null, overG: 0 },
  ],
  [
    'as much as is sold by its last day, today among them',
    { lots: [lot(5_000, '2026-11-06')] },
    { cover: 'FINE', coverDays: 5, overG: 0 },
  ],
  ['a kilogram more', { lots: [lot(6_000, '2026-11-06')] }, { cover: 'GLUT', coverDays: 6, overG: 1_000 }],
  [
    'what is over already',
    { lots: [lot(2_000, '2026-11-01')] },
    { cover: 'GLUT', coverDays: 2, overG: 2_000 },
  ],
  ['what never perishes', { lots: [lot(900_000, null)] }, { cover: 'FINE', coverDays: 900, overG: 0 }],
  [
    'two lots, the second of which waits for the first',
    { lots: [lot(6_000, '2026-11-11'), lot(5_000, '2026-11-06')] },
    { cover: 'GLUT', coverDays: 11, overG: 1_000 },
  ],
  [
    'a lot that is over takes no time from the next',
    { lots: [lot(9_000, '2026-11-01'), lot(5_000, '2026-11-06')] },
    { cover: 'GLUT', coverDays: 14, overG: 9_000 },
  ],
  [
    'a harvest that is sold within the season',
    { coming: [comes(29_000, '2026-11-10')], seasonClosesOn: '2026-11-30' },
    { cover: 'FINE', coverDays: 29, overG: 0 },
  ],
  [
    'a harvest beyond it',
    { coming: [comes(40_000, '2026-11-10')], seasonClosesOn: '2026-11-30' },
    { cover: 'GLUT', coverDays: 40, overG: 11_000 },
  ],
  [
    'a harvest that goes on longer than the season',
    { coming: [comes(40_000, '2026-12-11')], seasonClosesOn: '2026-11-30' },
    { cover: 'FINE', coverDays: 40, overG: 0 },
  ],
  [
    'a harvest out of season, which is good for its own days',
    { coming: [comes(10_000, '2026-11-10')] },
    { cover: 'GLUT', coverDays: 10, overG: 1_000 },
  ],
  [
    'a harvest of which its merchant has said how long it keeps',
    { coming: [comes(10_000, '2026-11-10', '2026-11-11')], seasonClosesOn: '2026-11-05' },
    { cover: 'FINE', coverDays: 10, overG: 0 },
  ],
  [
    'a harvest of what does not perish',
    { coming: [comes(400_000, '2026-11-10')], perishes: false, seasonClosesOn: '2026-11-30' },
    { cover: 'FINE', coverDays: 400, overG: 0 },
  ],
  [
    'a harvest behind what lies there',
    {
      lots: [lot(10_000, '2026-11-11')],
      coming: [comes(20_000, '2026-11-10')],
      seasonClosesOn: '2026-11-30',
    },
    { cover: 'GLUT', coverDays: 30, overG: 1_000 },
  ],
])('judges %s', (_what, changes, expected) => {
  expect(judged(supply(changes), TODAY)).toEqual(expected);
});

it('puts what asks for something first', () => {
  const row = (kindCode: string, cover: Judged['cover'], overKg = 0) => ({ kindCode, cover, overKg });
  const rows = [
    row('a', 'EMPTY'),
    row('b', 'FINE'),
    row('c', 'GLUT', 1),
    row('d', 'UNSOLD'),
    row('e', 'GLUT', 2),
  ];
  expect(rows.toSorted(firstToLast).map(({ kindCode }) => kindCode)).toEqual(['e', 'c', 'd', 'b', 'a']);
});
