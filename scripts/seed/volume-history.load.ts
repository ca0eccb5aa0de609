import { assert, fen, present } from '#libs/kernel';
import { UNKNOWN_ATTRIBUTION, type VolumeChannel, type VolumeFactDraft } from '#libs/volume';
import { parseCsv } from '../data/csv.js';
import { readSource } from '../data/paths.js';
import { type FileLoad, readDataFile } from './table-load.js';

/** Facts counted in one transaction: enough to be quick, few enough for one packet of ids. */
const ROLLED_AT_ONCE = 10_000;

/**
 * Daily sums of 2019 and 2020, as an office would hand them in: each is ordered, paid, delivered and recognised in one.
 * They go through the volume context like any other fact, and count once however often they are loaded.
 */
export const volumeHistory: FileLoad = {
  file: 'volume-history.csv',
  load: async (tx, text, { volume }) => {
    const products = new Map(parseCsv(readDataFile('products.csv')).map((row) => [row['key'], row]));
    const sellers = new Map(
      parseCsv(readDataFile('merchants.csv')).map(({ id, countyCode }) => [id, countyCode ?? '']),
    );
    const buyers = new Map(
      readSource('volume-channels.csv').map((row) => [row['channelKind'], row['buyerKind'] ?? '']),
    );
    const facts = parseCsv(text).map((row): Omit<VolumeFactDraft, 'source'> => {
      const { day = '', product = '', channelKind = '' } = row;
      const { id = '', merchantId = '' } = present(products.get(product), `product ${product}`);
      const amountFen = fen(row['amountFen'] ?? '');
      return {
        ...UNKNOWN_ATTRIBUTION,
        factKey: `import:${day}:${product}:${channelKind}`,
        orderedFen: amountFen,
        paidFen: amountFen,
        deliveredFen: amountFen,
        recognisedFen: amountFen,
        quantity: Number(row['quantity']),
        weightG: BigInt(row['weightG'] ?? ''),
        originCountyCode: row['originCode'] ?? '',
        productId: id,
        merchantId,
        sellerCountyCode: present(sellers.get(merchantId), `merchant ${merchantId}`),
        channelKind: channelKind as VolumeChannel,
        buyerKind: present(buyers.get(channelKind), `buyers of ${channelKind}`),
        isCertified: row['certified'] === '1',
        // Noon in Shanghai: the same day whichever way one looks at it.
        eventAt: new Date(`${day}T12:00:00+08:00`),
        originDay: day,
      };
    });
    await volume.facts.importFacts(tx, facts);
    return facts.length;
  },
  /** The services' roller would do the same within minutes; nobody should open the first page before that. */
  settle: async ({ database, products, sales, volume }) => {
    while ((await volume.rollups.rollUp(ROLLED_AT_ONCE)) > 0);
    await products.countSold(await sales.quantities());
    // One statement sees one state, also while services are at work: what is counted, by day, by month.
    const [sums] = await database.query<{ facts: string; days: string; months: string }>(
      `SELECT
        (SELECT COALESCE(SUM(f.recognised_fen), 0) FROM volume_fact f
         LEFT JOIN volume_fact_waiting w ON w.fact_id = f.id WHERE w.fact_id IS NULL) AS facts,
        (SELECT COALESCE(SUM(recognised_fen), 0) FROM volume_day) AS days,
        (SELECT COALESCE(SUM(recognised_fen), 0) FROM volume_month) AS months`,
    );
    const { facts, days, months } = present(sums, 'the sums');
    assert(
      facts === days && days === months,
      `facts ${facts}, days ${days} and months ${months} add up to the same fen`,
    );
  },
};
