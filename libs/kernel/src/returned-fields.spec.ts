import { refuseReturnedFields } from './returned-fields.js';

it.each([
  [[{ path: 'content.papers.0.validTo', message: '已过期' }], null],
  [[{ path: 'papers', message: '已过期' }], ['fields.0']],
  [[{ path: 'content.name', message: ' ' }], ['fields.0']],
  [[{ path: 'content.name', message: '\u200B' }], ['fields.0']],
  [[{ path: 'content.name; DROP', message: 'x' }], ['fields.0']],
  [Array.from({ length: 51 }, () => ({ path: 'content', message: 'x' })), ['fields']],
])('what is to be mended is named (%#)', (fields, faults) => {
  expect(refuseReturnedFields(fields)?.fields.map(({ path }) => path) ?? null).toEqual(faults);
});
