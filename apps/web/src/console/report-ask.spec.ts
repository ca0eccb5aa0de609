import { type Definition, askedOf, comparedWith, daysOf, fileOf, filterOf, hrefOf } from './report-ask.js';

const definition: Definition = {
  id: 'R4',
  title: '分产品交易额',
  formula: '',
  notes: '',
  measures: [],
  dimensions: ['MONTH', 'PRODUCT', 'ORIGIN_COUNTY'],
  groupBy: ['PRODUCT'],
  scopeBy: 'ORIGIN_COUNTY',
  daysMax: 3_660,
  isOfFacts: true,
};
const TODAY = '2026-02-10';
const asked = (search: string) => askedOf(definition, search, TODAY);

describe('a question of a report in an address', () => {
  it.each([
    ['month', '2026-02-01', '2026-02-28'],
    ['last-month', '2026-01-01', '2026-01-31'],
    ['year', '2026-01-01', '2026-02-28'],
    ['last-year', '2025-01-01', '2025-12-31'],
  ] as const)('%s is %s to %s', (span, from, to) => {
    expect(daysOf(span, TODAY)).toEqual({ from, to });
  });

  it('comes back as it went', () => {
    const href = hrefOf(definition, {
      ...asked('from=2026-01-01&to=2026-01-31&by=PRODUCT,MONTH&county=430225&vs=PREVIOUS_PERIOD'),
      cell: [{ dimension: 'PRODUCT', value: 'prd_1' }],
    });

    expect(asked(href.split('?')[1] ?? '')).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
      groupBy: ['MONTH', 'PRODUCT'],
      comparison: 'PREVIOUS_PERIOD',
      county: '430225',
      cell: [{ dimension: 'PRODUCT', value: 'prd_1' }],
    });
  });

  it('asks nothing that makes no sense', () => {
    expect(asked('from=yesterday&by=UNIT&vs=LUCK')).toMatchObject({
      ...daysOf('year', TODAY),
      groupBy: [],
      comparison: null,
    });
    expect(askedOf({ ...definition, daysMax: 92 }, '', TODAY)).toMatchObject(daysOf('month', TODAY));
  });

  it('is the same file', () => {
    const question = asked('from=2026-01-01&to=2026-01-31&county=430225&vs=PREVIOUS_PERIOD');

    expect(filterOf(definition, question).members).toEqual([
      { dimension: 'ORIGIN_COUNTY', values: ['430225'] },
    ]);
    expect(decodeURIComponent(fileOf(definition, question, 'csv'))).toBe(
      '/reports/R4/csv?from=2026-01-01&to=2026-01-31&groupBy=PRODUCT&comparison=PREVIOUS_PERIOD&members=[{"dimension":"ORIGIN_COUNTY","values":["430225"]}]',
    );
    expect(comparedWith(['MONTH'], question)).toBeNull();
  });
});
