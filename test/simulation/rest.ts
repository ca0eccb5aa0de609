import { FulfillmentService } from '#libs/fulfillment';
import { DAY_MS, HOUR_MS, MINUTE_MS, newId, refused } from '#libs/kernel';
import { LedgerAuditReader, LedgerReader } from '#libs/ledger';
import { ProviderNotificationService } from '#libs/payment';
import { PayoutBatchService, PayoutRunService } from '#libs/settlement';
import { SealService, SealVerificationService, SealedStreams } from '#libs/seal';
import { VolumeRollupService } from '#libs/volume';
import { DeadLetterService, Dispatcher } from '#platform/outbox';
import { Random } from '../../scripts/data/random.js';
import { dayFaultsOf } from '../harness/ledger-days.js';
import { settleAccounts } from './books-steps.js';
import type { History } from './history.js';
import { ALWAYS, AT_REST, firstBroken } from './invariants.js';
import { bodyOf } from './model-provider.js';
import { ComparisonService } from '../../libs/reconciliation/src/comparison.service.js';
import type { Round } from '../../libs/reconciliation/src/reconciliation.rules.js';
import {
  bankRefund,
  exportTo,
  giveBackMismatched,
  giveBackUnreturned,
  importAnswers,
  unreturnedPayments,
} from './payout-steps.js';
import { decideCases } from './trade-steps.js';

/** Facts cause facts, payments wait for minutes and orders for days; what takes more rounds than this never comes to rest. */
const ROUNDS_MAX = 40;
/** The first rounds are for what is quick, later ones for windows, receipts and months. */
const PAUSES = [31 * MINUTE_MS, 26 * HOUR_MS, 11 * DAY_MS, 9 * DAY_MS, 2 * DAY_MS];
const SEAL_NOW = { delayMs: 0, leaseMs: 30_000 };

/** Everything goes well from now on: whatever is open is decided, delivered, answered and counted. */
export async function comeToRest(history: History): Promise<string | null> {
  history.calm();
  history.skew(0);
  // Fees are ours to pay; without this, transfers would wait for money until somebody tops it up (D18).
  history.provider.creditFen = 100_000_000n;
  const chance = new Random('rest');
  await history.get(DeadLetterService).replay(null);
  let left: string | null = null;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await shipEverything(history);
    finishAtProvider(history, round);
    await hearEverything(history);
    await decideCases(history);
    await tickAll(history, round === PAUSES.length);
    await settleQueue(history);
    if (round >= PAUSES.length) await history.get(PayoutRunService).start(history.maker);
    await finishAtBank(history, chance);
    // Once what could still make somebody owe less has been heard of.
    if (round >= 2) await settleAccounts(history);
    if (round > PAUSES.length) await giveBackByHand(history);
    left = round < PAUSES.length ? 'too early to ask' : await firstBroken(history.stage.database, AT_REST);
    if (left === null) break;
    history.advance(PAUSES[round] ?? 7 * HOUR_MS);
  }
  return (
    left ??
    (await firstBroken(history.stage.database, ALWAYS)) ??
    (await truth(history)) ??
    (await everFound(history)) ??
    (await openBreak(history))
  );
}

/** Nobody is left without their goods; they are received by buyers who say nothing. */
async function shipEverything(history: History): Promise<void> {
  const parts = await history.rows<{ id: string; merchantId: string }>(
    "SELECT id, merchant_id AS merchantId FROM merchant_order WHERE state IN ('TO_SHIP', 'PARTLY_SHIPPED') ORDER BY id",
  );
  for (const { id, merchantId } of parts) {
    const parcel = { merchantOrderId: id, carrier: '中国邮政', trackingNo: 'SIM-0002' };
    await history.get(FulfillmentService).ship([merchantId], parcel);
  }
}

/** Buyers who have not paid by now never will; banks and the provider make up their minds. */
function finishAtProvider({ provider }: History, round: number): void {
  for (const intent of provider.intents) {
    if (intent.state === 'PROCESSING') provider.pay(intent);
    if (intent.state === 'DECLINED' && round > 3) intent.state = 'CANCELLED';
    provider.charge(intent);
    for (const refund of intent.refunds) provider.finish(intent, refund, true);
    for (const dispute of intent.disputes) {
      if (dispute.state === 'INQUIRY' || dispute.state === 'OPEN')
        provider.decide(dispute, intent.no % 2 === 0);
    }
    // What a person has to look at is looked at again whenever anything is told of it.
    if (round % 4 === 3 && intent.refunds.length > 0) provider.tellOf(intent, 'refund');
  }
}

/** What we have tried in vain to give back, finance gives back: by our bank, where the way it came is closed. */
async function giveBackByHand(history: History): Promise<void> {
  await giveBackMismatched(history);
  for (const { paymentId, leftFen } of await unreturnedPayments(history)) {
    if (leftFen === 0n) continue;
    const said = await giveBackUnreturned(history, paymentId, false);
    if (said === 'REFUND_WINDOW_OVER') await giveBackUnreturned(history, paymentId, true);
  }
}

async function hearEverything(history: History): Promise<void> {
  const notifications = history.get(ProviderNotificationService);
  for (const event of history.provider.events) {
    if (history.delivered.has(event.id)) continue;
    history.delivered.add(event.id);
    await notifications.receive(Buffer.from(bodyOf(event)), String(history.provider.now.getTime()));
  }
}

/** Rounds that take long and find little while everything is still under way. */
const SLOW = ['reconcile', 'check-rollups', 'sweep-provider'];
/** A statement for everybody and every month that has passed while we waited: a tenth of a history. */
const SPARED = ['list-statements', 'issue-statements'];

async function tickAll(history: History, isSlow: boolean): Promise<void> {
  for (const [name, work] of history.stage.schedules) {
    if (!isSlow && SLOW.includes(name)) continue;
    if (!history.stage.isThorough && SPARED.includes(name)) continue;
    for (let n = 0; n < 10 && (await work()) > 0; n += 1);
  }
  while ((await history.get(SealService).sealDue(500, SEAL_NOW)) > 0);
}

async function settleQueue(history: History): Promise<void> {
  const { queue, schedules } = history.stage;
  for (let n = 0; n < 12; n += 1) {
    await schedules.get('relay')?.();
    if (queue.length === 0) return;
    const failure = await queue.drain(history.get(Dispatcher));
    if (failure) history.tell(`    failed: ${failure.message}`);
  }
}

async function finishAtBank(history: History, chance: Random): Promise<void> {
  const batches = history.get(PayoutBatchService);
  for (const method of ['BANK', 'STRIPE'] as const)
    await batches.create(history.maker, { method, encoding: 'UTF_8', idempotencyKey: newId('key') });
  const open = await history.rows<{ id: string; state: string }>(
    "SELECT id, state FROM payout_batch WHERE state IN ('AWAITING_APPROVAL', 'VOID_REQUESTED', 'APPROVED', 'EXPORTED') ORDER BY id",
  );
  for (const { id, state } of open) {
    if (state === 'AWAITING_APPROVAL' || state === 'VOID_REQUESTED') {
      const verdict = state === 'AWAITING_APPROVAL' ? 'APPROVE' : 'REJECT';
      for (const checker of history.checkers) {
        const voted = await batches.vote(checker, id, verdict, 'simulated');
        if (refused(voted)) break;
      }
    }
    await exportTo(history, id);
    history.bank.answer(id, (before) => before ?? 'PAID');
  }
  await importAnswers(history);
  for (let n = 0; n < 3; n += 1) await bankRefund(history, chance);
}

/** What the books say against what is really there, at the provider, at the bank, and in the chain. */
async function truth(history: History): Promise<string | null> {
  const ledger = history.get(LedgerReader);
  const balanceOf = async (code: string) => (await ledger.accountByCode(code))?.balanceFen ?? 0n;
  const { provider, bank } = history;
  const atProvider = await balanceOf('asset:psp:stripe:cny');
  if (atProvider !== provider.balance)
    return `I9: the books have ${atProvider} fen at the provider, who has ${provider.balance}`;
  const atBank = await balanceOf('asset:bank:main');
  if (atBank !== bank.balance)
    return `I9: the books have ${atBank} fen at the bank, which has ${bank.balance}`;
  const twice = doubled(history);
  if (twice) return twice;
  const { differenceFen } = await ledger.trialBalance();
  if (differenceFen !== 0n) return `R1: debits and credits differ by ${differenceFen}`;
  const [day] = await dayFaultsOf(history.get(LedgerAuditReader));
  if (day) return `H8: the balances of days of ${day} are not its transfers`;
  for (const { table, isEqual } of history.stage.isThorough
    ? await history.get(VolumeRollupService).verify()
    : [])
    if (!isEqual) return `F10: ${table} is not what its facts make`;
  for (const { stream } of history.get(SealedStreams).all) {
    const { breaks } = await history.get(SealVerificationService).verify({ stream });
    const [first] = breaks;
    if (first) return `I10: ${stream} ${first.kind} ${first.subject} ${first.detail}`;
  }
  return null;
}

/** Begin with ids, which are made by the machine's clock: with ours months ahead, what is looked for lately is never found. */
const BY_ID = ['CLEARING', 'ORDERS'] as const;

/** What the checks that look at the latest ids find in all of history. */
async function everFound(history: History): Promise<string | null> {
  // What is younger than an hour may still be on its way.
  history.advance(2 * HOUR_MS);
  for (const name of BY_ID) {
    const comparison = history.get(ComparisonService).of(name);
    let position: string | null = null;
    do {
      const sight = { position, coversFrom: new Date(0), now: history.provider.now };
      const round: Round | null = await comparison.look(sight);
      const [first] = round?.findings ?? [];
      if (first)
        return `${name} finds ${first.breakClass} ${first.subject}: ${first.expectedFen} / ${first.actualFen}`;
      position = round?.position ?? null;
    } while (position !== null);
  }
  return null;
}

/** What finance's own checks still find, but for what only asks to be looked at (C20): looked at once more where something is, because what vanishes is closed by the second look. */
async function openBreak(history: History): Promise<string | null> {
  const reconcile = history.stage.schedules.get('reconcile');
  let what: string | null = null;
  for (let look = 0; look === 0 || (look < 2 && what !== null); look += 1) {
    history.advance(26 * HOUR_MS);
    for (let n = 0; n < 60 && ((await reconcile?.()) ?? 0) > 0; n += 1);
    const [open] = await history.rows<{ what: string }>(
      `SELECT CONCAT_WS(' ', check_name, break_class, subject, expected_fen, actual_fen, detail) AS what
       FROM reconciliation_break WHERE state IN ('OPEN', 'ASSIGNED') AND break_class <> 'REVIEW' ORDER BY id`,
    );
    what = open ? `a break is open: ${open.what}` : null;
  }
  return what;
}

/** One order of ours is one object there, however often it was asked for. */
function doubled({ provider }: History): string | null {
  const keys = [
    ...provider.intents.map(({ paymentId }) => paymentId),
    ...provider.intents.flatMap(({ refunds }) =>
      refunds.flatMap(({ refundId, state }) => (refundId === null || state === 'FAILED' ? [] : [refundId])),
    ),
    ...provider.transfers.map(({ payoutId }) => payoutId),
  ];
  const again = keys.find((key, index) => keys.indexOf(key) < index);
  return again ? `${again} was done twice at the provider` : null;
}
