import { type IdOf, newId } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makePhoto } from '../make/photo.make.js';
import { makeReceipt, makeSignedOrder } from '../make/receivable.make.js';
import { argumentsFor } from '../scope/scope-arguments.js';
import type { Side } from '../scope/scope-world.js';

/** What a mutation with a key can be asked about so that it is done: beyond what scope-arguments.ts says, and only here. */
export type KeyedValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Done elsewhere: they need money that a provider has brought, a batch that is on its way, or a cabinet that is online. Each spec shows what the key says to other content. */
export const KEYS_ELSEWHERE: Readonly<Record<string, string>> = {
  afterSaleOpen: 'test/doors/storefront/after-sale.e2e-spec.ts',
  cabinetRolloutStart: 'test/database/counter.db-spec.ts',
  doorOpeningStart: 'test/database/vending.db-spec.ts',
  kioskOrderPlace: 'test/database/vending.db-spec.ts',
  restockRoutePlan: 'test/database/vending.db-spec.ts',
  payoutBatchCreate: 'test/payout/payout-file.db-spec.ts',
  poolAssignmentPropose: 'test/database/pool-assignment.db-spec.ts',
  refundRequest: 'test/doors/settlement/refund.e2e-spec.ts',
  statementReissue: 'test/doors/settlement/statement.e2e-spec.ts',
};

/** What a key says that has been used for something else. */
export const SAID_BEFORE =
  /KEY_(USED|REUSED)$|^IDEMPOTENCY_CONFLICT$|^(CLAIM|MERCHANT_APPLICATION)_CHANGED$|^RECEIPT_REFERENCE_USED$/;

/** The unit has paid more than it owes, so that it has something to its credit and a receipt that can be taken back. */
export async function keyedValues(world: World, home: Side): Promise<KeyedValues> {
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
    buyerReceiptReverseRequest: { receiptId: paid.id },
    contributionRuleDraft: { ...rule, bps: 100 },
    ledgerAdjustmentRequest: {
      debit: 'liability:suspense',
      credit: `liability:available:${merchantId}`,
      attachmentHash: 'a'.repeat(64),
    },
    linkagePaymentRecord: { photoIds: [await makePhoto(world, home.ownerId)] },
    linkagePaymentReverse: { reason: '误记' },
    orderPlace: { unitId: undefined, lines },
    payeeAccountPropose: {
      payeeId: merchantId,
      accountName: '合作社',
      bankName: '农商银行（演示）',
      bankCode: '402552000019',
      accountNumber: '6230000000000001',
      method: 'BANK',
    },
    payoutPolicyPropose: { effectiveOn: '2026-11-20' },
    promotionPropose: {
      divisionCode: undefined,
      input: {
        ...(argumentsFor('settlement', 'promotionPropose', home)('input') as object),
        kind: 'PLATFORM_COUPON',
      },
    },
    receivableWriteOffRequest: { orderId },
    splitRuleDraft: {
      ...rule,
      merchantId: undefined,
      merchantBps: 7_300,
      householdBps: 2_000,
      platformBps: 500,
      operatorBps: 200,
      fundBps: 0,
    },
    unitCreditApply: { amountFen: '10' },
    unitCreditPaybackRequest: { bankRef: 'BANK-0001', amountFen: '10' },
  };
}
