import { BulkOrderService, BulkRunService } from '#libs/bulk';
import { KioskCodeService } from '#libs/counter';
import { FulfillmentService } from '#libs/fulfillment';
import { SignInCodeService, SignInService, type UserId } from '#libs/identity';
import { type DomainError, type IdOf, newId, present, refused } from '#libs/kernel';
import { WarehouseService } from '#libs/inventory';
import { AdoptionGrowerService } from '#libs/adoption';
import { ReceivableActService } from '#libs/receivable';
import { ReviewService } from '#libs/review';
import { MonthCloseService } from '#libs/volume';
import { MerchantStandingService } from '#libs/merchant';
import { OrderReader } from '#libs/ordering';
import { StatementIssueService } from '#libs/statement';
import type { World } from '../harness/world.js';
import { makeAdoptionOffer } from '../make/adoption.make.js';
import { makeBulkOrder } from '../make/bulk.make.js';
import { type MadeOrder, makeOrder, makePaidOrder, partsOf } from '../make/order.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { makeCounter } from '../make/channel-point.make.js';
import { makePhoto } from '../make/photo.make.js';
import { makePromotion } from '../make/promotion.make.js';
import { makeRoute } from '../make/restocking.make.js';
import { answer } from '../payout/payout-rooms.js';
import { bankRefund } from '../scope/scope-console.js';
import { makePresale } from '../make/presale.make.js';
import { makeProduct } from '../make/product.make.js';
import { makeReceipt, makeSignedOrder } from '../make/receivable.make.js';
import { receiveOrder, shipOrder } from '../make/receipt.make.js';
import { freshPhone, makeUser, makeUserWithPassword } from '../make/user.make.js';
import { type MadeVending, makeOpenDoor, makeVending, visitOf } from '../make/vending.make.js';
import { argumentsFor } from '../scope/scope-arguments.js';
import { type Side, afterSale } from '../scope/scope-world.js';

/** What a mutation is asked about so that it is done, beyond what scope-arguments.ts says, and by whom where it is not who is asked there. */
export interface Good {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly by?: UserId;
  /** By whoever answers for a county, where it is theirs to do. */
  readonly isInCounty?: boolean;
}
export type GoodValues = Readonly<Record<string, Good>>;

/** Not done here: they need money that a provider has brought, a file that has come back, a month that is over, or a cabinet that is at hand. Each spec shows it done. */
export const DONE_ELSEWHERE: Readonly<Record<string, string>> = {
  teamMemberAdd: 'test/doors/merchant/team.e2e-spec.ts',
  teamMemberEnd: 'test/doors/merchant/team.e2e-spec.ts',
  doorOpen: 'test/database/vending.db-spec.ts',
  pickUpOpen: 'test/database/vending.db-spec.ts',
  pickUpOpenByCode: 'test/database/vending.db-spec.ts',
  kioskCodeIssue: 'test/database/vending.db-spec.ts',
  linkageConfirm: 'test/doors/settlement/linkage.e2e-spec.ts',
  merchantApplicationSubmit: 'test/doors/merchant/application.e2e-spec.ts',
  merchantApplicationWithdraw: 'test/doors/merchant/application.e2e-spec.ts',
  cabinetReleaseAdd: 'test/database/counter.db-spec.ts',
  cabinetRolloutStart: 'test/database/counter.db-spec.ts',
  cabinetRolloutAdvance: 'test/database/counter.db-spec.ts',
  cabinetRolloutHalt: 'test/database/counter.db-spec.ts',
  cabinetRolloutResume: 'test/database/counter.db-spec.ts',
  cabinetRolloutRollBack: 'test/database/counter.db-spec.ts',
  cabinetRolloutEnd: 'test/database/counter.db-spec.ts',
  linkageAgreementRedraft: 'test/doors/settlement/linkage.e2e-spec.ts',
  linkageAgreementSign: 'test/doors/settlement/linkage.e2e-spec.ts',
  linkageAgreementAmend: 'test/doors/settlement/linkage.e2e-spec.ts',
  linkageAgreementEnd: 'test/doors/settlement/linkage.e2e-spec.ts',
  pickUpPlace: 'test/database/vending.db-spec.ts',
  pickUpTakeBack: 'test/database/vending.db-spec.ts',
  merchantApplicationApprove: 'test/doors/merchant/application.e2e-spec.ts',
  linkageFlagDecide: 'test/doors/settlement/linkage.e2e-spec.ts',
  doorOpeningCancel: 'test/database/vending.db-spec.ts',
  doorOpeningDecide: 'test/database/vending.db-spec.ts',
  merchantOrderReady: 'test/doors/merchant/merchant-order.e2e-spec.ts',
  claimReverse: 'test/doors/settlement/claim.e2e-spec.ts',
  invoiceImport: 'test/doors/settlement/invoice.e2e-spec.ts',
  ledgerAccountClose: 'test/doors/settlement/ledger-act.e2e-spec.ts',
  volumeErratumPropose: 'test/doors/settlement/erratum.e2e-spec.ts',
  volumeErratumDecide: 'test/doors/settlement/erratum.e2e-spec.ts',
  volumeErratumWithdraw: 'test/doors/settlement/erratum.e2e-spec.ts',
  monthCloseLockRequest: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthCloseLockDecide: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthClosePublishRequest: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthClosePublishDecide: 'test/doors/settlement/month-close.e2e-spec.ts',
  monthCloseWithdraw: 'test/doors/settlement/month-close.e2e-spec.ts',
  payoutRecall: 'test/doors/settlement/payout.e2e-spec.ts',
  payoutDeclareAbsent: 'test/doors/settlement/payout.e2e-spec.ts',
  unreturnedPaymentRefund: 'test/doors/settlement/reconciliation.e2e-spec.ts',
  statementReissue: 'test/doors/settlement/statement.e2e-spec.ts',
};

/** Mutations with a key that begin something with a provider, or need what only their own specs make. Each shows what the key says to other content. */
export const KEYS_ELSEWHERE: Readonly<Record<string, string>> = {
  cabinetRolloutStart: 'test/database/counter.db-spec.ts',
  doorOpeningStart: 'test/database/vending.db-spec.ts',
  kioskOrderPlace: 'test/database/vending.db-spec.ts',
  pairingPropose: 'test/doors/settlement/pairing.e2e-spec.ts',
  restockRoutePlan: 'test/database/vending.db-spec.ts',
  payoutBatchCreate: 'test/payout/payout-file.db-spec.ts',
  poolAssignmentPropose: 'test/database/pool-assignment.db-spec.ts',
  refundRequest: 'test/doors/settlement/refund.e2e-spec.ts',
  statementReissue: 'test/doors/settlement/statement.e2e-spec.ts',
};

/** What a key says that has been used for something else. */
export const SAID_BEFORE =
  /KEY_(USED|REUSED)$|^IDEMPOTENCY_CONFLICT$|^(CLAIM|MERCHANT_APPLICATION)_CHANGED$|^RECEIPT_REFERENCE_USED$/;

/** What one side has to begin with, and what is made of it here. */
interface Ground {
  readonly world: World;
  readonly home: Side;
}

/** The address that requests come from in a spec. */
const HERE = '127.0.0.1';

const must = <T>(value: T): Exclude<T, DomainError> => {
  if (refused(value)) throw new Error(JSON.stringify(value));
  return value as Exclude<T, DomainError>;
};

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
  const loaded = [{ batchId: product.batchIds[0], variantId: product.variantId, quantity: 1 }];
  const door = await makeOpenDoor(world);
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
  };
}

/** The unit has paid more than it owes, so that it has something to its credit and a receipt that can be taken back. */
async function ofBooks({ world, home }: Ground): Promise<GoodValues> {
  const { ids, memberId, approverId } = home;
  const { unitId, variantId, merchantId } = ids;
  const unit = { unitId: unitId as IdOf<'pru'>, buyerId: memberId, approverId };
  await world.settle();
  const paid = await makeReceipt(world, unit, 1_000_000n);
  const [lines, { orderId }] = [
    [{ variantId, quantity: 1 }],
    await makeSignedOrder(world, unit, {
      lines: [{ variantId: variantId ?? '', quantity: 1, channelPointId: '' }],
    }),
  ];
  await world.settle();
  const rule = { idempotencyKey: newId('evt'), productId: undefined, effectiveFrom: '2026-11-03T00:00:00Z' };
  return {
    buyerReceiptReverseRequest: { values: { receiptId: paid.id } },
    contributionRuleDraft: { values: { ...rule, bps: 100 } },
    ledgerAdjustmentRequest: {
      values: {
        debit: 'liability:suspense',
        credit: `liability:available:${merchantId}`,
        attachmentHash: 'a'.repeat(64),
      },
    },
    orderPlace: { values: { unitId: undefined, lines } },
    payeeAccountPropose: {
      values: {
        payeeId: merchantId,
        accountName: '合作社',
        bankName: '农商银行（演示）',
        bankCode: '402552000019',
        accountNumber: '6230000000000001',
        method: 'BANK',
      },
    },
    payoutPolicyPropose: { values: { effectiveOn: '2026-11-20' } },
    promotionPropose: {
      values: {
        divisionCode: undefined,
        input: {
          ...(argumentsFor('settlement', 'promotionPropose', home)('input') as object),
          kind: 'PLATFORM_COUPON',
        },
      },
    },
    receivableWriteOffRequest: { values: { orderId } },
    splitRuleDraft: {
      values: {
        ...rule,
        merchantId: undefined,
        merchantBps: 7_300,
        householdBps: 2_000,
        platformBps: 500,
        operatorBps: 200,
        fundBps: 0,
      },
    },
    unitCreditApply: { values: { amountFen: '10' } },
    unitCreditPaybackRequest: { values: { bankRef: 'BANK-0001', amountFen: '10' } },
  };
}

/** What waits for somebody at the console, and what whoever has asked for it may take back. */
async function ofConsole({ world, home }: Ground): Promise<GoodValues> {
  const { ids, place } = home;
  const merchantId = present(ids['merchantId'], 'a merchant');
  const at = world.clock.now();
  const flag = (id: IdOf<'flg'>, state: string) => ({
    id,
    rule: 'RING',
    subject: `${merchantId}:${state}`,
    severity: 'NOTICE',
    state,
    merchantId,
    countyCode: place.county,
    numbers: '{}',
    confirmedBy: newId('usr'),
    createdAt: at,
    updatedAt: at,
  });
  const [confirmedId, appealedId] = [newId('flg'), newId('flg')];
  const invoice = {
    id: newId('inv'),
    subject: 'SERVICE_FEE',
    period: '2026-09',
    merchantId,
    kind: 'BLUE',
    refundId: '',
    attempt: 1,
    title: '合作社',
    taxNumber: '',
    totalFen: 1n,
    state: 'REQUESTED',
    requestedAt: at,
  };
  const supervisor = { userId: newId('usr'), divisions: 'ALL', scope: 'ALL' } as const;
  const suspended = await makeMerchant(world, { countyCode: place.county, name: '停业合作社' });
  must(await world.get(MerchantStandingService).suspend(suspended.id, '证照过期', supervisor));
  await world.database.transaction((tx) =>
    tx.insert('integrity_flag', [flag(confirmedId, 'CONFIRMED'), flag(appealedId, 'APPEALED')]),
  );
  await world.database.transaction((tx) => tx.insert('invoice', [invoice]));
  const [proposed] = await world.database.query<{ by: UserId }>(
    'SELECT created_by AS `by` FROM promotion WHERE id = ?',
    [present(ids['promotionId'], 'a promotion')],
  );
  const [erratum] = await world.database.query<{ by: UserId }>(
    'SELECT proposed_by AS `by` FROM volume_erratum WHERE id = ?',
    [present(ids['erratumId'], 'an erratum')],
  );
  const clerk = { by: ids['clerkId'] as UserId };
  const published = await makePromotion(world, { kind: 'PLATFORM_COUPON' });
  const closer = { userId: newId('usr'), scope: 'ALL' } as const;
  must(await world.get(MonthCloseService).cutOff('2026-08-01', closer));
  const told = await bankRefund(world, home, clerk.by, 'INSTRUCTED');
  const [sent] = await world.database.query<{ id: IdOf<'pyo'>; amount: string; batchNo: number }>(
    `SELECT p.id, p.amount_fen AS amount, b.batch_no AS batchNo FROM payout p JOIN payout_batch b ON b.id = p.batch_id WHERE b.id = ?`,
    [present(ids['sentBatchId'], 'a batch')],
  );
  const payout = present(sent, 'a payout');
  const file = answer(payout.batchNo, [
    { payout: { id: payout.id, amountFen: BigInt(payout.amount) }, result: 'PAID' },
  ]);
  const trees = await makeAdoptionOffer(world, {
    product: await makeProduct(world, { merchantId: merchantId as IdOf<'mer'>, name: '认养桃' }),
    trees: 1,
  });
  const declared = present(trees.objects[0], 'a tree').id;
  const harvest = { objectIds: [declared], season: 2026, harvestedG: 5_000, note: '冰雹' };
  must(await world.get(AdoptionGrowerService).declareHarvest([merchantId], harvest, newId('usr')));
  const onAccount = {
    unitId: ids['unitId'] as IdOf<'pru'>,
    buyerId: home.memberId,
    approverId: home.approverId,
  };
  const { orderId } = await makeSignedOrder(world, onAccount);
  await world.settle();
  const acts = world.get(ReceivableActService);
  const act = must(
    await acts.request(
      { idempotencyKey: newId('req'), kind: 'WRITE_OFF', subjectRef: orderId, reason: '核对无误' },
      clerk.by,
    ),
  );
  const accounts = await world.database.query<{ code: string; isEmpty: number }>(
    `SELECT code, debits_posted_fen = credits_posted_fen AND credits_pending_fen = 0 AND debits_pending_fen = 0 AS isEmpty
     FROM ledger_account WHERE code LIKE 'liability:available:mer%' AND state = 'OPEN' ORDER BY isEmpty, code`,
  );
  const [open, frozen, empty] = [accounts[0]?.code, accounts[1]?.code, accounts.at(-1)?.code];
  await world.database.transaction((tx) =>
    tx.write("UPDATE ledger_account SET state = 'FROZEN' WHERE code = ?", [present(frozen, 'an account')]),
  );
  const statementId = must(
    await world.get(StatementIssueService).issue(newId('usr'), {
      payeeId: merchantId,
      fromOn: '2026-10-01',
      toOn: '2026-10-31',
    }),
  );
  return {
    claimDraftSave: { isInCounty: true },
    claimSubmit: { isInCounty: true },
    claimReverse: { values: { claimId: ids['heldClaimId'] } },
    integrityFlagAppeal: { values: { flagId: confirmedId } },
    integrityAppealDecide: { values: { id: appealedId } },
    merchantSuspend: { values: { reason: '证照过期' } },
    merchantReinstate: { values: { merchantId: suspended.id, reason: '证照已更新' } },
    ledgerAccountFreeze: { values: { code: open } },
    ledgerAccountThaw: { values: { code: frozen } },
    ledgerAccountClose: { values: { code: empty } },
    promotionDecide: { isInCounty: true },
    'settlement promotionEnd': { values: { promotionId: published.id } },
    monthCloseCutOff: { values: { month: '2026-09-01' } },
    monthCloseReview: { values: { month: '2026-08-01' } },
    bankRefundInstruct: { values: { refundId: await bankRefund(world, home, clerk.by, 'APPROVED') } },
    bankRefundConfirm: { values: { refundId: told, bankRef: 'BANK-0003' } },
    bankRefundReturn: { values: { refundId: told } },
    payoutResultImport: { values: { contentBase64: file.toString('base64') } },
    adoptionHarvestCorrect: { values: { objectIds: [declared] } },
    receivableActDecide: { values: { actId: act.id } },
    ledgerAdjustmentWithdraw: clerk,
    payoutBatchWithdraw: clerk,
    payoutPolicyWithdraw: clerk,
    poolAssignmentWithdraw: clerk,
    splitRuleWithdraw: clerk,
    contributionRuleWithdraw: clerk,
    receivableActWithdraw: clerk,
    creditTermWithdraw: clerk,
    promotionWithdraw: { by: present(proposed, 'a promotion').by },
    volumeErratumWithdraw: { by: present(erratum, 'an erratum').by },
    linkagePaymentRecord: { values: { photoIds: [await makePhoto(world, home.ownerId)] } },
    linkagePaymentReverse: { values: { reason: '误记' } },
    buyerReceiptRecord: { values: { bankRef: 'BANK-0002' } },
    statementReissue: { values: { statementId } },
  };
}

/** Everything that is only done here. Made before anything is asked: what is half made afterwards comes to no rest. */
export async function goodValues(world: World, home: Side): Promise<GoodValues> {
  const ground = { world, home };
  return {
    ...(await ofOrders(ground)),
    ...(await ofUnits(ground)),
    ...(await ofCabinets(ground)),
    ...(await ofBooks(ground)),
    ...(await ofConsole(ground)),
    // Last: a code is good for five minutes.
    ...(await ofAccounts(ground)),
  };
}
