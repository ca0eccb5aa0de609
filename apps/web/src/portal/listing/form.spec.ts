import { blankForm, contentOf, formOf, gramsOf, jinOf, jinPriceOf, stepOf } from './form.js';

it.each([
  ['5', 2_500],
  ['0.5', 250],
  ['0.066', 33],
  ['', null],
  ['.', null],
  ['0', null],
  ['2001', null],
])('%s jin are %s grams', (jin, grams) => {
  expect(gramsOf(jin)).toBe(grams);
  if (grams !== null) expect(jinOf(grams)).toBe(jin);
});

it('says what a jin costs as the service does, half a fen counted up', () => {
  expect(jinPriceOf('8800', 2_500)).toBe('1760');
  expect(jinPriceOf('1', 1_000)).toBe('1');
});

it('reads what was kept as it was written', () => {
  const form = { ...blankForm('430225'), name: '黄桃', isPerishable: false };
  const { photoIds, variants, ...content } = contentOf(form);
  const kept = { ...content, photoIds: photoIds ?? [], variants } as Parameters<typeof formOf>[0];

  expect(contentOf(formOf(kept))).toEqual(contentOf(form));
});

it.each([
  ['content.name', 1],
  ['content.variants', 2],
  ['content.variants.1.priceFen', 2],
  ['content.photoIds.0', 3],
  ['content.note', 3],
])('a fault of %s is mended in step %s', (path, step) => {
  expect(stepOf(path)).toBe(step);
});
