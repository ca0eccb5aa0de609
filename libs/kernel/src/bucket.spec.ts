import { firstDaySql } from './bucket.js';

it.each([
  ['DAY', 'd.day'],
  ['WEEK', 'DATE_SUB(d.day, INTERVAL WEEKDAY(d.day) DAY)'],
  ['MONTH', 'DATE_SUB(d.day, INTERVAL DAYOFMONTH(d.day) - 1 DAY)'],
  ['YEAR', 'DATE_SUB(d.day, INTERVAL DAYOFYEAR(d.day) - 1 DAY)'],
] as const)('the first day of a %s', (bucket, sql) => {
  expect(firstDaySql(bucket, 'd.day')).toBe(sql);
});
