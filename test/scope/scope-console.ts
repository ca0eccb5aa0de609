import type { UserId } from '#libs/identity';
import { DAY_MS, DomainError, type IdOf, newId, plus, present } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { CreditTermService } from '#libs/procurement';
import { ReceivableActService } from '#libs/receivable';
import {
  LedgerAdjustmentService,
  PayeeAccountService,
  PayoutBatchService,
  PayoutPolicyService,
  PayoutRunService,
  PoolAssignmentService,
  SplitRuleService,
} from '#libs/settlement';
import type { SqlValue } from '#platform/database';
import { BankRefundService } from '../../libs/payment/src/bank-refund.service.js';
import { calendar } from '../../scripts/seed/calendar.load.js';
import { LoadDates, type Tools, readDataFile } from '../../scripts/seed/table-load.js';
import type { World } from '../harness/world.js';
import { makeMerchant } from '../make/merchant.make.js';
import { MadePartner } from '../make/partner.make.js';
import type { Side } from './scope-world.js';

type Row = Readonly<Record<string, SqlValue>>;

function must<T>(value: T): Exclude<T, DomainError> {
  if (value instanceof DomainError) throw new Error(JSON.stringify(value));
  return value as Exclude<T, DomainError>;
}

/** Rules of both kinds, one written down and one that waits for the second person. */
async function rules(world: World, clerkId: UserId): Promise<Readonly<Record<string, string>>> {
  const service = world.get(SplitRuleService);
  const everywhere = { productId: '', merchantId: '' };
  const effectiveFrom = plus(world.clock.now(), DAY_MS);
  const rate = { merchantBps: 7_300, householdBps: 2_000, platformBps: 500, operatorBps: 200, fundBps: 0 };
  const split = async (channelKind: string) =>
    must(
      await service.draftSplit(
        {
          ...rate,
          ...everywhere,
          channelKind,
          feeBearer: 'PLATFORM',
          effectiveFrom,
          idempotencyKey: newId('evt'),
        },
        clerkId,
      ),
    );
  const contribution = async (channelKind: string) =>
    must(
      await service.draftContribution(
        { channelKind, bps: 100, effectiveFrom, idempotencyKey: newId('evt') },
        clerkId,
      ),
    );
  const proposed = { split: await split('ONLINE'), contribution: await contribution('ONLINE') };
  must(await service.propose('SPLIT_RULE', proposed.split, clerkId));
  must(await service.propose('CONTRIBUTION_RULE', proposed.contribution, clerkId));
  return {
    splitRuleId: proposed.split,
    contributionRuleId: proposed.contribution,
    splitDraftId: await split('COUNTER'),
    contributionDraftId: await contribution('COUNTER'),
  };
}

/** Money of households that nobody has named yet, and a proposal of who they are. */
async function pool(world: World, side: Side, clerkId: UserId): Promise<Readonly<Record<string, string>>> {
  const countyCode = side.place.county;
  const [poolLineId, takenLineId] = [newId('oln'), newId('oln')];
  const share = (lineId: string): Row => ({
    lineId,
    rankNo: 1,
    merchantOrderId: newId('mor'),
    orderId: newId('ord'),
    ruleId: newId('spr'),
    payeeKind: 'HOUSEHOLD_POOL',
    payeeId: countyCode,
    shareFen: 1_000n,
  });
  await world.database.transaction(async (tx) => {
    await tx.insert('split_share', [share(poolLineId), share(takenLineId)]);
    await move(world, tx, `liability:held:household_pool:${countyCode}`, 2_000n);
  });
  const assignmentId = must(
    await world.get(PoolAssignmentService).propose(
      {
        idempotencyKey: newId('evt'),
        countyCode,
        lineIds: [takenLineId],
        households: [{ householdId: side.ids['householdId'] as IdOf<'hhd'>, weight: 1 }],
        note: '按交货重量',
      },
      clerkId,
    ),
  );
  return { poolLineId, assignmentId };
}

type Tx = Parameters<LedgerService['post']>[0];

async function move(world: World, tx: Tx, credit: string, amountFen: bigint): Promise<void> {
  const journal = {
    idempotencyKey: newId('key'),
    kind: 'release',
    subject: newId('ord'),
    eventId: null,
    effectiveAt: world.clock.now(),
    transfers: [{ debit: 'liability:suspense', credit, amountFen }],
  } as Parameters<LedgerService['post']>[1][number];
  posted(await world.get(LedgerService).post(tx, [journal]));
}

/** Four days of paying out: what went to the bank, what was agreed to, what waits for the second person, and what is in no batch. */
async function payouts(world: World, side: Side, clerkId: UserId): Promise<Readonly<Record<string, string>>> {
  const now = world.clock.now();
  const dates = new LoadDates(now, '2026-11-02');
  await world.database.transaction((tx) =>
    calendar.load(tx, readDataFile(calendar.file), { dates } as Tools),
  );
  const batches = world.get(PayoutBatchService);
  const checkerId = newId('usr');
  const pay = async (): Promise<string> => {
    const { id } = await makeMerchant(world, { countyCode: side.place.county, name: '收款合作社' });
    const accounts = world.get(PayeeAccountService);
    const account = must(
      await accounts.propose(
        clerkId,
        { kind: 'MERCHANT', id },
        {
          method: 'BANK',
          accountName: '收款合作社',
          bankName: '农商银行（演示）',
          bankCode: '402552000019',
          accountNumber: '6230000000000001',
          idempotencyKey: newId('key'),
        },
      ),
    );
    must(await accounts.verify(checkerId, account.id, 'DOCUMENTS', '开户许可证（演示）'));
    await world.database.transaction((tx) => move(world, tx, `liability:available:${id}`, 100_000n));
    // What is released today is paid out tomorrow.
    world.clock.advance(DAY_MS);
    must(await world.get(PayoutRunService).start(clerkId));
    while ((await world.get(PayoutRunService).work()) > 0);
    const [row] = await world.database.query<{ id: string }>('SELECT id FROM payout WHERE payee_id = ?', [
      id,
    ]);
    return present(row, 'a payout').id;
  };
  const batch = async () =>
    must(await batches.create(clerkId, { method: 'BANK', encoding: 'UTF_8', idempotencyKey: newId('key') }));
  const sentPayoutId = await pay();
  const sentBatchId = await batch();
  must(await batches.vote(checkerId, sentBatchId, 'APPROVE', null));
  must(await batches.export(clerkId, sentBatchId));
  await pay();
  const agreedBatchId = await batch();
  must(await batches.vote(checkerId, agreedBatchId, 'APPROVE', null));
  await pay();
  const payoutBatchId = await batch();
  const payoutId = await pay();
  world.clock.set(now.toISOString());
  return { sentPayoutId, sentBatchId, agreedBatchId, payoutBatchId, payoutId };
}

/** A refund to an account at a bank, which two have to agree to, or have agreed to. */
export async function bankRefund(
  world: World,
  side: Pick<Side, 'ids'>,
  clerkId: UserId,
  standing: 'WAITING' | 'APPROVED' | 'INSTRUCTED' = 'WAITING',
): Promise<string> {
  const refundId = newId('rfd');
  const at = world.clock.now();
  const refund: Row = {
    id: refundId,
    paymentId: newId('pay'),
    orderId: present(side.ids['orderId'], 'an order'),
    reason: 'GOODWILL',
    amountFen: 100n,
    state: 'REQUESTED',
    channel: 'MANUAL_BANK',
    requestedBy: clerkId,
    createdAt: at,
    updatedAt: at,
  };
  await world.database.transaction(async (tx) => {
    await tx.insert('refund', [refund]);
    const account = { holderName: '李秀英', bankName: '农商银行（演示）', accountNumber: '6230000000000001' };
    await world.get(BankRefundService).open(tx, refundId, { account, requestedBy: clerkId });
    if (standing !== 'WAITING')
      await tx.write('UPDATE bank_refund SET state = ?, set_aside_at = ? WHERE refund_id = ?', [
        standing,
        at,
        refundId,
      ]);
  });
  return refundId;
}

async function reconciliationBreak(world: World): Promise<string> {
  const [id, subject, at] = [newId('brk'), newId('ord'), world.clock.now()];
  const row: Row = {
    id,
    checkName: 'ORDERS',
    breakClass: 'AMOUNT',
    subject,
    expectedFen: 2n,
    actualFen: 1n,
    detail: '{}',
    happenedAt: at,
    firstSeenAt: at,
    lastSeenAt: at,
    lastRunNo: 1,
    state: 'OPEN',
    openKey: `ORDERS|AMOUNT|${subject}`,
  };
  await world.database.transaction((tx) => tx.insert('reconciliation_break', [row]));
  return id;
}

/** Of another amount than its order asked for, so that it waits for somebody to give it back. */
async function mismatchedPayment(world: World): Promise<string> {
  const [id, at] = [newId('pay'), world.clock.now()];
  const row: Row = {
    id,
    orderId: newId('ord'),
    attempt: 1,
    method: 'ALIPAY',
    state: 'SUCCEEDED',
    amountFen: 200n,
    capturedFen: 100n,
    capturedAt: at,
    disposition: 'MISMATCHED',
    intentRef: newId('key'),
    createdAt: at,
    updatedAt: at,
  };
  await world.database.transaction((tx) => tx.insert('payment', [row]));
  return id;
}

async function thresholdName(world: World): Promise<string> {
  const [row] = await world.database.query<{ name: string }>(
    "SELECT name FROM integrity_threshold WHERE rule = 'SELF_PURCHASE' ORDER BY name LIMIT 1",
  );
  return present(row, 'a threshold').name;
}

/** What only the platform's own people keep: partners, rules, money on its way out, and what one of them has asked for and another has to agree to. */
export async function consoleRows(world: World, side: Side): Promise<Readonly<Record<string, string>>> {
  const clerkId = newId('usr');
  const { ids } = side;
  const merchantId = present(ids['merchantId'], 'a merchant');
  const partner = await MadePartner.of(world);
  const adjustment = must(
    await world.get(LedgerAdjustmentService).request(
      {
        idempotencyKey: newId('key'),
        debit: 'liability:suspense',
        credit: `liability:available:${merchantId}`,
        amountFen: 1n,
        reason: '核对无误',
        attachmentHash: 'a'.repeat(64),
      },
      clerkId,
    ),
  );
  const change = must(
    await world.get(PayoutPolicyService).propose(
      {
        idempotencyKey: newId('key'),
        name: 'MINIMUM_MERCHANT',
        amountFen: 1_000n,
        effectiveOn: '2026-11-20',
        reason: '降低门槛',
      },
      clerkId,
    ),
  );
  const term = must(
    await world
      .get(CreditTermService)
      .propose({ unitId: ids['intoId'] as IdOf<'pru'>, limitFen: 10_000n, daysToPay: 30 }, clerkId),
  );
  const act = must(
    await world.get(ReceivableActService).request(
      {
        idempotencyKey: newId('key'),
        kind: 'WRITE_OFF',
        subjectRef: present(ids['signedOrderId'], 'an order on account'),
        reason: '核对无误',
      },
      clerkId,
    ),
  );
  return {
    clerkId,
    partnerId: partner.id,
    keyId: partner.keyId,
    adjustmentId: adjustment.id,
    changeId: change.id,
    creditTermId: term.id,
    actId: act.id,
    refundId: await bankRefund(world, side, clerkId),
    paymentId: await mismatchedPayment(world),
    thresholdName: await thresholdName(world),
    reconciliationBreakId: await reconciliationBreak(world),
    ...(await rules(world, clerkId)),
    ...(await pool(world, side, clerkId)),
    ...(await payouts(world, side, clerkId)),
  };
}
