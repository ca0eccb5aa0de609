import { Readable } from 'node:stream';
import type { HouseholdId } from '#libs/household';
import { AddressService } from '#libs/address';
import { ApprovalService } from '#libs/approval';
import { AuditService, TeamInvitationService, type UserId } from '#libs/identity';
import { ClaimReviewService, ClaimService } from '#libs/intake';
import { IntegrityCheckService } from '#libs/integrity';
import { newId, present, refused } from '#libs/kernel';
import { AdoptionOrderReader } from '#libs/ordering';
import { ReservedShareService } from '#libs/procurement';
import { PromotionService } from '#libs/promotion';
import { PayeeAccountService } from '#libs/settlement';
import { ReviewService } from '#libs/review';
import { VolumeFactService, VolumeRollupService, VolumeTargetService, factsOfReceived } from '#libs/volume';
import { StoredFileService } from '#platform/files';
import { Pseudonyms } from '#platform/pseudonym';
import { line } from '../database/volume-rooms.js';
import type { World } from '../harness/world.js';
import { claimContent, claimLine } from '../make/claim.make.js';
import { makeApplication, makePaper } from '../make/application.make.js';
import { certified } from './scope-certification.js';
import { makeAlarm, makeCabinet, makeCredential, makeRollout } from '../make/cabinet.make.js';
import { makeLinkage } from '../make/household.make.js';
import { makeListing } from '../make/listing.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { makePaidOrder, partsOf } from '../make/order.make.js';
import { makeBulkOrder } from '../make/bulk.make.js';
import { makeSheetImport } from '../make/sheet.make.js';
import {
  makeDemandNotice,
  makeMember,
  makeProcurementUnit,
  makeTitleAndContractor,
} from '../make/procurement.make.js';
import { makeAdoptionOffer } from '../make/adoption.make.js';
import { makePresale } from '../make/presale.make.js';
import { makeGoodsKind, makeProduct } from '../make/product.make.js';
import { makePromotion, promotionWish } from '../make/promotion.make.js';
import { makeRoute, makeWriteOff } from '../make/restocking.make.js';
import { stockRows } from './scope-stock.js';
import { makeCreditTerm, makeOrderOnAccount, makeSignedOrder } from '../make/receivable.make.js';
import { receiveOrder } from '../make/receipt.make.js';
import { makeUser } from '../make/user.make.js';
import { afterSale } from './scope-after-sale.js';
import { consoleRows } from './scope-console.js';
import { linkHousehold } from './scope-linkage.js';
import { HOME, type Place } from './scope-places.js';
import { salePlaces } from './scope-sale-places.js';
import { recalled } from './scope-harvest.js';
import { insertPrint } from './scope-print.js';

/** What of one side an operation may be asked about. */
export interface Side {
  readonly place: Place;
  readonly buyerId: UserId;
  readonly ownerId: UserId;
  readonly approverId: UserId;
  /** Buys for the unit. */
  readonly memberId: UserId;
  readonly ids: Readonly<Record<string, string>>;
}

async function evidence(world: World, uploadedBy: UserId, mark: string): Promise<string> {
  const bytes = Readable.from([Buffer.from(`%PDF-1.7\n% ${mark} ${uploadedBy}\n1 0 obj\n<< >>\nendobj\n`)]);
  const file = await world.get(StoredFileService).keep(bytes, `${mark}.pdf`, uploadedBy);
  if (typeof file === 'string') throw new Error(file);
  return file.id;
}

interface ClaimWish {
  readonly claimantId: string;
  readonly authorId: UserId;
  readonly line: Parameters<typeof claimLine>[0];
  readonly buyerPhone?: string;
  readonly isSubmitted?: boolean;
}

async function claim(
  world: World,
  { mark }: Place,
  wish: ClaimWish,
): Promise<{ id: string; fileId: string }> {
  const { claimantId, authorId, buyerPhone = null, isSubmitted = true } = wish;
  const fileId = await evidence(world, authorId, mark);
  const content = claimContent({
    buyerKind: buyerPhone === null ? 'ORGANISATION' : 'CONSUMER',
    buyerName: `${mark}买家`,
    buyerPhone,
    lines: [claimLine(wish.line)],
    evidence: [{ kind: 'CONTRACT', invoiceNo: null, fileId }],
  });
  const author = { userId: authorId, claimantIds: [claimantId] };
  const draft = { claimId: null, idempotencyKey: newId('req'), claimantId, revision: 0, content };
  const claims = world.get(ClaimService);
  const id = await claims.saveDraft(draft, author);
  if (refused(id)) throw new Error(id.message.en);
  const submitted = isSubmitted ? await claims.submit(id, 1, author) : id;
  if (refused(submitted)) throw new Error(JSON.stringify(submitted));
  return { id, fileId };
}

async function flagged(world: World, place: Place, merchantId: string, phone: string): Promise<void> {
  const sold = (lineId: string, goodsFen: bigint) =>
    line(lineId, goodsFen, {
      merchantId,
      originCountyCode: place.county,
      sellerCountyCode: place.county,
      saleCountyCode: place.county,
      consumptionCountyCode: place.county,
      productId: `prd_${place.county}`,
      channelPointId: '',
      sourceSystem: 'TAOYUAN',
      sourceOrderNo: `ord_${lineId}`,
      sourceLineNo: lineId,
      buyerKey: world.get(Pseudonyms).ofPhone(phone),
    });
  const at = world.clock.now();
  const facts = factsOfReceived(
    [sold(`${place.county}1`, 90_000n), sold(`${place.county}2`, 10_000n)],
    at,
    at,
  );
  await world.database.transaction((tx) => world.get(VolumeFactService).record(tx, facts));
  while ((await world.get(IntegrityCheckService).check(100)) > 0);
}

/** Something of everything that belongs to somebody: a cooperative, its orders, claims and money, a school, and what officials keep. */
export async function settleDown(world: World, place: Place): Promise<Side> {
  const { county, mark, village } = place;
  const merchant = await makeMerchant(world, {
    countyCode: county,
    name: `合作社${county}`,
    contactName: `${mark}人`,
  });
  const owner = await makeUser(world, {
    displayName: `${mark}社长`,
    grants: [{ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchant.id }],
  });
  const buyer = await makeUser(world, { displayName: `${mark}客` });
  const invitationId = await world
    .get(TeamInvitationService)
    .invite(merchant, { phone: buyer.phone, role: 'RESTOCKER' }, owner.userId);
  if (refused(invitationId)) throw new Error(invitationId.message.en);
  const linkage = await makeLinkage(world, { merchantId: merchant.id });
  const product = await makeProduct(world, {
    merchantId: merchant.id,
    name: `黄桃${county}`,
    originCountyCode: county,
    batches: [{ quantity: 100, originCountyCode: county, linkageAgreementId: linkage.agreement.id }],
  });
  const kindCode = await makeGoodsKind(world, { code: `KIND_${county}`, keeperCode: county });
  const listing = { merchantId: merchant.id, userId: owner.userId, kindCode, countyCode: county };
  const listed = await makeListing(world, listing);
  const toList = await makeListing(world, { ...listing, isSubmitted: false });
  const recipient = {
    name: `${mark}收货人`,
    phone: buyer.phone,
    countyCode: county,
    address: `${mark}路 9 号`,
  };
  const addressId = await world.get(AddressService).add(buyer.userId, {
    name: recipient.name,
    phone: recipient.phone,
    countyCode: county,
    townshipCode: '',
    provinceCode: '',
    cityCode: '',
    detail: recipient.address,
  });
  if (refused(addressId)) throw new Error(addressId.message.en);
  const received = await makePaidOrder(world, { buyerId: buyer.userId, recipient }, product);
  await receiveOrder(world, received);
  const complained = await afterSale(world, buyer.userId, received.orderId);
  const wish = {
    orderLineId: complained.orderLineId,
    rating: 4,
    text: '很甜',
    photoIds: [complained.photoId],
  };
  const reviewId = await world.get(ReviewService).post(buyer.userId, wish);
  if (refused(reviewId)) throw new Error(reviewId.message.en);
  const waiting = await makePaidOrder(world, { buyerId: buyer.userId, recipient }, product);
  await world.settle();
  const unit = await makeProcurementUnit(world, {
    name: `${mark}中学`,
    divisionCode: county,
    canteen: 'OUTSOURCED',
  });
  await makeCreditTerm(world, unit.id);
  const [memberId, approverId] = [
    await makeMember(world, unit.id),
    await makeMember(world, unit.id, 'APPROVER'),
  ];
  const keeps = await makeTitleAndContractor(world, unit.id, approverId, mark);
  const demand = { unitId: unit.id, kindCode, countyCode: county };
  const demandNoticeId = await makeDemandNotice(world, memberId, demand);
  const bulkOrderId = await makeBulkOrder(
    world,
    { unitId: unit.id, buyerId: memberId },
    product.variantId,
    county,
  );
  const sheetImportId = await makeSheetImport(
    world,
    { merchantId: merchant.id, userId: memberId },
    `${mark}桃`,
  );
  const onAccount = { unitId: unit.id, buyerId: memberId, approverId };
  const signed = await makeSignedOrder(world, onAccount, { recipient }, product);
  const toSign = await makeOrderOnAccount(world, onAccount, { recipient }, product);
  await world.settle();
  const into = await makeProcurementUnit(world, { name: `${mark}小学`, divisionCode: county });
  const registrar = { userId: newId('usr'), scope: 'ALL' } as const;
  const share = { year: 2026, canteenTotalFen: 1_000_000n, reservedFen: 200_000n };
  const filed = await world.get(ReservedShareService).fileAsOfficial(unit.id, share, registrar);
  if (refused(filed)) throw new Error(filed.message.en);
  const target = {
    year: 2026,
    divisionCode: county,
    channelKind: '',
    unitId: '',
    amountFen: 9_000_000n,
  } as const;
  const set = await world.get(VolumeTargetService).set(target, registrar);
  if (refused(set)) throw new Error(set.message.en);
  const account = await world.get(PayeeAccountService).propose(
    owner.userId,
    { kind: 'MERCHANT', id: merchant.id },
    {
      method: 'BANK',
      accountName: `${mark}合作社`,
      bankName: `${mark}农商银行`,
      bankCode: '402552000019',
      accountNumber: '6230000000000001',
      idempotencyKey: newId('key'),
    },
  );
  if (refused(account)) throw new Error(account.message.en);

  const goods = { originCountyCode: county, productName: `桃${county}` };
  const held = await claim(world, place, {
    claimantId: merchant.id,
    authorId: owner.userId,
    line: { ...goods, batchId: product.batchIds[0] ?? '', amountFen: '10000', soldOn: '2026-11-02' },
    buyerPhone: buyer.phone,
  });
  const own = await claim(world, place, { claimantId: county, authorId: newId('usr'), line: goods });
  const draft = await claim(world, place, {
    claimantId: merchant.id,
    authorId: owner.userId,
    line: goods,
    isSubmitted: false,
  });
  const ofVillage = await claim(world, place, {
    claimantId: village,
    authorId: newId('usr'),
    line: { ...goods, originVillageCode: village },
  });
  const wanted = { countyCode: county, name: `${mark}黄桃农场`, contactName: `${mark}人` };
  const recall = await recalled(world, { merchantId: merchant.id, county: place.county });
  const certification = await certified(world, place, { merchantId: merchant.id, ownerId: owner.userId });
  const applied = await makeApplication(world, buyer.userId, wanted);
  const brought = await makePaper(world, merchant.id, owner.userId);
  const typing = await makeApplication(world, buyer.userId, { ...wanted, isSubmitted: false });
  const reviewer = { userId: newId('usr'), divisions: 'ALL', organisations: [] } as const;
  await world.get(ClaimReviewService).approve(held.id, reviewer);
  await flagged(world, place, merchant.id, owner.phone);
  while ((await world.get(VolumeRollupService).rollUp(1_000)) > 0);
  await world.database.transaction((tx) =>
    world.get(AuditService).record(tx, {
      actorId: newId('usr'),
      act: 'thing.done',
      subject: unit.id,
      divisionCode: county,
      detail: { note: mark },
    }),
  );
  const requestId = await world.database.transaction((tx) =>
    world.get(ApprovalService).open(tx, {
      subjectKind: 'VOLUME_LOCK',
      subjectId: place === HOME ? '2026-10-01' : '2026-09-01',
      contentHash: '0'.repeat(64),
      requestedBy: newId('usr'),
      requiredCount: 1,
    }),
  );
  if (refused(requestId)) throw new Error(requestId.message.en);
  const cabinet = await makeCabinet(world, { countyCode: county, operatorId: merchant.id });
  const { credentialId } = await makeCredential(world, cabinet.cabinetId);
  const alarmId = await makeAlarm(world, cabinet.cabinetId, credentialId);
  const rollout = await makeRollout(world, merchant.id);
  const breakId = newId('vbr');
  await world.database.transaction((tx) =>
    tx.insert('vend_break', [
      {
        id: breakId,
        cabinetId: cabinet.cabinetId,
        countyCode: county,
        operatorId: merchant.id,
        vendId: null,
        messageId: newId('cms'),
        slotCode: 'A1',
        kind: 'UNASKED',
        units: 1,
        takenUnits: 0,
        foundAt: world.clock.now(),
      },
    ]),
  );
  const routeId = await makeRoute(world, merchant.id);
  const { writeOffId } = await makeWriteOff(world, product);
  const ownPromotion = await makePromotion(world, { kind: 'MERCHANT_COUPON' }, { merchantId: merchant.id });
  const voucher = { ...promotionWish(world, { kind: 'VOUCHER' }), divisionCode: county };
  const promotion = await world.get(PromotionService).propose([county], voucher, newId('usr'));
  if (refused(promotion)) throw new Error(promotion.message.en);
  const [statementId, erratumId, invoiceId] = [newId('stm'), newId('err'), newId('inv')];
  const [printBatchId, waybillId] = [newId('prb'), newId('wbl')];
  await world.database.transaction(async (tx) => {
    await insertPrint(tx, { printBatchId, waybillId, merchantId: merchant.id, at: world.clock.now() });
    await tx.insert('statement', [
      {
        id: statementId,
        payeeKind: 'MERCHANT',
        payeeId: merchant.id,
        kind: 'MONTHLY',
        fromOn: '2026-10-01',
        toOn: '2026-10-31',
        month: '2026-10',
        requestedAt: world.clock.now(),
      },
    ]);
    await tx.insert('invoice', [
      {
        id: invoiceId,
        subject: 'SERVICE_FEE',
        period: '2026-10',
        merchantId: merchant.id,
        kind: 'BLUE',
        refundId: '',
        attempt: 1,
        title: `${mark}合作社`,
        taxNumber: '',
        totalFen: 1n,
        state: 'FAILED',
        failureNote: `${mark}税号有误`,
        requestedAt: world.clock.now(),
      },
    ]);
    await tx.insert('volume_erratum', [
      {
        id: erratumId,
        month: '2026-09-01',
        measure: 'RECOGNISED',
        divisionCode: county,
        publishedFen: 2n,
        correctFen: 1n,
        reason: `${mark}更正`,
        state: 'PROPOSED',
        approvalRequestId: requestId,
        proposedBy: newId('usr'),
        proposedAt: world.clock.now(),
      },
    ]);
  });
  const one = async (sql: string, ...values: string[]) =>
    present((await world.database.query<{ id: string }>(`${sql} ORDER BY id LIMIT 1`, values))[0]?.id, sql);
  const [part] = await partsOf(world, waiting.orderId);
  const linkedIds = await linkHousehold(world, place, merchant.id, owner.userId);
  const presold = await makePresale(world, {
    product: await makeProduct(world, { merchantId: merchant.id, name: '早桃' }),
  });
  const offered = await makeAdoptionOffer(world, {
    product: await makeProduct(world, { merchantId: merchant.id, name: '认养树' }),
    trees: 3,
  });
  const adopted = await makePaidOrder(world, { buyerId: buyer.userId, quantity: 5 }, offered);
  const [adoption] = await world.get(AdoptionOrderReader).ofOrders([adopted.orderId]);
  const [instalment] = await world
    .get(AdoptionOrderReader)
    .instalmentsOf([present(adoption, 'an adoption').id]);
  const noticeId = newId('dly');
  await world.database.transaction((tx) =>
    tx.insert('delay_notice', [
      {
        id: noticeId,
        orderId: waiting.orderId,
        cause: 'MERCHANT',
        reason: `${mark}连日降雨`,
        promisedOn: presold.firstOn,
        proposedOn: presold.lastOn,
        state: 'OPEN',
        openedAt: world.clock.now(),
        answerDueAt: world.clock.now(),
        answeredBy: null,
        closedAt: null,
      },
    ]),
  );
  const side: Side = {
    place,
    buyerId: buyer.userId,
    ownerId: owner.userId,
    approverId,
    memberId,
    ids: {
      ...complained,
      ...cabinet,
      ...rollout,
      credentialId,
      alarmId,
      breakId,
      promotionId: promotion.id,
      ownPromotionId: ownPromotion.id,
      reviewId,
      merchantId: merchant.id,
      kindCode,
      listingId: listed.id,
      listingPhotoId: listed.photoId,
      ownListingId: toList.id,
      addressId,
      orderId: waiting.orderId,
      merchantOrderId: present(part, 'a part').id,
      fulfillmentId: await one(
        'SELECT f.id FROM fulfillment f JOIN merchant_order m ON m.id = f.merchant_order_id WHERE m.order_id = ?',
        received.orderId,
      ),
      variantId: product.variantId,
      batchId: product.batchIds[0] ?? '',
      presaleId: presold.id,
      adoptionOfferId: offered.id,
      adoptedVariantId: offered.variantId,
      routeId,
      writeOffId,
      ...(await stockRows(world, product)),
      adoptedBatchId: offered.batchIds[0] ?? '',
      adoptionId: present(adoption, 'an adoption').id,
      adoptionInstalmentId: present(instalment, 'an instalment').orderLineId,
      adoptionObjectId: present(offered.objects[1], 'a tree').id,
      idleObjectId: present(offered.objects[2], 'a tree').id,
      presoldVariantId: presold.variantId,
      presoldBatchId: presold.batchIds[0] ?? '',
      noticeId,
      productId: product.productId,
      unitId: unit.id,
      ...keeps,
      demandNoticeId,
      bulkOrderId,
      sheetImportId,
      toSignId: toSign.orderId,
      signedOrderId: signed.orderId,
      intoId: into.id,
      userId: buyer.userId,
      phone: buyer.phone,
      invitationId,
      claimId: own.id,
      fileId: own.fileId,
      draftId: draft.id,
      ...certification,
      ...recall,
      applicationId: applied.id,
      ...(await salePlaces(world, place, merchant.id, owner.userId, product.productId)),
      paperId: brought.paperId,
      paperFileId: brought.fileId,
      applicationFileId: applied.fileId,
      ownApplicationId: typing.id,
      villageClaimId: ofVillage.id,
      heldClaimId: held.id,
      merchantFileId: held.fileId,
      flagId: await one('SELECT id FROM integrity_flag WHERE merchant_id = ?', merchant.id),
      requestId,
      statementId,
      printBatchId,
      waybillId,
      invoiceId,
      erratumId,
      factId: await one('SELECT id FROM volume_fact WHERE origin_county_code = ?', county),
      duplicateId: await one('SELECT id FROM suspected_duplicate WHERE county_code = ?', county),
      locationId: await one('SELECT id FROM stock_location WHERE merchant_id = ?', merchant.id),
      accountId: account.id,
      entryId: await one('SELECT id FROM audit_entry WHERE division_code = ?', county),
      ...linkedIds,
      householdId: present(linkage.householdIds[0] as HouseholdId | undefined, 'a household'),
    },
  };
  // Whoever answers for the whole platform has no other side.
  return place === HOME ? { ...side, ids: { ...side.ids, ...(await consoleRows(world, side)) } } : side;
}
