import type { UserId } from '#libs/identity';
import { type IdOf, newId, present } from '#libs/kernel';
import { AdoptionGrowerService } from '#libs/adoption';
import { ReceivableActService } from '#libs/receivable';
import { MonthCloseService } from '#libs/volume';
import { MerchantStandingService } from '#libs/merchant';
import { StatementIssueService } from '#libs/statement';
import { makeAdoptionOffer } from '../make/adoption.make.js';
import { makeMerchant } from '../make/merchant.make.js';
import { makePhoto } from '../make/photo.make.js';
import { makePromotion } from '../make/promotion.make.js';
import { answer } from '../payout/payout-rooms.js';
import { bankRefund } from '../scope/scope-console.js';
import { makeProduct } from '../make/product.make.js';
import { makeReceipt, makeSignedOrder } from '../make/receivable.make.js';
import { argumentsFor } from '../scope/scope-arguments.js';

import { type GoodValues, type Ground, must } from './good.js';

/** The unit has paid more than it owes, so that it has something to its credit and a receipt that can be taken back. */
export async function ofBooks({ world, home }: Ground): Promise<GoodValues> {
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
export async function ofConsole({ world, home }: Ground): Promise<GoodValues> {
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
    merchantClosureAsk: { values: { reason: '合作社解散，不再经营' } },
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
    pairingPropose: { values: { slotCodes: ['A2'], photoId: await makePhoto(world, home.ownerId) } },
    pairingReject: { values: { note: '故事里有全名' } },
    linkagePaymentReverse: { values: { reason: '误记' } },
    buyerReceiptRecord: { values: { bankRef: 'BANK-0002' } },
    statementReissue: { values: { statementId } },
  };
}
