import { blankForm, contentOf, countyOfCode, formOf, stepOf } from './form.js';

const form = {
  ...blankForm,
  kind: 'COOPERATIVE' as const,
  name: ' 霞阳合作社 ',
  creditCode: '93430225MA0000001X',
  processedFood: 'NONE' as const,
  required: [
    { kind: 'BUSINESS_LICENCE' as const, isCreditCode: true },
    { kind: 'LEGAL_PERSON_ID' as const, isCreditCode: false },
  ],
  papers: {
    BUSINESS_LICENCE: { number: '', validFrom: '', validTo: '2031-12-31', fileIds: ['fil_1'] },
    // Asked for no longer: kept, and not sent.
    FOOD_PRODUCTION_LICENCE: { number: 'SC1', validFrom: '', validTo: '', fileIds: [] },
  },
};

it('a licence’s number is the credit code, and papers that are not asked for stay behind', () => {
  expect(contentOf(form)).toMatchObject({
    name: '霞阳合作社',
    contactName: null,
    papers: [
      { kind: 'BUSINESS_LICENCE', number: '93430225MA0000001X', validTo: '2031-12-31', fileIds: ['fil_1'] },
      { kind: 'LEGAL_PERSON_ID', number: null, fileIds: [] },
    ],
  });
});

it('what lies at the service says the same when it comes back', () => {
  const said = contentOf(form);
  const kept = { ...said, papers: said.papers.map((paper) => ({ ...paper, fileIds: paper.fileIds ?? [] })) };

  expect(contentOf(formOf(kept as Parameters<typeof formOf>[0]))).toEqual(said);
});

it.each([
  ['content.kind', 1],
  ['content.townshipCode', 1],
  ['content.goods', 2],
  ['content.papers.0.validTo', 3],
  ['content.papers', 3],
  ['content.bankAccount', 3],
])('%s is mended in step %i', (path, step) => {
  expect(stepOf(path)).toBe(step);
});

it.each([
  ['93430225MA0000011X', '430225'],
  ['91430200MA0000011X', ''], // By the city.
  ['93430225MA0000011', ''],
  ['9343022XMA0000011X', ''],
  ['', ''],
])('%s was given out in %s', (code, county) => {
  expect(countyOfCode(code)).toBe(county);
});
