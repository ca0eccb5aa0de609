/** What days are added up to: weeks begin on Monday. */
export type Bucket = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** In SQL, the first day of what a column of days belongs to: the Monday of its week, the first of its month or year. */
export function firstDaySql(bucket: Bucket, column: string): string {
  if (bucket === 'DAY') return column;
  if (bucket === 'WEEK') return `DATE_SUB(${column}, INTERVAL WEEKDAY(${column}) DAY)`;
  return `DATE_SUB(${column}, INTERVAL ${bucket === 'MONTH' ? 'DAYOFMONTH' : 'DAYOFYEAR'}(${column}) - 1 DAY)`;
}
