import { AccessService, CabinetService, KioskCodeService } from '#libs/counter';
import { ChannelPointService } from '#libs/channel';
import { ShelfStockReader } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { ExpiryService, SlotFillingService } from '#libs/vending';
import type { Grant } from '#platform/auth';
import { countStatements } from '../harness/statements.js';
import { World } from '../harness/world.js';
import { makeCabinet } from '../make/cabinet.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { makeProduct } from '../make/product.make.js';
import { type MadeVending, fill, makeVending, operatorOf, visitOf } from '../make/vending.make.js';

const SHELF = `cabinet { id planRevision shelf { code variantId productName priceFen parLevel units reservedUnits missingUnits
  batches { batchId traceCode bestBeforeOn isExpired units } } slots { code locks { reason } } }`;
const PLAN = `mutation ($cabinetId: ID!, $revision: Int!, $slots: [PlanogramSlotInput!]!) {
  planogramSet(cabinetId: $cabinetId, revision: $revision, slots: $slots) { __typename ... on PlanogramSetPayload { ${SHELF} }
  ... on SlotNotEmptyError { slotCode } ... on CabinetChangedError { revision } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const FILL = `mutation ($cabinetId: ID!, $slotCode: ID!, $batchId: ID!, $quantity: Int!, $causeKey: ID!) {
  slotFill(cabinetId: $cabinetId, slotCode: $slotCode, batchId: $batchId, quantity: $quantity, causeKey: $causeKey) { __typename
  ... on SlotFillPayload { ${SHELF} } ... on SlotFullError { room } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const COUNT = `mutation ($cabinetId: ID!, $slotCode: ID!, $batches: [SlotBatchInput!]!, $causeKey: ID!) {
  slotCount(cabinetId: $cabinetId, slotCode: $slotCode, batches: $batches, causeKey: $causeKey) { __typename
  ... on SlotCountPayload { ${SHELF} } ... on SlotHeldError { reserved } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const ONE = `query ($id: ID!) { cabinet(id: $id) { planRevision shelf { code units } } }`;
const PAGE = `query ($first: Int) { cabinets(first: $first) { nodes { planRevision shelf { code batches { units } } } } }`;
const KIOSK = `obstacle placeName operatorName help slots { code productName priceFen availability lock available bestBeforeOn }`;
const SCAN = `mutation ($code: String!) { kioskScan(code: $code) { __typename ... on KioskScanPayload { visit visitEndsAt kiosk { ${KIOSK} } }
  ... on DomainError { code message } } }`;
const LOOK = `query ($visit: String!) { kiosk(visit: $visit) { ${KIOSK} } }`;

interface ShownSlot {
  readonly code: string;
  readonly availability: string;
  readonly lock: string | null;
  readonly available: number;
  readonly bestBeforeOn: string | null;
}
interface ShownKiosk {
  readonly obstacle: string | null;
  readonly help: string;
  readonly slots: readonly ShownSlot[];
}

const TODAY = '2026-11-26';
const owner = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });
const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'merchant', 'settlement'] });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(`${TODAY}T02:00:00.000Z`));

const at = (service: 'merchant' | 'settlement', ...grants: readonly Grant[]) =>
  world.client(service).as(world.person(...grants).token);
const shop = () => world.client('storefront');
const kioskOf = ({ cabinetId }: MadeVending) =>
  shop().ask<ShownKiosk>(LOOK, { visit: visitOf(world, cabinetId) });
const unitsAt = async ({ channelPointId, product }: MadeVending) =>
  (await world.get(ShelfStockReader).byVariant(channelPointId, [product.variantId]))?.get(product.variantId);
const actsOn = async (subject: string) =>
  (
    await world.database.query<{ act: string }>(
      "SELECT act FROM audit_entry WHERE subject = ? AND act NOT LIKE 'cabinet.registered' ORDER BY id",
      [subject],
    )
  ).map(({ act }) => act);

describe('a planogram', () => {
  it('is set by the operator as a whole, of own goods at any price and of what the place shows at theirs', async () => {
    const { cabinetId, operatorId, channelPointId } = await makeCabinet(world);
    const own = await makeProduct(world, { merchantId: operatorId as `mer_${string}`, netWeightG: 500 });
    const listed = await makeProduct(world, { netWeightG: 500, pricesFen: [1_000n] });
    const foreign = await makeProduct(world, { netWeightG: 500 });
    await world.get(ChannelPointService).curate(channelPointId, [listed.productId]);
    const operator = at('merchant', owner(operatorId));
    const set = (variantId: string, priceFen: string, revision = 0) =>
      operator.ask(PLAN, {
        cabinetId,
        revision,
        slots: [{ slotCode: 'A1', variantId, priceFen, parLevel: 8 }],
      });

    expect(await set(foreign.variantId, '10000')).toMatchObject({ fields: [{ path: 'slots.0.variantId' }] });
    expect(await set(listed.variantId, '999')).toMatchObject({ fields: [{ path: 'slots.0.priceFen' }] });
    expect(await set(listed.variantId, '1000')).toMatchObject({
      cabinet: { planRevision: 1, shelf: [{ code: 'A1', priceFen: '1000', units: 0, missingUnits: 8 }] },
    });
    expect(await set(own.variantId, '1')).toMatchObject({ code: 'CABINET_CHANGED', revision: 1 });
    expect(await set(own.variantId, '1', 1)).toMatchObject({ cabinet: { planRevision: 2 } });
    expect(await actsOn(cabinetId)).toEqual(['cabinet.planogram_set', 'cabinet.planogram_set']);
    const vars = { cabinetId, revision: 2, slots: [] };
    expect(await at('merchant', owner((await makeMerchant(world)).id)).codeOf(PLAN, vars)).toBe('NOT_FOUND');
    expect(await at('merchant', official()).codeOf(PLAN, vars)).toBe('FORBIDDEN');
    const all = await Promise.all([2, 2].map((revision) => set(own.variantId, '5', revision)));
    expect(all.filter((result) => JSON.stringify(result).includes('CABINET_CHANGED'))).toHaveLength(1);
  });

  it('leaves a slot what it is while goods lie in it', async () => {
    const { cabinetId, operatorId, product } = await makeVending(world);
    const other = await makeProduct(world, { merchantId: product.merchantId, netWeightG: 500 });
    const operator = at('merchant', owner(operatorId));
    const slots = [{ slotCode: 'A1', variantId: other.variantId, priceFen: '5', parLevel: 1 }];

    expect(await operator.ask(PLAN, { cabinetId, revision: 1, slots })).toMatchObject({
      code: 'SLOT_NOT_EMPTY',
      slotCode: 'A1',
    });
    const take = (slotCode: string) =>
      operator.ask(COUNT, { cabinetId, slotCode, batches: [], causeKey: 'emptied' });
    await take('A1');
    expect(await operator.ask(PLAN, { cabinetId, revision: 1, slots })).toMatchObject({ slotCode: 'A2' });
    await take('A2');
    expect(await operator.ask(PLAN, { cabinetId, revision: 1, slots })).toMatchObject({
      cabinet: { planRevision: 2, shelf: [{ code: 'A1', variantId: other.variantId, units: 0 }] },
    });
  });
});

describe('what lies in a slot', () => {
  it('is one number: what the counter has is the sum of its slots, whatever is filled and counted', async () => {
    const made = await makeVending(world, {
      batches: [
        { quantity: 2, bestBeforeOn: '2026-12-24' },
        { quantity: 3, bestBeforeOn: '2026-12-01' },
      ],
    });
    const { cabinetId, operatorId, product } = made;
    const operator = at('merchant', owner(operatorId));
    expect(await unitsAt(made)).toBe(10);

    const filling = {
      cabinetId,
      slotCode: 'A1',
      batchId: product.batchIds[0],
      quantity: 4,
      causeKey: 'note-1',
    };
    const [first, second] = await Promise.all([operator.ask(FILL, filling), operator.ask(FILL, filling)]);
    expect(first).toMatchObject({ __typename: 'SlotFillPayload' });
    expect(second).toMatchObject({
      cabinet: {
        shelf: [
          {
            code: 'A1',
            units: 9,
            missingUnits: 0,
            batches: [
              { batchId: product.batchIds[1], bestBeforeOn: '2026-12-01', units: 3, isExpired: false },
              { batchId: product.batchIds[0], units: 6 },
            ],
          },
          { code: 'A2', units: 5, missingUnits: 3 },
        ],
      },
    });
    expect(await operator.ask(FILL, { ...filling, quantity: 1 })).toMatchObject({
      code: 'STOCK_CAUSE_REUSED',
    });
    expect(await operator.ask(FILL, { ...filling, causeKey: 'note-2', quantity: 2 })).toMatchObject({
      code: 'SLOT_FULL',
      room: 1,
    });
    expect(await unitsAt(made)).toBe(14);

    const counting = {
      cabinetId,
      slotCode: 'A1',
      batches: [{ batchId: product.batchIds[0], quantity: 5 }],
      causeKey: 'count-1',
    };
    await Promise.all([operator.ask(COUNT, counting), operator.ask(COUNT, counting)]);
    expect(await unitsAt(made)).toBe(10);
    await fill(world, made, 'A1', product.batchIds[0], 1);
    await operator.ask(COUNT, counting);
    expect(await unitsAt(made)).toBe(11);
    expect(await operator.ask(COUNT, { ...counting, batches: [] })).toMatchObject({
      code: 'STOCK_CAUSE_REUSED',
    });
    const counts = await world.database.query(
      'SELECT slot_code AS slotCode, expected_units AS expected, counted_units AS counted FROM slot_count WHERE cabinet_id = ?',
      [cabinetId],
    );
    expect(counts).toEqual([{ slotCode: 'A1', expected: 9, counted: 5 }]);
    const [sums] = await world.database.query<{ differing: string }>(
      `SELECT COUNT(*) AS differing FROM stock_level l
       WHERE l.on_hand <> (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movement m WHERE m.stock_level_id = l.id)
         AND l.location_id IN (SELECT id FROM stock_location WHERE slot_code <> '')`,
    );
    expect(sums).toEqual({ differing: '0' });
  });

  it('takes only what the slot is for, and nothing that has passed its day', async () => {
    const made = await makeVending(world);
    const { cabinetId, operatorId, product } = made;
    const other = await makeProduct(world, { merchantId: product.merchantId });
    const [old] = (await makeProduct(world)).batchIds;
    const operator = at('merchant', owner(operatorId));
    const filling = { cabinetId, slotCode: 'A1', batchId: product.batchIds[0], quantity: 1, causeKey: 'x' };
    const before = await unitsAt(made);

    for (const [changes, code] of [
      [{ batchId: other.batchIds[0] }, 'NOT_FOUND'],
      [{ batchId: old }, 'NOT_FOUND'],
      [{ slotCode: 'Z9' }, 'NOT_FOUND'],
      [{ slotCode: 'A3' }, 'SLOT_NOT_PLANNED'],
      [{ quantity: 0 }, 'INVALID_INPUT'],
    ] as const) {
      const asked = { ...filling, ...changes };
      const told =
        code === 'NOT_FOUND'
          ? await operator.codeOf(FILL, asked)
          : await operator.ask<{ code: string }>(FILL, asked);
      expect(typeof told === 'string' ? told : told.code).toBe(code);
    }
    expect(await at('merchant', owner((await makeMerchant(world)).id)).codeOf(FILL, filling)).toBe(
      'NOT_FOUND',
    );
    expect(await unitsAt(made)).toBe(before);
    await world.get(CabinetService).retire(cabinetId, { userId: newId('usr'), scope: { divisions: 'ALL' } });
    expect(await operator.ask(FILL, filling)).toMatchObject({ code: 'CABINET_RETIRED' });
  });

  it('locks itself when it has passed its day, and is free when somebody has taken it out', async () => {
    const made = await makeVending(world, {
      batches: [{ quantity: 2, bestBeforeOn: TODAY }, { quantity: 3 }],
    });
    const { cabinetId, operatorId, product } = made;
    expect((await kioskOf(made)).slots[0]).toMatchObject({
      availability: 'AVAILABLE',
      available: 5,
      bestBeforeOn: TODAY,
    });
    expect(await world.get(ExpiryService).lockExpired()).toBe(0);

    world.clock.set('2026-11-26T16:00:00.000Z');

    expect((await kioskOf(made)).slots[0]).toMatchObject({
      availability: 'LOCKED',
      lock: 'EXPIRED',
      available: 3,
    });
    expect(await world.get(ExpiryService).lockExpired()).toBe(1);
    expect(await world.get(ExpiryService).lockExpired()).toBe(0);
    const count = (
      causeKey: string,
      ...batches: readonly { batchId: string | undefined; quantity: number }[]
    ) => at('merchant', owner(operatorId)).ask(COUNT, { cabinetId, slotCode: 'A1', batches, causeKey });
    const [old, good] = product.batchIds;
    expect(await count('c1', { batchId: old, quantity: 1 }, { batchId: good, quantity: 3 })).toMatchObject({
      cabinet: { slots: [{ code: 'A1', locks: [{ reason: 'EXPIRED' }] }, {}, {}] },
    });
    expect(await count('c2', { batchId: good, quantity: 3 })).toMatchObject({
      cabinet: { slots: [{ code: 'A1', locks: [] }, {}, {}] },
    });
    expect((await kioskOf(made)).slots[0]).toMatchObject({
      availability: 'AVAILABLE',
      available: 3,
      bestBeforeOn: '2026-12-31',
    });
  });

  it('is seen by its operator and the officials of its division; a page costs the same whatever its size', async () => {
    const made = await makeVending(world, { countyCode: '430321' });
    await makeVending(world, { countyCode: '430321' });

    for (const client of [at('merchant', owner(made.operatorId)), at('settlement', official('430321'))])
      expect(await client.ask(ONE, { id: made.cabinetId })).toMatchObject({
        planRevision: 1,
        shelf: [
          { code: 'A1', units: 3 },
          { code: 'A2', units: 5 },
        ],
      });
    expect(await at('settlement', official('430224')).ask(ONE, { id: made.cabinetId })).toBeNull();
    const console = at('settlement', official('430321'));
    const page = (first: number) => countStatements(() => console.ask(PAGE, { first }));
    await page(1);
    expect(await page(2)).toBe(await page(1));
  });
});

describe('a kiosk', () => {
  it('opens with the code on its screen, for a minute and a half, and then for as long as one chooses', async () => {
    const { cabinetId } = await makeVending(world);
    const { code } = world.get(KioskCodeService).issue('SCAN', cabinetId);
    const scanned = await shop().ask<{ visit: string; kiosk: ShownKiosk }>(SCAN, { code });
    expect(scanned.kiosk).toMatchObject({
      obstacle: null,
      placeName: '消费扶贫专柜',
      slots: [
        { code: 'A1', priceFen: '900', availability: 'AVAILABLE', available: 3, lock: null },
        { code: 'A2', available: 5 },
      ],
    });
    expect(scanned.kiosk.help).toContain('paid back by itself');

    world.clock.advance(90_000);
    expect(await shop().ask(SCAN, { code })).toMatchObject({ code: 'SCAN_EXPIRED' });
    expect(await shop().ask(SCAN, { code: scanned.visit })).toMatchObject({ code: 'SCAN_EXPIRED' });
    expect(await shop().ask(LOOK, { visit: scanned.visit })).toMatchObject({ obstacle: null });
    expect(await shop().ask(LOOK, { visit: code })).toBeNull();
    world.clock.advance(10 * 60_000);
    expect(await shop().ask(LOOK, { visit: scanned.visit })).toBeNull();
    const looked = await countStatements(() => kioskOf({ cabinetId } as MadeVending));
    expect(looked).toBeLessThanOrEqual(12);
  });

  it('says why it sells nothing', async () => {
    const made = await makeVending(world);
    await world.get(AccessService).disconnected(made.cabinetId);
    expect((await kioskOf(made)).obstacle).toBe('OFFLINE');
    await world.get(AccessService).connected(made.cabinetId);
    world.clock.advance(6 * 60_000);
    expect((await kioskOf(made)).obstacle).toBe('OFFLINE');
    await world.get(AccessService).connected(made.cabinetId);
    expect((await kioskOf(made)).obstacle).toBeNull();
    await world.get(ChannelPointService).suspend(made.channelPointId);
    expect((await kioskOf(made)).obstacle).toBe('CLOSED');
    const { cabinetId } = await makeCabinet(world, { cabinetKind: 'GRAVITY' });
    expect((await kioskOf({ ...made, cabinetId } as MadeVending)).obstacle).toBe('OTHER_MODEL');
  });
});

it('two who count and fill one slot at once leave it as one after the other would', async () => {
  const made = await makeVending(world);
  const { cabinetId, operatorId, product } = made;
  const batchId = product.batchIds[0] ?? '';
  const service = world.get(SlotFillingService);
  const by = operatorOf(operatorId);

  await Promise.all([
    service.count({ cabinetId, slotCode: 'A1', batches: [{ batchId, quantity: 1 }], causeKey: 'r1' }, by),
    service.fill({ cabinetId, slotCode: 'A1', batchId, quantity: 2, causeKey: 'r2' }, by),
  ]);

  expect([1, 3]).toContain((await kioskOf(made)).slots[0]?.available);
});
