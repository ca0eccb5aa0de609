import { BulkOrderService, BulkRunService } from '#libs/bulk';
import { KioskCodeService } from '#libs/counter';
import { FulfillmentService } from '#libs/fulfillment';
import { SignInCodeService, SignInService } from '#libs/identity';
import { type IdOf, newId, present } from '#libs/kernel';
import { WarehouseService } from '#libs/inventory';
import { ReviewService } from '#libs/review';
import { OrderReader } from '#libs/ordering';
import { DoorOpeningService } from '#libs/vending';
import type { World } from '../harness/world.js';
import { makeBulkOrder } from '../make/bulk.make.js';
import { type MadeOrder, makeOrder, makePaidOrder, partsOf } from '../make/order.make.js';
import { makeApplication } from '../make/application.make.js';
import { makeCounter, makePavilion } from '../make/channel-point.make.js';
import { makePhoto } from '../make/photo.make.js';
import { makeRoute, makeWriteOff } from '../make/restocking.make.js';
import { makePresale } from '../make/presale.make.js';
import { makeProduct } from '../make/product.make.js';
import { receiveOrder, shipOrder } from '../make/receipt.make.js';
import { freshPhone, makeUser, makeUserWithPassword } from '../make/user.make.js';
import { type MadeVending, makeLocker, makeOpenDoor, makeVending, visitOf } from '../make/vending.make.js';
import { afterSale } from '../scope/scope-after-sale.js';
import type { Side } from '../scope/scope-world.js';

import { type Good, type GoodValues, type Ground, must } from './good.js';
import { ofBooks, ofConsole } from './good-console.js';
import { ofPlaces } from './good-places.js';

/** The address that requests come from in a spec. */
const HERE = '127.0.0.1';

async function codeFor(world: World, phone: string): Promise<string> {
  const requested = must(await world.get(SignInCodeService).request(phone, HERE, 'zh-CN'));
  return present(requested.developmentCode, 'a code');
}

/** Signing in, and what is asked about a person. */
async function ofAccounts({ world }: Pick<Ground, 'world'>): Promise<GoodValues> {
  const known = await makeUserWithPassword(world);
  const free = await makeUser(world);
  const session = async () =>
    must(
      await world
        .get(SignInService)
        .withCode(free.phone, await codeFor(world, free.phone), { userAgent: '', address: HERE }),
    );
  const { refreshToken } = await session();
  const [{ id: sessionId } = { id: '' }] = await world.database.query<{ id: string }>(
    'SELECT id FROM session WHERE user_id = ? LIMIT 1',
    [free.userId],
  );
  const newPhone = freshPhone();
  world.clock.advance(61_000); // Another code in another minute.
  const code = await codeFor(world, free.phone);
  return {
    signInWithCode: { values: { phone: free.phone, code } },
    signInWithPassword: { values: { phone: known.phone, password: known.password } },
    sessionRefresh: { values: { refreshToken } },
    sessionRevoke: { by: free.userId, values: { sessionId } },
    passwordSet: { by: free.userId },
    preferencesSet: { by: free.userId },
    phoneChange: { by: free.userId, values: { code, newPhone, newCode: await codeFor(world, newPhone) } },
    personalDataExport: { by: free.userId, values: { code } },
    accountDeletionRequest: { by: free.userId, values: { code } },
  };
}

/** Orders that are to pay, on their way, half on their way and received; and cases in each state. */
async function ofOrders({ world, home }: Ground): Promise<GoodValues> {
  const { buyerId, ids } = home;
  const product = await makeProduct(world, { merchantId: ids['merchantId'] as IdOf<'mer'> });
  /** As if a provider had brought it. */
  const keep = async ({ orderId }: MadeOrder) => {
    const at = world.clock.now();
    const [row] = await world.database.query<{ total: string }>(
      'SELECT total_fen AS total FROM customer_order WHERE id = ?',
      [orderId],
    );
    const totalFen = BigInt(present(row, 'an order').total);
    const payment = {
      id: newId('pay'),
      orderId,
      attempt: 1,
      method: 'ALIPAY',
      state: 'SUCCEEDED',
      amountFen: totalFen,
      intentRef: newId('key'),
      capturedFen: totalFen,
      capturedAt: at,
      disposition: 'KEPT',
      createdAt: at,
      updatedAt: at,
    };
    await world.database.transaction((tx) => tx.insert('payment', [payment]));
  };
  const toPay = await makeOrder(world, { buyerId }, product);
  const paid = async (quantity = 1) => makePaidOrder(world, { buyerId, quantity }, product);
  const [sent, half, had] = [await paid(), await paid(2), await paid()];
  await shipOrder(world, sent);
  const partOf = async (order: MadeOrder) => present((await partsOf(world, order.orderId))[0], 'a part');
  const lineOf = async (order: MadeOrder) =>
    present((await world.get(OrderReader).linesOfOrder(order.orderId))[0], 'a line').id;
  const halfPart = await partOf(half);
  must(
    await world.get(FulfillmentService).ship([halfPart.merchantId], {
      merchantOrderId: halfPart.id,
      carrier: 'SF',
      trackingNo: 'SF1234567890125',
      lines: [{ orderLineId: await lineOf(half), quantity: 1 }],
    }),
  );
  await receiveOrder(world, had);
  const asked = await paid();
  await receiveOrder(world, asked);
  for (const order of [had, asked]) await keep(order);
  const { afterSaleId } = await afterSale(world, buyerId, asked.orderId);
  const words = { orderLineId: await lineOf(asked), rating: 1, text: '不甜', photoIds: [] };
  const hidden = must(await world.get(ReviewService).post(buyerId, words));
  must(await world.get(ReviewService).hide(hidden, '与商品无关', { userId: newId('usr'), divisions: 'ALL' }));
  const [{ id: parcel } = { id: '' }] = await world.database.query<{ id: string }>(
    'SELECT id FROM fulfillment WHERE merchant_order_id = ?',
    [(await partOf(sent)).id],
  );
  const standing = async (state: string, kind: string, more: object = {}) => {
    const order = await paid();
    await receiveOrder(world, order);
    const { afterSaleId } = await afterSale(world, buyerId, order.orderId, {
      state,
      kind,
      ...(kind === 'FRESH_CLAIM' ? {} : { reason: 'DAMAGED', badWeightG: null, badShareBps: null }),
      ...more,
    });
    return { values: { id: afterSaleId } };
  };
  const sending = { carrier: 'SF', trackingNo: 'SF1234567890126' };
  const toSendBack = await standing('AWAITING_RETURN', 'RETURN_REFUND');
  const refusedOne = await standing('REFUSED', 'REFUND_ONLY');
  const toReplace = await standing('TO_REPLACE', 'EXCHANGE');
  await world.settle();
  return {
    paymentStart: { values: { orderId: toPay.orderId } },
    merchantOrderReceive: { values: { merchantOrderId: (await partOf(sent)).id } },
    fulfillmentReceive: { values: { fulfillmentId: parcel } },
    productTakeOff: { values: { productId: product.productId, reason: '季节过了' } },
    merchantOrderCallOffRest: { values: { merchantOrderId: halfPart.id } },
    reviewPost: { values: { orderLineId: await lineOf(had), photoIds: [await makePhoto(world, buyerId)] } },
    afterSaleOpen: {
      values: {
        orderLineId: await lineOf(had),
        kind: 'FRESH_CLAIM',
        reason: 'SPOILED',
        quantity: 1,
        badWeightG: 750,
        photos: [
          { photoId: await makePhoto(world, buyerId), subject: 'WAYBILL' },
          { photoId: await makePhoto(world, buyerId), subject: 'SCALE' },
        ],
      },
    },
    afterSaleSendBack: { values: { ...toSendBack.values, ...sending } },
    afterSaleAccept: refusedOne,
    afterSaleContest: refusedOne,
    afterSaleReplacementReceive: await standing('REPLACING', 'EXCHANGE'),
    reviewShow: { values: { id: hidden } },
    afterSaleApprove: { values: { id: afterSaleId } },
    refundRequest: { values: { orderId: had.orderId } },
    afterSaleRefuse: {
      values: {
        ...(await standing('REQUESTED', 'REFUND_ONLY')).values,
        photos: [{ photoId: await makePhoto(world, home.ownerId), subject: 'GOODS' }],
      },
    },
    afterSaleReturnConfirm: await standing('RETURNING', 'EXCHANGE', {
      returnCarrier: 'SF',
      returnTrackingNo: 'SF1234567890127',
    }),
    afterSaleReplacementShip: { values: { ...toReplace.values, ...sending } },
    afterSaleDecide: {
      values: { ...(await standing('AT_PLATFORM', 'RETURN_REFUND')).values, verdict: 'REJECT' },
    },
  };
}

/** Lists of a unit in each state, and what its approvers keep. */
async function ofUnits({ world, home }: Ground): Promise<GoodValues> {
  const { memberId, approverId, ids } = home;
  const unit = { unitId: present(ids['unitId'], 'a unit'), buyerId: memberId };
  const confirmed = async () => {
    // Of other goods: the same file sent again is the same list.
    const { variantId } = await makeProduct(world, { merchantId: ids['merchantId'] as IdOf<'mer'> });
    const bulkOrderId = await makeBulkOrder(world, unit, variantId, home.place.county);
    const [row] = await world.database.query<{ total: string }>(
      'SELECT total_fen AS total FROM bulk_order WHERE id = ?',
      [bulkOrderId],
    );
    must(
      await world.get(BulkOrderService).confirm(memberId, {
        bulkOrderId,
        totalFen: BigInt(present(row, 'a list').total),
        mode: 'EACH_BY_ITSELF',
        paymentTerm: 'ON_ACCOUNT',
        isForUnion: false,
        invoiceTitleId: '',
        campaignCode: '',
      }),
    );
    while ((await world.get(BulkRunService).work()) > 0);
    return bulkOrderId;
  };
  const placed = await confirmed();
  await world.settle();
  return {
    bulkOrderCheck: { by: memberId },
    bulkOrderConfirm: { by: memberId, values: { totalFen: '10000' } },
    bulkOrderDiscard: { by: memberId },
    bulkOrderSign: { by: approverId, values: { bulkOrderId: placed } },
    bulkOrderCancel: { by: memberId, values: { bulkOrderId: placed } },
    demandNoticePublish: { by: memberId },
    demandNoticeWithdraw: { by: memberId },
    unitContractorOpen: { by: approverId },
    unitContractorEnd: { by: approverId },
    unitInvoiceTitleAdd: { by: approverId },
    unitInvoiceTitleEnd: { by: approverId },
    orderSign: { by: approverId },
    orderDecline: { by: approverId },
    reservedShareFile: { by: approverId },
    procurementMemberEnd: { values: { userId: memberId } },
  };
}

/** Before a cabinet with goods, with the screen just scanned. */
async function ofCabinets({ world, home }: Ground): Promise<GoodValues> {
  const { ids, ownerId } = home;
  const product = await makeProduct(world, {
    merchantId: ids['merchantId'] as IdOf<'mer'>,
    batches: [{ quantity: 100 }],
    pricesFen: [800n],
    netWeightG: 500,
  });
  const made: MadeVending = await makeVending(world, {
    countyCode: home.place.county,
    beside: { product },
  });
  const here = { cabinetId: made.cabinetId };
  const { id: channelPointId } = await makeCounter(world, { countyCode: home.place.county });
  const other = await makeProduct(world, { merchantId: ids['merchantId'] as IdOf<'mer'>, name: '晚桃' });
  const presale = await makePresale(world, {
    product: await makeProduct(world, { merchantId: ids['merchantId'] as IdOf<'mer'>, name: '春桃' }),
  });
  const routeId = await makeRoute(world, present(ids['merchantId'], 'a merchant'), 'UNDER_WAY');
  const stop = {
    id: newId('rst'),
    routeId,
    position: 1,
    cabinetId: made.cabinetId,
    openCabinetId: made.cabinetId,
    channelPointId: made.channelPointId,
    state: 'AHEAD',
    legM: 0,
  };
  await world.database.transaction((tx) => tx.insert('restock_stop', [stop]));
  const position = { longitude: 113.77, latitude: 26.49 };
  must(await world.get(WarehouseService).place([made.operatorId], made.operatorId, position));
  const own = await makeWriteOff(world, product, ownerId);
  const loaded = [{ batchId: product.batchIds[0], variantId: product.variantId, quantity: 1 }];
  const door = await makeOpenDoor(world);
  const { userId: waiting } = await makeUser(world);
  const opening = await world.get(DoorOpeningService).start(waiting, door.cabinetId, newId('req'));
  const visit = visitOf(world, made.cabinetId);
  return {
    kioskScan: { values: { code: world.get(KioskCodeService).issue('SCAN', made.cabinetId).code } },
    kioskOrderPlace: {
      values: {
        visit,
        input: { idempotencyKey: newId('req'), lines: [{ slotCode: 'A1', quantity: 1 }], totalFen: '900' },
      },
    },
    cabinetRegister: { values: { channelPointId, serialNo: 'GOOD-000001' } },
    cabinetCommandSend: { values: { command: { kind: 'REBOOT' } } },
    cabinetGoodsDecide: { values: { ...here, photoId: undefined } },
    planogramSet: {
      values: {
        ...here,
        revision: 1,
        slots: ['A1', 'A2'].map((slotCode) => ({
          slotCode,
          variantId: product.variantId,
          priceFen: '900',
          parLevel: 7,
        })),
      },
    },
    slotFill: { values: { ...here, slotCode: 'A1', batchId: product.batchIds[0] } },
    slotCount: {
      values: { ...here, slotCode: 'A1', batches: [{ batchId: product.batchIds[0], quantity: 2 }] },
    },
    warehousePositionSet: { values: { longitude: 113.77 } },
    restockRoutePlan: { values: { nextVisitOn: '2026-11-09' } },
    restockVanLoad: { values: { lines: loaded, causeKey: newId('req') } },
    restockRouteClose: { values: { routeId, lines: [], causeKey: newId('req') } },
    vanWriteOffRequest: {
      values: { routeId: own.routeId, lines: loaded, reason: '清点后仍缺', causeKey: newId('req') },
    },
    stockThresholdSet: { values: { merchantId: product.merchantId, variantId: product.variantId, units: 7 } },
    stockCountOpen: { values: { channelPointId: (await makePavilion(world)).id } },
    stockTransferDraft: {
      values: { toPointId: (await makePavilion(world)).id, lines: loaded, causeKey: newId('req') },
    },
    stockWriteOffRequest: { values: { lines: loaded, causeKey: newId('req') } },
    vanWriteOffWithdraw: { values: { writeOffId: own.writeOffId } },
    restockVisitSubmit: {
      values: {
        ...here,
        routeId,
        leftAt: '2026-11-02T03:30:00Z',
        photoIds: [await makePhoto(world, ownerId)],
      },
    },
    presaleOpen: { values: { variantIds: [other.variantId], likeBatchId: other.batchIds[0] } },
    presaleOrdersCloseSet: { values: { presaleId: presale.id, ordersCloseAt: '2026-11-10T00:00:00Z' } },
    presaleDelayAnnounce: {
      values: { presaleId: presale.id, day: presale.firstOn, newDay: '2026-12-20' },
    },
    adoptionOfferOpen: { values: { variantId: other.variantId, likeBatchId: other.batchIds[0] } },
    adoptionObjectsAdd: { values: { objects: [{ tag: 'N-1' }] } },
    doorOpeningStart: { values: { visit: visitOf(world, door.cabinetId) } },
    doorOpeningCancel: { by: waiting, values: { openingId: must(opening) } },
  };
}

/** Parcels that are paid and lie ready: at a pavilion, and before a cell. */
async function ofPickUps({ world, home }: Ground): Promise<GoodValues> {
  const merchantId = present(home.ids['merchantId'], 'a merchant');
  const product = await makeProduct(world, { merchantId: merchantId as IdOf<'mer'>, name: '自提桃' });
  const partAt = async (channelPointId: string) => {
    const lines = [{ variantId: product.variantId, quantity: 1, channelPointId }];
    const order = await makePaidOrder(world, { buyerId: home.buyerId, lines, handover: 'PICK_UP' }, product);
    return present((await partsOf(world, order.orderId))[0], 'a part').id;
  };
  const { id: pavilionId } = await makePavilion(world, { countyCode: home.place.county });
  const locker = await makeLocker(world, { operatorId: merchantId, countyCode: home.place.county });
  return {
    merchantOrderReady: { values: { merchantOrderId: await partAt(pavilionId) } },
    pickUpPlace: {
      values: {
        cabinetId: locker.cabinetId,
        merchantOrderId: await partAt(locker.channelPointId),
        cellCode: 'B1',
      },
    },
  };
}

/** Of two who would like to sell, each with all that is asked of them. */
async function ofApplicants({ world, home }: Ground): Promise<GoodValues> {
  const drafted = async (): Promise<Good> => {
    const { userId } = await makeUser(world);
    const { id } = await makeApplication(world, userId, {
      isSubmitted: false,
      countyCode: home.place.county,
    });
    return { by: userId, values: { applicationId: id, revision: 1 } };
  };
  const ready = await drafted();
  const account = {
    accountName: '炎陵县平乐黄桃专业合作社',
    bankName: '炎陵农商银行霞阳支行',
    bankCode: '402552000019',
    accountNumber: '6230000000000000001',
  };
  return {
    merchantApplicationSubmit: await drafted(),
    merchantApplicationWithdraw: await drafted(),
    merchantApplicationBankAccountSet: { ...ready, values: { ...ready.values, account } },
  };
}

/** Everything that is only done here. Made before anything is asked: what is half made afterwards comes to no rest. */
export async function goodValues(world: World, home: Side): Promise<GoodValues> {
  const ground = { world, home };
  return {
    ...(await ofOrders(ground)),
    ...(await ofUnits(ground)),
    ...(await ofCabinets(ground)),
    ...(await ofPickUps(ground)),
    ...(await ofApplicants(ground)),
    ...(await ofPlaces(ground)),
    ...(await ofBooks(ground)),
    ...(await ofConsole(ground)),
    // Last: a code is good for five minutes.
    ...(await ofAccounts(ground)),
  };
}
