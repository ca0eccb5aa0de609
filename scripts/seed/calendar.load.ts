import { csvLoad } from './table-load.js';

/** The working days of China. Not Zhuzhou's alone, so they lie beside it. */
export const calendar = csvLoad('../calendar/cn.csv', 'calendar_day', (row) => ({ ...row }), [
  'kind',
  'name',
]);
