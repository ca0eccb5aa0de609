import { type HeldPaper, type PaperInput, paperStandingOf, refusePaper } from './paper.rules.js';

const TODAY = '2026-11-26';
const paper = (kind: HeldPaper['kind'], validUntil: string | null = null): HeldPaper => ({
  kind,
  validUntil,
});

describe('whether a cabinet may sell food', () => {
  it.each([
    ['nothing on file', [], 'MISSING'],
    ['a licence', [paper('LICENCE', '2030-01-01')], 'VALID'],
    ['a licence without an end', [paper('LICENCE')], 'VALID'],
    ['a licence for a month', [paper('LICENCE', '2026-12-26')], 'EXPIRING'],
    ['a licence for a month and a day', [paper('LICENCE', '2026-12-27')], 'VALID'],
    ['a licence that ends today', [paper('LICENCE', TODAY)], 'EXPIRING'],
    ['a licence that ended yesterday', [paper('LICENCE', '2026-11-25')], 'LAPSED'],
    ['a filing alone', [paper('FILING')], 'MISSING'],
    ['a report of the machine alone', [paper('PLACEMENT')], 'MISSING'],
    ['a filing and a report', [paper('FILING'), paper('PLACEMENT')], 'VALID'],
    ['a filing that is over and a report', [paper('FILING', '2026-01-01'), paper('PLACEMENT')], 'LAPSED'],
    [
      'a lapsed licence, a filing and a report',
      [paper('LICENCE', '2026-01-01'), paper('FILING'), paper('PLACEMENT')],
      'VALID',
    ],
    ['a licence, and a filing that is over', [paper('LICENCE'), paper('FILING', '2026-01-01')], 'VALID'],
  ] as const)('%s: %s', (_, papers, standing) => {
    expect(paperStandingOf(papers, TODAY)).toBe(standing);
  });
});

describe('a paper', () => {
  const GOOD: PaperInput = {
    kind: 'LICENCE',
    number: 'JY14302250012345',
    authority: '炎陵县市场监督管理局',
    validUntil: '2030-01-01',
    fileNo: '',
  };

  it.each([
    [{}, []],
    [{ validUntil: null }, []],
    [{ number: '湘食药备〔2026〕12号', kind: 'FILING' }, []],
    [{ number: 'x' }, ['paper.number']],
    [{ number: "' OR 1=1" }, ['paper.number']],
    [{ authority: ' ' }, ['paper.authority']],
    [{ validUntil: '2026-11-25' }, ['paper.validUntil']],
    [{ fileNo: 'x'.repeat(61) }, ['paper.fileNo']],
  ] as const)('%j is refused for %j', (changes, paths) => {
    expect(refusePaper({ ...GOOD, ...changes }, TODAY)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });
});
