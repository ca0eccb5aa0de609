import { DivisionService } from '#libs/division';
import {
  HarvestBatchService,
  HarvestModule,
  HarvestReviewService,
  PresaleHarvestService,
} from '#libs/harvest';
import { StockService, takenBy } from '#libs/inventory';
import { DAY_MS, businessDay, newId, plus, refused } from '#libs/kernel';
import { Random } from '../../scripts/data/random.js';
import { type Rooms, SETTINGS, openRooms } from '../harness/rooms.js';
import { makeDivisions } from '../make/division.make.js';
import { type MadeProduct, makeGoodsKind, makeProduct } from '../make/product.make.js';

const VILLAGE = '430225209225';
const KIND = 'YELLOW_PEACH';
/** A tonne, and a tenth. */
const CAPACITY_G = 1_000_000;
const LIMIT_G = 1_100_000;
const BOX_G = 2_500;
const STORIES = 4;
const ROUNDS = 12;
/** Who acts at the same moment. */
const AT_ONCE = 5;

interface Presold {
  readonly id: string;
  readonly batchId: string;
  readonly merchantId: string;
  readonly variantId: string;
  readonly firstOn: string;
}

let rooms: Rooms;

beforeAll(async () => {
  rooms = await openRooms(SETTINGS, HarvestModule);
  await makeDivisions(rooms);
  await rooms.get(DivisionService).load([
    {
      code: VILLAGE,
      parentCode: '430225209',
      level: 'VILLAGE',
      name: '平乐村',
      isDesignated: false,
      longitude: null,
      latitude: null,
    },
  ]);
  await makeGoodsKind(rooms);
});
afterAll(() => rooms.close());

const inDays = (count: number) => businessDay(plus(rooms.clock.now(), count * DAY_MS));
const official = () => ({ userId: newId('usr'), divisions: 'ALL' as const });

class Season {
  readonly by = newId('usr');
  readonly batches: { id: string; merchantId: string; variantId: string }[] = [];
  readonly presales: Presold[] = [];
  private readonly orders: string[] = [];

  constructor(
    private readonly chance: Random,
    private readonly goods: readonly MadeProduct[],
  ) {}

  rush(): (() => Promise<unknown>)[] {
    return this.goods.map((product, index) =>
      index === 0 ? () => this.open(product, 200_000) : () => this.register(product, 800_000),
    );
  }

  /** Something somebody does; what it needs is picked before anything is awaited. */
  step(): () => Promise<unknown> {
    const { chance } = this;
    const product = chance.pick(this.goods);
    const [grams, die] = [chance.between(1, 80) * 5_000, chance.between(0, 99)];
    const harvestedUntil = inDays(29);
    const batch = this.batches.length > 0 ? chance.pick(this.batches) : null;
    const presale = this.presales.length > 0 ? chance.pick(this.presales) : null;
    if (die < 20 || !batch || !presale)
      return die % 2 === 0 ? () => this.register(product, grams) : () => this.open(product, grams / 4);
    const own = { userId: this.by, merchantIds: [batch.merchantId] };
    const harvests = rooms.get(HarvestBatchService);
    const days = rooms.get(PresaleHarvestService);
    const day = inDays(20 + chance.between(0, 4));
    if (die < 35) return () => this.open(product, grams / 4);
    if (die < 45)
      return () => harvests.change(batch.id, { harvestedUntil, dailyG: null, weightG: grams }, own);
    if (die < 50) return () => harvests.close(batch.id, own);
    if (die < 65)
      return () =>
        days.setCapacity([presale.merchantId], { presaleId: presale.id, day, capacityG: grams / 2 });
    if (die < 70) return () => days.close([presale.merchantId], presale.id);
    if (die < 80) return () => this.order(presale, chance.between(1, 8));
    if (die < 85 && this.orders.length > 0) {
      const orderId = chance.pick(this.orders);
      return () => rooms.database.transaction((tx) => rooms.get(StockService).releaseOrder(tx, orderId));
    }
    if (die < 92) {
      const move = { presaleId: presale.id, day, newDay: inDays(25), reason: '连日下雨' };
      return () => days.announceDelay([presale.merchantId], move, this.by);
    }
    const { merchantId, variantId, id: batchId } = batch;
    const receipt = { variantId, batchId, quantity: chance.between(1, 40), causeKey: newId('req') };
    return () => rooms.get(StockService).receive([merchantId], receipt);
  }

  private async register({ productId, merchantId, variantId }: MadeProduct, weightG: number) {
    const id = await rooms.get(HarvestBatchService).register(
      {
        idempotencyKey: newId('req'),
        productId,
        villageCode: VILLAGE,
        harvestedFrom: inDays(22),
        harvestedUntil: inDays(25),
        dailyG: null,
        weightG,
        bestBeforeOn: inDays(60),
        linkageAgreementId: null,
      },
      { userId: this.by, merchantIds: [merchantId] },
    );
    if (!refused(id)) this.batches.push({ id, merchantId, variantId });
    return id;
  }

  private async open({ merchantId, variantId, variantIds, batchIds }: MadeProduct, capacityG: number) {
    const now = rooms.clock.now();
    const firstOn = inDays(20);
    const id = await rooms.get(PresaleHarvestService).open(
      {
        variantIds,
        likeBatchId: batchIds[0] ?? '',
        firstOn,
        lastOn: inDays(23),
        capacityG,
        ordersOpenAt: now,
        ordersCloseAt: plus(now, 10 * DAY_MS),
        payment: 'FULL',
        depositBps: null,
        balanceDueOn: null,
      },
      { userId: this.by, merchantIds: [merchantId] },
    );
    if (refused(id)) return id;
    const [row] = await rooms.database.query<{ batchId: string }>(
      'SELECT batch_id AS batchId FROM presale WHERE id = ?',
      [id],
    );
    const presale = { id, batchId: row?.batchId ?? '', merchantId, variantId, firstOn };
    this.presales.push(presale);
    this.batches.push({ id: presale.batchId, merchantId, variantId });
    return id;
  }

  private async order({ id: presaleId, batchId, variantId }: Presold, quantity: number) {
    const stock = rooms.get(StockService);
    const [orderId, orderLineId] = [newId('ord'), newId('oln')];
    const harvest = { presaleId, batchId, unitG: BOX_G };
    const done = await rooms.database.transaction(async (tx) => {
      const plan = await stock.plan(tx, [{ variantId, quantity, harvest }], { isLocking: true });
      if (refused(plan)) return plan;
      await stock.reserve(
        tx,
        orderId,
        plan.map((each) => ({ orderLineId, ...takenBy(each) })),
      );
      return orderId;
    });
    if (!refused(done)) this.orders.push(done);
    return done;
  }
}

interface Standing {
  readonly batchId: string;
  readonly presaleId: string | null;
  readonly grantedG: number;
  readonly weightG: number;
  readonly reviewState: string;
  readonly receivableG: number;
  readonly receivedG: number;
  readonly presoldG: number;
  readonly promisableG: number;
  readonly announcedG: number;
  readonly state: string | null;
}

async function standing(): Promise<Standing[]> {
  const rows = await rooms.database.query<Record<keyof Standing, string | null>>(
    `SELECT h.batch_id AS batchId, h.presale_id AS presaleId, h.granted_g AS grantedG, h.weight_g AS weightG, h.review_state AS reviewState, h.presold_g AS presoldG,
       b.receivable_g AS receivableG, p.state,
       COALESCE((SELECT SUM(m.quantity) * ? FROM stock_level l JOIN stock_movement m ON m.stock_level_id = l.id WHERE l.batch_id = h.batch_id), 0) AS receivedG,
       COALESCE((SELECT SUM(IF(p.state = 'OPEN', d.capacity_g, d.reserved_g + d.shipped_g)) FROM presale_day d WHERE d.presale_id = h.presale_id), 0) AS promisableG,
       COALESCE((SELECT SUM(d.announced_g) FROM presale_day d WHERE d.presale_id = h.presale_id), 0) AS announcedG
     FROM harvest_batch h JOIN product_batch b ON b.id = h.batch_id LEFT JOIN presale p ON p.id = h.presale_id WHERE h.village_code = ?`,
    [BOX_G, VILLAGE],
  );
  return rows.map(({ batchId, presaleId, reviewState, state, ...grams }) => ({
    batchId: batchId ?? '',
    presaleId,
    reviewState: reviewState ?? '',
    state,
    grantedG: Number(grams.grantedG),
    weightG: Number(grams.weightG),
    receivableG: Number(grams.receivableG),
    receivedG: Number(grams.receivedG),
    presoldG: Number(grams.presoldG),
    promisableG: Number(grams.promisableG),
    announcedG: Number(grams.announcedG),
  }));
}

describe('what batches and presales of a village are granted together', () => {
  it.each(Array.from({ length: STORIES }, (_, story) => story))(
    'is never more than it grows and a tenth, whoever comes first: story %i',
    async (story) => {
      await rooms.clear('harvest_batch', 'harvest_capacity', 'presale', 'presale_variant', 'presale_day');
      const set = await rooms.get(HarvestReviewService).setCapacity(
        {
          villageCode: VILLAGE,
          kindCode: KIND,
          seasonFrom: inDays(10),
          seasonTo: inDays(40),
          capacityG: CAPACITY_G,
        },
        official(),
      );
      expect(refused(set)).toBe(false);
      const goods = await Promise.all(
        Array.from({ length: 3 }, () =>
          makeProduct(rooms, { kindCode: KIND, batches: [{ quantity: 0, originVillageCode: VILLAGE }] }),
        ),
      );
      const season = new Season(new Random(`village ${story}`), goods);

      for (let round = 0; round < ROUNDS; round += 1) {
        // At first there is nothing yet that they could wait for, but the capacity itself: each would have most of it.
        const acts = round === 0 ? season.rush() : Array.from({ length: AT_ONCE }, () => season.step());
        await Promise.all(acts.map((act) => act()));

        const rows = await standing();
        expect(rows.reduce((sum, { grantedG }) => sum + grantedG, 0)).toBeLessThanOrEqual(LIMIT_G);
        // What can be ordered and what can come in are of the same kilograms, and counted once.
        expect(rows.filter((row) => row.promisableG + row.receivableG > row.grantedG)).toEqual([]);
        expect(rows.filter((row) => row.receivedG > row.receivableG)).toEqual([]);
        // Whatever was said of days or moved: the batch weighs what is said now.
        expect(rows.filter((row) => row.state === 'OPEN' && row.presoldG !== row.announcedG)).toEqual([]);
      }

      const waiting = (await standing()).filter(({ reviewState }) => reviewState === 'WAITING');
      for (const { batchId } of waiting)
        await rooms
          .get(HarvestReviewService)
          .decide({ batchId, verdict: 'RELEASED', reason: '现场核过' }, official());
      const released = await standing();
      expect(released.filter(({ reviewState }) => reviewState === 'WAITING')).toEqual([]);
      expect(
        released.filter((row) => row.reviewState === 'RELEASED' && row.grantedG !== row.weightG),
      ).toEqual([]);
      expect(
        released.filter(
          (row) =>
            row.reviewState === 'RELEASED' && row.state === 'OPEN' && row.promisableG !== row.announcedG,
        ),
      ).toEqual([]);
    },
  );
});
