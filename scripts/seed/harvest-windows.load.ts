import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { seededId } from '../data/seeded-id.js';
import { type FileLoad, orNull, readDataFile, upsert } from './table-load.js';

/** This harvest, if it is not over, and the next. */
const HARVESTS_AHEAD = 2;

/** `07-20` to `08-15`, or over the new year: the days of the harvest that begins in that year. */
function windowIn(year: number, opens: string, closes: string): { opensOn: string; closesOn: string } {
  return { opensOn: `${year}-${opens}`, closesOn: `${opens <= closes ? year : year + 1}-${closes}` };
}

/** Harvests come back every year; those that are open or still to come on the day of loading are on file. */
export const harvestWindows: FileLoad = {
  file: 'source/harvest-windows.csv',
  load: async (tx, text, { dates }) => {
    const products = new Map(parseCsv(readDataFile('products.csv')).map(({ key, id }) => [key, id]));
    const thisYear = Number(dates.today.slice(0, 4));
    const rows = parseCsv(text).flatMap(({ product = '', villageCode, opens = '', closes = '' }) =>
      [thisYear - 1, thisYear, thisYear + 1, thisYear + 2]
        .map((year) => ({ year, ...windowIn(year, opens, closes) }))
        .filter(({ closesOn }) => closesOn >= dates.today)
        .slice(0, HARVESTS_AHEAD)
        .map(({ year, opensOn, closesOn }) => ({
          id: seededId('hvw', `${product}:${villageCode ?? ''}:${year}`),
          productId: present(products.get(product), `product ${product}`),
          villageCode: orNull(villageCode),
          opensOn,
          closesOn,
        })),
    );
    await upsert(tx, 'harvest_window', rows);
    return rows.length;
  },
};
