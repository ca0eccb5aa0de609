import { newId, refused } from '#libs/kernel';
import { BankRefundService, UnreturnedPaymentReader } from '#libs/payment';
import { MoneyBackService } from '#libs/reconciliation';
import {
  PayoutBatchService,
  PayoutResultService,
  PayoutRunService,
  PayoutTransferService,
} from '#libs/settlement';
import { type History, type Step, type Steps, unlessGone } from './history.js';

interface Id {
  readonly id: string;
}

const startRun: Step = async (history) => {
  await history.get(PayoutRunService).start(history.maker);
};

const batch: Step = async (history, chance) => {
  const wish = {
    method: chance.pick(['BANK', 'STRIPE'] as const),
    encoding: 'UTF_8' as const,
    idempotencyKey: newId('key'),
  };
  const ask = async () => {
    await history.get(PayoutBatchService).create(history.maker, wish);
  };
  history.asked.push(ask);
  await ask();
};

async function batchesIn(history: History, ...states: readonly string[]): Promise<string[]> {
  const rows = await history.rows<Id>(
    `SELECT id FROM payout_batch WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY id`,
    states,
  );
  return rows.map(({ id }) => id);
}

const vote: Step = async (history, chance) => {
  const ids = await batchesIn(history, 'AWAITING_APPROVAL', 'VOID_REQUESTED');
  if (ids.length === 0) return;
  const id = chance.pick(ids);
  // Of a file that the bank has begun with, nobody says that it was never there.
  const [{ state } = { state: '' }] = await history.rows<{ state: string }>(
    'SELECT state FROM payout_batch WHERE id = ?',
    [id],
  );
  const isForgotten = state !== 'VOID_REQUESTED' || history.bank.forget(id);
  const verdict = isForgotten && chance.percent(80) ? 'APPROVE' : 'REJECT';
  await history.get(PayoutBatchService).vote(chance.pick(history.checkers), id, verdict, 'simulated');
};

export async function exportTo(history: History, batchId: string): Promise<void> {
  const file = await history.get(PayoutBatchService).export(history.maker, batchId);
  if (refused(file)) return;
  const [known] = await history.rows<{ no: number }>('SELECT batch_no AS no FROM payout_batch WHERE id = ?', [
    batchId,
  ]);
  const lines = await history.rows<{ payoutId: string; amount: string }>(
    'SELECT id AS payoutId, amount_fen AS amount FROM payout WHERE batch_id = ? ORDER BY line_no',
    [batchId],
  );
  history.bank.take(batchId, {
    batchNo: known?.no ?? 0,
    lines: lines.map(({ payoutId, amount }) => ({ payoutId, amountFen: BigInt(amount) })),
  });
}

const exportFile: Step = async (history, chance) => {
  const ids = await batchesIn(history, 'APPROVED', 'EXPORTED');
  if (ids.length > 0) await exportTo(history, chance.pick(ids));
};

const voidBatch: Step = async (history, chance) => {
  const ids = await batchesIn(history, 'APPROVED', 'EXPORTED');
  if (ids.length > 0)
    await history.get(PayoutBatchService).void(history.maker, chance.pick(ids), 'simulated');
};

const answer: Step = async (history, chance) => {
  const { batches } = history.bank;
  if (batches.length === 0) return;
  const batchId = chance.pick(batches);
  // While somebody wonders whether the bank has it, the bank has not begun.
  if ((await batchesIn(history, 'EXPORTED', 'CLOSED')).includes(batchId))
    history.bank.answer(batchId, (before) => {
      if (before === null) return chance.percent(20) ? null : chance.percent(75) ? 'PAID' : 'REJECTED';
      return before === 'PAID' && chance.percent(20) ? 'RETURNED' : before;
    });
};

export async function importAnswers(history: History): Promise<void> {
  for (const { batchId, bytes } of history.bank.answers) {
    const imported = await history.get(PayoutResultService).import(history.maker, batchId, bytes);
    // While two people decide whether the bank has the file, nobody reads its answer; it is read later.
    if (refused(imported)) continue;
    if (imported.outcome !== 'APPLIED')
      throw new Error(`an answer to ${batchId} broke: ${imported.breakNote}`);
  }
}

/** By a person, in the order in which they came; those that were imported before are imported again. */
const importAll: Step = (history) => importAnswers(history);

const recall: Step = async (history, chance) => {
  const paid = await history.rows<Id>(
    "SELECT id FROM payout WHERE state = 'PAID' AND method = 'STRIPE' ORDER BY id",
  );
  if (paid.length > 0)
    await history.get(PayoutTransferService).recall(history.maker, chance.pick(paid).id, 'simulated');
};

interface OpenRefund extends Id {
  readonly state: string;
  readonly amount: string;
}

/** A refund that our bank sends goes one step on. */
export const bankRefund: Step = async (history, chance) => {
  const open = await history.rows<OpenRefund>(
    `SELECT b.refund_id AS id, b.state, f.amount_fen AS amount FROM bank_refund b JOIN refund f ON f.id = b.refund_id
     WHERE b.state IN ('WAITING', 'APPROVED', 'INSTRUCTED') ORDER BY b.refund_id`,
  );
  if (open.length === 0) return;
  const { id, state, amount } = chance.pick(open);
  const bankRefunds = history.get(BankRefundService);
  if (state === 'WAITING') {
    const ballot = { verdict: chance.percent(85) ? 'APPROVE' : 'REJECT', reason: 'simulated' } as const;
    for (const checker of history.checkers)
      await unlessGone(bankRefunds.vote(checker, id, ballot).then(() => undefined));
  } else if (state === 'APPROVED') {
    await bankRefunds.instruct(history.maker, id);
  } else if (history.bank.hasRefunded(id) || chance.percent(75)) {
    history.bank.refund(id, BigInt(amount));
    await bankRefunds.confirm(history.maker, id, `bank-${id}`);
  } else {
    await bankRefunds.giveBack(history.maker, id);
  }
};

/** The account that a buyer names when somebody calls them. */
export const BUYER_ACCOUNT = {
  holderName: '李女士',
  bankName: '炎陵农商银行',
  accountNumber: '6230000000000009',
};

/** What a person has given back at the provider's own desk, another does not give back by the bank. */
export function wasAtDesk({ provider }: History, orderId: string): boolean {
  return provider.intents.some(
    (intent) => intent.orderId === orderId && intent.refunds.some(({ refundId }) => refundId === null),
  );
}

/** What stands on the list of what should have gone back by itself. */
export async function unreturnedPayments(history: History) {
  const { nodes } = await history.get(UnreturnedPaymentReader).page({ first: 100, after: null });
  return nodes;
}

/** The rest of a price of which the deposit is not whole any more: a person looks at it, and gives it back. */
export async function giveBackMismatched(history: History): Promise<void> {
  const waiting = await history.rows<Id>(
    `SELECT p.id FROM payment p WHERE p.disposition = 'MISMATCHED'
     AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.payment_id = p.id AND r.state <> 'FAILED') ORDER BY p.id`,
  );
  for (const { id } of waiting) {
    const asked = await history.get(MoneyBackService).ofMismatched({
      paymentId: id,
      note: 'simulated',
      requestedBy: history.maker,
      bankAccount: null,
    });
    if (refused(asked)) history.tell(`    ${asked.code}`);
  }
}

/** Once more the way it came, or by our bank. */
export async function giveBackUnreturned(
  history: History,
  paymentId: string,
  isByBank: boolean,
): Promise<'ASKED' | 'PAYMENT_DISPUTED' | 'REFUND_WINDOW_OVER'> {
  const asked = await history.get(MoneyBackService).ofUnreturned({
    paymentId,
    note: 'simulated',
    requestedBy: history.maker,
    bankAccount: isByBank ? BUYER_ACCOUNT : null,
  });
  if (!refused(asked)) return 'ASKED';
  // A bank may hold it, and a wallet's time be over; nothing else is said of what stands on the list.
  if (asked.code === 'PAYMENT_DISPUTED' || asked.code === 'REFUND_WINDOW_OVER') return asked.code;
  throw new Error(asked.message.en);
}

const unreturned: Step = async (history, chance) => {
  const waiting = await unreturnedPayments(history);
  await giveBackMismatched(history);
  if (waiting.length === 0) return;
  const { paymentId, orderId } = chance.pick(waiting);
  const isByBank = chance.percent(30) && !wasAtDesk(history, orderId);
  const said = await giveBackUnreturned(history, paymentId, isByBank);
  if (said !== 'ASKED') history.tell(`    ${said}`);
};

export const PAYOUT_STEPS = {
  'start payout run': { weight: 2, step: startRun },
  'make batch': { weight: 2, step: batch },
  'vote on batch': { weight: 2, step: vote },
  'export batch': { weight: 2, step: exportFile },
  'void batch': { weight: 1, step: voidBatch },
  'bank answers': { weight: 4, step: answer },
  'import answers': { weight: 4, step: importAll },
  'recall transfer': { weight: 1, step: recall },
  'bank refund': { weight: 2, step: bankRefund },
  'give back unreturned': { weight: 2, step: unreturned },
} satisfies Steps;
