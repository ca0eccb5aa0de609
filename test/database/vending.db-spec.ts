import { jest } from '@jest/globals';
import {
  AccessService,
  AlarmReader,
  AlarmService,
  CabinetService,
  CommandService,
  CredentialService,
  InboxService,
  KioskCodeService,
  PaperService,
  RemoteCommandService,
  SlotLockService,
} from '#libs/counter';
import { AfterSaleDeadlineService } from '#libs/aftersale';
import { ProductService, ReferencePriceService } from '#libs/catalog';
import { ChannelPointService } from '#libs/channel';
import { FulfillmentService, ReceiptService } from '#libs/fulfillment';
import { type PickUpMessage, SmsGateway } from '#libs/identity';
import { ShelfStockReader, SlotStockService } from '#libs/inventory';
import { DAY_MS, HOUR_MS, MINUTE_MS, businessDay, newId, present, refused } from '#libs/kernel';
import { type OrderId, OrderPlacementService, OrderService, PurchaseLimitService } from '#libs/ordering';
import { PaymentGateway, PaymentHoldService, PaymentService } from '#libs/payment';
import { PerformanceService } from '#libs/performance';
import {
  DoorBillService,
  DoorCourseService,
  DoorDisputeService,
  ExpiryService,
  PickUpCourseService,
  SlotFillingService,
  VendDayReader,
  VendService,
} from '#libs/vending';
import { VolumeRollupService } from '#libs/volume';
import { AccessTokens, type Grant } from '#platform/auth';
import { countStatements } from '../harness/statements.js';
import { type Person, World } from '../harness/world.js';
import { makeCabinet, makeCredential } from '../make/cabinet.make.js';
import { makeCounter } from '../make/channel-point.make.js';
import { makeDivisions } from '../make/division.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { makeOrder, orderInput, partsOf } from '../make/order.make.js';
import { Postbag, deliverWebhooks } from '../make/payment.make.js';
import { makePhoto } from '../make/photo.make.js';
import { makePresale } from '../make/presale.make.js';
import { makeGoodsKind, makeProduct } from '../make/product.make.js';
import { makeWriteOff } from '../make/restocking.make.js';
import { makeUser } from '../make/user.make.js';
import {
  type MadeOpenDoor,
  type MadeVending,
  fill,
  makeLocker,
  makeOpenDoor,
  makeVending,
  operatorOf,
  visitOf,
} from '../make/vending.make.js';

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
const WALK_BY = `query ($id: ID!) { kioskAt(counterId: $id) { cabinetId model obstacle deciCelsius lastSeenAt place { id paidTodayFen } papers { kind number }
  slots { code priceFen pricePer500gFen product { isCertified category { code } originCounty { code } } } } }`;
const CODE_ISSUE = `mutation ($cabinetId: ID!, $credentialId: ID!, $secret: String!) { kioskCodeIssue(cabinetId: $cabinetId, credentialId: $credentialId, secret: $secret) {
  ... on KioskCodeIssuePayload { scanCode link goodForSeconds } ... on DomainError { code } } }`;
const BUY = `mutation ($visit: String!, $input: KioskOrderPlaceInput!) { kioskOrderPlace(visit: $visit, input: $input) { __typename
  ... on KioskOrderPlacePayload { order { id } } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { state cancelReason vend { state items { slotCode quantity deliveredUnits } }
  merchantOrders { state handover } refunds { state amountFen } } }`;
const VENDS = `query ($cabinetId: ID) { vends(cabinetId: $cabinetId) { nodes { orderId state items { slotCode state } } } }`;
const BREAKS = `query ($merchantId: ID!) { vendBreaks(merchantId: $merchantId, isOpen: true) { nodes { id kind slotCode units takenUnits orderId } } }`;
const NEED = `query ($id: ID!, $nextVisitOn: Date!) { cabinet(id: $id) { need(nextVisitOn: $nextVisitOn) { fillUnits removeUnits stoppedSlots loadG
  slots { slotCode fillUnits removeUnits locks isStopped } } } }`;
const NEEDS = `query ($merchantId: ID!, $nextVisitOn: Date!) { cabinets(merchantId: $merchantId) { nodes { need(nextVisitOn: $nextVisitOn) { fillUnits slots { slotCode } } } } }`;
const ROUTE = `id state distanceM loadG isOwn stops { position cabinetId placeName legM state needs { slotCode productName fillUnits removeUnits } }`;
const ROUTE_PLAN = `mutation ($input: RestockRoutePlanInput!) { restockRoutePlan(input: $input) { __typename ... on RestockRoutePlanPayload { leftOutCabinets
  routes { ${ROUTE} } } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const ROUTES = `query ($day: Date, $state: RestockRouteState) { restockRoutes(day: $day, state: $state) { nodes { ${ROUTE} } } }`;
const ROUTE_CANCEL = `mutation ($routeId: ID!) { restockRouteCancel(routeId: $routeId) { __typename ... on RestockRouteCancelPayload { route { state stops { state } } }
  ... on RestockRouteStateError { state } ... on DomainError { code } } }`;
const PLACE = `mutation ($merchantId: ID!, $longitude: Float!, $latitude: Float!) { warehousePositionSet(merchantId: $merchantId, longitude: $longitude, latitude: $latitude) {
  __typename ... on InvalidInputError { fields { path } } } }`;
const VAN = `route { id state isOwn picks { source batchId units } van { batchId units } stops { state } }`;
const LOAD = `mutation ($routeId: ID!, $lines: [VanLineInput!]!, $causeKey: ID!) { restockVanLoad(routeId: $routeId, lines: $lines, causeKey: $causeKey) { __typename
  ... on RestockVanLoadPayload { ${VAN} } ... on InsufficientStockError { available } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const CLOSE = `mutation ($routeId: ID!, $lines: [VanLineInput!]!, $causeKey: ID!) { restockRouteClose(routeId: $routeId, lines: $lines, causeKey: $causeKey) { __typename
  ... on RestockRouteClosePayload { ${VAN} } ... on VanShortError { onVan } ... on DomainError { code } } }`;
const WRITE_OFF = `__typename ... on VanWriteOffRequestPayload { writeOff { id state isOwn lines { batchId merchantId quantity foundUnits } } }
  ... on RestockRouteStateError { state } ... on VanShortError { onVan missing } ... on InvalidInputError { fields { path } } ... on DomainError { code }`;
const WRITE_OFF_ASK = `mutation ($routeId: ID!, $lines: [VanLineInput!]!, $reason: String!, $causeKey: ID!) {
  vanWriteOffRequest(routeId: $routeId, lines: $lines, reason: $reason, causeKey: $causeKey) { ${WRITE_OFF} } }`;
const WRITE_OFF_DECIDE = `mutation ($writeOffId: ID!, $verdict: Verdict!, $reason: String) { vanWriteOffDecide(writeOffId: $writeOffId, verdict: $verdict, reason: $reason) {
  __typename ... on VanWriteOffDecidePayload { writeOff { state isOwn } } ... on VanWriteOffByAnotherError { obstacle } ... on VanShortError { onVan missing }
  ... on DomainError { code } } }`;
const WRITE_OFF_WITHDRAW = `mutation ($writeOffId: ID!) { vanWriteOffWithdraw(writeOffId: $writeOffId) { __typename ... on VanWriteOffWithdrawPayload { writeOff { state } }
  ... on DomainError { code } } }`;
const WRITE_OFFS = `query ($routeId: ID) { vanWriteOffs(routeId: $routeId) { nodes { state lines { productName traceCode quantity foundUnits } } } }`;
const VISIT = `id routeId deeds measuredDeciCelsius leftAt scannedAt isSigned note photoIds slots { slotCode countedUnits varianceUnits removedUnits disposedUnits filledUnits }`;
const SUBMIT = `mutation ($input: RestockVisitInput!) { restockVisitSubmit(input: $input) { __typename ... on RestockVisitSubmitPayload { visit { ${VISIT} } }
  ... on RestockVisitChangedError { slotCode } ... on VanShortError { onVan } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
const VISITS = `query ($cabinetId: ID) { restockVisits(cabinetId: $cabinetId) { nodes { ${VISIT} } } }`;
const SLOT_LOCK = `mutation ($cabinetId: ID!, $slotCode: ID!, $reason: String!) { slotLock(cabinetId: $cabinetId, slotCode: $slotCode, reason: $reason) { __typename
  ... on SlotLockPayload { cabinet { slots { code locks { reason detail } } } } ... on DomainError { code } } }`;
const SLOT_UNLOCK = `mutation ($cabinetId: ID!, $slotCode: ID!) { slotUnlock(cabinetId: $cabinetId, slotCode: $slotCode) { __typename
  ... on SlotUnlockPayload { cabinet { slots { code locks { reason } } } } } }`;
const RESOLVE = `mutation ($breakId: ID!, $note: String!) { vendBreakResolve(breakId: $breakId, note: $note) { __typename
  ... on VendBreakResolvePayload { vendBreak { note } } ... on DomainError { code } } }`;

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
const restocker = (scopeId: string): Grant => ({ role: 'RESTOCKER', scopeKind: 'MERCHANT', scopeId });
const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'merchant', 'settlement'], withSandbox: true });
  await makeDivisions(world);
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

const machineOf = async (made: Pick<MadeVending, 'cabinetId'>) => {
  const { credentialId } = await makeCredential(world, made.cabinetId);
  const [bootId, bootAt] = [newId('boot').replace('_', '-'), world.clock.now().getTime()];
  let seq = 0;
  const say = async (kind: string, data: object, happenedAt = world.clock.now()) => {
    seq += 1;
    const message = {
      v: 1,
      bootId,
      bootNo: 1,
      seq,
      at: happenedAt.toISOString(),
      up: happenedAt.getTime() - bootAt,
      data,
    };
    const uplink = { cabinetId: made.cabinetId, credentialId, version: 1, kind, isResent: false };
    const receipt = await world
      .get(InboxService)
      .receive({ ...uplink, payload: Buffer.from(JSON.stringify(message)) });
    expect(receipt).toBe('TAKEN');
  };
  const vend = (
    commandId: string | null,
    items: readonly (readonly [string, string, number])[],
    more: object = {},
    happenedAt = world.clock.now(),
  ) => {
    const data = {
      vendId: newId('v'),
      commandId,
      items: items.map(([slot, delivery, units]) => ({
        slot,
        delivery,
        units,
        grams: null,
        fen: units * 900,
      })),
      isTest: false,
      isInMaintenance: false,
      vendorCode: null,
      ...more,
    };
    return say('vend', data, happenedAt);
  };
  return { say, vend };
};

describe('goods that were too warm', () => {
  const DECIDE = `mutation ($cabinetId: ID!, $slotCodes: [ID!], $decision: GoodsDecision!, $reason: String!, $measured: Int, $photoId: ID) {
    cabinetGoodsDecide(cabinetId: $cabinetId, slotCodes: $slotCodes, decision: $decision, reason: $reason, measuredDeciCelsius: $measured, photoId: $photoId) { __typename
    ... on CabinetGoodsDecidePayload { ${SHELF} } ... on SlotHeldError { reserved } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
  const RESOLVE = `mutation ($alarmId: ID!, $note: String!) { cabinetAlarmResolve(alarmId: $alarmId, note: $note) { ... on DomainError { code } } }`;

  /** A cabinet that tells how warm it is. */
  const heated = async () => {
    const made = await makeVending(world);
    const { credentialId } = await makeCredential(world, made.cabinetId);
    let seq = 0;
    const read = async (deciCelsius: number) => {
      seq += 1;
      const at = world.clock.now().toISOString();
      const data = { deciCelsius, isDoorOpen: false, isMainsOn: true, signalDbm: null };
      const payload = Buffer.from(
        JSON.stringify({ v: 1, bootId: 'boot-0001', bootNo: 1, seq, at, up: seq, data }),
      );
      const { cabinetId } = made;
      const uplink = { cabinetId, credentialId, version: 1, kind: 'telemetry', payload, isResent: false };
      await world.get(InboxService).receive(uplink);
    };
    const warm = async () => {
      for (let minutes = 0; minutes <= 10; minutes += 5) {
        await read(320);
        world.clock.advance(5 * 60_000);
      }
    };
    const alarm = async () =>
      (
        await world.database.query<{ id: string; state: string; note: string }>(
          "SELECT id, state, note FROM cabinet_alarm WHERE cabinet_id = ? AND kind = 'TEMPERATURE' ORDER BY id DESC LIMIT 1",
          [made.cabinetId],
        )
      )[0];
    const person = world.person(owner(made.operatorId));
    const operator = world.client('merchant').as(person.token);
    const decide = (decision: string, slotCodes: readonly string[] | null, reason = '已逐一检查') =>
      operator.ask(DECIDE, { cabinetId: made.cabinetId, slotCodes, decision, reason });
    return { ...made, read, warm, alarm, operator, person, decide };
  };
  const locksOf = async (made: MadeVending) => (await kioskOf(made)).slots.map(({ lock }) => lock);

  it('are sold again, or leave the book, slot by slot as somebody decides; the last one resolves the alarm', async () => {
    const made = await heated();
    const { read, warm, alarm, operator, decide, cabinetId } = made;
    expect(await locksOf(made)).toEqual([null, null]);
    await warm();
    expect(await locksOf(made)).toEqual(['TEMPERATURE', 'TEMPERATURE']);

    expect(await decide('RELEASE', ['A1'])).toMatchObject({ code: 'ALARM_STILL_ON' });
    expect(await decide('DISPOSE', ['A1'], ' ')).toMatchObject({ fields: [{ path: 'reason' }] });
    // What has passed its day besides is thrown away with the rest.
    await world.database.transaction((tx) =>
      world.get(SlotLockService).lock(tx, cabinetId, ['A1'], { reason: 'EXPIRED', detail: '', by: null }),
    );
    const before = await unitsAt(made);
    expect(await decide('DISPOSE', ['A1'])).toMatchObject({
      cabinet: { shelf: [{ units: 0 }, { units: 5 }] },
    });
    await decide('DISPOSE', ['A1']);
    expect((before ?? 0) - ((await unitsAt(made)) ?? 0)).toBe(3);
    await read(200);
    const { id: alarmId } = present(await alarm(), 'an alarm');
    expect(await operator.ask(RESOLVE, { alarmId, note: '已降温' })).toMatchObject({
      code: 'GOODS_UNDECIDED',
    });

    await decide('RELEASE', ['A2']);
    expect(await alarm()).toMatchObject({ state: 'OPEN' }); // A3 holds nothing, and is locked as well.
    await warm();
    expect(await locksOf(made)).toEqual(['TEMPERATURE', 'TEMPERATURE']);
    await read(200);
    expect(await decide('RELEASE', null, '复检合格')).toMatchObject({
      cabinet: { slots: [{ locks: [] }, { locks: [] }, { locks: [] }] },
    });
    expect(await alarm()).toMatchObject({ id: alarmId, state: 'RESOLVED', note: '复检合格' });
    expect(await locksOf(made)).toEqual([null, null]);
    expect((await actsOn(cabinetId)).filter((act) => act.startsWith('cabinet.goods'))).toEqual([
      'cabinet.goods_disposed',
      'cabinet.goods_released',
      'cabinet.goods_released',
    ]);
  });

  it('are sold although the thermometer says otherwise, where another one says that it is wrong: with a photo, for a day, until it is repaired', async () => {
    const made = await heated();
    const { cabinetId, operator, person, read, warm, alarm } = made;
    const said = {
      cabinetId,
      slotCodes: null,
      decision: 'RELEASE_MEASURED',
      reason: '柜内温度计损坏，手持温度计实测',
      measured: 250,
    };
    const ask = (more: object) => operator.ask(DECIDE, { ...said, ...more });
    const open = () =>
      world.database.query<{ id: string; kind: string }>(
        'SELECT id, kind FROM cabinet_alarm WHERE open_cabinet_id = ? ORDER BY id',
        [cabinetId],
      );
    const shownTo = async (photoId: string) => {
      const rows = await world.database.query<object>(
        'SELECT measured_deci_celsius AS measured, photo_id AS photoId, measured_by AS "by" FROM goods_measurement WHERE cabinet_id = ?',
        [cabinetId],
      );
      expect(rows).toEqual([{ measured: 250, photoId, by: person.userId }]);
    };
    await warm();
    const photoId = await makePhoto(world, person.userId);
    expect(await ask({ measured: 290, photoId })).toMatchObject({
      fields: [{ path: 'measuredDeciCelsius' }],
    });
    expect(await ask({})).toMatchObject({ fields: [{ path: 'photoId' }] });
    const another = await makePhoto(world, newId('usr'));
    expect(await operator.codeOf(DECIDE, { ...said, photoId: another })).toBe('NOT_FOUND');
    expect(await locksOf(made)).toEqual(['TEMPERATURE', 'TEMPERATURE']);

    await ask({ photoId });
    await ask({ photoId });
    await shownTo(photoId);
    expect(await locksOf(made)).toEqual([null, null]);
    expect(await alarm()).toMatchObject({ state: 'RESOLVED', note: said.reason });
    await warm();
    expect(await locksOf(made)).toEqual([null, null]);
    const [thermometer] = await open();
    expect(await open()).toMatchObject([{ kind: 'THERMOMETER' }]);

    // Nobody has measured again: a day later it is believed again, wrong as it may be.
    world.clock.advance(24 * 3_600_000);
    await warm();
    expect(await locksOf(made)).toEqual(['TEMPERATURE', 'TEMPERATURE']);
    await ask({ photoId: await makePhoto(world, person.userId) });
    expect(await locksOf(made)).toEqual([null, null]);
    await operator.ask(RESOLVE, { alarmId: thermometer?.id, note: '温度计已更换' });
    expect(await open()).toEqual([]);
    await read(200);
    await warm();
    expect(await locksOf(made)).toEqual(['TEMPERATURE', 'TEMPERATURE']);
  });

  it('are for whoever runs the cabinet to decide, once however many do at the same moment', async () => {
    const made = await heated();
    await made.warm();
    const vars = { cabinetId: made.cabinetId, slotCodes: null, decision: 'DISPOSE', reason: '已变质' };
    expect(await at('merchant', owner(newId('mer'))).codeOf(DECIDE, vars)).toBe('NOT_FOUND');
    expect(await at('merchant', official()).codeOf(DECIDE, vars)).toBe('FORBIDDEN');
    expect(await made.operator.codeOf(DECIDE, { ...vars, slotCodes: ['A1', 'Z9'] })).toBe('NOT_FOUND');
    await Promise.all([1, 2, 3].map(() => made.decide('DISPOSE', null)));
    expect((await actsOn(made.cabinetId)).filter((act) => act === 'cabinet.goods_disposed')).toHaveLength(1);
    expect((await unitsAt(made)) ?? 0).toBe(0);
  });
});

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

  it('asks no more than 30 percent above what such goods usually cost, but what it asks already', async () => {
    const kindCode = await makeGoodsKind(world);
    const { cabinetId, operatorId } = await makeCabinet(world);
    const wish = { merchantId: operatorId as `mer_${string}`, netWeightG: 500, pricesFen: [800n], kindCode };
    const { variantId } = await makeProduct(world, { ...wish, grade: 'FIRST' });
    const operator = at('merchant', owner(operatorId));
    const set = (priceFen: string, revision: number, parLevel = 8) =>
      operator.ask(PLAN, { cabinetId, revision, slots: [{ slotCode: 'A1', variantId, priceFen, parLevel }] });
    const usually = async (jinPriceFen: bigint) => {
      const month = businessDay(world.clock.now()).slice(0, 7);
      const price = { kindCode, grade: 'FIRST' as const, monthFrom: month, monthTo: month, jinPriceFen };
      const by = { userId: newId('usr'), divisions: 'ALL' as const };
      const input = { ...price, idempotencyKey: newId('req'), source: '县价格监测' };
      await world.get(ReferencePriceService).record(input, by);
    };

    await usually(1_000n);
    expect(await set('1301', 0)).toMatchObject({ fields: [{ path: 'slots.0.priceFen' }] });
    expect(await set('1300', 0)).toMatchObject({ cabinet: { planRevision: 1 } });
    await usually(700n);
    expect(await set('1300', 1, 5)).toMatchObject({ cabinet: { planRevision: 2 } });
    expect(await set('1301', 2)).toMatchObject({ fields: [{ path: 'slots.0.priceFen' }] });
    expect(await set('900', 2)).toMatchObject({ cabinet: { planRevision: 3 } });
    expect(await set('1300', 3)).toMatchObject({ fields: [{ path: 'slots.0.priceFen' }] });
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

  it('is taken out of a slot that is gone, and of a cabinet that is retired, until another stands there', async () => {
    const made = await makeVending(world);
    const { cabinetId, operatorId, product } = made;
    const operator = at('merchant', owner(operatorId));
    const by = { userId: newId('usr'), scope: { divisions: 'ALL' } } as const;
    const count = (slotCode: string, quantity: number) => ({
      cabinetId,
      slotCode,
      batches: quantity === 0 ? [] : [{ batchId: product.batchIds[0], quantity }],
      causeKey: newId('req'),
    });
    await world
      .get(CabinetService)
      .setSlots(cabinetId, 1, [{ code: 'A2', capacity: 10, maxItemG: 1_000 }], by);
    const plan = {
      cabinetId,
      revision: 1,
      slots: [{ slotCode: 'A2', variantId: product.variantId, priceFen: '900', parLevel: 8 }],
    };
    expect(await operator.ask(PLAN, plan)).toMatchObject({ code: 'SLOT_NOT_EMPTY', slotCode: 'A1' });
    expect(await operator.codeOf(COUNT, count('A1', 1))).toBe('NOT_FOUND');
    expect(await operator.codeOf(COUNT, count('Z9', 0))).toBe('NOT_FOUND');
    const filling = { cabinetId, slotCode: 'A1', batchId: product.batchIds[0], quantity: 1, causeKey: 'x' };
    expect(await operator.codeOf(FILL, filling)).toBe('NOT_FOUND');
    expect(await operator.ask(COUNT, count('A1', 0))).toMatchObject({ __typename: 'SlotCountPayload' });
    expect(await operator.ask(PLAN, plan)).toMatchObject({ cabinet: { planRevision: 2 } });
    expect(await unitsAt(made)).toBe(5);

    await world.get(CabinetService).retire(cabinetId, by);
    expect(await operator.ask(COUNT, count('A2', 4))).toMatchObject({ code: 'CABINET_RETIRED' });
    expect(await unitsAt(made)).toBe(5);
    expect(await operator.ask(COUNT, count('A2', 0))).toMatchObject({ __typename: 'SlotCountPayload' });
    expect((await unitsAt(made)) ?? 0).toBe(0);

    const before = await makeVending(world);
    await world.get(CabinetService).retire(before.cabinetId, by);
    const { channelPointId, operatorId: next } = before;
    const slots = [{ code: 'A1', capacity: 10, maxItemG: 1_000 }];
    const successor = { channelPointId, operatorId: next, serialNo: 'TEST-SUCCESSOR', slots };
    await world.get(CabinetService).register(successor, { userId: newId('usr'), divisions: 'ALL' });
    const asked = { cabinetId: before.cabinetId, slotCode: 'A1', batches: [], causeKey: 'x' };
    expect(await at('merchant', owner(next)).ask(COUNT, asked)).toMatchObject({ code: 'CABINET_RETIRED' });
    expect(await unitsAt(before)).toBe(8);
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

describe('a route', () => {
  const WISH = {
    day: TODAY,
    nextVisitOn: '2026-12-03',
    routesMax: 2,
    visitsMax: 2,
    loadMaxG: 100_000,
    fillUnitsMin: 3,
  };
  const START = { longitude: 113.7, latitude: 26.49 };
  interface ShownRoute {
    readonly id: string;
    readonly state: string;
    readonly distanceM: number;
    readonly stops: readonly { readonly cabinetId: string; readonly state: string }[];
  }
  interface ShownPlan {
    readonly routes: readonly ShownRoute[];
    readonly leftOutCabinets: number;
  }

  it('goes to whoever needs something, within its limits, and nobody goes there twice', async () => {
    const near = await makeVending(world, { longitude: 113.72, batches: [{ quantity: 3 }] });
    const far = await makeVending(world, { beside: near, longitude: 113.8 });
    const middle = await makeVending(world, { beside: near, longitude: 113.76 });
    const { operatorId: merchantId } = near;
    const as = at('merchant', owner(merchantId));
    const plan = (idempotencyKey: string, changes: object = {}) =>
      as.ask<ShownPlan & { readonly code?: string }>(ROUTE_PLAN, {
        input: { ...WISH, merchantId, idempotencyKey, ...changes },
      });
    expect(await as.ask(NEED, { id: near.cabinetId, nextVisitOn: WISH.nextVisitOn })).toMatchObject({
      need: {
        fillUnits: 8,
        removeUnits: 0,
        stoppedSlots: 0,
        loadG: 4_000,
        slots: [
          { slotCode: 'A1', fillUnits: 5 },
          { slotCode: 'A2', fillUnits: 3 },
        ],
      },
    });
    expect(await plan('route-0001')).toMatchObject({ code: 'WAREHOUSE_UNPLACED' });
    expect(await as.ask(PLACE, { merchantId, ...START, longitude: 181 })).toMatchObject({
      fields: [{ path: 'longitude' }],
    });
    await as.ask(PLACE, { merchantId, ...START });

    const first = await plan('route-0001');
    expect(first.routes.map(({ stops }) => stops.map(({ cabinetId }) => cabinetId))).toEqual([
      [near.cabinetId, middle.cabinetId],
      [far.cabinetId],
    ]);
    expect(first).toMatchObject({
      leftOutCabinets: 0,
      routes: [
        {
          state: 'PLANNED',
          loadG: 8_000,
          isOwn: false,
          stops: [
            {
              position: 1,
              placeName: '消费扶贫专柜',
              needs: [
                { slotCode: 'A1', fillUnits: 5 },
                { slotCode: 'A2', fillUnits: 3 },
              ],
            },
            { position: 2 },
          ],
        },
        { loadG: 4_000 },
      ],
    });
    expect(await plan('route-0001')).toEqual(first);
    expect(await plan('route-0001', { visitsMax: 3 })).toMatchObject({ code: 'RESTOCK_KEY_REUSED' });
    expect(await plan('route-0002')).toEqual({
      __typename: 'RestockRoutePlanPayload',
      routes: [],
      leftOutCabinets: 0,
    });

    const [one, two] = first.routes;
    const gone = { route: { state: 'CANCELLED', stops: [{ state: 'SKIPPED' }] } };
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as.ask(ROUTE_CANCEL, { routeId: two?.id })).toMatchObject(gone);
    // Two plan at the same moment: one of them has it.
    const both = await Promise.all(['route-0003', 'route-0004'].map((key) => plan(key)));
    expect(
      both.flatMap(({ routes }) => routes).map(({ stops }) => stops.map(({ cabinetId }) => cabinetId)),
    ).toEqual([[far.cabinetId]]);

    const { nodes } = await as.ask<{ nodes: ShownRoute[] }>(ROUTES, { state: 'PLANNED', day: TODAY });
    expect(nodes.map(({ stops }) => stops[0]?.cabinetId)).toEqual([far.cabinetId, near.cabinetId]);
    // Who restocks sees what nobody has taken, and calls nothing off.
    const driver = at('merchant', restocker(merchantId));
    expect((await driver.ask<{ nodes: ShownRoute[] }>(ROUTES, {})).nodes.map(({ state }) => state)).toEqual([
      'PLANNED',
      'PLANNED',
    ]);
    expect(await driver.codeOf(ROUTE_CANCEL, { routeId: one?.id })).toBe('FORBIDDEN');
    const stranger = at('merchant', owner((await makeMerchant(world)).id));
    expect(await stranger.codeOf(ROUTE_CANCEL, { routeId: one?.id })).toBe('NOT_FOUND');
    expect(
      await stranger.codeOf(ROUTE_PLAN, { input: { ...WISH, merchantId, idempotencyKey: 'route-0009' } }),
    ).toBe('NOT_FOUND');
    expect((await stranger.ask<{ nodes: ShownRoute[] }>(ROUTES, {})).nodes).toEqual([]);
    // As many statements for three cabinets as for one.
    const asked = { merchantId, nextVisitOn: WISH.nextVisitOn };
    await as.ask(NEEDS, asked);
    const all = await countStatements(() => as.ask(NEEDS, asked));
    await world.asOwner((tx) =>
      tx.write("UPDATE cabinet SET operator_id = 'mer_gone' WHERE id IN (?)", [
        [near.cabinetId, far.cabinetId],
      ]),
    );
    expect(await countStatements(() => as.ask(NEEDS, asked))).toBe(all);
  });

  it('comes to what stands still first; what nobody has surveyed is counted as left out', async () => {
    const full = await makeVending(world, { batches: [{ quantity: 8 }] });
    const stopped = await makeVending(world, { beside: full, batches: [{ quantity: 8 }], longitude: 113.9 });
    const unknown = await makeVending(world, { beside: full });
    const { operatorId: merchantId } = full;
    const as = at('merchant', owner(merchantId));
    await as.ask(PLACE, { merchantId, ...START });
    await world.asOwner((tx) =>
      tx.write('UPDATE channel_point SET longitude = NULL, latitude = NULL WHERE id = ?', [
        unknown.channelPointId,
      ]),
    );
    const locking = { cabinetId: stopped.cabinetId, slotCode: 'A1' };
    expect(await as.ask(SLOT_LOCK, { ...locking, reason: ' ' })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await as.codeOf(SLOT_LOCK, { ...locking, slotCode: 'Z9', reason: '清洁' })).toBe('NOT_FOUND');
    for (const reason of ['清洁', '又一次'])
      expect(await as.ask(SLOT_LOCK, { ...locking, reason })).toMatchObject({
        cabinet: {
          slots: [
            { code: 'A1', locks: [{ reason: 'OPERATOR', detail: '清洁' }] },
            { locks: [] },
            { locks: [] },
          ],
        },
      });
    expect((await kioskOf(stopped)).slots).toMatchObject([{ lock: 'OPERATOR' }, { lock: null }]);
    expect(
      await at('merchant', restocker(merchantId)).codeOf(SLOT_LOCK, { ...locking, reason: '清洁' }),
    ).toBe('FORBIDDEN');

    const input = { ...WISH, merchantId, idempotencyKey: 'route-0001', routesMax: 1, visitsMax: 1 };
    const { routes, leftOutCabinets } = await as.ask<ShownPlan>(ROUTE_PLAN, { input });
    expect(routes.map(({ stops }) => stops.map(({ cabinetId }) => cabinetId))).toEqual([[stopped.cabinetId]]);
    expect(leftOutCabinets).toBe(2);
    const invalid = {
      ...input,
      day: '2026-11-25',
      nextVisitOn: '2026-11-25',
      routesMax: 0,
      visitsMax: 41,
      loadMaxG: 0,
      fillUnitsMin: 0,
      idempotencyKey: 'x',
    };
    expect(await as.ask(ROUTE_PLAN, { input: invalid })).toMatchObject({
      fields: [
        'idempotencyKey',
        'day',
        'nextVisitOn',
        'routesMax',
        'visitsMax',
        'loadMaxG',
        'fillUnitsMin',
      ].map((path) => ({ path })),
    });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await as.ask(SLOT_UNLOCK, locking)).toMatchObject({
        cabinet: { slots: [{ locks: [] }, {}, {}] },
      });
    expect((await actsOn(stopped.cabinetId)).filter((act) => act.endsWith('locked'))).toEqual([
      'cabinet.slot_locked',
      'cabinet.slot_unlocked',
    ]);
  });
});

describe('a visit', () => {
  const minutesAgo = (minutes: number) => new Date(world.clock.now().getTime() - minutes * 60_000);
  interface SlotSaid {
    readonly slotCode: string;
    readonly counted?: object;
    readonly removed?: object;
    readonly filled?: object;
    readonly countedAt?: Date;
  }
  const unitsOf = (units: object = {}) =>
    Object.entries(units).map(([batchId, quantity]) => ({ batchId, quantity: Number(quantity) }));

  /** A cabinet with three of a batch in A1 and five in A2, and a van with ten of that and ten of a later one. */
  const onTheWay = async () => {
    const made = await makeVending(world, {
      batches: [{ quantity: 3, bestBeforeOn: '2026-12-20' }],
      longitude: 113.9,
    });
    const { operatorId: merchantId, product, cabinetId } = made;
    const { variantId } = product;
    const [batchId = ''] = product.batchIds;
    const manager = at('merchant', owner(merchantId));
    await manager.ask(PLACE, { merchantId, longitude: 113.7, latitude: 26.49 });
    const input = {
      merchantId,
      idempotencyKey: newId('req'),
      day: TODAY,
      nextVisitOn: '2026-12-03',
      routesMax: 1,
      visitsMax: 5,
      loadMaxG: 100_000,
      fillUnitsMin: 1,
    };
    const { routes } = await manager.ask<{ routes: { id: string }[] }>(ROUTE_PLAN, { input });
    const routeId = routes[0]?.id ?? '';
    const man = world.person(restocker(merchantId));
    const driver = world.client('merchant').as(man.token);
    const load = (quantity: number, causeKey = 'load-1') =>
      driver.ask<Record<string, unknown>>(LOAD, {
        routeId,
        causeKey,
        lines: [{ variantId, batchId, quantity }],
      });
    const visitKey = newId('req');
    const submit = (slots: readonly SlotSaid[], more: object = {}, as = driver) =>
      as.ask<Record<string, unknown>>(SUBMIT, {
        input: {
          visitKey,
          routeId,
          cabinetId,
          arrivedAt: minutesAgo(20),
          leftAt: minutesAgo(1),
          isComplete: true,
          photoIds: [],
          slots: slots.map(({ slotCode, counted, removed, filled, countedAt }) => ({
            slotCode,
            countedAt: countedAt ?? minutesAgo(10),
            counted: unitsOf(counted),
            removed: unitsOf(removed).map((each) => ({ ...each, fate: 'TAKEN' })),
            filled: unitsOf(filled),
          })),
          ...more,
        },
      });
    const close = (quantity: number, causeKey = 'close-1') =>
      manager.ask<Record<string, unknown>>(CLOSE, {
        routeId,
        causeKey,
        lines: quantity === 0 ? [] : [{ variantId, batchId, quantity }],
      });
    /** Of the variant, wherever it lies. */
    const everywhere = async () => {
      const [row] = await world.database.query<{ units: string }>(
        'SELECT SUM(on_hand) AS units FROM stock_level WHERE variant_id = ?',
        [variantId],
      );
      return Number(row?.units);
    };
    world.clock.advance(3_600_000);
    return {
      made,
      variantId,
      batchId,
      routeId,
      man,
      driver,
      manager,
      load,
      submit,
      close,
      everywhere,
      merchantId,
    };
  };

  it('asks the database as often for two slots as for one', async () => {
    const { batchId, load, submit } = await onTheWay();
    await load(3);
    const visit = async (slots: readonly SlotSaid[]) => {
      world.clock.advance(1_800_000);
      const said = { visitKey: newId('req') };
      return countStatements(async () =>
        expect(await submit(slots, said)).toMatchObject({ __typename: 'RestockVisitSubmitPayload' }),
      );
    };
    // What is read once and kept is read by the first.
    await visit([{ slotCode: 'A1', counted: { [batchId]: 3 }, filled: { [batchId]: 1 } }]);
    const one = await visit([{ slotCode: 'A1', counted: { [batchId]: 4 }, filled: { [batchId]: 1 } }]);

    const two = await visit([
      { slotCode: 'A1', counted: { [batchId]: 5 } },
      { slotCode: 'A2', counted: { [batchId]: 5 }, filled: { [batchId]: 1 } },
    ]);

    expect(two).toBe(one);
  });

  it('moves what is filled from the warehouse over the van into the slot, and back what is left; nothing vanishes on the way, however often it is said', async () => {
    const {
      made,
      batchId,
      variantId,
      routeId,
      driver,
      manager,
      load,
      submit,
      close,
      everywhere,
      merchantId,
    } = await onTheWay();
    const before = await everywhere();
    const stranger = at('merchant', restocker((await makeMerchant(world)).id));
    expect(await submit([])).toMatchObject({ code: 'RESTOCK_ROUTE_STATE' });
    expect(await stranger.codeOf(LOAD, { routeId, causeKey: 'x', lines: [] })).toBe('NOT_FOUND');
    const { nodes } = await driver.ask<{ nodes: { picks: object[] }[] }>(
      `query { restockRoutes { nodes { picks { source batchId units } } } }`,
      {},
    );
    // Three in the warehouse, and eight are wanted.
    expect(nodes).toEqual([
      {
        picks: [
          { source: 'WAREHOUSE', batchId, units: 3 },
          { source: 'MISSING', batchId: null, units: 5 },
        ],
      },
    ]);
    expect(await load(4)).toMatchObject({ code: 'INSUFFICIENT_STOCK', available: 3 });
    expect(await load(0)).toMatchObject({ fields: [{ path: 'lines.0.quantity' }] });
    // Of a merchant who stands in none of its cabinets.
    const foreign = await makeProduct(world, { batches: [{ quantity: 1, bestBeforeOn: null }] });
    const strays = [{ variantId: foreign.variantId, batchId: foreign.batchIds[0], quantity: 1 }];
    expect(await driver.codeOf(LOAD, { routeId, causeKey: 'stray', lines: strays })).toBe('NOT_FOUND');
    for (let twice = 0; twice < 2; twice += 1)
      expect(await load(3)).toMatchObject({
        route: { state: 'UNDER_WAY', isOwn: true, picks: [], van: [{ batchId, units: 3 }] },
      });
    expect(await load(2)).toMatchObject({ code: 'STOCK_CAUSE_REUSED' });
    expect(await load(1, 'load-2')).toMatchObject({ code: 'INSUFFICIENT_STOCK', available: 0 });
    // It is somebody's now: others who restock do not see it.
    expect((await at('merchant', restocker(merchantId)).ask<{ nodes: object[] }>(ROUTES, {})).nodes).toEqual(
      [],
    );

    const first = [{ slotCode: 'A1', counted: { [batchId]: 3 }, filled: { [batchId]: 2 } }];
    expect(await submit([{ ...first[0], slotCode: 'A1', filled: { [batchId]: 4 } }])).toMatchObject({
      code: 'VAN_SHORT',
      onVan: 3,
    });
    const part = await submit(first, { isComplete: false });
    expect(part).toMatchObject({
      visit: {
        leftAt: null,
        scannedAt: null,
        isSigned: false,
        slots: [{ slotCode: 'A1', countedUnits: 3, varianceUnits: 0, filledUnits: 2 }],
      },
    });
    expect(await submit(first, { isComplete: false })).toEqual(part);
    expect(await submit([{ slotCode: 'A1', counted: { [batchId]: 2 } }])).toMatchObject({
      code: 'RESTOCK_VISIT_CHANGED',
      slotCode: 'A1',
    });
    expect(await submit([], { arrivedAt: minutesAgo(21) })).toMatchObject({
      code: 'RESTOCK_VISIT_CHANGED',
      slotCode: null,
    });
    // What is taken out of one slot is on the van.
    expect(
      await submit([...first, { slotCode: 'A2', counted: { [batchId]: 5 }, removed: { [batchId]: 4 } }]),
    ).toMatchObject({
      visit: {
        slots: [{ slotCode: 'A1' }, { slotCode: 'A2', removedUnits: 4, disposedUnits: 0, varianceUnits: 0 }],
      },
    });
    expect((await kioskOf(made)).slots).toMatchObject([{ available: 5 }, { available: 1 }]);
    expect(await everywhere()).toBe(before);

    expect(await close(6)).toMatchObject({ code: 'VAN_SHORT', onVan: 5 });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await close(4)).toMatchObject({
        route: { state: 'DONE', van: [{ batchId, units: 1 }], stops: [{ state: 'VISITED' }] },
      });
    expect(await everywhere()).toBe(before);
    const [moved] = await world.database.query<{ sum: string }>(
      "SELECT SUM(m.quantity) AS sum FROM stock_movement m JOIN stock_level l ON l.id = m.stock_level_id WHERE m.kind = 'MOVED' AND l.variant_id = ?",
      [variantId],
    );
    expect(Number(moved?.sum)).toBe(0);
    expect(
      (await manager.ask<{ nodes: object[] }>(VISITS, { cabinetId: made.cabinetId })).nodes,
    ).toHaveLength(1);
    expect(
      (await at('settlement', official()).ask<{ nodes: object[] }>(VISITS, { cabinetId: made.cabinetId }))
        .nodes,
    ).toHaveLength(1);
    for (const nobody of [at('settlement', official('430224')), stranger])
      expect((await nobody.ask<{ nodes: object[] }>(VISITS, {})).nodes).toEqual([]);
  });

  it('is proved by what the screen showed, by photos of one’s own and a signature', async () => {
    const { made, batchId, man, load, submit } = await onTheWay();
    await load(1);
    const [photoId, signatureId, foreign] = [
      await makePhoto(world, man.userId),
      await makePhoto(world, man.userId),
      await makePhoto(world, newId('usr')),
    ];
    const { code: scanCode } = world.get(KioskCodeService).issue('SCAN', made.cabinetId);
    const other = world.get(KioskCodeService).issue('SCAN', newId('cab')).code;
    const slots = [{ slotCode: 'A1', counted: { [batchId]: 3 } }];
    const scanned = { arrivedAt: minutesAgo(5), leftAt: minutesAgo(0) };
    const said = slots.map((slot) => ({ ...slot, countedAt: minutesAgo(1) }));

    expect(await submit(said, { ...scanned, scanCode: other })).toMatchObject({ code: 'SCAN_EXPIRED' });
    expect(await submit(slots, { scanCode })).toMatchObject({ code: 'SCAN_EXPIRED' }); // It left a minute ago.
    expect(await submit(said, { ...scanned, photoIds: [foreign] })).toMatchObject({
      fields: [{ path: 'photoIds' }],
    });
    expect(
      await submit(said, {
        ...scanned,
        scanCode: world.get(KioskCodeService).issue('VISIT', made.cabinetId).code,
      }),
    ).toMatchObject({ code: 'SCAN_EXPIRED' });
    // Long after both code and visit are over.
    world.clock.advance(86_400_000);
    const late = {
      arrivedAt: minutesAgo(1_445),
      leftAt: minutesAgo(1_440),
      scanCode,
      photoIds: [photoId],
      signatureId,
      note: ' 柜门已锁 ',
    };
    expect(await submit([{ ...slots[0], slotCode: 'A1', countedAt: minutesAgo(1_441) }], late)).toMatchObject(
      {
        visit: {
          scannedAt: minutesAgo(1_440).toISOString(),
          isSigned: true,
          note: '柜门已锁',
          photoIds: [photoId],
        },
      },
    );
    expect(await submit([], { ...late, note: '另一句' })).toMatchObject({
      code: 'RESTOCK_VISIT_CHANGED',
      slotCode: null,
    });
  });

  it('that is heard of late makes nothing of what was sold meanwhile, leaves what was counted later, and frees only what was locked before', async () => {
    const { made, batchId, load, submit, close, everywhere } = await onTheWay();
    await load(3);
    const before = await everywhere();
    const visitAt = { arrivedAt: minutesAgo(20), leftAt: minutesAgo(1) };
    const slots = [
      { slotCode: 'A1', countedAt: minutesAgo(10), counted: { [batchId]: 3 }, filled: { [batchId]: 2 } },
      { slotCode: 'A2', countedAt: minutesAgo(9), counted: { [batchId]: 5 }, filled: { [batchId]: 1 } },
    ];
    const lock = (code: string) =>
      world.database.transaction((tx) =>
        world
          .get(SlotLockService)
          .lock(tx, made.cabinetId, [code], { reason: 'FAULT', detail: '', by: null }),
      );
    const { operatorId } = made;
    // Meanwhile one is sold out of A1, A2 is counted as it is by somebody else and jams, and the van is back and counted empty.
    world.clock.advance(600_000);
    await world.database.transaction((tx) =>
      world
        .get(SlotStockService)
        .takeOut(tx, { channelPointId: made.channelPointId, slotCode: 'A1' }, 1, 'sold'),
    );
    const counting = {
      cabinetId: made.cabinetId,
      slotCode: 'A2',
      batches: [{ batchId, quantity: 6 }],
      causeKey: 'c',
    };
    await at('merchant', owner(operatorId)).ask(COUNT, counting);
    await lock('A2');
    world.clock.advance(600_000);
    expect(await close(0)).toMatchObject({
      route: { state: 'DONE', van: [{ units: 3 }], stops: [{ state: 'SKIPPED' }] },
    });
    expect(await everywhere()).toBe(before);

    expect(await submit(slots, visitAt)).toMatchObject({
      visit: {
        slots: [
          { slotCode: 'A1', varianceUnits: 0, filledUnits: 2 },
          { slotCode: 'A2', varianceUnits: 0, filledUnits: 1 },
        ],
      },
    });
    // A1: three and two, one sold. A2: what was counted later.
    expect(await unitsAt(made)).toBe(10);
    expect((await kioskOf(made)).slots).toMatchObject([{ available: 4 }, { available: 6, lock: 'FAULT' }]);
    // The count that could not know of the filling, and what takes that back.
    const [lost] = await world.database.query<{ units: string }>(
      'SELECT SUM(expected_units - counted_units) AS units FROM slot_count WHERE cabinet_id = ?',
      [made.cabinetId],
    );
    expect(Number(lost?.units)).toBe(0);
    expect(await close(0, 'close-2')).toMatchObject({ route: { van: [], stops: [{ state: 'VISITED' }] } });
  });

  it('said by three phones at once is done once, and whoever says something else is told so', async () => {
    const { made, batchId, load, submit, everywhere } = await onTheWay();
    await load(3);
    const before = await everywhere();
    const saying = (filled: number) => [
      { slotCode: 'A1', counted: { [batchId]: 3 }, filled: { [batchId]: filled } },
    ];
    const answers = await Promise.all([submit(saying(2)), submit(saying(2)), submit(saying(1))]);
    const refusals = answers.filter(({ code }) => code !== undefined);
    // Whoever was first: both who say the same, or the one who does not.
    const filled = refusals.length === 1 ? 2 : 1;
    expect(refusals.map(({ code, slotCode }) => [code, slotCode])).toEqual(
      Array.from({ length: filled === 2 ? 1 : 2 }, () => ['RESTOCK_VISIT_CHANGED', 'A1']),
    );
    expect((await kioskOf(made)).slots).toMatchObject([{ available: 3 + filled }, { available: 5 }]);
    expect(await everywhere()).toBe(before);
    const [kept] = await world.database.query<Record<'visits' | 'counts', string>>(
      `SELECT (SELECT COUNT(*) FROM restock_visit WHERE cabinet_id = ?) AS visits, (SELECT COUNT(*) FROM slot_count WHERE cabinet_id = ?) AS counts`,
      [made.cabinetId, made.cabinetId],
    );
    expect([Number(kept?.visits), Number(kept?.counts)]).toEqual([1, 1]);
  });

  it('whose van is short of something has it written off by two people, and takes back what it explains after all', async () => {
    const way = await onTheWay();
    const { batchId, variantId, routeId, merchantId, manager, driver, load, submit, close, everywhere } = way;
    await load(3);
    const before = await everywhere();
    const write = (quantity: number, causeKey: string, as = manager) =>
      as.ask<{ writeOff: { id: string } }>(WRITE_OFF_ASK, {
        routeId,
        causeKey,
        reason: '清点后仍缺',
        lines: [{ variantId, batchId, quantity }],
      });
    const decide = (writeOffId: string, as: typeof manager, verdict = 'APPROVE', reason?: string) =>
      as.ask<Record<string, unknown>>(WRITE_OFF_DECIDE, { writeOffId, verdict, reason });
    expect(await write(3, 'lost-1')).toMatchObject({ code: 'RESTOCK_ROUTE_STATE', state: 'UNDER_WAY' });
    await close(0);
    expect(await write(4, 'lost-1')).toMatchObject({ code: 'VAN_SHORT', onVan: 3, missing: 1 });
    const asking = { routeId, causeKey: 'x', reason: 'x', lines: [] };
    expect(await driver.codeOf(WRITE_OFF_ASK, asking)).toBe('FORBIDDEN');

    const asked = await write(3, 'lost-1');
    const { id } = asked.writeOff;
    expect(asked).toMatchObject({ writeOff: { state: 'REQUESTED', isOwn: true, lines: [{ quantity: 3 }] } });
    expect(await write(3, 'lost-1')).toEqual(asked);
    expect(await write(2, 'lost-1')).toMatchObject({ code: 'RESTOCK_KEY_REUSED' });
    expect(await everywhere()).toBe(before);
    // Whoever asked, whoever drove the van, and strangers do not agree to it.
    const drove = world
      .client('merchant')
      .as(world.get(AccessTokens).sign({ ...way.man, sessionId: newId('ses'), grants: [owner(merchantId)] }));
    const colleague = at('merchant', owner(merchantId));
    const stranger = at('merchant', owner((await makeMerchant(world)).id));
    const elsewhere = at('settlement', official('430224'));
    expect(await decide(id, manager)).toMatchObject({ code: 'SELF_APPROVAL' });
    expect(await decide(id, drove)).toMatchObject({ code: 'VAN_WRITE_OFF_BY_ANOTHER', obstacle: 'OWN_VAN' });
    for (const nobody of [stranger, elsewhere])
      expect(await nobody.codeOf(WRITE_OFF_DECIDE, { writeOffId: id, verdict: 'APPROVE' })).toBe('NOT_FOUND');
    expect(await colleague.codeOf(WRITE_OFF_WITHDRAW, { writeOffId: id })).toBe('NOT_FOUND');
    expect(await everywhere()).toBe(before);

    const answers = await Promise.all([decide(id, colleague), decide(id, at('merchant', owner(merchantId)))]);
    const refusals = answers.flatMap(({ code }) => code ?? []);
    expect(refusals).toEqual(['VAN_WRITE_OFF_STATE']);
    expect(await everywhere()).toBe(before - 3);
    expect(await manager.ask(WRITE_OFF_WITHDRAW, { writeOffId: id })).toMatchObject({
      code: 'VAN_WRITE_OFF_STATE',
    });

    // A phone that was without a network says now that it filled two of them; one has turned up in the yard.
    const slots = [{ slotCode: 'A1', counted: { [batchId]: 3 }, filled: { [batchId]: 2 } }];
    for (let twice = 0; twice < 2; twice += 1)
      expect(await submit(slots)).toMatchObject({ visit: { slots: [{ filledUnits: 2, varianceUnits: 0 }] } });
    expect(await close(2, 'close-2')).toMatchObject({ code: 'VAN_SHORT', onVan: 0 });
    for (let twice = 0; twice < 2; twice += 1)
      expect(await close(1, 'close-2')).toMatchObject({ route: { state: 'DONE', van: [] } });
    expect(await everywhere()).toBe(before);
    expect(await unitsAt(way.made)).toBe(10);
    const shown = await at('settlement', official()).ask<{ nodes: object[] }>(WRITE_OFFS, { routeId });
    expect(shown.nodes).toEqual([
      { state: 'BOOKED', lines: [expect.objectContaining({ quantity: 3, foundUnits: 3 })] },
    ]);
    const [audit] = await world.database.query<{ acts: string }>(
      "SELECT GROUP_CONCAT(act ORDER BY id) AS acts FROM audit_entry WHERE subject IN (?, CONCAT('VAN_WRITE_OFF:', ?))",
      [id, id],
    );
    expect(audit?.acts).toBe('approval.requested,approval.approved,restock.van_written_off');
  });

  it('whose van is short of what belongs to another merchant is for an official; what was explained meanwhile is not written off', async () => {
    const way = await onTheWay();
    const foreign = await makeProduct(world, { batches: [{ quantity: 5, bestBeforeOn: null }] });
    const { routeId, writeOffId } = await makeWriteOff(world, { ...foreign, merchantId: way.merchantId });
    const colleague = at('merchant', owner(way.merchantId));
    const said = { writeOffId, verdict: 'APPROVE' };
    expect(await colleague.ask(WRITE_OFF_DECIDE, said)).toMatchObject({
      code: 'VAN_WRITE_OFF_BY_ANOTHER',
      obstacle: 'GOODS_OF_OTHERS',
    });
    const { variantId, batchIds } = foreign;
    const back = { routeId, causeKey: 'back', lines: [{ variantId, batchId: batchIds[0], quantity: 1 }] };
    await colleague.ask(CLOSE, back);
    const somebody = at('settlement', official());
    expect(await somebody.ask(WRITE_OFF_DECIDE, said)).toMatchObject({ code: 'VAN_SHORT', missing: 1 });
    expect(await somebody.ask(WRITE_OFF_DECIDE, { ...said, verdict: 'REJECT' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(
      await colleague.ask(WRITE_OFF_DECIDE, { ...said, verdict: 'REJECT', reason: '一件已找到' }),
    ).toMatchObject({ writeOff: { state: 'REJECTED', isOwn: false } });
  });

  it('of somebody without a route says what was cleaned, read and thrown away; its photos are for who runs the cabinet and its officials', async () => {
    const { made, batchId, man, manager, merchantId } = await onTheWay();
    const photoId = await makePhoto(world, man.userId);
    const driver = world.client('merchant').as(man.token);
    const slot = { slotCode: 'A1', countedAt: minutesAgo(10), filled: [] as object[] };
    const thrown = [{ batchId, quantity: 1, fate: 'DISPOSED' }];
    const counted = unitsOf({ [batchId]: 3 });
    const said = {
      visitKey: newId('req'),
      cabinetId: made.cabinetId,
      arrivedAt: minutesAgo(20),
      leftAt: minutesAgo(1),
      isComplete: true,
      deeds: ['CLEANED', 'REPAIRED'],
      measuredDeciCelsius: 38,
      photoIds: [photoId],
      slots: [{ ...slot, counted, removed: thrown }],
    };
    const submit = (more: object, as = driver) =>
      as.ask<Record<string, unknown>>(SUBMIT, { input: { ...said, ...more } });
    for (const [more, path] of [
      [{ slots: [{ ...slot, counted, removed: [], filled: unitsOf({ [batchId]: 1 }) }] }, 'slots.0.filled'],
      [{ slots: [{ ...slot, counted, removed: [{ ...thrown[0], fate: 'TAKEN' }] }] }, 'slots.0.removed'],
      [{ deeds: ['CLEANED', 'CLEANED'] }, 'deeds'],
      [{ measuredDeciCelsius: 801 }, 'measuredDeciCelsius'],
    ] as const)
      expect(await submit(more)).toMatchObject({ fields: [{ path }] });
    const stranger = at('merchant', restocker((await makeMerchant(world)).id));
    expect(await stranger.codeOf(SUBMIT, { input: said })).toBe('NOT_FOUND');

    const [first, second] = await Promise.all([submit({}), submit({})]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      visit: {
        routeId: null,
        deeds: ['CLEANED', 'REPAIRED'],
        measuredDeciCelsius: 38,
        slots: [{ varianceUnits: 0, removedUnits: 1, disposedUnits: 1 }],
      },
    });
    expect(await submit({ measuredDeciCelsius: 40 })).toMatchObject({ code: 'RESTOCK_VISIT_CHANGED' });
    expect(await unitsAt(made)).toBe(7);
    const { nodes } = await manager.ask<{ nodes: { id: string }[] }>(VISITS, { cabinetId: made.cabinetId });
    const path = `/restock-visits/${nodes[0]?.id}/photos/${photoId}?size=SMALL`;
    const seen = async (service: 'merchant' | 'settlement', { token }: Person, asked = path) =>
      (await world.client(service).http.get(asked).set('authorization', `Bearer ${token}`)).status;
    expect(await seen('merchant', man)).toBe(200);
    expect(await seen('merchant', world.person(owner(merchantId)))).toBe(200);
    expect(await seen('settlement', world.person(official()))).toBe(200);
    expect(await actsOn(photoId)).toEqual(['restock.photo_seen']);
    expect(await seen('settlement', world.person(official('430224')))).toBe(404);
    expect(await seen('merchant', world.person(restocker(merchantId)))).toBe(404);
    const another = path.replace(photoId, await makePhoto(world, man.userId));
    expect(await seen('merchant', man, another)).toBe(404);
  });

  it('at a tray on which several goods stand finds each by itself: what is missing of one no other makes up for', async () => {
    const { made: way, batchId, load, submit } = await onTheWay();
    await load(1);
    const made = await makeOpenDoor(world, { operatorId: way.product.merchantId });
    const [peach = '', tea = ''] = [made.peach.batchIds[0], made.tea.batchIds[0]];
    world.clock.advance(3_600_000);
    const said = { visitKey: newId('req'), cabinetId: made.cabinetId };
    const tray = {
      slotCode: 'A2',
      countedAt: minutesAgo(10),
      counted: unitsOf({ [peach]: 2, [tea]: 11 }),
      removed: [
        { batchId: tea, quantity: 2, fate: 'DISPOSED' },
        { batchId: peach, quantity: 1, fate: 'TAKEN' },
      ],
      filled: [],
    };
    await expect(submit([{ slotCode: 'A2', counted: { [batchId]: 1 } }], said)).rejects.toThrow('NOT_FOUND');

    const answer = await submit([], { ...said, slots: [tray] });

    expect(answer).toMatchObject({
      visit: { slots: [{ countedUnits: 13, varianceUnits: 0, removedUnits: 3, disposedUnits: 2 }] },
    });
    const moved = await world.database.query(
      `SELECT l.batch_id AS batchId, m.kind, m.quantity FROM stock_movement m JOIN stock_level l ON l.id = m.stock_level_id
       JOIN stock_location o ON o.id = l.location_id WHERE o.channel_point_id = ? AND m.cause_key LIKE 'visit:%' ORDER BY m.quantity`,
      [made.channelPointId],
    );
    expect(moved).toEqual([
      { batchId: peach, kind: 'COUNTED', quantity: -3 },
      { batchId: tea, kind: 'DISPOSED', quantity: -2 },
      { batchId: peach, kind: 'MOVED', quantity: -1 },
      { batchId: tea, kind: 'COUNTED', quantity: 3 },
    ]);
    expect(await world.get(AlarmReader).openOf([made.cabinetId])).toMatchObject([
      { kind: 'STOCK_LOSS', detail: '补货盘点短缺 3 件' },
    ]);
  });

  it('that finds too little raises an alarm, once; a person closes it', async () => {
    const { made, batchId, load, submit } = await onTheWay();
    await load(1);
    const alarms = () => world.get(AlarmReader).openOf([made.cabinetId]);
    await submit([{ slotCode: 'A1', counted: { [batchId]: 1 } }], { isComplete: false });
    expect(await alarms()).toEqual([]);
    expect(await submit([{ slotCode: 'A2', counted: { [batchId]: 1 } }])).toMatchObject({
      visit: { slots: [{ varianceUnits: -2 }, { varianceUnits: -4 }] },
    });
    expect(await alarms()).toMatchObject([
      { kind: 'STOCK_LOSS', detail: '补货盘点短缺 4 件', severity: 'WARNING' },
    ]);
    const [alarm] = await alarms();
    const resolved = await world
      .get(AlarmService)
      .resolve(alarm?.id ?? '', '已查明', operatorOf(made.operatorId));
    expect(resolved).toBe(alarm?.id);
    const [lost] = await world.database.query<{ units: string }>(
      'SELECT SUM(expected_units - counted_units) AS units FROM slot_count WHERE cabinet_id = ?',
      [made.cabinetId],
    );
    expect(Number(lost?.units)).toBe(6);
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

  it('is seen by whoever walks by, with what grows where and what allows it to sell food, at the same price however much is in it', async () => {
    const made = await makeVending(world);
    const seen = await shop().ask<Record<string, unknown>>(WALK_BY, { id: made.channelPointId });
    expect(seen).toMatchObject({
      cabinetId: made.cabinetId,
      model: 'SLOT_CABINET',
      obstacle: null,
      deciCelsius: null,
      place: { id: made.channelPointId },
      papers: [],
      slots: [
        {
          code: 'A1',
          priceFen: '900',
          pricePer500gFen: '900',
          product: { originCounty: { code: '430225' } },
        },
        { code: 'A2' },
      ],
    });
    const paper = { number: 'JY14302250012345', authority: '炎陵县市场监督管理局', fileNo: '' };
    const record = (kind: 'LICENCE' | 'FILING', validUntil: string | null) =>
      world
        .get(PaperService)
        .record(
          made.cabinetId,
          { ...paper, kind, validUntil },
          { userId: newId('usr'), scope: { divisions: 'ALL' } },
        );
    await record('LICENCE', null);
    await record('FILING', businessDay(world.clock.now()));
    world.clock.advance(DAY_MS);
    expect(await shop().ask(WALK_BY, { id: made.channelPointId })).toMatchObject({
      papers: [{ kind: 'LICENCE', number: paper.number }],
    });

    const more = await makeVending(world, {
      beside: made,
      slots: ['A1', 'A2', 'A3', 'A4'].map((code) => ({ code, capacity: 10, maxItemG: 1_000 })),
    });
    const look = (id: string) => countStatements(() => shop().ask(WALK_BY, { id }));
    await look(more.channelPointId); // What is kept for everybody for a while.
    expect(await look(more.channelPointId)).toBe(await look(made.channelPointId));
    for (const id of ['x', newId('chp')]) expect(await shop().ask(WALK_BY, { id })).toBeNull();
  });

  it('gives codes to its own screen, which signs in as the cabinet does, and to nobody else', async () => {
    const made = await makeVending(world);
    const { cabinetId, credentialId, secret } = await makeCredential(world, made.cabinetId);
    const issue = (more: object = {}) =>
      shop().ask<{ scanCode?: string; link?: string; goodForSeconds?: number }>(CODE_ISSUE, {
        cabinetId,
        credentialId,
        secret,
        ...more,
      });
    const { scanCode: code = '', link, goodForSeconds } = await issue();
    expect(link).toBe(`${world.config.publicUrl}/scan/${code}`);
    expect(goodForSeconds).toBe(90);
    expect(await shop().ask(SCAN, { code })).toMatchObject({ kiosk: { obstacle: null } });
    expect((await issue()).scanCode).not.toBe(code);

    const other = await makeVending(world, { beside: made });
    for (const wrong of [
      { secret: `${secret}x` },
      { cabinetId: other.cabinetId },
      { credentialId: newId('ccr') },
      { cabinetId: "' OR 1=1" },
    ])
      expect(await issue(wrong)).toMatchObject({ code: 'CABINET_NOT_ADMITTED' });
    await world
      .get(CredentialService)
      .revoke(made.cabinetId, credentialId, { userId: newId('usr'), scope: { divisions: 'ALL' } });
    expect(await issue()).toMatchObject({ code: 'CABINET_NOT_ADMITTED' });
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
    const { cabinetId } = await makeCabinet(world, { cabinetKind: 'CELL' });
    expect((await kioskOf({ ...made, cabinetId } as MadeVending)).obstacle).toBe('OTHER_MODEL');
  });

  it('sells nothing from when its operator stops it until it says that it sells again, nor without mains, nor after its door was forced', async () => {
    const made = await makeVending(world);
    const machine = await machineOf(made);
    const order = async (kind: 'LOCK' | 'UNLOCK', outcome: string | null) => {
      const id = await world
        .get(RemoteCommandService)
        .send(
          made.cabinetId,
          { kind, deciCelsius: null, version: null },
          newId('req'),
          operatorOf(made.operatorId),
        );
      if (outcome !== null) await machine.say('reply', { commandId: id, outcome, detail: '' });
      return (await kioskOf(made)).obstacle;
    };
    expect(await order('LOCK', 'UNSUPPORTED')).toBeNull();
    expect(await order('LOCK', null)).toBe('LOCKED');
    world.clock.advance(11 * 60_000);
    await world.get(CommandService).expire();
    await machine.say('telemetry', { deciCelsius: 40, isDoorOpen: false, isMainsOn: true, signalDbm: null });
    await world.get(AccessService).connected(made.cabinetId);
    // Nobody knows whether it has heard; whoever wants it to sell says so.
    expect((await kioskOf(made)).obstacle).toBe('LOCKED');
    expect(await order('UNLOCK', null)).toBe('LOCKED');
    expect(await order('UNLOCK', 'FAILED')).toBe('LOCKED');
    expect(await order('UNLOCK', 'DONE')).toBeNull();

    const mains = (isMainsOn: boolean) =>
      machine.say('telemetry', { deciCelsius: 40, isDoorOpen: false, isMainsOn, signalDbm: null });
    await mains(false);
    expect((await kioskOf(made)).obstacle).toBe('ALARM');
    await mains(true);
    expect((await kioskOf(made)).obstacle).toBeNull();
    const tamper = (isActive: boolean) =>
      machine.say('alarm', { code: 'TAMPER', isActive, slot: null, detail: '', vendorCode: null });
    await tamper(true);
    await tamper(false);
    expect((await kioskOf(made)).obstacle).toBe('ALARM');
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

describe('counters on a map', () => {
  const COUNTER = `id name health lastHeardAt slotCount lockedSlotCount alarmCount hasStock lastSoldOn lastFilledOn isOperating idleReason idleSince`;
  const MAP = `query ($divisionCode: ID, $box: MapBoxInput) { counterMap(divisionCode: $divisionCode, box: $box) { totalCount operatingCount unplacedCount
    counters { ${COUNTER} } clusters { count operatingCount troubledCount } wire { isUp } } }`;
  const BOARD = `query ($on: Date) { counterBoard(on: $on) { countyCode builtCount openCount operatingCount idleCount } }`;
  const IDLE = `query ($on: Date, $reason: CounterIdleReason, $first: Int, $after: String) { idleCounters(on: $on, reason: $reason, first: $first, after: $after) {
    nodes { ${COUNTER} } pageInfo { hasNextPage endCursor } } }`;
  const VERSIONS = 'query { cabinetVersionCounts { firmwareVersion cabinetCount driftingCount } }';
  interface Shown {
    readonly id: string;
    readonly health: string;
    readonly idleReason: string | null;
    readonly idleSince: string | null;
  }
  interface Shop {
    readonly totalCount: number;
    readonly counters: readonly Shown[];
    readonly clusters: readonly { readonly count: number }[];
  }
  // A county of its own: what others of this file have made is not on its map.
  const COUNTY = '430223';
  const inspector: Grant = { role: 'INSPECTOR', scopeKind: 'DIVISION', scopeId: COUNTY };
  const ask = <T>(query: string, variables: object = {}, grant = inspector) =>
    at('settlement', grant).ask<T>(query, variables);
  const placedAt = (longitude: number) => ({ countyCode: COUNTY, longitude, latitude: 27 });

  it('are seen as they are, by those of the division, whatever their number at the same price', async () => {
    const busy = await makeVending(world, { countyCode: COUNTY });
    const machine = await machineOf(busy);
    await machine.say('boot', { firmware: '2.1', config: 'c1', reason: 'POWER_ON' });
    const silent = await makeCabinet(world, placedAt(113.2));
    const bare = await makeCounter(world, { ...placedAt(113.3), openedOn: '2026-11-20' });
    const unplaced = await makeCounter(world, { countyCode: COUNTY, longitude: null, latitude: null });
    await world.get(ChannelPointService).suspend(unplaced.id);

    const map = await ask<Shop>(MAP);
    const of = (id: string) => map.counters.find((counter) => counter.id === id);
    expect(map).toMatchObject({ totalCount: 4, operatingCount: 1, unplacedCount: 1, clusters: [] });
    expect(of(busy.channelPointId)).toMatchObject({
      health: 'OK',
      lastHeardAt: `${TODAY}T02:00:00.000Z`,
      slotCount: 3,
      lockedSlotCount: 0,
      hasStock: true,
      lastSoldOn: null,
      lastFilledOn: TODAY,
      isOperating: true,
      idleReason: null,
      idleSince: null,
    });
    expect(of(silent.channelPointId)).toMatchObject({
      health: 'NEVER_HEARD',
      idleReason: 'NEVER_HEARD',
      isOperating: false,
    });
    expect(of(bare.id)).toMatchObject({
      health: 'NO_CABINET',
      idleReason: 'NO_CABINET',
      idleSince: '2026-11-20',
    });
    expect(of(unplaced.id)).toMatchObject({ idleReason: 'NOT_OPEN' });

    const box = { west: 113.1, south: 26.9, east: 113.25, north: 27.1 };
    expect((await ask<Shop>(MAP, { box })).counters.map(({ id }) => id)).toEqual([silent.channelPointId]);
    expect(await at('settlement', inspector).codeOf(MAP, { box: { ...box, west: 114 } })).toBe(
      'INVALID_INPUT',
    );
    expect((await ask<Shop>(MAP, { divisionCode: '430224' })).totalCount).toBe(0);
    const nextDoor: Grant = { ...inspector, scopeId: '430224' };
    expect((await ask<Shop>(MAP, { divisionCode: COUNTY }, nextDoor)).totalCount).toBe(0);
    expect(await at('settlement', owner(busy.operatorId)).codeOf(MAP)).toBe('FORBIDDEN');
    expect(await ask<object[]>(VERSIONS)).toEqual([
      { firmwareVersion: null, cabinetCount: 1, driftingCount: 0 },
      { firmwareVersion: '2.1', cabinetCount: 1, driftingCount: 0 },
    ]);

    const first = await ask<{ nodes: Shown[]; pageInfo: { endCursor: string } }>(IDLE, { first: 2 });
    const rest = await ask<{ nodes: Shown[] }>(IDLE, { first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes].map(({ id }) => id).toSorted()).toEqual(
      [silent.channelPointId, bare.id, unplaced.id].toSorted(),
    );
    expect((await ask<{ nodes: Shown[] }>(IDLE, { reason: 'NO_CABINET' })).nodes.map(({ id }) => id)).toEqual(
      [bare.id],
    );

    // A stop, goods gone, silence: what a person would see to first.
    await world.get(AccessService).disconnected(busy.cabinetId);
    expect((await ask<Shop>(MAP)).counters.find(({ id }) => id === busy.channelPointId)).toMatchObject({
      health: 'OFFLINE',
      isOperating: true,
    });
    const few = await countStatements(() => ask(MAP));
    for (let more = 0; more < 5; more += 1) await makeCabinet(world, placedAt(113.4 + more / 100));
    expect(await countStatements(() => ask(MAP))).toBe(few);
  });

  it('are counted by county, today and on any day that is over', async () => {
    const before = (await ask<{ builtCount: number }[]>(BOARD))[0]?.builtCount ?? 0;
    const counter = await makeVending(world, { countyCode: COUNTY });
    const today = await ask<{ builtCount: number; operatingCount: number }[]>(BOARD);
    expect(today).toMatchObject([{ countyCode: COUNTY, builtCount: before + 1 }]);
    const operating = today[0]?.operatingCount ?? 0;

    world.clock.advance(2 * DAY_MS);
    while ((await world.get(PerformanceService).begin()) > 0);
    while ((await world.get(PerformanceService).make(100)) > 0);
    expect(await ask<object[]>(BOARD, { on: TODAY })).toEqual(today);
    // Nothing sold or filled for thirty days.
    world.clock.advance(30 * DAY_MS);
    expect(await ask<object[]>(BOARD)).toMatchObject([{ operatingCount: 0, idleCount: before + 1 }]);
    const idle = (await ask<{ nodes: Shown[] }>(IDLE, { first: 100 })).nodes.find(
      ({ id }) => id === counter.channelPointId,
    );
    expect(idle).toMatchObject({ idleReason: 'OFFLINE', idleSince: TODAY });
    const [then] = await ask<{ operatingCount: number; idleCount: number }[]>(BOARD, { on: TODAY });
    expect(then).toMatchObject({ operatingCount: operating });
    // On that day it was filled, so it is none of those that did nothing then.
    const idleThen = (await ask<{ nodes: Shown[] }>(IDLE, { on: TODAY, first: 100 })).nodes;
    expect(idleThen).toHaveLength(then?.idleCount ?? -1);
    expect(idleThen.some(({ id }) => id === counter.channelPointId)).toBe(false);
    await world.clear('performance_day', 'performance_begun');
  });
});

describe('a sale', () => {
  const KEEPS = { batches: [{ quantity: 3, bestBeforeOn: null }] } as const;
  let postbag: Postbag;

  beforeAll(() => {
    postbag = new Postbag(world.sandbox, world.clock);
  });
  // The sandbox's time is the machine's.
  beforeEach(() => world.clock.set(world.sandbox.control.now.toISOString()));

  const advance = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    await world.sandbox.control.advance(milliseconds / 1_000);
  };
  const hear = async () => {
    for (let round = 0; round < 3; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
    }
  };
  /** The provider needs a little while for it. */
  const paidBack = async () => {
    for (let round = 0; round < 3; round += 1) {
      await advance(10_000);
      await hear();
    }
  };
  const place = (
    made: MadeVending,
    lines: readonly { slotCode: string; quantity: number }[],
    buyer = world.person(),
  ) =>
    shop()
      .as(buyer.token)
      .ask<{ code?: string; order: { id: OrderId } }>(BUY, {
        visit: visitOf(world, made.cabinetId),
        input: {
          idempotencyKey: newId('req'),
          lines,
          totalFen: String(900 * lines.reduce((sum, { quantity }) => sum + quantity, 0)),
        },
      });
  const payFor = async (buyer: Person, orderId: OrderId) => {
    const payment = await world.get(PaymentService).start(buyer.userId, orderId, 'WECHAT_PAY');
    if (refused(payment)) throw new Error(payment.message.en);
    const [row] = await world.database.query<{ ref: string }>(
      'SELECT COALESCE(checkout_ref, intent_ref) AS ref FROM payment WHERE id = ?',
      [payment.id],
    );
    world.sandbox.control.authorise(row?.ref ?? '');
  };
  const bought = async (made: MadeVending, lines: readonly { slotCode: string; quantity: number }[]) => {
    const buyer = world.person();
    const { order } = await place(made, lines, buyer);
    await payFor(buyer, order.id);
    await hear();
    return { buyer, orderId: order.id };
  };
  const commandsOf = ({ cabinetId }: MadeVending) =>
    world.database.query<{ id: string; slot: string; units: number; state: string; endsIn: string }>(
      `SELECT id, JSON_VALUE(data, '$.slot') AS slot, state, TIMESTAMPDIFF(SECOND, requested_at, expires_at) AS endsIn
       FROM cabinet_command WHERE cabinet_id = ? AND kind = 'DELIVER' ORDER BY id`,
      [cabinetId],
    );
  const shown = ({ buyer, orderId }: { readonly buyer: Person; readonly orderId: string }) =>
    shop().as(buyer.token).ask<{
      state: string;
      cancelReason: string | null;
      vend: { state: string } | null;
      merchantOrders: { state: string }[];
      refunds: { state: string; amountFen: string }[];
    }>(ORDER, { id: orderId });
  const volumeOf = async (orderId: string) => {
    const [row] = await world.database.query<Record<string, string>>(
      `SELECT COALESCE(SUM(f.paid_fen), 0) AS paid, COALESCE(SUM(f.recognised_fen), 0) AS recognised, MIN(f.sale_county_code) AS county,
         MIN(f.channel_kind) AS channel FROM volume_fact f JOIN order_line l ON f.source_line_no = l.id WHERE l.order_id = ?`,
      [orderId],
    );
    return row;
  };
  const breaksOf = (made: MadeVending) =>
    at('merchant', owner(made.operatorId)).ask<{
      nodes: { id: string; kind: string; units: number; takenUnits: number }[];
    }>(BREAKS, { merchantId: made.operatorId });
  it('is handed out slot by slot as soon as it is paid, has arrived at once, and counts once, where the cabinet stands', async () => {
    const made = await makeVending(world, KEEPS);
    const machine = await machineOf(made);
    const sale = await bought(made, [
      { slotCode: 'A1', quantity: 2 },
      { slotCode: 'A2', quantity: 1 },
    ]);

    const commands = await commandsOf(made);
    expect(commands).toMatchObject([
      { slot: 'A1', state: 'WAITING', endsIn: '10' },
      { slot: 'A2', state: 'WAITING', endsIn: '10' },
    ]);
    expect(await shown(sale)).toMatchObject({ state: 'PAID', vend: { state: 'DELIVERING' } });
    const [one, two] = commands;
    await machine.vend(two?.id ?? '', [['A2', 'FINISHED', 1]]);
    await machine.vend(one?.id ?? '', [['A1', 'FINISHED', 2]]);
    await machine.vend(one?.id ?? '', [['A1', 'FINISHED', 2]]);
    await world.settle();

    expect(await shown(sale)).toMatchObject({
      state: 'PAID',
      vend: {
        state: 'DONE',
        items: [
          { slotCode: 'A1', quantity: 2, deliveredUnits: 2 },
          { slotCode: 'A2', quantity: 1, deliveredUnits: 1 },
        ],
      },
      merchantOrders: [{ state: 'RECEIVED', handover: 'VEND' }],
      refunds: [],
    });
    expect(await unitsAt(made)).toBe(5);
    expect(await volumeOf(sale.orderId)).toEqual({
      paid: '2700',
      recognised: '2700',
      county: '430225',
      channel: 'COUNTER',
    });
    expect((await breaksOf(made)).nodes).toEqual([]);
    const list = await at('settlement', official()).ask<{ nodes: { orderId: string }[] }>(VENDS, {
      cabinetId: made.cabinetId,
    });
    expect(list.nodes).toMatchObject([
      { orderId: sale.orderId, state: 'DONE', items: [{ slotCode: 'A1' }, {}] },
    ]);
    expect((await at('settlement', official('430224')).ask<{ nodes: [] }>(VENDS, {})).nodes).toEqual([]);
  });

  it('is in the day of its counter with what failed, was filled and counted; made again it is the same, and knows what came late', async () => {
    // The day of the sale must not end meanwhile.
    const untilMidnight = DAY_MS - ((world.clock.now().getTime() + 8 * HOUR_MS) % DAY_MS);
    if (untilMidnight < 30 * MINUTE_MS) await advance(untilMidnight + 1_000);
    const performance = world.get(PerformanceService);
    const makeAll = async () => {
      while ((await performance.begin()) > 0);
      while ((await performance.make(100)) > 0);
    };
    const made = await makeVending(world, KEEPS);
    const day = businessDay(world.clock.now());
    const dayOf = async (on = day) =>
      (
        await world.database.query<Record<string, number | string | null>>(
          `SELECT made_count AS made, is_heard AS heard, is_operating AS operating, due_minutes AS due, sellable_minutes AS sellable, slot_minutes AS slots,
             empty_slot_minutes AS empty, vend_count AS vends, failed_vend_count AS failed, expected_units AS expected, counted_units AS counted,
             sold_units AS sold, recognised_fen AS recognised, filled_units AS filled, last_sold_on AS lastSoldOn, measured_minutes AS measured
           FROM performance_day WHERE channel_point_id = ? AND business_day = ?`,
          [made.channelPointId, on],
        )
      )[0];
    const machine = await machineOf(made);
    await machine.say('boot', { firmware: '1', config: '1', reason: 'POWER_ON' });
    await bought(made, [{ slotCode: 'A1', quantity: 2 }]);
    const [one] = await commandsOf(made);
    await machine.vend(one?.id ?? '', [['A1', 'FINISHED', 2]]);
    await world.settle();
    await bought(made, [{ slotCode: 'A2', quantity: 1 }]);
    const [, two] = await commandsOf(made);
    await machine.vend(two?.id ?? '', [['A2', 'CANNOT_START', 0]]);
    await world.settle();
    const counting = {
      cabinetId: made.cabinetId,
      slotCode: 'A1',
      batches: [],
      causeKey: newId('req'),
    };
    await world.get(SlotFillingService).count(counting, operatorOf(made.operatorId));
    while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);

    world.clock.advance(DAY_MS + HOUR_MS);
    await Promise.all([makeAll(), makeAll()]);
    const first = present(await dayOf(), 'a day');
    expect(first).toMatchObject({
      made: 1,
      heard: 1,
      operating: 1,
      vends: 2,
      failed: 1,
      expected: 1,
      counted: 0,
      sold: '2',
      recognised: '1800',
      filled: 8,
      lastSoldOn: day,
    });
    expect(first['due']).toBeGreaterThan(29);
    expect(first['sellable']).toBe(first['due']);
    expect(first['slots']).toBe(2 * Number(first['due']));
    // From when it was counted out until the end of the day.
    expect(first['empty']).toBeGreaterThan(Number(first['due']) - 5);
    expect(first['empty']).toBeLessThanOrEqual(Number(first['due']));

    // Not heard since, which the clock says now; two days later the day knows.
    await world.get(AlarmService).raiseUnheard(100);
    await makeAll();
    expect(await dayOf()).toEqual(first);
    world.clock.advance(2 * DAY_MS);
    await makeAll();
    const second = present(await dayOf(), 'a day');
    expect(second).toEqual({ ...first, made: 2, sellable: second['sellable'] });
    expect(Number(second['sellable'])).toBeLessThan(10);
    const next = businessDay(new Date(world.clock.now().getTime() - 2 * DAY_MS));
    expect(await dayOf(next)).toMatchObject({
      due: 1_440,
      sellable: 0,
      sold: '0',
      operating: 1,
      lastSoldOn: day,
    });

    // Many counters of a day cost what one costs.
    world.clock.advance(DAY_MS);
    while ((await performance.begin()) > 0);
    const few = await countStatements(() => performance.make(2));
    expect(await countStatements(() => performance.make(20))).toBe(few);
  });

  it('of which only a part comes out is paid back for the rest, once, and the slot is locked until somebody has looked', async () => {
    const made = await makeVending(world, KEEPS);
    const machine = await machineOf(made);
    const sale = await bought(made, [{ slotCode: 'A1', quantity: 2 }]);
    const [command] = await commandsOf(made);

    await machine.vend(command?.id ?? '', [
      ['A1', 'FINISHED', 1],
      ['A1', 'FAILED', 1],
    ]);
    await machine.say('reply', { commandId: command?.id, outcome: 'FAILED', detail: 'jam' });
    await paidBack();

    expect(await shown(sale)).toMatchObject({
      vend: { state: 'PARTLY_DONE' },
      merchantOrders: [{ state: 'RECEIVED' }],
      refunds: [{ state: 'SUCCEEDED', amountFen: '900' }],
    });
    expect(await volumeOf(sale.orderId)).toMatchObject({ paid: '1800', recognised: '900' });
    expect(await unitsAt(made)).toBe(7);
    expect((await kioskOf(made)).slots[0]).toMatchObject({ availability: 'LOCKED', lock: 'FAULT' });
    expect(await place(made, [{ slotCode: 'A1', quantity: 1 }])).toMatchObject({ code: 'SLOT_LOCKED' });
  });

  it('of goods of two merchants is received from one and called off from the other, of which nothing came out', async () => {
    const made = await makeVending(world, KEEPS);
    const { cabinetId, operatorId, channelPointId, product } = made;
    const other = await makeProduct(world, {
      netWeightG: 500,
      pricesFen: [800n],
      batches: [{ quantity: 1, bestBeforeOn: null }],
    });
    await world.get(ChannelPointService).curate(channelPointId, [other.productId]);
    const plan = (slotCode: string, variantId: string, priceFen: string) => ({
      slotCode,
      variantId,
      priceFen,
      parLevel: 1,
    });
    const slots = [
      ...['A1', 'A2'].map((code) => plan(code, product.variantId, '900')),
      plan('A3', other.variantId, '900'),
    ];
    await at('merchant', owner(operatorId)).ask(PLAN, { cabinetId, revision: 1, slots });
    await fill(world, made, 'A3', other.batchIds[0], 2);
    const machine = await machineOf(made);
    const sale = await bought(made, [
      { slotCode: 'A1', quantity: 1 },
      { slotCode: 'A3', quantity: 2 },
    ]);
    const commands = await commandsOf(made);
    const commandOf = (slot: string) => commands.find((command) => command.slot === slot)?.id ?? '';

    await machine.vend(commandOf('A3'), [['A3', 'CANNOT_START', 2]]);
    await machine.vend(commandOf('A1'), [['A1', 'FINISHED', 1]]);
    await paidBack();

    const { merchantOrders, ...rest } = await shown(sale);
    expect(rest).toMatchObject({
      state: 'PAID',
      vend: { state: 'PARTLY_DONE' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '1800' }],
    });
    expect(merchantOrders.map(({ state }) => state).toSorted()).toEqual(['CANCELLED', 'RECEIVED']);
    expect(await volumeOf(sale.orderId)).toMatchObject({ paid: '2700', recognised: '900' });
    expect((await kioskOf(made)).slots).toMatchObject([
      { code: 'A1', available: 2 },
      { code: 'A2', available: 5 },
      { code: 'A3', available: 2, lock: 'FAULT' },
    ]);
  });

  it('that the machine refuses goes back whole; what falls out all the same is a break for a person, and never paid back twice', async () => {
    const made = await makeVending(world, KEEPS);
    const machine = await machineOf(made);
    const sale = await bought(made, [{ slotCode: 'A1', quantity: 1 }]);
    const [command] = await commandsOf(made);
    await machine.say('reply', { commandId: command?.id, outcome: 'EXPIRED', detail: '' });
    await paidBack();
    const gone = {
      state: 'CANCELLED',
      cancelReason: 'UNDELIVERED',
      vend: { state: 'NOT_DONE' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '900' }],
    };
    expect(await shown(sale)).toMatchObject(gone);
    expect(await unitsAt(made)).toBe(8);

    await machine.vend(command?.id ?? '', [['A1', 'FINISHED', 1]]);
    await machine.vend(command?.id ?? '', [['A1', 'FINISHED', 1]]);
    await hear();

    expect(await shown(sale)).toMatchObject(gone);
    expect(await unitsAt(made)).toBe(7);
    expect(await volumeOf(sale.orderId)).toMatchObject({ recognised: '0' });
    const [found] = (await breaksOf(made)).nodes;
    expect(found).toMatchObject({ kind: 'LATE_DROP', units: 1, takenUnits: 1, orderId: sale.orderId });
    const vars = { breakId: found?.id, note: '  顾客已取走，运营方承担 ' };
    expect(await at('settlement', official('430224')).codeOf(RESOLVE, vars)).toBe('NOT_FOUND');
    expect(await at('merchant', owner(made.operatorId)).ask(RESOLVE, { ...vars, note: ' ' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    for (const note of ['顾客已取走，运营方承担', '又一次'])
      expect(await at('settlement', official()).ask(RESOLVE, { ...vars, note })).toMatchObject({
        vendBreak: { note: '顾客已取走，运营方承担' },
      });
    expect(await actsOn(found?.id ?? '')).toEqual(['vend.break_resolved']);
  });

  it('that fell out before somebody counted is not taken out of the book a second time', async () => {
    const made = await makeVending(world, KEEPS);
    const machine = await machineOf(made);
    const fellAt = world.clock.now();
    await advance(60_000);
    const { cabinetId, product, operatorId } = made;
    const batches = [{ batchId: product.batchIds[0], quantity: 2 }];
    const counting = { cabinetId, slotCode: 'A1', batches, causeKey: 'seen' };
    await at('merchant', owner(operatorId)).ask(COUNT, counting);
    expect(await unitsAt(made)).toBe(7);

    await machine.vend(null, [['A1', 'FINISHED', 1]], {}, fellAt);
    await hear();
    expect(await unitsAt(made)).toBe(7);

    await advance(1_000);
    await machine.vend(null, [['A1', 'FINISHED', 1]]);
    await hear();
    expect(await unitsAt(made)).toBe(6);
    const { nodes } = await breaksOf(made);
    expect(nodes).toMatchObject([
      { kind: 'UNASKED', units: 1, takenUnits: 1 },
      { kind: 'UNASKED', units: 1, takenUnits: 0 },
    ]);
  });

  it('is not handed out of a slot that was locked, nor by a cabinet that was stopped, between order and payment', async () => {
    const made = await makeVending(world, KEEPS);
    const [buyer, other] = [world.person(), world.person()];
    const { order: half } = await place(
      made,
      [
        { slotCode: 'A1', quantity: 1 },
        { slotCode: 'A2', quantity: 1 },
      ],
      buyer,
    );
    const { order: none } = await place(made, [{ slotCode: 'A2', quantity: 1 }], other);
    await world.database.transaction((tx) =>
      world
        .get(SlotLockService)
        .lock(tx, made.cabinetId, ['A1'], { reason: 'TEMPERATURE', detail: '', by: null }),
    );
    await payFor(buyer, half.id);
    await hear();
    const commands = await commandsOf(made);
    expect(commands).toMatchObject([{ slot: 'A2' }]);
    const machine = await machineOf(made);
    await machine.vend(commands[0]?.id ?? '', [['A2', 'FINISHED', 1]]);
    const stop = { kind: 'LOCK', deciCelsius: null, version: null } as const;
    await world.get(RemoteCommandService).send(made.cabinetId, stop, 'stop', operatorOf(made.operatorId));
    await payFor(other, none.id);
    await hear();
    await paidBack();

    expect(await shown({ buyer, orderId: half.id })).toMatchObject({
      vend: { state: 'PARTLY_DONE' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '900' }],
    });
    expect(await shown({ buyer: other, orderId: none.id })).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'UNDELIVERED',
      vend: { state: 'NOT_DONE' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '900' }],
    });
    expect(await commandsOf(made)).toHaveLength(1);
    // Nothing is broken there.
    expect((await kioskOf(made)).slots.map(({ lock }) => lock)).toEqual(['TEMPERATURE', null]);
    const { nodes } = await at('settlement', official()).ask<{ nodes: { items: object[] }[] }>(VENDS, {
      cabinetId: made.cabinetId,
    });
    expect(nodes.map(({ items }) => items)).toEqual([
      [{ slotCode: 'A2', state: 'WITHHELD' }],
      [
        { slotCode: 'A1', state: 'WITHHELD' },
        { slotCode: 'A2', state: 'FINISHED' },
      ],
    ]);
    expect(await unitsAt(made)).toBe(7);
  });

  it('of a whole basket is waited for longer, since it comes out one after the other; and nobody waits for another’s that cannot be ended', async () => {
    const [broken, made] = [await makeVending(world, KEEPS), await makeVending(world, KEEPS)];
    const lost = await bought(broken, [{ slotCode: 'A1', quantity: 1 }]);
    const sale = await bought(made, [
      { slotCode: 'A1', quantity: 3 },
      { slotCode: 'A2', quantity: 5 },
    ]);
    const [one, two] = await commandsOf(made);
    await world.get(CommandService).due([broken.cabinetId, made.cabinetId]);
    const orderOf = (from: string, to: string) =>
      world.asOwner((tx) => tx.write('UPDATE vend SET order_id = ? WHERE order_id = ?', [to, from]));
    await orderOf(lost.orderId, 'ord_gone');
    const machine = await machineOf(made);
    const vends = world.get(VendService);

    await advance(11_000);
    await vends.giveUpDue(100);
    await advance(89_000);
    await expect(vends.giveUpDue(100)).rejects.toThrow();
    await machine.vend(one?.id ?? '', [['A1', 'FINISHED', 3]]);
    await hear();
    expect(await shown(sale)).toMatchObject({ vend: { state: 'DELIVERING' }, refunds: [] });
    await advance(30_000);
    await expect(vends.giveUpDue(100)).rejects.toThrow();
    expect((await shown(sale)).vend).toMatchObject({ state: 'DELIVERING' });
    await advance(11_000);
    await expect(vends.giveUpDue(100)).rejects.toThrow();
    await paidBack();

    expect(await shown(sale)).toMatchObject({
      vend: { state: 'PARTLY_DONE' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '4500' }],
    });
    expect(two?.slot).toBe('A2');
    await orderOf('ord_gone', lost.orderId);
    await vends.giveUpDue(100);
    await paidBack();
    expect(await shown(lost)).toMatchObject({ vend: { state: 'NOT_DONE' }, refunds: [{ amountFen: '900' }] });
  });

  it('of which nobody says anything goes back: at once where the command was never said, else after a minute and a half', async () => {
    const [unsaid, silent] = [await makeVending(world, KEEPS), await makeVending(world, KEEPS)];
    const first = await bought(unsaid, [{ slotCode: 'A1', quantity: 1 }]);
    const second = await bought(silent, [{ slotCode: 'A1', quantity: 1 }]);
    expect(await world.get(CommandService).due([silent.cabinetId])).toHaveLength(1);
    const giveUp = async () => {
      await world.get(VendService).giveUpDue(100);
      await hear();
    };

    await advance(9_000);
    await giveUp();
    expect((await shown(first)).vend).toMatchObject({ state: 'DELIVERING' });
    await advance(2_000);
    await giveUp();
    expect(await shown(first)).toMatchObject({
      vend: { state: 'NOT_DONE' },
      refunds: [{ amountFen: '900' }],
    });
    expect(await shown(second)).toMatchObject({ vend: { state: 'DELIVERING' }, refunds: [] });
    await advance(90_000);
    await giveUp();
    await giveUp();
    await paidBack();
    expect(await shown(second)).toMatchObject({
      vend: { state: 'NOT_DONE' },
      refunds: [{ state: 'SUCCEEDED' }],
    });
    expect(await unitsAt(silent)).toBe(8);
  });

  it('that has come in and was not looked at yet, because we were away, counts before anything is given up', async () => {
    const made = await makeVending(world, KEEPS);
    const machine = await machineOf(made);
    const sale = await bought(made, [{ slotCode: 'A1', quantity: 1 }]);
    const [command] = await commandsOf(made);
    await world.get(CommandService).due([made.cabinetId]);
    await machine.vend(command?.id ?? '', [['A1', 'FINISHED', 1]]);
    await advance(300_000);

    await world.get(VendService).giveUpDue(100);
    await hear();

    expect(await shown(sale)).toMatchObject({ vend: { state: 'DONE' }, refunds: [] });
    expect((await breaksOf(made)).nodes).toEqual([]);
  });

  it('that is paid too late is not handed out: nobody stands there any more, and the money goes back', async () => {
    const made = await makeVending(world, KEEPS);
    const [slow, away] = [world.person(), world.person()];
    const { order: late } = await place(made, [{ slotCode: 'A1', quantity: 1 }], slow);
    const { order: lost } = await place(made, [{ slotCode: 'A2', quantity: 1 }], away);
    await payFor(away, lost.id);
    await payFor(slow, late.id);
    expect((await shown({ buyer: slow, orderId: late.id })).vend).toBeNull();
    await advance(61_000);
    await paidBack();
    expect(await shown({ buyer: away, orderId: lost.id })).toMatchObject({
      vend: { state: 'NOT_DONE' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '900' }],
    });

    const { order: expired } = await place(made, [{ slotCode: 'A1', quantity: 3 }], slow);
    await payFor(slow, expired.id);
    await advance(181_000);
    await world.get(OrderService).expireDue(100);
    expect(await unitsAt(made)).toBe(8);
    await paidBack();
    expect(await shown({ buyer: slow, orderId: expired.id })).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'EXPIRED',
      vend: null,
      refunds: [{ state: 'SUCCEEDED' }],
    });
    expect(await commandsOf(made)).toEqual([]);
  });

  it('of the last one is one of two, and what is being paid for is not counted meanwhile', async () => {
    const made = await makeVending(world, { batches: [{ quantity: 1, bestBeforeOn: null }] });
    const { cabinetId, operatorId } = made;

    const all = await Promise.all([1, 2, 3].map(() => place(made, [{ slotCode: 'A1', quantity: 1 }])));

    // The same goods out of two slots at once: each gets theirs.
    const beside = await makeVending(world, { batches: [{ quantity: 1, bestBeforeOn: null }] });
    const both = await Promise.all(
      ['A1', 'A2'].map((slotCode) => place(beside, [{ slotCode, quantity: 1 }])),
    );
    expect(both.map(({ code }) => code ?? 'PLACED')).toEqual(['PLACED', 'PLACED']);
    expect((await kioskOf(beside)).slots).toMatchObject([{ available: 0 }, { available: 4 }]);
    expect(all.map(({ code }) => code ?? 'PLACED').toSorted()).toEqual([
      'INSUFFICIENT_STOCK',
      'INSUFFICIENT_STOCK',
      'PLACED',
    ]);
    expect((await kioskOf(made)).slots).toMatchObject([
      { availability: 'EMPTY', available: 0 },
      { available: 5 },
    ]);
    const counting = { cabinetId, slotCode: 'A1', batches: [], causeKey: 'c' };
    expect(await at('merchant', owner(operatorId)).ask(COUNT, counting)).toMatchObject({
      code: 'SLOT_HELD',
      reserved: 1,
    });
    await advance(181_000);
    await world.get(OrderService).expireDue(100);
    expect(await at('merchant', owner(operatorId)).ask(COUNT, counting)).toMatchObject({
      __typename: 'SlotCountPayload',
    });
  });

  it('is not begun where it could not end, and not called off while it comes out', async () => {
    const made = await makeVending(world, KEEPS);
    const wanted = [{ slotCode: 'A1', quantity: 1 }];
    const refusals = async (change: () => Promise<unknown>) => {
      await change();
      return (await place(made, wanted)).code;
    };
    const access = world.get(AccessService);
    expect(await refusals(() => access.disconnected(made.cabinetId))).toBe('KIOSK_CLOSED');
    await access.connected(made.cabinetId);
    const lock = (reason: 'OPERATOR') =>
      world.database.transaction((tx) =>
        world.get(SlotLockService).lock(tx, made.cabinetId, ['A1'], { reason, detail: '', by: null }),
      );
    const free = () =>
      world.database.transaction((tx) =>
        world.get(SlotLockService).release(tx, made.cabinetId, ['A1'], { reason: 'OPERATOR', by: null }),
      );
    expect(await refusals(() => lock('OPERATOR'))).toBe('SLOT_LOCKED');
    await free();
    expect(await place(made, [{ slotCode: 'A3', quantity: 1 }])).toMatchObject({
      fields: [{ path: 'lines.0.slotCode' }],
    });
    expect(await place(made, [{ slotCode: 'A1', quantity: 0 }])).toMatchObject({
      fields: [{ path: 'lines.0.quantity' }],
    });
    expect(await place(made, [...wanted, ...wanted])).toMatchObject({ fields: [{ path: 'lines' }] });
    const buyer = world.person();
    const asked = { idempotencyKey: newId('req'), lines: wanted, totalFen: '1' };
    const ask = (visit: string, input: object) =>
      shop().as(buyer.token).ask<{ code: string }>(BUY, { visit, input });
    expect(await ask(visitOf(world, made.cabinetId), asked)).toMatchObject({ code: 'PRICE_CHANGED' });
    expect(await ask('x', asked)).toMatchObject({ code: 'SCAN_EXPIRED' });
    const again = { ...asked, totalFen: '900' };
    const visit = visitOf(world, made.cabinetId);
    const first = await ask(visit, again);
    expect(await ask(visit, again)).toEqual(first);
    for (const line of [
      { slotCode: 'A2', quantity: 1 },
      { slotCode: 'A1', quantity: 2 },
    ])
      expect(await ask(visit, { ...again, lines: [line] })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    const elsewhere = orderInput({
      handover: 'VEND',
      lines: [{ variantId: made.product.variantId, quantity: 1, channelPointId: made.channelPointId }],
    });
    expect(await world.get(OrderPlacementService).place(buyer.userId, elsewhere)).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await unitsAt(made)).toBe(7);

    const sale = await bought(made, wanted);
    expect(await world.get(OrderService).cancel(sale.buyer.userId, sale.orderId)).toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
    });
    const [part] = await partsOf(world, sale.orderId);
    expect(await world.get(FulfillmentService).ready([made.operatorId], part?.id ?? '')).toMatchObject({
      code: 'HANDOVER_MISMATCH',
    });
  });

  it('is not begun past what one person may buy or have unpaid, nor of what its merchant sells no more; nothing is kept', async () => {
    const made = await makeVending(world, KEEPS);
    const { merchantId, productId, variantId } = made.product;
    const wanted = [{ slotCode: 'A1', quantity: 1 }];
    const limit = { variantId, orderMax: null, personMax: 1, periodDays: 7 };
    await world.get(PurchaseLimitService).set([merchantId], limit, newId('usr'));
    const greedy = world.person();
    await place(made, wanted, greedy);
    const held = await unitsAt(made);

    expect(await place(made, wanted, greedy)).toMatchObject({ code: 'PURCHASE_LIMIT' });
    const busy = world.person();
    const product = await makeProduct(world);
    for (let waiting = 0; waiting < 20; waiting += 1)
      await makeOrder(world, { buyerId: busy.userId }, product);
    expect(await place(made, wanted, busy)).toMatchObject({ code: 'TOO_MANY_UNPAID' });
    await world.get(ProductService).moveState(productId, 'OFF_SALE');
    expect(await place(made, wanted)).toMatchObject({ code: 'NOT_ON_SALE' });
    expect(await unitsAt(made)).toBe(held);
  });

  it('is found by its key whatever has become of the cabinet, the slot and the visit since', async () => {
    const made = await makeVending(world, KEEPS);
    await machineOf(made);
    const buyer = world.person();
    const visit = visitOf(world, made.cabinetId);
    const ask = (changes: object = {}, person = buyer, at = visit) =>
      shop()
        .as(person.token)
        .ask<{ code?: string }>(BUY, { visit: at, input: { ...input, ...changes } });
    const input = {
      idempotencyKey: newId('req'),
      lines: [{ slotCode: 'A1', quantity: 1 }],
      totalFen: '900',
    };
    const first = await ask();
    expect(first).toMatchObject({ __typename: 'KioskOrderPlacePayload' });
    const other = { idempotencyKey: newId('req') };

    await world.get(AccessService).disconnected(made.cabinetId);
    expect(await ask(other)).toMatchObject({ code: 'KIOSK_CLOSED' });
    expect(await ask()).toEqual(first);
    // Another slot, cabinet or person is another matter.
    expect(await ask({ lines: [{ slotCode: 'A2', quantity: 1 }] })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await ask({}, world.person())).toMatchObject({ code: 'KIOSK_CLOSED' });
    const elsewhere = await makeVending(world, KEEPS);
    expect(await ask({}, buyer, visitOf(world, elsewhere.cabinetId))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });

    world.clock.advance(11 * 60_000);
    expect(await ask(other)).toMatchObject({ code: 'SCAN_EXPIRED' });
    expect(await ask()).toEqual(first);
    expect(await ask({}, buyer, `${visit}x`)).toMatchObject({ code: 'SCAN_EXPIRED' });
  });

  it('that nobody has made is a break; a test and what goes out in maintenance is none', async () => {
    const made = await makeVending(world, KEEPS);
    const machine = await machineOf(made);

    await machine.vend(null, [
      ['A1', 'FINISHED', 2],
      ['A2', 'FAILED', 1],
    ]);
    await machine.vend(newId('ccm'), [['A2', 'FINISHED', 9]]);
    await machine.vend(null, [['A1', 'FINISHED', 1]], { isTest: true });
    await machine.vend(null, [['A1', 'FINISHED', 1]], { isInMaintenance: true });
    await world.settle();

    expect((await breaksOf(made)).nodes).toMatchObject([
      { kind: 'UNASKED', slotCode: 'A2', units: 9, takenUnits: 5, orderId: null },
      { kind: 'UNASKED', slotCode: 'A1', units: 2, takenUnits: 2 },
    ]);
    expect(await unitsAt(made)).toBe(1);
  });
});

describe('an open door', () => {
  const OPENING = `doorOpening { id state heldFen billedFen closedAt action { kind url } items { slotCode variantId quantity priceFen }
    trays { slotCode beforeG afterG } order { id state totalFen } }`;
  const START = `mutation ($visit: String!, $key: ID!) { doorOpeningStart(visit: $visit, idempotencyKey: $key) { __typename
    ... on DoorOpeningStartPayload { ${OPENING} } ... on DoorDebtUnpaidError { orderId } ... on DomainError { code } } }`;
  const OPEN = `mutation ($visit: String!, $openingId: ID!) { doorOpen(visit: $visit, openingId: $openingId) { __typename
    ... on DoorOpenPayload { ${OPENING} } ... on DomainError { code } } }`;
  const CANCEL = `mutation ($openingId: ID!) { doorOpeningCancel(openingId: $openingId) { ... on DoorOpeningCancelPayload { ${OPENING} } } }`;
  const SHOW = `query ($id: ID!) { ${OPENING.replace('doorOpening {', 'doorOpening(id: $id) {')} }`;
  const MINE = `query { doorOpenings { nodes { id state items { quantity } trays { slotCode } } } }`;
  const WAITING = `query ($merchantId: ID!) { doorOpenings(merchantId: $merchantId, state: REVIEW) { nodes { id reviewReason
    trays { slotCode doubt } items { quantity } } } }`;
  const SEEN = `query ($cabinetId: ID) { doorOpenings(cabinetId: $cabinetId) { nodes { id state } } }`;
  const DECIDE = `mutation ($openingId: ID!, $items: [DoorOpeningItemInput!]!, $note: String!) {
    doorOpeningDecide(openingId: $openingId, items: $items, note: $note) { __typename
    ... on DoorOpeningDecidePayload { doorOpening { state decidedNote } } ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
  const WAIVE = `mutation ($openingId: ID!, $note: String!) { doorOpeningWaive(openingId: $openingId, note: $note) { __typename
    ... on DoorOpeningWaivePayload { doorOpening { id state decidedNote } } ... on DoorNotOwedError { state } ... on DoorWaiveByAnotherError { obstacle limitFen }
    ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
  interface Shown {
    readonly id: string;
    readonly state: string;
    readonly billedFen: string | null;
    readonly action: { readonly url: string } | null;
    readonly items: readonly { readonly quantity: number }[];
    readonly order: { readonly id: OrderId; readonly state: string } | null;
  }
  let postbag: Postbag;

  beforeAll(() => {
    postbag = new Postbag(world.sandbox, world.clock);
  });
  // The sandbox's time is the machine's.
  beforeEach(() => world.clock.set(world.sandbox.control.now.toISOString()));

  const advance = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    await world.sandbox.control.advance(milliseconds / 1_000);
  };
  const hear = async () => {
    for (let round = 0; round < 3; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
    }
  };
  const tick = async () => {
    const bills = world.get(DoorBillService);
    await world.get(DoorCourseService).checkDue(100, bills.bill.bind(bills));
    await world.get(PaymentHoldService).checkDue(100);
    await hear();
  };
  const start = (made: Pick<MadeOpenDoor, 'cabinetId'>, buyer: Person, key: string = newId('req')) =>
    shop()
      .as(buyer.token)
      .ask<{ code?: string; orderId?: string; doorOpening: Shown }>(START, {
        visit: visitOf(world, made.cabinetId),
        key,
      });
  const open = (made: Pick<MadeOpenDoor, 'cabinetId'>, buyer: Person, openingId: string) =>
    shop()
      .as(buyer.token)
      .ask<{ code?: string; doorOpening: Shown }>(OPEN, { visit: visitOf(world, made.cabinetId), openingId });
  const show = async (buyer: Person, id: string) =>
    present(await shop().as(buyer.token).ask<Shown | null>(SHOW, { id }), 'an opening');
  const holdOf = async (openingId: string) => {
    const [row] = await world.database.query<{
      id: string;
      state: string;
      checkout: string;
      intent: string;
      captured: string | null;
    }>(
      'SELECT id, state, checkout_ref AS checkout, intent_ref AS intent, capture_fen AS captured FROM payment_hold WHERE subject_id = ?',
      [openingId],
    );
    return present(row, 'a hold');
  };
  const ready = async (made: MadeOpenDoor, buyer: Person) => {
    const { doorOpening } = await start(made, buyer);
    world.sandbox.control.authorise((await holdOf(doorOpening.id)).checkout);
    await hear();
    return doorOpening.id;
  };
  const commandOf = async (openingId: string) => {
    const [row] = await world.database.query<{ id: string; endsIn: string }>(
      `SELECT c.id, TIMESTAMPDIFF(SECOND, c.requested_at, c.expires_at) AS endsIn FROM cabinet_command c
       JOIN door_opening d ON d.command_id = c.id WHERE d.id = ? AND c.kind = 'OPEN_DOOR'`,
      [openingId],
    );
    return row;
  };
  /** By grams that are missing from each tray. */
  const weigh = async (
    machine: Awaited<ReturnType<typeof machineOf>>,
    openingId: string,
    missing: Readonly<Record<string, number>>,
    more: object = {},
  ) =>
    machine.say('weighing', {
      commandId: present(await commandOf(openingId), 'a command').id,
      trays: ['A1', 'A2', 'A3'].map((slot) => ({
        slot,
        beforeG: 6_000,
        afterG: 6_000 - (missing[slot] ?? 0),
        isSettled: true,
        ...more,
      })),
    });
  const opened = async (
    made: MadeOpenDoor,
    buyer: Person,
    known: Awaited<ReturnType<typeof machineOf>> | null = null,
  ) => {
    const machine = known ?? (await machineOf(made));
    const id = await ready(made, buyer);
    await open(made, buyer, id);
    const { id: commandId } = present(await commandOf(id), 'a command');
    await world.get(CommandService).due([made.cabinetId]);
    await machine.say('reply', { commandId, outcome: 'DONE', detail: '' });
    await hear();
    return { machine, id };
  };
  const capturedOf = async (orderId: string) =>
    (
      await world.database.query<{ stage: string; disposition: string; captured: string }>(
        'SELECT stage, disposition, captured_fen AS captured FROM payment WHERE order_id = ? ORDER BY attempt',
        [orderId],
      )
    ).map(({ stage, disposition, captured }) => [stage, disposition, captured]);
  const volumeOf = async (orderId: string) => {
    const [row] = await world.database.query<Record<string, string>>(
      `SELECT COALESCE(SUM(f.paid_fen), 0) AS paid, COALESCE(SUM(f.recognised_fen), 0) AS recognised, COUNT(DISTINCT f.sale_county_code) AS counties,
         MIN(f.sale_county_code) AS county FROM volume_fact f JOIN order_line l ON f.source_line_no = l.id WHERE l.order_id = ?`,
      [orderId],
    );
    return row;
  };
  const peachesAt = async ({ channelPointId, peach }: MadeOpenDoor) =>
    (await world.get(ShelfStockReader).byVariant(channelPointId, [peach.variantId]))?.get(peach.variantId);
  const stateAtBank = async (openingId: string) => {
    const { intent } = await holdOf(openingId);
    const outcome = await world.get(PaymentGateway).query({ intentRef: intent, checkoutRef: null });
    return outcome?.kind === 'unknown' ? null : outcome?.value?.state;
  };

  it('is opened for whoever’s bank keeps money ready, and bills what is missing, once: captured in part, counted where the cabinet stands', async () => {
    const made = await makeOpenDoor(world);
    const machine = await machineOf(made);
    const buyer = world.person();
    const key = newId('req');
    // A button that is pressed twice at once.
    const [{ doorOpening: first }, { doorOpening: twin }] = await Promise.all([
      start(made, buyer, key),
      start(made, buyer, key),
    ]);
    expect(twin.id).toBe(first.id);
    const { doorOpening: started } = await start(made, buyer, key);
    expect(started).toMatchObject({ state: 'AWAITING_HOLD', heldFen: '20000', action: { kind: 'REDIRECT' } });
    expect(started.id).toBe(first.id);
    expect(await start(made, buyer)).toMatchObject({ code: 'DOOR_BUSY' });
    expect(await open(made, buyer, started.id)).toMatchObject({ code: 'DOOR_NOT_READY' });

    world.sandbox.control.authorise((await holdOf(started.id)).checkout);
    await hear();
    expect(await show(buyer, started.id)).toMatchObject({ state: 'READY', action: null });
    expect(await shop().as(world.person().token).ask(SHOW, { id: started.id })).toBeNull();
    const visit = visitOf(world, made.cabinetId);
    const stranger = shop().as(world.person().token);
    expect(await stranger.codeOf(OPEN, { visit, openingId: started.id })).toBe('NOT_FOUND');
    expect(await open(made, buyer, started.id)).toMatchObject({ doorOpening: { state: 'OPENING' } });
    expect(await open(made, buyer, started.id)).toMatchObject({ doorOpening: { state: 'OPENING' } });
    const command = present(await commandOf(started.id), 'a command');
    expect(command.endsIn).toBe('10');
    await machine.say('reply', { commandId: command.id, outcome: 'DONE', detail: '' });
    await hear();
    expect(await show(buyer, started.id)).toMatchObject({ state: 'OPEN' });

    // What is planned otherwise meanwhile changes no bill.
    await weigh(machine, started.id, { A1: 1_030, A2: 137 });
    await weigh(machine, started.id, { A1: 5_000 });
    await hear();

    const shown = await show(buyer, started.id);
    const orderId = present(shown.order, 'an order').id;
    expect(shown).toMatchObject({
      state: 'PAID',
      billedFen: '2100',
      items: [
        { slotCode: 'A1', variantId: made.peach.variantId, quantity: 2, priceFen: '900' },
        { slotCode: 'A2', variantId: made.tea.variantId, quantity: 1, priceFen: '300' },
      ],
      trays: [{ slotCode: 'A1', beforeG: 6_000, afterG: 4_970 }, { slotCode: 'A2' }, { slotCode: 'A3' }],
      order: { state: 'PAID', totalFen: '2100' },
    });
    expect(await capturedOf(orderId)).toEqual([['WHOLE', 'KEPT', '2100']]);
    expect(await holdOf(started.id)).toMatchObject({ state: 'CAPTURED', captured: '2100' });
    expect(await volumeOf(orderId)).toEqual({
      paid: '2100',
      recognised: '2100',
      counties: '1',
      county: '430225',
    });
    expect(await peachesAt(made)).toBe(13);
    expect((await partsOf(world, orderId)).map(({ state, handover }) => [state, handover])).toEqual([
      ['RECEIVED', 'TAKEN'],
    ]);
    expect((await shop().as(buyer.token).ask<{ nodes: object[] }>(MINE)).nodes).toMatchObject([
      { id: started.id },
    ]);
    expect(
      (await at('settlement', official()).ask<{ nodes: object[] }>(SEEN, { cabinetId: made.cabinetId }))
        .nodes,
    ).toMatchObject([{ id: started.id, state: 'PAID' }]);
    expect((await at('settlement', official('430224')).ask<{ nodes: object[] }>(SEEN, {})).nodes).toEqual([]);
    const [orders] = await world.database.query<{ orders: string }>(
      'SELECT COUNT(*) AS orders FROM customer_order WHERE buyer_id = ?',
      [buyer.userId],
    );
    expect(orders).toEqual({ orders: '1' });
    // Counted as any other afterwards: nothing is being bought there.
    const counting = { cabinetId: made.cabinetId, slotCode: 'A1', batches: [], causeKey: 'c' };
    expect(await at('merchant', owner(made.operatorId)).ask(COUNT, counting)).toMatchObject({
      __typename: 'SlotCountPayload',
    });
  });

  it('lets the money go where nothing was taken, where nobody opens, and where the cabinet cannot', async () => {
    const made = await makeOpenDoor(world);
    const buyer = world.person();
    const { machine, id: nothing } = await opened(made, buyer);
    await weigh(machine, nothing, { A1: 3 });
    await hear();
    expect(await show(buyer, nothing)).toMatchObject({ state: 'NOTHING_TAKEN', order: null });
    expect(await holdOf(nothing)).toMatchObject({ state: 'RELEASED' });
    expect(await stateAtBank(nothing)).toBe('CANCELLED');

    const unwanted = await ready(made, buyer);
    await shop().as(buyer.token).ask(CANCEL, { openingId: unwanted });
    await hear();
    expect(await show(buyer, unwanted)).toMatchObject({ state: 'NOT_OPENED' });
    expect(await stateAtBank(unwanted)).toBe('CANCELLED');

    const { doorOpening: unpaid } = await start(made, buyer);
    await advance(10 * 60_000 + 1_000);
    await world.get(AccessService).connected(made.cabinetId);
    await tick();
    expect(await show(buyer, unpaid.id)).toMatchObject({ state: 'NOT_OPENED', action: null });
    expect(await holdOf(unpaid.id)).toMatchObject({ state: 'RELEASED' });

    const refusing = await ready(made, buyer);
    await open(made, buyer, refusing);
    const other = await machineOf(made);
    await other.say('reply', {
      commandId: (await commandOf(refusing))?.id,
      outcome: 'FAILED',
      detail: 'lock',
    });
    await hear();
    expect(await show(buyer, refusing)).toMatchObject({ state: 'NOT_OPENED' });
    expect(await holdOf(refusing)).toMatchObject({ state: 'RELEASED' });

    const unsaid = await ready(made, buyer);
    await open(made, buyer, unsaid);
    await advance(11_000);
    await tick();
    expect(await show(buyer, unsaid)).toMatchObject({ state: 'NOT_OPENED' });
    expect(await holdOf(unsaid)).toMatchObject({ state: 'RELEASED' });
    expect(await peachesAt(made)).toBe(15);
  });

  it('takes what is held of a bill that is more, and the rest is owed: no other door opens until it is paid, and it is counted once, when it is', async () => {
    const made = await makeOpenDoor(world, { priceFen: 9_000n });
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await weigh(machine, id, { A1: 1_530 });
    await hear();

    const shown = await show(buyer, id);
    const orderId = present(shown.order, 'an order').id;
    expect(shown).toMatchObject({ state: 'DEBT', billedFen: '27000', order: { state: 'PLACED' } });
    expect(await capturedOf(orderId)).toEqual([['DEPOSIT', 'DEPOSIT', '20000']]);
    expect(await volumeOf(orderId)).toMatchObject({ paid: '0', recognised: '0' });
    expect(await peachesAt(made)).toBe(12);
    expect(await start(made, buyer)).toMatchObject({ code: 'DOOR_DEBT_UNPAID', orderId });
    expect(await world.get(OrderService).cancel(buyer.userId, orderId)).toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
    });
    await advance(40 * 86_400_000);
    await world.get(OrderService).expireDue(100);
    const payment = await world.get(PaymentService).start(buyer.userId, orderId, 'WECHAT_PAY');
    if (refused(payment)) throw new Error(payment.message.en);
    expect(payment).toMatchObject({ stage: 'BALANCE', amountFen: 7_000n });
    const [row] = await world.database.query<{ ref: string }>(
      'SELECT intent_ref AS ref FROM payment WHERE id = ?',
      [payment.id],
    );
    world.sandbox.control.authorise(row?.ref ?? '');
    await hear();

    expect(await show(buyer, id)).toMatchObject({ state: 'PAID', order: { state: 'PAID' } });
    expect(await capturedOf(orderId)).toEqual([
      ['DEPOSIT', 'KEPT', '20000'],
      ['BALANCE', 'KEPT', '7000'],
    ]);
    expect(await volumeOf(orderId)).toMatchObject({ paid: '27000', recognised: '27000' });
    expect(await peachesAt(made)).toBe(12);
    await world.get(AccessService).connected(made.cabinetId);
    expect(await start(made, buyer)).toMatchObject({ doorOpening: { state: 'AWAITING_HOLD' } });
  });

  it('of which something is owed is waived by a person, with a reason, once: what was paid of it goes back, what was taken is shrink', async () => {
    const made = await makeOpenDoor(world, { priceFen: 9_000n });
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await weigh(machine, id, { A1: 1_530 });
    const takenAt = world.clock.now();
    await hear();
    const orderId = present((await show(buyer, id)).order, 'an order').id;
    const operator = at('merchant', owner(made.operatorId));
    const keeper = world.client('settlement').as(world.personOf(buyer.userId, official()).token);
    const desk = at('settlement', official());
    const note = '顾客家庭困难，经核实免除';
    // More than the operator may give up by themselves; nobody gives up what they owe themselves; nobody elsewhere.
    expect(await operator.ask(WAIVE, { openingId: id, note })).toMatchObject({
      code: 'DOOR_WAIVE_BY_ANOTHER',
      obstacle: 'TOO_MUCH',
      limitFen: '20000',
    });
    expect(await keeper.ask(WAIVE, { openingId: id, note })).toMatchObject({ obstacle: 'OWN_DEBT' });
    const strangers = [
      at('settlement', official('430211')),
      at('merchant', owner((await makeMerchant(world)).id)),
    ];
    for (const stranger of strangers)
      await expect(stranger.ask(WAIVE, { openingId: id, note })).rejects.toThrow('NOT_FOUND');
    expect(await desk.ask(WAIVE, { openingId: id, note: ' ' })).toMatchObject({ fields: [{ path: 'note' }] });
    expect(await show(buyer, id)).toMatchObject({ state: 'DEBT' });

    const said = await Promise.all([
      desk.ask(WAIVE, { openingId: id, note }),
      desk.ask(WAIVE, { openingId: id, note }),
    ]);
    for (let round = 0; round < 3; round += 1) {
      await advance(10_000);
      await hear();
    }

    const waived = { doorOpening: { id, state: 'WAIVED', decidedNote: note } };
    expect(said).toMatchObject([waived, waived]);
    expect(await actsOn(id)).toEqual(['door_opening.waived']);
    expect(await at('settlement', official()).ask(WAIVE, { openingId: id, note })).toMatchObject({
      code: 'DOOR_NOT_OWED',
      state: 'WAIVED',
    });
    expect(await show(buyer, id)).toMatchObject({ state: 'WAIVED', order: { state: 'CANCELLED' } });
    expect(await shop().as(buyer.token).ask(ORDER, { id: orderId })).toMatchObject({
      cancelReason: 'WAIVED',
      refunds: [{ state: 'SUCCEEDED', amountFen: '20000' }],
    });
    expect(await volumeOf(orderId)).toMatchObject({ paid: '0', recognised: '0' });
    // Out of the book once, when it was billed.
    expect(await peachesAt(made)).toBe(12);
    const span = { fromAt: new Date(takenAt.getTime() - 1_000), toAt: new Date(takenAt.getTime() + 1_000) };
    expect(await world.get(VendDayReader).countedIn([made.cabinetId], span)).toEqual([
      { cabinetId: made.cabinetId, expectedUnits: 3, countedUnits: 0 },
    ]);
    await world.get(AccessService).connected(made.cabinetId);
    expect(await start(made, buyer)).toMatchObject({ doorOpening: { state: 'AWAITING_HOLD' } });
  });

  it('notices what is gone from a tray behind a shut door, or what its scale cannot mean; not what somebody was there for', async () => {
    const machines = new Map<string, Awaited<ReturnType<typeof machineOf>>>();
    const visit = async (made: MadeOpenDoor, beforeG: Readonly<Record<string, number>>) => {
      world.clock.advance(3_600_000);
      await world.get(AccessService).connected(made.cabinetId);
      const known = machines.get(made.cabinetId) ?? null;
      const { machine, id } = await opened(made, world.person(), known);
      machines.set(made.cabinetId, machine);
      const { id: commandId } = present(await commandOf(id), 'a command');
      const trays = ['A1', 'A2', 'A3'].map((slot) => {
        const grams = beforeG[slot] ?? 6_000;
        return { slot, beforeG: grams, afterG: grams, isSettled: true };
      });
      const shutAt = world.clock.now();
      const say = () => machine.say('weighing', { commandId, trays }, shutAt).then(hear);
      return { machine, say };
    };
    const alarmsOf = ({ cabinetId }: MadeOpenDoor) =>
      world.database.query(
        `SELECT kind, slot_code AS slotCode, detail FROM cabinet_alarm WHERE cabinet_id = ? AND kind IN ('STOCK_LOSS', 'TRAY_DRIFT') ORDER BY kind`,
        [cabinetId],
      );
    const [robbed, served, late] = await Promise.all([
      makeOpenDoor(world),
      makeOpenDoor(world),
      makeOpenDoor(world),
    ]);
    await (await visit(robbed, {})).say();
    expect(await alarmsOf(robbed)).toEqual([]);
    const before = await peachesAt(robbed);
    await (await visit(robbed, { A1: 5_490, A2: 6_200, A3: 6_004 })).say();
    const found = [
      { kind: 'STOCK_LOSS', slotCode: '', detail: '托盘 A1 关门期间少 510 克，约 1 件' },
      { kind: 'TRAY_DRIFT', slotCode: 'A2', detail: '关门期间多 200 克' },
    ];
    expect(await alarmsOf(robbed)).toEqual(found);
    // Nothing leaves the book by it.
    expect(await peachesAt(robbed)).toBe(before);

    const { machine, say } = await visit(served, {});
    await say();
    await machine.say('door', { isOpen: true, reason: 'MAINTENANCE' });
    await machine.say('door', { isOpen: false, reason: 'MAINTENANCE' });
    await (await visit(served, { A1: 5_490 })).say();
    expect(await alarmsOf(served)).toEqual([]);

    // Of three the second comes last: what its buyer took is not missing.
    await (await visit(late, {})).say();
    const second = await visit(late, {});
    world.clock.advance(3_700_000);
    await world.get(DoorCourseService).checkDue(100, async () => undefined);
    await (await visit(late, { A1: 5_490 })).say();
    expect(await alarmsOf(late)).toEqual([]);
    await second.say();
    expect(await alarmsOf(late)).toEqual([found[0]]);
  });

  it('is for a person where the weights leave a doubt; whoever runs it says what was taken, and where nobody does in time nothing is asked for', async () => {
    const made = await makeOpenDoor(world);
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await machine.say('alarm', {
      code: 'TRAY_DRIFT',
      isActive: true,
      slot: 'A1',
      detail: '',
      vendorCode: null,
    });
    await weigh(machine, id, { A1: 510, A2: 137 });
    await hear();
    expect(await show(buyer, id)).toMatchObject({ state: 'REVIEW', order: null });
    const operator = at('merchant', owner(made.operatorId));
    expect((await operator.ask<{ nodes: object[] }>(WAITING, { merchantId: made.operatorId })).nodes).toEqual(
      [
        {
          id,
          reviewReason: 'WEIGHTS',
          trays: [
            { slotCode: 'A1', doubt: 'DRIFTING' },
            { slotCode: 'A2', doubt: null },
            { slotCode: 'A3', doubt: null },
          ],
          items: [{ quantity: 1 }],
        },
      ],
    );
    const items = [{ slotCode: 'A1', variantId: made.peach.variantId, quantity: 1 }];
    const vars = { openingId: id, items, note: '看过录像，取黄桃一份' };
    expect(await at('settlement', official('430224')).codeOf(DECIDE, vars)).toBe('NOT_FOUND');
    expect(await at('merchant', owner((await makeMerchant(world)).id)).codeOf(DECIDE, vars)).toBe(
      'NOT_FOUND',
    );
    const stray = [{ ...items[0], slotCode: 'A3' }];
    expect(await operator.ask(DECIDE, { ...vars, items: stray })).toMatchObject({
      fields: [{ path: 'items.0.variantId' }],
    });
    const both = await Promise.all([
      operator.ask<{ code?: string }>(DECIDE, vars),
      at('settlement', official()).ask<{ code?: string }>(DECIDE, { ...vars, items: [] }),
    ]);
    expect(both.map(({ code }) => code ?? 'DECIDED').toSorted()).toEqual(['DECIDED', 'DOOR_NOT_IN_REVIEW']);
    await hear();
    const decided = await show(buyer, id);
    expect(['PAID', 'NOTHING_TAKEN']).toContain(decided.state);
    expect(await actsOn(id)).toEqual(['door_opening.decided']);

    const next = await opened(made, buyer);
    await weigh(next.machine, next.id, { A2: -400 });
    await hear();
    expect(await show(buyer, next.id)).toMatchObject({ state: 'REVIEW' });
    await advance(72 * 3_600_000 + 1_000);
    await tick();
    expect(await show(buyer, next.id)).toMatchObject({ state: 'WAIVED', order: null });
    expect(await stateAtBank(next.id)).toBe('CANCELLED');
  });

  it('that is silent for an hour is for a person, until it speaks; and what it says of a door that we had given up is owed', async () => {
    const made = await makeOpenDoor(world);
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await advance(3_601_000);
    await tick();
    expect(await show(buyer, id)).toMatchObject({ state: 'REVIEW' });
    await weigh(machine, id, { A1: 510 });
    await hear();
    expect(await show(buyer, id)).toMatchObject({ state: 'PAID', billedFen: '900' });

    await world.get(AccessService).connected(made.cabinetId);
    const late = await ready(made, buyer);
    await open(made, buyer, late);
    await advance(11_000);
    await tick();
    expect(await show(buyer, late)).toMatchObject({ state: 'NOT_OPENED' });
    await weigh(machine, late, { A1: 510 });
    await hear();
    expect(await show(buyer, late)).toMatchObject({ state: 'REVIEW', order: null });
    const items = [{ slotCode: 'A1', variantId: made.peach.variantId, quantity: 1 }];
    await at('merchant', owner(made.operatorId)).ask(DECIDE, { openingId: late, items, note: '确已取走' });
    await hear();
    const owed = await show(buyer, late);
    expect(owed).toMatchObject({ state: 'DEBT', billedFen: '900', order: { state: 'PLACED' } });
    // So little whoever runs it gives up by themselves.
    const operator = at('merchant', owner(made.operatorId));
    const waived = { doorOpening: { state: 'WAIVED' } };
    expect(await operator.ask(WAIVE, { openingId: late, note: '小额免除' })).toMatchObject(waived);
    expect(await operator.ask(WAIVE, { openingId: late, note: '小额免除' })).toMatchObject(waived);
    await hear();
    expect(await show(buyer, late)).toMatchObject({ state: 'WAIVED', order: { state: 'CANCELLED' } });
    expect(await capturedOf(present(owed.order, 'an order').id)).toEqual([]);
  });

  it('that speaks only after a person has decided changes nothing of the bill; its weights are kept', async () => {
    const made = await makeOpenDoor(world);
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await advance(3_601_000);
    await tick();
    const items = [{ slotCode: 'A1', variantId: made.peach.variantId, quantity: 1 }];
    await at('merchant', owner(made.operatorId)).ask(DECIDE, { openingId: id, items, note: '看过录像' });
    await weigh(machine, id, { A1: 1_020 });
    await hear();
    expect(await show(buyer, id)).toMatchObject({
      state: 'PAID',
      billedFen: '900',
      items: [{ slotCode: 'A1', quantity: 1 }],
      trays: [{ slotCode: 'A1', afterG: 4_980 }, { slotCode: 'A2' }, { slotCode: 'A3' }],
    });
  });

  it('that nobody pays for leaves the book all the same, and is shrink of the day on which it was taken', async () => {
    const made = await makeOpenDoor(world);
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await machine.say('alarm', {
      code: 'TRAY_DRIFT',
      isActive: true,
      slot: 'A2',
      detail: '',
      vendorCode: null,
    });
    await weigh(machine, id, { A1: 1_020, A2: 137 });
    const takenAt = world.clock.now();
    await hear();
    expect(await show(buyer, id)).toMatchObject({
      state: 'REVIEW',
      items: [{ slotCode: 'A1', quantity: 2 }],
    });
    expect(await peachesAt(made)).toBe(15);
    await advance(72 * HOUR_MS + 1_000);
    await tick();
    await tick();

    expect(await show(buyer, id)).toMatchObject({ state: 'WAIVED', order: null });
    expect(await peachesAt(made)).toBe(13);
    const span = { fromAt: new Date(takenAt.getTime() - 1_000), toAt: new Date(takenAt.getTime() + 1_000) };
    const days = world.get(VendDayReader);
    expect(await days.countedIn([made.cabinetId], span)).toEqual([
      { cabinetId: made.cabinetId, expectedUnits: 2, countedUnits: 0 },
    ]);
    // Nobody waits for whoever decides: another has opened it meanwhile.
    const other = world.person();
    await world.get(AccessService).connected(made.cabinetId);
    const next = await opened(made, other);
    await weigh(next.machine, next.id, { A1: 510 });
    await hear();
    const { order } = await show(other, next.id);
    const [line] = await world.database.query<{ id: string }>(
      'SELECT id FROM order_line WHERE order_id = ?',
      [present(order, 'an order').id],
    );
    const today = {
      fromAt: new Date(world.clock.now().getTime() - HOUR_MS),
      toAt: new Date(world.clock.now().getTime() + 1_000),
    };
    expect(await days.begunIn([made.cabinetId], today)).toEqual([
      { cabinetId: made.cabinetId, orderLineId: line?.id, hasFailed: false },
    ]);
    expect((await days.plannedIn([made.cabinetId])).map(({ slotCode }) => slotCode)).toEqual(['A1', 'A2']);
  });

  it('that opened after we had given it up is told to a person, and has failed as its buyer saw it', async () => {
    const made = await makeOpenDoor(world);
    const machine = await machineOf(made);
    const buyer = world.person();
    const id = await ready(made, buyer);
    await open(made, buyer, id);
    const { id: commandId } = present(await commandOf(id), 'a command');
    await world.get(CommandService).due([made.cabinetId]);
    await machine.say('reply', { commandId, outcome: 'EXPIRED', detail: '' });
    await hear();
    expect(await show(buyer, id)).toMatchObject({ state: 'NOT_OPENED' });
    const again = await ready(made, buyer);
    await open(made, buyer, again);
    await advance(11_000);
    await tick();
    const late = present(await commandOf(again), 'a command');
    expect(await show(buyer, again)).toMatchObject({ state: 'NOT_OPENED' });
    await machine.say('reply', { commandId: late.id, outcome: 'DONE', detail: '' });
    await hear();
    expect(
      await at('merchant', owner(made.operatorId)).ask(BREAKS, { merchantId: made.operatorId }),
    ).toMatchObject({
      nodes: [{ kind: 'LATE_OPENING', slotCode: '', units: 1 }],
    });
    const span = { fromAt: new Date(world.clock.now().getTime() - HOUR_MS), toAt: world.clock.now() };
    expect(
      (await world.get(VendDayReader).begunIn([made.cabinetId], span)).map(({ hasFailed }) => hasFailed),
    ).toEqual([true, true]);
  });

  it('whose bill is disputed within two days: the operator sees the weights, and whoever says nothing agrees', async () => {
    const DISPUTE = `mutation ($input: AfterSaleOpenInput!) { afterSaleOpen(input: $input) { __typename ... on DomainError { code } } }`;
    const EVIDENCE = `query ($merchantId: ID!, $orderId: ID) { doorOpenings(merchantId: $merchantId, orderId: $orderId) { nodes { id trays { slotCode } } } }`;
    const made = await makeOpenDoor(world);
    const buyer = world.person();
    const { machine, id } = await opened(made, buyer);
    await weigh(machine, id, { A1: 1_020 });
    await hear();
    const { order } = await show(buyer, id);
    const orderId = present(order, 'an order').id;
    const [line] = await world.database.query<{ id: string }>(
      'SELECT id FROM order_line WHERE order_id = ?',
      [orderId],
    );
    const input = {
      idempotencyKey: newId('req'),
      ask: { orderLineId: line?.id, kind: 'REFUND_ONLY', reason: 'NOT_TAKEN', quantity: 1 },
      text: '只取了一份',
      photos: [],
    };
    expect(await shop().as(world.person().token).codeOf(DISPUTE, { input })).toBe('NOT_FOUND');
    expect(await shop().as(buyer.token).ask(DISPUTE, { input })).toEqual({
      __typename: 'AfterSaleOpenPayload',
    });
    expect(
      await at('merchant', owner(made.operatorId)).ask(EVIDENCE, { merchantId: made.operatorId, orderId }),
    ).toMatchObject({
      nodes: [{ id, trays: [{ slotCode: 'A1' }, { slotCode: 'A2' }, { slotCode: 'A3' }] }],
    });
    await advance(48 * HOUR_MS + 1_000);
    await world.get(AfterSaleDeadlineService).actDue(100);
    for (let round = 0; round < 3; round += 1) {
      await advance(10_000);
      await hear();
    }
    const refunds = await world.database.query<{ state: string; amount: string }>(
      'SELECT state, amount_fen AS amount FROM refund WHERE order_id = ?',
      [orderId],
    );
    expect(refunds).toEqual([{ state: 'SUCCEEDED', amount: '900' }]);
    const late = { ...input, idempotencyKey: newId('req') };
    expect(await shop().as(buyer.token).ask(DISPUTE, { input: late })).toMatchObject({
      code: 'AFTER_SALE_WINDOW_OVER',
    });
  });

  it('whose bill is owed is disputed as a whole: waived, or refused with a reason and then by an official; whoever says nothing agrees', async () => {
    const DISPUTE = `mutation ($openingId: ID!, $text: String!) { doorDebtDispute(openingId: $openingId, text: $text) { __typename
      ... on DoorDebtDisputePayload { doorOpening { state dispute { state said note } } } ... on DoorNotOwedError { state } ... on DoorDisputeOverError { until }
      ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
    const REFUSE = `mutation ($openingId: ID!, $note: String!) { doorDisputeRefuse(openingId: $openingId, note: $note) { __typename
      ... on DoorDisputeRefusePayload { doorOpening { state dispute { state note } } } ... on DoorNotDisputedError { state }
      ... on InvalidInputError { fields { path } } ... on DomainError { code } } }`;
    const DISPUTED = `query ($merchantId: ID!, $dispute: DoorDisputeState) { doorOpenings(merchantId: $merchantId, dispute: $dispute) { nodes { id dispute { said } } } }`;
    const FOUND = `query ($id: ID!) { doorOpening(id: $id) { state dispute { state note } } }`;
    const made = await makeOpenDoor(world, { priceFen: 9_000n });
    const owed = async (buyer: Person) => {
      const { machine, id } = await opened(made, buyer);
      await weigh(machine, id, { A1: 1_530 });
      await hear();
      expect((await show(buyer, id)).state).toBe('DEBT');
      return id;
    };
    const dispute = (buyer: Person, openingId: string, text = '只拿了两份') =>
      shop().as(buyer.token).ask(DISPUTE, { openingId, text });
    const found = (buyer: Person, id: string) => shop().as(buyer.token).ask(FOUND, { id });
    const [first, second] = [world.person(), world.person()];
    const id = await owed(first);
    const operator = at('merchant', owner(made.operatorId));
    const desk = at('settlement', official());
    const refuse = (who: typeof operator, note: string) => who.ask(REFUSE, { openingId: id, note });

    await expect(dispute(second, id)).rejects.toThrow('NOT_FOUND');
    expect(await dispute(first, id, ' ')).toMatchObject({ fields: [{ path: 'text' }] });
    expect(await refuse(operator, '称重清楚')).toMatchObject({ code: 'DOOR_NOT_DISPUTED', state: null });
    const said = { doorOpening: { state: 'DEBT', dispute: { state: 'OPEN', said: '只拿了两份', note: '' } } };
    expect(await Promise.all([dispute(first, id), dispute(first, id)])).toMatchObject([said, said]);
    const merchantId = made.operatorId;
    expect(await operator.ask(DISPUTED, { merchantId, dispute: 'OPEN' })).toEqual({
      nodes: [{ id, dispute: { said: '只拿了两份' } }],
    });
    expect(await operator.ask(DISPUTED, { merchantId, dispute: 'AT_PLATFORM' })).toEqual({ nodes: [] });
    expect(await refuse(operator, ' ')).toMatchObject({ fields: [{ path: 'note' }] });
    for (const stranger of [
      at('settlement', official('430211')),
      at('merchant', owner((await makeMerchant(world)).id)),
    ])
      await expect(refuse(stranger, '称重清楚')).rejects.toThrow('NOT_FOUND');
    const debtor = world.client('settlement').as(world.personOf(first.userId, official()).token);
    expect(await refuse(debtor, '称重清楚')).toMatchObject({ code: 'DOOR_NOT_DISPUTED' });
    const atPlatform = { doorOpening: { dispute: { state: 'AT_PLATFORM', note: '称重清楚' } } };
    expect(await refuse(operator, '称重清楚')).toMatchObject(atPlatform);
    expect(await refuse(operator, '称重清楚')).toMatchObject(atPlatform);
    expect(await refuse(operator, '再说一遍')).toMatchObject({
      code: 'DOOR_NOT_DISPUTED',
      state: 'AT_PLATFORM',
    });
    expect(await refuse(desk, '重量与三份相符')).toMatchObject({
      doorOpening: { state: 'DEBT', dispute: { state: 'REJECTED' } },
    });
    expect(await found(first, id)).toEqual({
      state: 'DEBT',
      dispute: { state: 'REJECTED', note: '重量与三份相符' },
    });
    expect(await actsOn(id)).toEqual([
      'door_opening.disputed',
      'door_opening.dispute_refused',
      'door_opening.dispute_refused',
    ]);

    // More than they may waive themselves: silence goes before an official, and theirs waives it.
    const silent = await owed(second);
    await dispute(second, silent);
    await advance(2 * DAY_MS + MINUTE_MS);
    // Too late, and not counted yet.
    expect(await operator.ask(REFUSE, { openingId: silent, note: '称重清楚' })).toMatchObject({
      code: 'DOOR_NOT_DISPUTED',
      state: 'OPEN',
    });
    await world.get(DoorDisputeService).checkDue(100);
    expect(await found(second, silent)).toMatchObject({ state: 'DEBT', dispute: { state: 'AT_PLATFORM' } });
    await advance(7 * DAY_MS + MINUTE_MS);
    for (const _time of ['once', 'again']) await world.get(DoorDisputeService).checkDue(100);
    for (let round = 0; round < 3; round += 1) {
      await advance(10_000);
      await hear();
    }
    expect(await found(second, silent)).toMatchObject({ state: 'WAIVED', dispute: { state: 'GRANTED' } });
    const refunds = await world.database.query(
      'SELECT r.state, r.amount_fen AS amountFen FROM refund r JOIN door_opening d ON d.order_id = r.order_id WHERE d.id = ?',
      [silent],
    );
    expect(refunds).toEqual([{ state: 'SUCCEEDED', amountFen: '20000' }]);
    expect(await actsOn(silent)).toEqual(['door_opening.disputed', 'door_opening.waived']);
    expect(await dispute(second, silent)).toMatchObject({ doorOpening: { state: 'WAIVED' } });

    // What they might waive themselves is waived by their silence; and a bill is disputed within two days.
    const small = await makeOpenDoor(world);
    const [third, machine] = [world.person(), await machineOf(small)];
    const late = await ready(small, third);
    await open(small, third, late);
    await advance(11_000);
    await tick();
    await weigh(machine, late, { A1: 510 });
    await hear();
    const items = [{ slotCode: 'A1', variantId: small.peach.variantId, quantity: 1 }];
    const keeper = at('merchant', owner(small.operatorId));
    await keeper.ask(DECIDE, { openingId: late, items, note: '称重为证' });
    await hear();
    expect(await show(third, late)).toMatchObject({ state: 'DEBT', billedFen: '900' });
    await dispute(third, late);
    await advance(2 * DAY_MS + MINUTE_MS);
    await world.get(DoorDisputeService).checkDue(100);
    await hear();
    expect(await found(third, late)).toMatchObject({ state: 'WAIVED', dispute: { state: 'GRANTED' } });
    const over = world.person();
    await world.get(AccessService).connected(made.cabinetId);
    const stale = await owed(over);
    await advance(2 * DAY_MS + MINUTE_MS);
    expect(await dispute(over, stale)).toMatchObject({ code: 'DOOR_DISPUTE_OVER' });
  });

  it('is one buyer’s at a time, and shut where it could not be shut again: offline, stopped, or with something on a tray that may not be sold', async () => {
    const made = await makeOpenDoor(world);
    const [one, other] = [world.person(), world.person()];
    const [first, second] = [await ready(made, one), await ready(made, other)];
    const both = await Promise.all([open(made, one, first), open(made, other, second)]);
    expect(both.map(({ code }) => code ?? 'OPENED').toSorted()).toEqual(['DOOR_BUSY', 'OPENED']);

    const beside = await makeOpenDoor(world);
    const buyer = world.person();
    const access = world.get(AccessService);
    await access.disconnected(beside.cabinetId);
    expect(await start(beside, buyer)).toMatchObject({ code: 'KIOSK_CLOSED' });
    await access.connected(beside.cabinetId);
    // Whoever has begun hears of it, at once or not, also after the visit and once the cabinet is shut.
    const [patient, key, visit] = [world.person(), newId('req'), visitOf(world, beside.cabinetId)];
    const ask = async (at = visit) =>
      shop().as(patient.token).ask<{ code?: string; doorOpening?: Shown }>(START, { visit: at, key });
    const begun = new Set(
      (await Promise.all([ask(), ask(), ask()])).map(({ code, doorOpening }) => code ?? doorOpening?.id),
    );
    expect([...begun]).toEqual([expect.stringMatching(/^dop_/)]);
    await access.disconnected(beside.cabinetId);
    await advance(10 * 60_000);
    expect((await ask()).doorOpening?.id).toBe([...begun][0]);
    expect(await ask(visitOf(world, made.cabinetId))).toMatchObject({ code: 'DOOR_KEY_USED' });
    expect(await start(beside, patient)).toMatchObject({ code: 'KIOSK_CLOSED' });
    await access.connected(beside.cabinetId);
    const id = await ready(beside, buyer);
    // What is not sold any more could be billed to nobody; where none of it lies there, nobody minds.
    const products = world.get(ProductService);
    await products.moveState(beside.tea.productId, 'OFF_SALE');
    expect(await open(beside, buyer, id)).toMatchObject({ code: 'KIOSK_CLOSED' });
    expect(await start(beside, world.person())).toMatchObject({ code: 'KIOSK_CLOSED' });
    await products.moveState(beside.tea.productId, 'ON_SALE');
    // Nor what its seller may not sell now: a licence has ended, and no list has followed yet.
    const licensedUntil = (day: string | null) =>
      world.database.transaction((tx) =>
        tx.write('UPDATE merchant SET licensed_until = ? WHERE id = ?', [day, beside.tea.merchantId]),
      );
    await licensedUntil('2020-01-01');
    expect(await open(beside, buyer, id)).toMatchObject({ code: 'KIOSK_CLOSED' });
    await licensedUntil(null);
    await world.database.transaction((tx) =>
      world
        .get(SlotLockService)
        .lock(tx, beside.cabinetId, ['A2'], { reason: 'TEMPERATURE', detail: '', by: null }),
    );
    expect(await open(beside, buyer, id)).toMatchObject({ code: 'SLOT_LOCKED' });
    const late = world.person();
    expect(await start(beside, late)).toMatchObject({ code: 'SLOT_LOCKED' });
    for (const [query, rest] of [
      [START, { key: newId('req') }],
      [OPEN, { openingId: id }],
    ] as const)
      expect(
        await shop()
          .as(late.token)
          .ask(query, { visit: 'x', ...rest }),
      ).toMatchObject({
        code: 'SCAN_EXPIRED',
      });
    expect(
      await start(
        await makeVending(world, { batches: [{ quantity: 1, bestBeforeOn: null }] }),
        world.person(),
      ),
    ).toMatchObject({ code: 'KIOSK_CLOSED' });
    expect(await place(beside)).toMatchObject({ code: 'KIOSK_CLOSED' });
  });

  /** By the slot, at a cabinet that has none. */
  const place = ({ cabinetId }: MadeOpenDoor) =>
    shop()
      .as(world.person().token)
      .ask<{ code?: string }>(BUY, {
        visit: visitOf(world, cabinetId),
        input: { idempotencyKey: newId('req'), lines: [{ slotCode: 'A1', quantity: 1 }], totalFen: '900' },
      });
});

describe('a parcel in a cell', () => {
  const PUT = `mutation ($cabinetId: ID!, $merchantOrderId: ID!, $cellCode: ID!) {
    pickUpPlace(cabinetId: $cabinetId, merchantOrderId: $merchantOrderId, cellCode: $cellCode) { __typename ... on ParcelTooHeavyError { cellCode weightG maxItemG fittingCells }
    ... on PickUpPlacePayload { pickUp { id state cellCode keptUntil } } ... on PickUpExistsError { cellCode } ... on DomainError { code } } }`;
  const TAKE_BACK = `mutation ($pickUpId: ID!, $isAgain: Boolean!) { pickUpTakeBack(pickUpId: $pickUpId, isAgain: $isAgain) { __typename
    ... on PickUpTakeBackPayload { pickUp { state takenBackAt } } ... on PickUpStateError { state } ... on DomainError { code } } }`;
  const OPEN = `mutation ($visit: String!, $pickUpId: ID!) { pickUpOpen(visit: $visit, pickUpId: $pickUpId) { __typename
    ... on PickUpOpenPayload { pickUp { state } } ... on PickUpStateError { state } ... on KioskClosedError { obstacle } ... on DomainError { code } } }`;
  const BY_CODE = `mutation ($visit: String!, $code: String!) { pickUpOpenByCode(visit: $visit, code: $code) { __typename
    ... on PickUpOpenByCodePayload { cellCode } ... on PickUpCodesPausedError { until retryAfterSeconds } ... on DomainError { code } } }`;
  const SHOW = `query ($id: ID!) { order(id: $id) { state merchantOrders { state autoReceiptAt receivedAt
    pickUp { id state cellCode code keptUntil takenAt } } refunds { state amountFen } } }`;
  const LIST = `query ($merchantId: ID!, $state: PickUpState) { pickUps(merchantId: $merchantId, state: $state) { nodes { id state cellCode } } }`;
  const EXPECTED = `query ($merchantId: ID!, $cabinetId: ID, $first: Int, $after: String) {
    pickUpsExpected(merchantId: $merchantId, cabinetId: $cabinetId, first: $first, after: $after) {
      nodes { merchantOrderId cabinetId placeName merchantName paidAt promisedOn weightG hasPerishables fittingCells lines { productName quantity } }
      pageInfo { hasNextPage endCursor } } }`;
  const SEEN = `query ($cabinetId: ID) { pickUps(cabinetId: $cabinetId) { nodes { id state } } }`;
  const READY = `mutation ($id: ID!) { merchantOrderReady(merchantOrderId: $id) { __typename ... on DomainError { code } } }`;
  const PREVIEW = `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) { obstacles { code } } }`;
  interface Shown {
    readonly state: string;
    readonly merchantOrders: readonly {
      readonly state: string;
      readonly autoReceiptAt: string | null;
      readonly receivedAt: string | null;
      readonly pickUp: {
        readonly id: string;
        readonly state: string;
        readonly cellCode: string;
        readonly code: string | null;
        readonly keptUntil: string;
        readonly takenAt: string | null;
      } | null;
    }[];
    readonly refunds: readonly { readonly state: string; readonly amountFen: string }[];
  }
  type Locker = Awaited<ReturnType<typeof makeLocker>>;
  let postbag: Postbag;
  let told: PickUpMessage[];

  beforeAll(() => {
    postbag = new Postbag(world.sandbox, world.clock);
  });
  beforeEach(() => {
    // The sandbox's time is the machine's.
    world.clock.set(world.sandbox.control.now.toISOString());
    told = [];
    jest
      .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendPickUpNotice')
      .mockImplementation(async (_phone, notice) => {
        told.push(notice);
      });
  });
  afterEach(() => jest.restoreAllMocks());

  const advance = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    await world.sandbox.control.advance(milliseconds / 1_000);
  };
  const hear = async () => {
    for (let round = 0; round < 3; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
    }
  };
  const tick = async () => {
    await world.get(PickUpCourseService).checkDue(100);
    await hear();
  };
  const payFor = async (buyer: Person, orderId: OrderId) => {
    const payment = await world.get(PaymentService).start(buyer.userId, orderId, 'WECHAT_PAY');
    if (refused(payment)) throw new Error(payment.message.en);
    const [row] = await world.database.query<{ ref: string }>(
      'SELECT COALESCE(checkout_ref, intent_ref) AS ref FROM payment WHERE id = ?',
      [payment.id],
    );
    world.sandbox.control.authorise(row?.ref ?? '');
    await hear();
  };
  /** A paid order of two boxes of tea that is picked up at a counter with cells. */
  const bought = async (
    wish: { readonly isPerishable?: boolean; readonly operatorId?: string; readonly boxG?: number } = {},
  ) => {
    const product = await makeProduct(world, {
      netWeightG: wish.boxG ?? 500,
      pricesFen: [4_000n],
      batches: [{ quantity: 5, bestBeforeOn: null }],
      isPerishable: wish.isPerishable ?? false,
    });
    const locker = await makeLocker(world, { operatorId: wish.operatorId ?? product.merchantId });
    const buyer = world.personOf((await makeUser(world)).userId);
    const { channelPointId } = locker;
    const lines = [{ variantId: product.variantId, quantity: 2, channelPointId }];
    const { orderId } = await makeOrder(world, { buyerId: buyer.userId, lines, handover: 'PICK_UP' });
    await payFor(buyer, orderId);
    const part = present((await partsOf(world, orderId))[0], 'a part');
    return { locker, buyer, orderId, part, product };
  };
  const put = ({ cabinetId, operatorId }: Locker, merchantOrderId: string, cellCode = 'B1') =>
    at('merchant', owner(operatorId)).ask<{
      __typename: string;
      code?: string;
      cellCode?: string;
      pickUp: { id: string; state: string; keptUntil: string };
    }>(PUT, { cabinetId, merchantOrderId, cellCode });
  const show = ({ buyer, orderId }: { readonly buyer: Person; readonly orderId: string }) =>
    shop().as(buyer.token).ask<Shown>(SHOW, { id: orderId });
  const standing = async (made: { readonly buyer: Person; readonly orderId: string }) => {
    const shown = await show(made);
    const part = present(shown.merchantOrders[0], 'a part');
    return { ...part, pickUp: present(part.pickUp, 'a pick-up'), refunds: shown.refunds };
  };
  const open = (buyer: Person, { cabinetId }: Locker, pickUpId: string) =>
    shop()
      .as(buyer.token)
      .ask<{ code?: string; obstacle?: string; state?: string; pickUp?: { state: string } }>(OPEN, {
        visit: visitOf(world, cabinetId),
        pickUpId,
      });
  const byCode = ({ cabinetId }: Locker, code: string, who = world.person()) =>
    shop()
      .as(who.token)
      .ask<{ code?: string; cellCode?: string; until?: string }>(BY_CODE, {
        visit: visitOf(world, cabinetId),
        code,
      });
  /** The commands that open cells, first one first; said, as the broker would. */
  const commandsOf = async ({ cabinetId }: Locker) => {
    await world.get(CommandService).due([cabinetId]);
    return world.database.query<{ id: string; slot: string; endsIn: string }>(
      `SELECT id, JSON_VALUE(data, '$.slot') AS slot, TIMESTAMPDIFF(SECOND, requested_at, expires_at) AS endsIn
       FROM cabinet_command WHERE cabinet_id = ? AND kind = 'OPEN_CELL' ORDER BY id`,
      [cabinetId],
    );
  };
  const volumeOf = async (orderId: string) => {
    const [row] = await world.database.query<Record<string, string>>(
      `SELECT COALESCE(SUM(f.recognised_fen), 0) AS recognised, COALESCE(SUM(f.refunded_fen), 0) AS refunded, MIN(f.sale_county_code) AS county
       FROM volume_fact f JOIN order_line l ON f.source_line_no = l.id WHERE l.order_id = ?`,
      [orderId],
    );
    return row;
  };

  it('is fetched by its buyer: told where it lies, opened within ten seconds, handed over when the door was seen open, once, and counted then', async () => {
    const made = await bought();
    const { locker, buyer, orderId, part } = made;
    const machine = await machineOf(locker);

    const placed = await put(locker, part.id);
    await hear();

    expect(placed).toMatchObject({ __typename: 'PickUpPlacePayload', pickUp: { state: 'WAITING' } });
    const { id } = placed.pickUp;
    // Said again it is the same, and nowhere else.
    expect((await put(locker, part.id)).pickUp.id).toBe(id);
    expect(await put(locker, part.id, 'B2')).toMatchObject({ code: 'PICK_UP_EXISTS', cellCode: 'B1' });
    const before = await standing(made);
    // No time that passes signs for it.
    expect(before).toMatchObject({ state: 'SHIPPED', autoReceiptAt: null, pickUp: { cellCode: 'B1' } });
    expect(before.pickUp.code).toMatch(/^\d{8}$/);
    expect(told).toMatchObject([{ news: 'PLACED', orderId, cellCode: 'B1', pickUpCode: before.pickUp.code }]);
    await advance(2 * DAY_MS + HOUR_MS);
    await world.get(ReceiptService).receiveDue(100);
    await world.get(AccessService).connected(locker.cabinetId);
    expect(await standing(made)).toMatchObject({ state: 'SHIPPED' });

    expect(await open(buyer, locker, id)).toMatchObject({ pickUp: { state: 'OPENING' } });
    expect(await open(buyer, locker, id)).toMatchObject({ pickUp: { state: 'OPENING' } });
    const [, command, ...more] = await commandsOf(locker);
    expect([command, more]).toMatchObject([{ slot: 'B1', endsIn: '10' }, []]);
    await machine.say('reply', { commandId: command?.id, outcome: 'DONE', detail: '' });
    await hear();

    const after = await standing(made);
    expect(after).toMatchObject({ state: 'RECEIVED', pickUp: { state: 'OPENED' } });
    expect(after.receivedAt).toBe(after.pickUp.takenAt);
    expect(await volumeOf(orderId)).toEqual({ recognised: '8000', refunded: '0', county: '430225' });
    // Whoever has let the door fall shut opens it once more; then the code is worth nothing.
    expect(await byCode(locker, before.pickUp.code ?? '')).toEqual({
      __typename: 'PickUpOpenByCodePayload',
      cellCode: 'B1',
    });
    await advance(11 * MINUTE_MS);
    await tick();
    await world.get(AccessService).connected(locker.cabinetId);
    expect((await standing(made)).pickUp).toMatchObject({ state: 'TAKEN', code: null });
    expect(await open(buyer, locker, id)).toMatchObject({ code: 'PICK_UP_STATE', state: 'TAKEN' });
    expect(await byCode(locker, before.pickUp.code ?? '')).toMatchObject({ code: 'PICK_UP_CODE_WRONG' });
    expect(await volumeOf(orderId)).toMatchObject({ recognised: '8000' });
    expect(await actsOn(id)).toEqual(['pick_up.placed']);
    expect(await at('settlement', official()).ask(SEEN, { cabinetId: locker.cabinetId })).toEqual({
      nodes: [{ id, state: 'TAKEN' }],
    });
    expect(await at('settlement', official('430211')).ask(SEEN, { cabinetId: locker.cabinetId })).toEqual({
      nodes: [],
    });
  });

  it('is nobody else’s: whoever guesses is soon not heard any more, and its buyer opens it all the same', async () => {
    const made = await bought();
    const { locker, buyer, part } = made;
    const { id } = (await put(locker, part.id)).pickUp;
    const { code } = (await standing(made)).pickUp;
    const wrong = code === '00000000' ? '00000001' : '00000000';
    const elsewhere = await makeLocker(world);

    for (let tries = 0; tries < 5; tries += 1)
      expect(await byCode(locker, wrong)).toMatchObject({ code: 'PICK_UP_CODE_WRONG' });
    expect(await byCode(locker, code ?? '')).toMatchObject({
      code: 'PICK_UP_CODES_PAUSED',
      retryAfterSeconds: 60,
    });
    expect((await standing(made)).pickUp.state).toBe('WAITING');
    // At another cabinet it is no code at all, and a stranger is told nothing of the parcel.
    expect(await byCode(elsewhere, code ?? '')).toMatchObject({ code: 'PICK_UP_CODE_WRONG' });
    await expect(open(world.person(), locker, id)).rejects.toThrow('NOT_FOUND');
    await expect(open(buyer, elsewhere, id)).rejects.toThrow('NOT_FOUND');
    expect(await open(buyer, locker, id)).toMatchObject({ pickUp: { state: 'OPENING' } });
    await advance(61_000);
    expect(
      await shop()
        .as(world.person().token)
        .ask(BY_CODE, { visit: 'x', code: code ?? '' }),
    ).toMatchObject({
      code: 'SCAN_EXPIRED',
    });
  });

  it('is opened by its code at the cabinet’s own screen, which signs in as the cabinet does; wrong ones count wherever they are said', async () => {
    const TYPE = `mutation ($cabinetId: ID!, $credentialId: ID!, $secret: String!, $code: String!) {
      kioskPickUpOpen(cabinetId: $cabinetId, credentialId: $credentialId, secret: $secret, code: $code) { __typename
      ... on KioskPickUpOpenPayload { cellCode } ... on KioskClosedError { obstacle } ... on PickUpStateError { state } ... on DomainError { code } } }`;
    const made = await bought();
    const { locker, part } = made;
    const screen = await makeCredential(world, locker.cabinetId);
    const type = (code: string, more: object = {}) => shop().ask(TYPE, { ...screen, code, ...more });
    await put(locker, part.id);
    const code = (await standing(made)).pickUp.code ?? '';
    const wrong = code === '00000000' ? '00000001' : '00000000';
    const other = await makeCredential(world, (await makeLocker(world)).cabinetId);
    for (const foreign of [
      { secret: 'x' },
      { cabinetId: other.cabinetId },
      { credentialId: other.credentialId },
    ])
      expect(await type(code, foreign)).toMatchObject({ code: 'CABINET_NOT_ADMITTED' });
    expect((await standing(made)).pickUp.state).toBe('WAITING');
    for (let tries = 0; tries < 3; tries += 1)
      expect(await type(wrong)).toMatchObject({ code: 'PICK_UP_CODE_WRONG' });
    for (let tries = 0; tries < 2; tries += 1) await byCode(locker, wrong);
    expect(await type(code)).toMatchObject({ code: 'PICK_UP_CODES_PAUSED' });
    await advance(61_000);
    expect(await type(`${code.slice(0, 4)} ${code.slice(4)}`)).toEqual({
      __typename: 'KioskPickUpOpenPayload',
      cellCode: 'B1',
    });
    expect((await standing(made)).pickUp.state).toBe('OPENING');
    await advance(6 * MINUTE_MS);
    expect(await type(code)).toMatchObject({ code: 'KIOSK_CLOSED', obstacle: 'OFFLINE' });
  });

  it('whose cell does not open is for whoever runs the cabinet: put elsewhere, under another code, or paid back', async () => {
    const made = await bought();
    const { locker, buyer, part } = made;
    const machine = await machineOf(locker);
    const { id } = (await put(locker, part.id)).pickUp;
    const first = (await standing(made)).pickUp.code ?? '';
    await open(buyer, locker, id);
    const [, command] = await commandsOf(locker);
    await machine.say('reply', { commandId: command?.id, outcome: 'FAILED', detail: 'lock' });
    await hear();

    expect((await standing(made)).pickUp).toMatchObject({ state: 'STUCK' });
    const operator = at('merchant', owner(locker.operatorId));
    expect(await operator.ask(LIST, { merchantId: locker.operatorId, state: 'STUCK' })).toEqual({
      nodes: [{ id, state: 'STUCK', cellCode: 'B1' }],
    });
    const stranger = at('merchant', owner((await makeMerchant(world)).id));
    await expect(stranger.ask(TAKE_BACK, { pickUpId: id, isAgain: true })).rejects.toThrow('NOT_FOUND');
    expect(await operator.ask(TAKE_BACK, { pickUpId: id, isAgain: true })).toMatchObject({
      pickUp: { state: 'TAKEN_BACK' },
    });
    // Nothing is put into the cell that is stuck.
    expect(await put(locker, part.id, 'B1')).toMatchObject({ code: 'CELL_LOCKED' });
    const again = await put(locker, part.id, 'B2');
    await hear();
    expect(again.pickUp.id).not.toBe(id);
    const { pickUp } = await standing(made);
    expect(pickUp).toMatchObject({ id: again.pickUp.id, state: 'WAITING', cellCode: 'B2' });
    expect(await byCode(locker, first)).toMatchObject({ code: 'PICK_UP_CODE_WRONG' });
    // What a cell says after somebody has taken its parcel out is a break for a person: only one of the two has it.
    await open(buyer, locker, again.pickUp.id);
    const late = (await commandsOf(locker)).at(-1);
    await advance(11_000);
    await tick();
    await advance(MINUTE_MS);
    await tick();
    expect((await standing(made)).pickUp).toMatchObject({ state: 'WAITING' });
    expect(await operator.ask(TAKE_BACK, { pickUpId: again.pickUp.id, isAgain: false })).toMatchObject({
      code: 'PICK_UP_STATE',
      state: 'WAITING',
    });
    expect(await operator.ask(TAKE_BACK, { pickUpId: again.pickUp.id, isAgain: true })).toMatchObject({
      pickUp: { state: 'TAKEN_BACK' },
    });
    for (const _time of ['once', 'again'])
      await machine.say('reply', { commandId: late?.id, outcome: 'DONE', detail: '' });
    await hear();
    expect((await standing(made)).pickUp).toMatchObject({ state: 'TAKEN_BACK', takenAt: null });
    expect(await operator.ask(BREAKS, { merchantId: locker.operatorId })).toMatchObject({
      nodes: [{ kind: 'LATE_OPENING', slotCode: 'B2', units: 1, takenUnits: 0 }],
    });
    await advance(3 * DAY_MS + MINUTE_MS);
    await tick();
    expect(await standing(made)).toMatchObject({ pickUp: { state: 'RETURNED', code: null } });
  });

  it('is put into no cell that it is too heavy for, and whoever tries is told of those that are free', async () => {
    const { locker, part } = await bought({ boxG: 6_000 });
    const { cabinetId, operatorId } = locker;
    const refusal = { code: 'PARCEL_TOO_HEAVY', cellCode: 'B1', weightG: 12_000, maxItemG: 10_000 };

    expect(await put(locker, part.id, 'B1')).toMatchObject({ ...refusal, fittingCells: ['B3'] });
    await world.database.transaction((tx) =>
      world.get(SlotLockService).lock(tx, cabinetId, ['B3'], { reason: 'FAULT', detail: '', by: null }),
    );
    expect(await put(locker, part.id, 'B1')).toMatchObject({ ...refusal, fittingCells: [] });
    expect(await commandsOf(locker)).toEqual([]);
    expect(await at('merchant', owner(operatorId)).ask(LIST, { merchantId: operatorId })).toEqual({
      nodes: [],
    });
    expect((await partsOf(world, part.orderId))[0]?.state).toBe('TO_SHIP');
  });

  it('is expected by whoever fills the locker until it lies in a cell, the smallest free one that bears it named first', async () => {
    const first = await bought();
    const { cabinetId, operatorId, channelPointId } = first.locker;
    const again = async (boxG: number) => {
      const batches = [{ quantity: 5, bestBeforeOn: null }];
      const product = await makeProduct(world, { pricesFen: [4_000n], netWeightG: boxG, batches });
      const lines = [{ variantId: product.variantId, quantity: 1, channelPointId }];
      const { orderId } = await makeOrder(world, { buyerId: first.buyer.userId, lines, handover: 'PICK_UP' });
      return { orderId, product };
    };
    const heavy = await again(15_000);
    await payFor(first.buyer, heavy.orderId);
    await again(1_000); // Nobody has paid for it.
    const heavyId = (await partsOf(world, heavy.orderId))[0]?.id;
    const restocker = at('merchant', { role: 'RESTOCKER', scopeKind: 'MERCHANT', scopeId: operatorId });
    const ask = (more: object = {}) =>
      restocker.ask<{ nodes: { merchantOrderId: string }[]; pageInfo: { endCursor: string | null } }>(
        EXPECTED,
        {
          merchantId: operatorId,
          ...more,
        },
      );

    const all = await ask();
    expect(all).toMatchObject({
      nodes: [
        {
          merchantOrderId: first.part.id,
          cabinetId,
          weightG: 1_000,
          hasPerishables: false,
          fittingCells: ['B1', 'B2', 'B3'],
        },
        { merchantOrderId: heavyId, weightG: 15_000, fittingCells: ['B3'], lines: [{ quantity: 1 }] },
      ],
      pageInfo: { hasNextPage: false },
    });
    const page = await ask({ first: 1 });
    expect([...page.nodes, ...(await ask({ after: page.pageInfo.endCursor })).nodes]).toEqual(all.nodes);
    expect(await countStatements(() => ask({ first: 1 }))).toBe(await countStatements(() => ask()));
    const placing = { cabinetId, merchantOrderId: heavyId, cellCode: 'B3' };
    expect(await restocker.ask(PUT, placing)).toMatchObject({ pickUp: { cellCode: 'B3' } });
    expect(await ask({ cabinetId })).toMatchObject({
      nodes: [{ merchantOrderId: first.part.id, fittingCells: ['B1', 'B2'] }],
    });
    expect(await ask({ cabinetId: (await makeLocker(world)).cabinetId })).toMatchObject({ nodes: [] });
    const stranger = at('merchant', owner(newId('mer')));
    await expect(stranger.ask(EXPECTED, { merchantId: operatorId })).rejects.toThrow('NOT_FOUND');
  });

  it('that nobody fetches is taken out and paid back, once; its books close', async () => {
    const made = await bought({ isPerishable: true });
    const { locker, buyer, orderId, part } = made;
    const { id, keptUntil } = (await put(locker, part.id)).pickUp;
    await hear();
    expect(new Date(keptUntil).getTime() - world.clock.now().getTime()).toBe(DAY_MS);
    await advance(DAY_MS + MINUTE_MS);
    await tick();

    expect((await standing(made)).pickUp).toMatchObject({ state: 'OVERDUE', code: null });
    const mine = told.filter((notice) => notice.orderId === orderId);
    expect(mine.map(({ news, pickUpCode }) => [news, pickUpCode.length])).toEqual([
      ['PLACED', 8],
      ['OVERDUE', 0],
    ]);
    await world.get(AccessService).connected(locker.cabinetId);
    expect(await open(buyer, locker, id)).toMatchObject({ code: 'PICK_UP_STATE', state: 'OVERDUE' });
    // The cell is not free before it is out.
    const next = await bought({ operatorId: locker.operatorId });
    expect(next.locker.cabinetId).not.toBe(locker.cabinetId);
    const operator = at('merchant', owner(locker.operatorId));
    await operator.ask(TAKE_BACK, { pickUpId: id, isAgain: false });
    await operator.ask(TAKE_BACK, { pickUpId: id, isAgain: false });
    for (let round = 0; round < 3; round += 1) {
      await advance(10_000);
      await hear();
    }

    expect(await standing(made)).toMatchObject({
      pickUp: { state: 'RETURNED' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '8000' }],
    });
    // Its number is still on its label: it is put into no cell again.
    expect(await put(locker, part.id, 'B2')).toMatchObject({ code: 'PICK_UP_STATE' });
    await advance(2 * DAY_MS + MINUTE_MS);
    await world.get(ReceiptService).receiveDue(100);
    await hear();
    expect(await standing(made)).toMatchObject({ state: 'RECEIVED' });
    expect(await volumeOf(orderId)).toMatchObject({ recognised: '0' });
    expect(await actsOn(id)).toEqual(['pick_up.placed', 'pick_up.taken_back']);
  });

  it('of which its buyer has the money back while it lies there is opened for nobody; of which they have a part, the rest is paid back when nobody comes', async () => {
    const ASK = `mutation ($input: AfterSaleOpenInput!) { afterSaleOpen(input: $input) { __typename ... on DomainError { code } } }`;
    const CLOSED = { code: 'PICK_UP_PAID_BACK' };
    const never = async ({ buyer, orderId }: Awaited<ReturnType<typeof bought>>, quantity: number) => {
      const [line] = await world.database.query<{ id: string }>(
        'SELECT id FROM order_line WHERE order_id = ?',
        [orderId],
      );
      const ask = { orderLineId: line?.id, kind: 'REFUND_ONLY', reason: 'NOT_RECEIVED', quantity };
      const input = { idempotencyKey: newId('req'), ask, text: '没有收到', photos: [] };
      expect(await shop().as(buyer.token).ask(ASK, { input })).toEqual({
        __typename: 'AfterSaleOpenPayload',
      });
    };
    const settled = async () => {
      for (let round = 0; round < 3; round += 1) {
        await advance(10_000);
        await hear();
      }
    };
    const [whole, half] = [await bought(), await bought()];
    const machine = await machineOf(half.locker);
    const ids = [whole, half].map(async ({ locker, part }) => (await put(locker, part.id)).pickUp.id);
    const [wholeId = '', halfId = ''] = await Promise.all(ids);
    const { code } = (await standing(whole)).pickUp;
    await never(whole, 2);
    await never(half, 1);
    // The seller says nothing for two days, and so agrees; the parcels lie there for three.
    await advance(2 * DAY_MS + MINUTE_MS);
    await world.get(AfterSaleDeadlineService).actDue(100);
    await settled();
    for (const { locker } of [whole, half]) await world.get(AccessService).connected(locker.cabinetId);
    expect(await open(whole.buyer, whole.locker, wholeId)).toMatchObject(CLOSED);
    expect(await byCode(whole.locker, code ?? '')).toMatchObject(CLOSED);
    expect((await standing(whole)).pickUp.state).toBe('WAITING');
    expect(await open(half.buyer, half.locker, halfId)).toMatchObject({ pickUp: { state: 'OPENING' } });
    const command = (await commandsOf(half.locker)).at(-1);
    await machine.say('reply', { commandId: command?.id, outcome: 'EXPIRED', detail: '' });
    await hear();
    await advance(DAY_MS + MINUTE_MS);
    await tick();
    for (const [made, id] of [
      [whole, wholeId],
      [half, halfId],
    ] as const)
      await at('merchant', owner(made.locker.operatorId)).ask(TAKE_BACK, { pickUpId: id, isAgain: false });
    await settled();

    expect(await standing(whole)).toMatchObject({
      pickUp: { state: 'RETURNED' },
      refunds: [{ state: 'SUCCEEDED', amountFen: '8000' }],
    });
    const rest = { state: 'SUCCEEDED', amountFen: '4000' };
    expect(await standing(half)).toMatchObject({ pickUp: { state: 'RETURNED' }, refunds: [rest, rest] });
  });

  it('of which nothing is paid back while its cell is being opened: who stands there has it, or not, and then it is decided; what we hear of too late is for a person', async () => {
    const ASK = `mutation ($input: AfterSaleOpenInput!) { afterSaleOpen(input: $input) { ... on AfterSaleOpenPayload { afterSale { id } } ... on DomainError { code } } }`;
    const GRANT = `mutation ($id: ID!) { afterSaleApprove(id: $id) { __typename ... on RefundNotPossibleError { refundCode } ... on DomainError { code } } }`;
    const REFUND = `mutation ($input: RefundRequestInput!) { refundRequest(input: $input) { __typename ... on ParcelBeingOpenedError { merchantOrderId } ... on DomainError { code } } }`;
    const never = async ({ buyer, orderId }: Awaited<ReturnType<typeof bought>>) => {
      const [line] = await world.database.query<{ id: string }>(
        'SELECT id FROM order_line WHERE order_id = ?',
        [orderId],
      );
      const ask = { orderLineId: line?.id, kind: 'REFUND_ONLY', reason: 'NOT_RECEIVED', quantity: 2 };
      const input = { idempotencyKey: newId('req'), ask, text: '没有收到', photos: [] };
      const { afterSale } = await shop().as(buyer.token).ask<{ afterSale: { id: string } }>(ASK, { input });
      return afterSale.id;
    };
    const stateOf = async (id: string) => {
      const [found] = await world.database.query<{ state: string }>(
        'SELECT state FROM after_sale WHERE id = ?',
        [id],
      );
      return found?.state;
    };
    const [made, late] = [await bought(), await bought()];
    const [id, lateId] = [
      (await put(made.locker, made.part.id)).pickUp.id,
      (await put(late.locker, late.part.id)).pickUp.id,
    ];
    const [caseId, lateCase] = [await never(made), await never(late)];
    const seller = at('merchant', owner(made.product.merchantId));
    const finance = at('settlement', { role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
    const machines = [await machineOf(made.locker), await machineOf(late.locker)];
    await advance(2 * DAY_MS + MINUTE_MS);
    for (const { locker } of [made, late]) await world.get(AccessService).connected(locker.cabinetId);
    await open(made.buyer, made.locker, id);
    const [, command] = await commandsOf(made.locker);

    expect(await seller.ask(GRANT, { id: caseId })).toMatchObject({ refundCode: 'PARCEL_BEING_OPENED' });
    const ask = { orderId: made.orderId, kind: 'FULL' };
    expect(
      await finance.ask(REFUND, { input: { idempotencyKey: newId('req'), ask, note: '客服' } }),
    ).toMatchObject({ code: 'PARCEL_BEING_OPENED', merchantOrderId: made.part.id });
    // The seller has said nothing for two days: that waits as well, and goes to nobody else.
    await world.get(AfterSaleDeadlineService).actDue(100);
    expect(await stateOf(caseId)).toBe('REQUESTED');
    expect(await stateOf(lateCase)).toBe('REFUNDING');
    await machines[0]?.say('reply', { commandId: command?.id, outcome: 'DONE', detail: '' });
    await hear();
    expect((await standing(made)).pickUp.state).toBe('OPENED');
    await advance(3 * MINUTE_MS);
    await world.get(AfterSaleDeadlineService).actDue(100);
    // Somebody has signed for it: a person decides, and may give it all the same.
    expect(await stateOf(caseId)).toBe('AT_PLATFORM');
    expect((await standing(made)).refunds).toEqual([]);

    // Asked for, said, and then no line: its money goes back meanwhile. What the cabinet says days later is true all the same.
    const third = await bought();
    const thirdId = (await put(third.locker, third.part.id)).pickUp.id;
    const thirdCase = await never(third);
    const machine = await machineOf(third.locker);
    await open(third.buyer, third.locker, thirdId);
    const said = (await commandsOf(third.locker)).at(-1);
    const openedAt = world.clock.now();
    await advance(MINUTE_MS + 11_000);
    await tick();
    expect((await standing(third)).pickUp.state).toBe('WAITING');
    const other = at('merchant', owner(third.product.merchantId));
    expect(await other.ask(GRANT, { id: thirdCase })).toMatchObject({
      __typename: 'AfterSaleApprovePayload',
    });
    await hear();
    for (const _time of ['once', 'again'])
      await machine.say('reply', { commandId: said?.id, outcome: 'DONE', detail: '' }, openedAt);
    await hear();
    expect((await standing(third)).pickUp.state).toBe('OPENED');
    expect(await other.ask(BREAKS, { merchantId: third.locker.operatorId })).toMatchObject({
      nodes: [{ kind: 'LATE_OPENING', slotCode: 'B1', units: 1 }],
    });
    expect(await open(late.buyer, late.locker, lateId)).toMatchObject({ code: 'PICK_UP_PAID_BACK' });
  });

  it('is opened by no cabinet without a line; what was asked for in vain waits on, and what was opened is heard of days later', async () => {
    const made = await bought();
    const { locker, buyer, orderId, part } = made;
    const machine = await machineOf(locker);
    const { id } = (await put(locker, part.id)).pickUp;
    await commandsOf(locker);
    // Never said: nobody waits longer than its ten seconds.
    await open(buyer, locker, id);
    await advance(11_000);
    await tick();
    expect((await standing(made)).pickUp.state).toBe('WAITING');
    // Said, and then the line went.
    await open(buyer, locker, id);
    const command = (await commandsOf(locker)).at(-1);
    const openedAt = world.clock.now();
    await advance(11_000);
    await tick();
    expect((await standing(made)).pickUp.state).toBe('OPENING');
    await advance(MINUTE_MS);
    await tick();
    expect((await standing(made)).pickUp.state).toBe('WAITING');
    await advance(6 * MINUTE_MS);
    expect(await open(buyer, locker, id)).toMatchObject({ code: 'KIOSK_CLOSED', obstacle: 'OFFLINE' });
    await advance(DAY_MS);
    await machine.say('reply', { commandId: command?.id, outcome: 'DONE', detail: '' }, openedAt);
    await hear();

    const { pickUp, receivedAt } = await standing(made);
    expect(pickUp).toMatchObject({ state: 'OPENED', takenAt: openedAt.toISOString() });
    expect(receivedAt).toBe(openedAt.toISOString());
    expect(await volumeOf(orderId)).toMatchObject({ recognised: '8000' });
  });

  it('is put in by whoever runs the cabinet, one in a cell and in one cell, however many do at the same moment', async () => {
    const made = await bought();
    const { locker, part, product } = made;
    const second = world.person();
    const lines = [{ variantId: product.variantId, quantity: 1, channelPointId: locker.channelPointId }];
    const other = await makeOrder(world, { buyerId: second.userId, lines, handover: 'PICK_UP' });
    const unpaid = present((await partsOf(world, other.orderId))[0], 'a part');
    expect(await put(locker, unpaid.id)).toMatchObject({ code: 'MERCHANT_ORDER_NOT_SHIPPABLE' });
    await payFor(second, other.orderId);

    const both = await Promise.all([put(locker, part.id, 'B1'), put(locker, unpaid.id, 'B1')]);

    expect(both.map(({ code }) => code ?? 'PLACED').toSorted()).toEqual(['CELL_TAKEN', 'PLACED']);
    // Of one parcel that two put into two cells one says where.
    const third = await bought();
    const twice = await Promise.all([
      put(third.locker, third.part.id, 'B1'),
      put(third.locker, third.part.id, 'B2'),
    ]);
    expect(twice.filter(({ code }) => code === undefined)).toHaveLength(1);
    // A parcel of another place, a cell that is not there, a cabinet of others, one without cells.
    await expect(put(third.locker, unpaid.id, 'B3')).rejects.toThrow('NOT_FOUND');
    await expect(put(locker, unpaid.id, 'Z9')).rejects.toThrow('NOT_FOUND');
    await expect(put({ ...locker, operatorId: third.locker.operatorId }, unpaid.id)).rejects.toThrow(
      'NOT_FOUND',
    );
    const slots = await makeVending(world, { batches: [{ quantity: 3, bestBeforeOn: null }] });
    expect(await put(slots, unpaid.id)).toMatchObject({ code: 'NO_CELLS' });
    // Its seller does not say that it is ready: nobody stands there to keep it.
    expect(await at('merchant', owner(product.merchantId)).ask(READY, { id: unpaid.id })).toMatchObject(
      both[0]?.code ? { code: 'MERCHANT_ORDER_NOT_SHIPPABLE' } : { code: 'GOES_INTO_CELL' },
    );
  });

  it('may be of a presale; where a counter has no cells nothing is picked up', async () => {
    const presale = await makePresale(world, { payment: 'FULL' });
    const locker = await makeLocker(world, { operatorId: presale.merchantId });
    const slots = await makeVending(world, { batches: [{ quantity: 3, bestBeforeOn: null }] });
    const buyer = world.person();
    const line = { variantId: presale.variantId, quantity: 1 };
    const looks = (channelPointId: string) =>
      shop()
        .as(buyer.token)
        .ask<{ obstacles: { code: string }[] }>(PREVIEW, {
          input: { lines: [{ ...line, channelPointId }], handover: 'PICK_UP' },
        });

    expect((await looks(locker.channelPointId)).obstacles).toEqual([]);
    expect((await looks(slots.channelPointId)).obstacles).toMatchObject([{ code: 'INVALID_INPUT' }]);
    const wish = (channelPointId: string) =>
      orderInput({ lines: [{ ...line, channelPointId }], handover: 'PICK_UP' });
    const elsewhere = await world.get(OrderPlacementService).place(buyer.userId, wish(slots.channelPointId));
    expect(elsewhere).toMatchObject({ code: 'INVALID_INPUT' });
    const { orderId } = await makeOrder(world, {
      buyerId: buyer.userId,
      lines: [{ ...line, channelPointId: locker.channelPointId }],
      handover: 'PICK_UP',
    });
    await payFor(buyer, orderId);
    const part = present((await partsOf(world, orderId))[0], 'a part');
    expect(await put(locker, part.id)).toMatchObject({ pickUp: { state: 'WAITING' } });
  });
});
