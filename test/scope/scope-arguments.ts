import { newId } from '#libs/kernel';
import type { ServiceName } from '#platform/service';
import { claimContent, claimLine, freshInvoiceNo } from '../make/claim.make.js';
import { freshCreditCode } from '../make/merchant.make.js';
import { certificationArguments } from './scope-certification-arguments.js';
import { harvestArguments } from './scope-harvest-arguments.js';
import { linkageArguments } from './scope-linkage-arguments.js';
import { listingArguments } from './scope-listing-arguments.js';
import { merchantArguments } from './scope-merchant-arguments.js';
import { placeArguments } from './scope-place-arguments.js';
import { ID_OF } from './scope-ids.js';
import { stockArguments } from './scope-stock-arguments.js';
import type { Side } from './scope-world.js';

const promotionOf = (kind: string) => ({
  idempotencyKey: newId('req'),
  kind,
  name: '消费帮扶',
  benefit: 'AMOUNT',
  amountFen: '100',
  percentBps: 0,
  thresholdFen: '0',
  budgetFen: '1000',
  personMax: 1,
  isExclusive: false,
  conditions: [],
  claimFrom: '2026-11-01T00:00:00Z',
  claimUntil: '2026-11-20T00:00:00Z',
  validFrom: '2026-11-01T00:00:00Z',
  validUntil: '2026-12-01T00:00:00Z',
});

const ANY_ZONE = {
  provinceCodes: [],
  isServed: true,
  firstWeightG: 1_000,
  firstFen: '800',
  additionalWeightG: 0,
  additionalFen: '0',
};

const ANY_SLOTS = [{ code: 'A1', capacity: 10, maxItemG: 1_000 }];

/** What is one way at the shop or the cooperative's door, and another at the console. */
function special(service: ServiceName, operation: string, side: Side): Record<string, unknown> {
  const { ids, place } = side;
  const isMerchant = service === 'merchant';
  switch (operation) {
    case 'claim':
      return isMerchant ? { id: ids['heldClaimId'] } : {};
    case 'claimDraftSave':
      return {
        claimId: null,
        claimantId: isMerchant ? ids['merchantId'] : place.county,
        revision: 0,
        content: {
          ...claimContent({ lines: [claimLine({ originCountyCode: place.county })] }),
          evidence: [{ kind: 'E_INVOICE', invoiceNo: freshInvoiceNo(), fileId: null }],
        },
      };
    case 'cabinetRegister':
      return {
        channelPointId: ids['channelPointId'],
        operatorId: ids['merchantId'],
        serialNo: 'X'.repeat(3), // Malformed: whoever may register is refused for it and changes nothing.
        slots: ANY_SLOTS,
      };
    case 'cabinetSlotsSet':
      return { slots: ANY_SLOTS, revision: 1 };
    case 'planogramSet':
      return { revision: 9, slots: [] }; // Of somebody who has looked at another one: whoever may is told so.
    case 'slotLock':
      return { slotCode: 'A1', reason: '货道清洁' };
    case 'slotUnlock':
      return { slotCode: 'A1' };
    case 'restockRoutePlan':
      return {
        idempotencyKey: newId('req'),
        day: '2026-11-03',
        nextVisitOn: '2026-11-02', // The day before: whoever may is refused for it and plans nothing.
        routesMax: 1,
        visitsMax: 10,
        loadMaxG: 500_000,
        fillUnitsMin: 1,
      };
    case 'restockVanLoad':
    case 'restockRouteClose':
      return { lines: [], causeKey: ' ' }; // No key: whoever may is refused for it and moves nothing.
    case 'vanWriteOffRequest':
      return { lines: [], reason: ' ', causeKey: ' ' }; // Likewise.
    case 'vanWriteOffs':
      return { routeId: undefined };
    case 'restockVisits':
      return { cabinetId: undefined };
    case 'restockVisitSubmit':
      return {
        visitKey: newId('req'),
        arrivedAt: '2026-11-02T03:00:00Z',
        leftAt: '2026-11-02T02:00:00Z', // Before it began: whoever may is told so.
        isComplete: true,
        slots: [],
        photoIds: [],
        signatureId: undefined,
        deeds: ['CLEANED'],
        measuredDeciCelsius: 40,
      };
    case 'warehousePositionSet':
      return { longitude: 181, latitude: 26.5 };
    case 'kiosk':
      return { visit: 'x' };
    case 'kioskAt':
      return { counterId: 'x' };
    case 'kioskCodeIssue':
      return { cabinetId: newId('cab'), credentialId: newId('ccr'), secret: 'x' };
    case 'kioskPickUpOpen':
      return { cabinetId: newId('cab'), credentialId: newId('ccr'), secret: 'x', code: '00000000' };
    case 'kioskScan':
      return { code: 'x' };
    case 'cabinetTelemetry':
      return { grain: 'DAY', from: '2026-11-01', to: '2026-11-02' };
    case 'cabinetTemperatureBandSet':
      return { band: 'CHILLED' };
    case 'cabinetCommandSend':
      // One that takes no version: whoever may send is refused for it and changes nothing.
      return { command: { kind: 'REBOOT', version: '1' } };
    case 'cabinetReleaseAdd':
      // The version is none: whoever may add one is refused for it and changes nothing.
      return { input: { kind: 'CONFIG', version: 'a b', content: '{}', url: null, digest: null } };
    case 'cabinetRolloutStart':
      return {
        input: {
          merchantId: ids['merchantId'],
          releaseId: ids['releaseId'],
          idempotencyKey: newId('req'),
          stages: [], // Nobody: likewise.
          waitHours: null,
          faultyMax: 0,
        },
      };
    case 'cabinetRolloutAdvance':
      return { stage: 9 }; // Not the one that is on: whoever may is told so.
    case 'cabinetRolloutHalt':
    case 'cabinetRolloutResume':
    case 'cabinetRolloutRollBack':
    case 'cabinetRolloutEnd':
      return { reason: '' }; // No reason: whoever may is refused for it and changes nothing.
    case 'cabinetRolloutTargets':
    case 'cabinetReleases':
      return { state: undefined, kind: undefined };
    case 'cabinetGoodsDecide':
      return { slotCodes: ['A1'], decision: 'RELEASE', reason: '已检查' };
    case 'cabinetPaperRecord':
      return {
        paper: {
          kind: 'LICENCE',
          number: 'JY14302250012345',
          authority: '炎陵县市场监督管理局',
          validUntil: null,
          fileNo: '',
        },
      };
    case 'cabinetPaperWithdraw':
      return { kind: 'LICENCE' };
    case 'cabinetAlarms':
      return { filter: {} };
    case 'kioskOrderPlace':
      return { visit: 'x', input: { idempotencyKey: newId('req'), lines: [], totalFen: '0' } };
    case 'vends':
      return { cabinetId: undefined };
    case 'doorOpening':
      return { id: newId('dop') };
    case 'doorOpenings':
      return { cabinetId: undefined, state: undefined, dispute: undefined, orderId: undefined };
    case 'doorOpeningStart':
      return { visit: 'x', idempotencyKey: newId('req') };
    case 'doorOpen':
      return { visit: 'x', openingId: newId('dop') };
    case 'doorOpeningCancel':
      return { openingId: newId('dop') };
    case 'doorOpeningDecide':
      return { openingId: newId('dop'), items: [], note: '已查明' };
    case 'doorDebtDispute':
      return { openingId: newId('dop'), text: '没有拿' };
    case 'doorDisputeRefuse':
    case 'doorOpeningWaive':
      return { openingId: newId('dop'), note: '已查明' };
    case 'pickUps':
      return { cabinetId: undefined, state: undefined };
    case 'pickUpsHere':
      return { visit: 'x' };
    case 'pickUpsExpected':
      return { cabinetId: undefined };
    case 'pickUpPlace':
      return { merchantOrderId: newId('mor'), cellCode: 'B1' };
    case 'pickUpTakeBack':
      return { pickUpId: newId('pku'), isAgain: true };
    case 'pickUpOpen':
      return { visit: 'x', pickUpId: newId('pku') };
    case 'pickUpOpenByCode':
      return { visit: 'x', code: '00000000' };
    case 'vendBreakResolve':
      return { breakId: ids['breakId'], note: '已查明' };
    case 'merchantApplication':
    case 'merchantApplicationSubmit':
    case 'merchantApplicationWithdraw':
    case 'merchantApplicationBankAccountSet': // Without one: whoever may leaves it for later, as it was.
      return isMerchant
        ? { id: ids['ownApplicationId'], applicationId: ids['ownApplicationId'], revision: 1 }
        : {};
    case 'merchantApplicationSave':
      return { applicationId: null, revision: 0, content: { name: '合作社', papers: [] } };
    case 'teamMemberInvite':
      return { role: 'RESTOCKER', phone: '1' }; // No phone: whoever may is refused for it and asks nobody.
    case 'teamMemberEnd':
      return { role: 'RESTOCKER', userId: ids['userId'] };
    case 'listing':
    case 'listingSubmit':
    case 'listingTakeBack':
    case 'listingWithdraw':
      return isMerchant ? { id: ids['ownListingId'], listingId: ids['ownListingId'], revision: 1 } : {};
    case 'listingSave':
      return { listingId: null, productId: null, revision: 0, content: { name: '黄桃', variants: [] } };
    case 'listingApprove':
      return { revision: 1 };
    case 'listingReturn':
      return { revision: 1, fields: [{ path: 'content.name', message: '请核对' }] };
    case 'productTakeOff':
      return { reason: 'x' }; // Not a reason: whoever may is refused for it and takes nothing off.
    case 'variantPriceSet':
      return { priceFen: '10000' }; // What it costs already: whoever may is answered and changes nothing.
    case 'fairPrice':
      return { grade: 'FIRST', netWeightG: 500, priceFen: '1000' };
    case 'referencePriceRecord':
      return {
        grade: 'FIRST',
        monthFrom: '2026-11',
        monthTo: '2026-12',
        jinPriceFen: '1000',
        source: '县价格监测',
      };
    case 'merchantPaperHandIn':
      return { paper: { kind: 'OTHER', fileIds: [] } }; // No file: whoever may is refused for it and changes nothing.
    case 'merchantPaperReturn':
      return { reason: '请换一份清楚的照片' };
    case 'merchantPapersRequired':
      return { kind: 'COOPERATIVE', processedFood: 'NONE' };
    case 'merchantApplicationReturn':
      return { fields: [{ path: 'content.name', message: '请核对' }] };
    case 'claimReturn':
      return { fields: [{ path: 'content.buyerName', message: '请核对' }] };
    case 'printBatchOpen':
      // Printed before under this key, with other orders: whoever may is told so, and nothing changes.
      return {
        input: {
          merchantId: ids['merchantId'],
          idempotencyKey: 'scope',
          carrier: 'SF',
          merchantOrderIds: [ids['merchantOrderId']],
        },
      };
    case 'waybillNumbersAdd':
      return { input: { merchantId: ids['merchantId'], carrier: 'SF', trackingNos: ['1'] } }; // Malformed likewise.
    case 'merchantOrderShip':
    case 'afterSaleSendBack':
    case 'afterSaleReplacementShip':
      return { carrier: 'SF', trackingNo: 'SF1234567890123' };
    case 'bankAccountSet':
      return {
        accountName: '合作社',
        bankName: '农商银行（演示）',
        bankCode: '402552000019',
        accountNumber: '6230000000000001',
      };
    case 'addressAdd':
    case 'addressChange':
      return { phone: '13800001111' };
    case 'promotionPublish':
      return { input: promotionOf('MERCHANT_COUPON') };
    case 'promotionPropose':
      return { input: promotionOf('VOUCHER') };
    case 'promotionEnd':
      return { promotionId: isMerchant ? ids['ownPromotionId'] : ids['promotionId'] };
    case 'couponClaim':
      return { promotionId: ids['ownPromotionId'] };
    case 'presaleOpen':
      return {
        // Of something that is presold already: whoever may is told so, and nothing else of this side changes.
        variantIds: [ids['presoldVariantId']],
        likeBatchId: ids['presoldBatchId'],
        firstOn: '2026-12-20',
        lastOn: '2026-12-24',
        capacityG: 100_000,
        ordersOpenAt: '2026-11-01T00:00:00Z',
        ordersCloseAt: '2026-12-01T00:00:00Z',
        payment: 'FULL',
        depositBps: null,
        balanceDueOn: null,
      };
    case 'presaleCapacitySet':
      return { day: '2026-12-20', capacityG: 100_000 };
    case 'presaleOrdersCloseSet':
      return { ordersCloseAt: '2026-12-02T00:00:00Z' };
    case 'orderDelayAnnounce':
    case 'presaleDelayAnnounce':
      return { day: '2026-12-20', newDay: '2026-12-21', reason: '连日降雨' };
    case 'adoptionOfferOpen':
      return {
        // Of something that can be adopted already: whoever may is told so, and nothing else of this side changes.
        variantId: ids['adoptedVariantId'],
        likeBatchId: ids['adoptedBatchId'],
        objectKind: 'TREE',
        story: '老树',
        objects: [{ tag: 'Z-1' }],
        instalments: [{ portions: 2, firstOn: '2026-12-20', lastOn: '2026-12-24' }],
        ordersOpenAt: '2026-11-01T00:00:00Z',
        ordersCloseAt: '2026-12-10T00:00:00Z',
      };
    case 'adoptionObjectsAdd':
      return { objects: [{ tag: 'A-1' }] };
    case 'adoptionObjectWithdraw':
      return { objectId: ids['idleObjectId'] };
    case 'adoptionHarvestDeclare':
      return { objectIds: [ids['adoptionObjectId']], season: 2026, harvestedG: 0, note: '冰雹' };
    case 'adoptionHarvestCorrect':
      // Nothing has been said of it: whoever may is told so.
      return { objectIds: [ids['idleObjectId']], season: 2026, harvestedG: 1, reason: '称重有误' };
    case 'adoptionUpdatePublish':
      return { photoId: undefined };
    case 'adoptionDelayAnnounce':
      return { number: 1, newDay: '2026-12-10', reason: '连日降雨' };
    case 'adoptionPlateSet':
      return { name: '小桃' };
    case 'adoptionRecipientSet':
      return {
        recipient: { name: '外婆', phone: '13900001234', countyCode: place.county, address: '外婆家' },
      };
    case 'dispatchTermSet':
      return { days: 3 };
    case 'delayNoticeAnswer':
      return { choice: 'KEEP' };
    case 'invoiceRequest':
      // It may be left out, but only for orders of a unit.
      return { title: '株洲好邻居' };
    case 'freightTemplateSet':
      return { basedOn: 0, zones: [ANY_ZONE] };
    case 'orderPlace':
      return { address: '泰山路街道 1 号' };
    case 'orderSign':
    case 'orderDecline':
      return { orderId: ids['toSignId'] };
    case 'personalDataUnmask':
      return { kind: 'CLAIM_BUYER', subjectId: ids['claimId'], purpose: 'COMPLAINT' };
    case 'claimSubmit':
      return { claimId: isMerchant ? ids['draftId'] : ids['claimId'], revision: 1 };
    case 'integrityFlagAppeal':
      return { flagId: ids['flagId'], fileIds: [] };
    case 'procurementUnitRegister':
      return { creditCode: freshCreditCode(), parentId: ids['unitId'] };
    case 'nearbyPlaces':
      return { longitude: 113.77, latitude: 26.49 };
    case 'productSearch':
    case 'searchSuggestions':
      return { query: '黄桃' };
    case 'bulkOrderConfirm':
      return { totalFen: '10800' };
    case 'unitContractorOpen':
      return { creditCode: freshCreditCode(), startsOn: '2026-11-01', phone: ids['contractorPhone'] };
    case 'demandNoticePublish':
      return { weightKg: 300, fromOn: '2026-11-09', toOn: '2026-11-20' };
    case 'demandNoticeWithdraw':
      return { noticeId: ids['demandNoticeId'] };
    case 'unitInvoiceTitleAdd':
      return { title: '株洲好邻居', taxNumber: '81430225MC1234567X' };
    case 'procurementContractorAdd':
      return { creditCode: freshCreditCode(), startsOn: '2026-11-01' };
    case 'procurementMemberAdd':
      return { role: 'BUYER' };
    case 'reportDrill':
      return { id: 'R3', cell: [] };
    case 'report':
    case 'reportCityTotals':
      return { id: 'R3' };
    case 'taxTreatmentSet':
      return { subject: 'GOODS', categoryCode: null, effectiveOn: '2026-11-01', rateBps: null, revision: 0 };
    case 'splitRulePropose':
      return { ruleId: ids['splitDraftId'] };
    case 'contributionRulePropose':
      return { ruleId: ids['contributionDraftId'] };
    case 'payoutBatchExport':
      return { batchId: ids['agreedBatchId'] };
    case 'payoutBatchVoid':
    case 'payoutResultImport':
      return { batchId: ids['sentBatchId'] };
    case 'payoutRecall':
    case 'payoutDeclareAbsent':
      return { payoutId: ids['sentPayoutId'] };
    case 'campaignSet':
      return { code: 'MONTH-2027' };
    case 'partnerCreate':
      return { code: 'NEWCOMER' };
    case 'integrityThresholdSet':
      return { rule: 'SELF_PURCHASE', name: ids['thresholdName'] };
    case 'poolAssignmentPropose':
      return { lineIds: [ids['poolLineId']] };
    case 'volumeTargetSet':
      return { unitId: undefined };
    default:
      return {
        ...linkageArguments(service, operation, side),
        ...merchantArguments(service, operation, side),
        ...placeArguments(operation, side),
        ...certificationArguments(service, operation, side),
        ...stockArguments(operation, side),
        ...harvestArguments(operation, side),
        ...listingArguments(service, operation, side),
      };
  }
}

/** Arguments that are called as the id they want. */
const SAME =
  'orderId invitationId paperId orderLineId photoId phone productId promotionId presaleId adoptionId noticeId requestId routeId writeOffId statementId unitId userId variantId householdId'.split(
    ' ',
  );

/** The value of an argument of this operation, asked about one side of the world; undefined where nothing is known of the name. */
export function argumentsFor(service: ServiceName, operation: string, side: Side): (name: string) => unknown {
  const { ids, place } = side;
  const idOf = ID_OF[operation];
  const general: Readonly<Record<string, unknown>> = {
    ...(idOf === undefined ? {} : { id: ids[idOf] }),
    accountId: ids['accountId'],
    actId: ids['actId'],
    adjustmentId: ids['adjustmentId'],
    assignmentId: ids['assignmentId'],
    changeId: ids['changeId'],
    creditTermId: ids['creditTermId'],
    keyId: ids['keyId'],
    kindCode: ids['kindCode'],
    listingId: ids['listingId'],
    partnerId: ids['partnerId'],
    payoutId: ids['payoutId'],
    paymentId: ids['paymentId'],
    refundId: ids['refundId'],
    ruleId: operation.startsWith('contribution') ? ids['contributionRuleId'] : ids['splitRuleId'],
    addressId: ids['addressId'],
    agreementId: ids['agreementId'],
    memberId: ids['memberId'],
    pairingId: ids['pairingId'],
    claimId: ids['claimId'],
    applicationId: ids['applicationId'],
    bulkOrderId: ids['bulkOrderId'],
    importId: ids['sheetImportId'],
    contractorId: ids['contractorId'],
    titleId: ids['titleId'],
    fulfillmentId: ids['fulfillmentId'],
    cabinetId: ids['cabinetId'],
    rolloutId: ids['rolloutId'],
    releaseId: ids['releaseId'],
    alarmId: ids['alarmId'],
    credentialId: ids['credentialId'],
    causeKey: newId('key'),
    cityCode: place.city,
    countyCode: place.county,
    divisionCode: place.county,
    entryId: ids['entryId'],
    filter:
      operation.startsWith('report') || operation === 'volume'
        ? { from: '2026-01-01', to: '2026-12-31' }
        : undefined,
    idempotencyKey: newId('req'),
    intoId: ids['intoId'],
    invoiceId: ids['invoiceId'],
    members: undefined,
    merchantId: ids['merchantId'],
    merchantOrderId: ids['merchantOrderId'],
    waybillId: ids['waybillId'],
    mergedOn: '2026-11-02',
    month: '2026-10-01',
    photoIds: [ids['photoId']],
    photos: [{ photoId: ids['photoId'], subject: 'GOODS' }],
    offerId: ids['adoptionOfferId'],
    objectId: ids['adoptionObjectId'],
    adoptionObjectIds: undefined,
    instalmentId: ids['adoptionInstalmentId'],
    sessionId: newId('ses'),
    factIds: [ids['factId']],
    subject: ids['orderId'],
    weekEndsOn: '2026-11-01',
    year: 2026,
    batchId: service === 'merchant' ? ids['batchId'] : ids['payoutBatchId'],
    locationId: service === 'merchant' ? ids['locationId'] : undefined,
    payeeId: operation === 'statementIssue' ? ids['merchantId'] : undefined,
    merchantOrderIds: [ids['merchantOrderId']],
    ...Object.fromEntries(SAME.map((name) => [name, ids[name]])),
    ...special(service, operation, side),
  };
  return (name) => general[name];
}
