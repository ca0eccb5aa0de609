import { blankForm, byKind, contentOf, formOf, stepOf } from './form.js';

const paper = { number: '', validFrom: '', validTo: '', fileIds: ['fil_1'] };
const form = {
  ...blankForm,
  townshipCode: '430225209',
  yuan: '880000.50',
  agreementIds: ['lnk_1'],
  isProcessedFood: false,
  papers: {
    TRUTH_LETTER: paper,
    // Opened and left empty: it does not travel.
    GI_CERTIFICATE: { ...paper, fileIds: [] },
    TEST_REPORT: { ...paper, number: 'JC-1', validFrom: '2026-07-01' },
  },
};

it('travels without what was left empty, papers always in one order', () => {
  const { papers, ...rest } = contentOf(form);

  expect(rest).toEqual({
    townshipCode: '430225209',
    commodityValueFen: '88000050',
    agreementIds: ['lnk_1'],
    priceComparison: null,
    afterSale: null,
    isProcessedFood: false,
  });
  expect(papers).toEqual([
    { kind: 'TEST_REPORT', number: 'JC-1', validFrom: '2026-07-01', validTo: null, fileIds: ['fil_1'] },
    { kind: 'TRUTH_LETTER', number: null, validFrom: null, validTo: null, fileIds: ['fil_1'] },
  ]);
});

it('reads what was kept as it was written', () => {
  const content = contentOf(form) as Parameters<typeof formOf>[0]['content'];

  expect(contentOf(formOf({ content }))).toEqual(content);
});

it('names a paper by its kind, and says where each fault is mended', () => {
  const faults = [
    { path: 'content.papers.1.fileIds.0', message: 'gone' },
    { path: 'content.papers', message: 'missing' },
    { path: 'content.agreementIds', message: 'none' },
    { path: 'content.townshipCode', message: 'which' },
    { path: 'schemeCode', message: 'shut' },
  ];

  expect(byKind(faults, form).map(({ path }) => [path, stepOf(path)])).toEqual([
    ['content.papers.TRUTH_LETTER.fileIds.0', 3],
    ['content.papers', 3],
    ['content.agreementIds', 2],
    ['content.townshipCode', 1],
    ['schemeCode', 1],
  ]);
});
