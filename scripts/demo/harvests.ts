import { DAY_MS, businessDay, plus, present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { PHONES } from '../data/phones.js';
import { nextYearly } from '../seed/presales.load.js';
import { readDataFile } from '../seed/table-load.js';
import type { Doors } from './doors.js';

/** The cooperative of Xinshan; its village, and the county that says how much that grows. */
const OWNER = PHONES.merchant(1);
const COUNTY = PHONES.county(7);
const VILLAGE = '430225209227';
const SKU = 'ZZ-0002-2';
const CAPACITY_G = 20_000_000;
/** Ten days of 2.4 tonnes: two tonnes more than the village grows and a tenth. */
const DAYS = 10;
const DAILY_G = 2_400_000;
/** So that its peaches are sold from stock meanwhile, and the county has time. */
const ORDERS_OPEN_AFTER_DAYS = 21;
const SEASON_AFTER_DAYS_MIN = 60;

const REFUSED = '__typename ... on DomainError { code message }';
const CAPACITY = `mutation ($input: HarvestCapacitySetInput!) { harvestCapacitySet(input: $input) { ${REFUSED} } }`;
const OPEN = `mutation ($input: PresaleOpenInput!) { presaleOpen(input: $input) { ${REFUSED} } }`;
const REGISTER = `mutation ($input: HarvestBatchRegisterInput!) { harvestBatchRegister(input: $input) { ${REFUSED} } }`;

/** A village that promises more peaches than it grows, for its county to look at: a presale of which a part waits, and a batch that waits wholly. */
export class Harvests {
  constructor(
    private readonly doors: Doors,
    private readonly now: Date,
  ) {}

  async play(): Promise<void> {
    const inDays = (days: number) => plus(this.now, days * DAY_MS);
    const seasonFrom = nextYearly('07-15', businessDay(inDays(SEASON_AFTER_DAYS_MIN)));
    const day = (offset: number) => businessDay(plus(new Date(`${seasonFrom}T04:00:00Z`), offset * DAY_MS));
    const variant = present(
      parseCsv(readDataFile('product-variants.csv')).find(({ sku }) => sku === SKU),
      SKU,
    );
    const like = present(
      parseCsv(readDataFile('product-batches.csv')).find(
        ({ productId }) => productId === variant['productId'],
      ),
      `a batch of ${SKU}`,
    );
    const season = { villageCode: VILLAGE, kindCode: 'YELLOW_PEACH', seasonFrom, seasonTo: day(45) };
    await this.doors.ask('settlement', this.doors.player(COUNTY), CAPACITY, {
      input: { ...season, capacityG: CAPACITY_G },
    });
    const owner = this.doors.player(OWNER);
    const presale = {
      variantIds: [variant['id']],
      likeBatchId: like['id'],
      firstOn: day(10),
      lastOn: day(9 + DAYS),
      capacityG: DAILY_G,
      ordersOpenAt: inDays(ORDERS_OPEN_AFTER_DAYS).toISOString(),
      ordersCloseAt: new Date(`${seasonFrom}T04:00:00Z`).toISOString(),
      payment: 'FULL',
    };
    // Played again, it is open.
    await this.doors.ask('merchant', owner, OPEN, { input: presale }, ['PRESALE_OVERLAP']);
    const batch = {
      idempotencyKey: 'demo:harvest:xinshan',
      productId: variant['productId'],
      villageCode: VILLAGE,
      harvestedFrom: day(12),
      harvestedUntil: day(20),
      weightG: 1_500_000,
      bestBeforeOn: day(45),
    };
    // Played in another year, it is another one.
    await this.doors.ask('merchant', owner, REGISTER, { input: batch }, ['HARVEST_KEY_USED']);
  }
}
