import { type Fen, businessDay, newId, refused } from '#libs/kernel';
import { LedgerReader, unitCreditAccount } from '#libs/ledger';
import { OrderSigningService } from '#libs/ordering';
import { BuyerReceiptService, ReceivableActService } from '#libs/receivable';
import { LedgerAdjustmentService, PoolAssignmentService, PoolReader } from '#libs/settlement';
import type { Random } from '../../scripts/data/random.js';
import type { CreditUnit } from '../make/receivable.make.js';
import { type History, type Receipt, type Step, type Steps, unlessGone } from './history.js';

const day = (history: History) => businessDay(history.stage.clock.now());
/** Stands for the paper that justifies it. */
const PAPER = '0'.repeat(64);

/** Somebody else says yes, or now and then no. */
const verdictOf = (chance: Random) => (chance.percent(80) ? 'APPROVE' : 'REJECT');

// Money between the provider and our own bank, which no fact of ours causes: two people of finance write it down.

const moveMoney: Step = async (history, chance) => {
  const amountFen = BigInt(chance.between(1, 40)) * 1_000n;
  history.moves.push({ id: newId('mov'), amountFen: chance.percent(50) ? amountFen : 0n - amountFen });
  history.provider.topUp(history.moves.at(-1)?.amountFen ?? 0n);
  history.bank.move(0n - (history.moves.at(-1)?.amountFen ?? 0n));
};

/** What of it stands in the books. */
const bookedMoves = (history: History) =>
  history.rows<{ reason: string }>("SELECT reason FROM ledger_adjustment WHERE state = 'POSTED'");

/** The oldest that nobody has written down; a request that waits is decided, a new one is made where none does. */
export async function bookMove(
  history: History,
  verdict: 'APPROVE' | 'REJECT',
  isWithdrawn: boolean,
): Promise<boolean> {
  const booked = new Set((await bookedMoves(history)).map(({ reason }) => reason));
  const move = history.moves.find(({ id }) => !booked.has(id));
  if (!move) return false;
  const adjustments = history.get(LedgerAdjustmentService);
  const [open] = await history.rows<{ id: `adj_${string}` }>(
    "SELECT id FROM ledger_adjustment WHERE state = 'REQUESTED' AND reason = ?",
    [move.id],
  );
  if (open && isWithdrawn) {
    await adjustments.withdraw(open.id, history.maker);
  } else if (open) {
    const decision = { adjustmentId: open.id, userId: history.checkers[0], verdict, reason: 'simulated' };
    const decided = await adjustments.decide(decision);
    if (refused(decided) && decided.code !== 'ADJUSTMENT_STATE') throw new Error(decided.message.en);
  } else {
    const [debit, credit] =
      move.amountFen > 0n
        ? ['asset:psp:stripe:cny', 'asset:bank:main']
        : ['asset:bank:main', 'asset:psp:stripe:cny'];
    const amountFen = move.amountFen > 0n ? move.amountFen : 0n - move.amountFen;
    const wish = { debit, credit, amountFen, reason: move.id, attachmentHash: PAPER };
    const idempotencyKey = newId('key');
    const ask = async () => {
      const asked = await adjustments.request({ ...wish, idempotencyKey }, history.maker);
      if (refused(asked)) throw new Error(asked.message.en);
    };
    history.asked.push(ask);
    await ask();
  }
  return true;
}

const bookMoves: Step = async (history, chance) => {
  await bookMove(history, verdictOf(chance), chance.percent(10));
};

// What waits for households that were named later.

const proposePool: Step = async (history, chance) => {
  const pools = await history.get(PoolReader).waiting();
  if (pools.length === 0) return;
  const { countyCode } = chance.pick(pools);
  const { nodes } = await history.get(PoolReader).ofCounty(countyCode, { first: 4, after: null });
  const lineIds = nodes.map(({ lineId }) => lineId).slice(0, chance.between(1, 4));
  const households = history.stage.householdIds
    .slice(0, chance.between(1, 2))
    .map((householdId) => ({ householdId, weight: chance.between(1, 3) }));
  const wish = { countyCode, lineIds, households, note: 'simulated', idempotencyKey: newId('key') };
  const ask = async () => {
    const asked = await history.get(PoolAssignmentService).propose(wish, history.maker);
    // Meanwhile it was passed on, or went back.
    if (refused(asked) && asked.code !== 'POOL_NOT_OPEN') throw new Error(asked.message.en);
  };
  history.asked.push(ask);
  await ask();
};

const votePool: Step = async (history, chance) => {
  const open = await history.rows<{ id: string }>(
    "SELECT id FROM pool_assignment WHERE state = 'PROPOSED' ORDER BY id",
  );
  if (open.length === 0) return;
  const { id } = chance.pick(open);
  const pools = history.get(PoolAssignmentService);
  if (chance.percent(10)) {
    await pools.withdraw(id, history.maker);
    return;
  }
  const cast = { assignmentId: id, userId: history.checkers[0], reason: 'simulated' };
  const voted = await pools.vote({ ...cast, verdict: verdictOf(chance) });
  if (refused(voted) && !['POOL_NOT_OPEN', 'POOL_ASSIGNMENT_STATE'].includes(voted.code))
    throw new Error(voted.message.en);
};

// First the goods, then the money.

const sign: Step = async (history, chance) => {
  const waiting = await history.rows<{ id: string; unitId: string }>(
    "SELECT id, unit_id AS unitId FROM customer_order WHERE payment_term = 'ON_ACCOUNT' AND state = 'PLACED' ORDER BY id",
  );
  if (waiting.length === 0) return;
  const { id, unitId } = chance.pick(waiting);
  const unit = history.stage.units.find((each) => each.unitId === unitId);
  if (!unit) throw new Error(`${unitId} is no unit of ours`);
  const signing = history.get(OrderSigningService);
  const said = chance.percent(85)
    ? await signing.sign(unit.approverId, id)
    : await signing.decline(unit.approverId, id);
  if (refused(said) && said.code !== 'ORDER_NOT_SIGNABLE') throw new Error(said.message.en);
};

interface Owed {
  readonly orderId: string;
  readonly open: string;
}

export const owedBy = (history: History, unitId: string) =>
  history.rows<Owed>(
    'SELECT order_id AS orderId, open_fen AS open FROM receivable WHERE unit_id = ? AND open_fen > 0 ORDER BY order_id',
    [unitId],
  );

async function creditOf(history: History, unitId: string): Promise<Fen> {
  const account = await history.get(LedgerReader).accountByCode(unitCreditAccount(unitId));
  return account?.balanceFen ?? 0n;
}

/** Read off the bank's statement, as often as somebody reads it. */
export async function recordReceipt(history: History, receipt: Receipt): Promise<void> {
  const wish = { ...receipt, source: 'BANK' as const, allocations: null };
  const recorded = await history.get(BuyerReceiptService).record(wish, history.maker);
  // By a clock that is slow, money of today has come tomorrow; it is recorded later.
  if (refused(recorded) && recorded.code !== 'INVALID_INPUT') throw new Error(recorded.message.en);
}

/** What a unit sends; too little, too much, or for nothing at all. */
export async function payIn(history: History, { unitId }: CreditUnit, amountFen: Fen): Promise<void> {
  const receipt = { unitId, reference: newId('bnk'), amountFen, receivedOn: day(history) };
  history.receipts.push(receipt);
  history.bank.move(amountFen);
  await recordReceipt(history, receipt);
}

const unitPays: Step = async (history, chance) => {
  const unit = chance.pick(history.stage.units);
  const owed = await owedBy(history, unit.unitId);
  const openFen = owed.reduce((sum, { open }) => sum + BigInt(open), 0n);
  if (openFen === 0n && chance.percent(80)) return;
  const amountFen =
    (openFen * BigInt(chance.pick([30, 100, 100, 120]))) / 100n + BigInt(chance.between(1, 500));
  await payIn(history, unit, chance.percent(50) && openFen > 0n ? openFen : amountFen);
};

/** Somebody has read a line that is not there; it stands in the books until two people take it out. */
const recordMistake: Step = async (history, chance) => {
  const { unitId } = chance.pick(history.stage.units);
  const amountFen = BigInt(chance.between(1, 200)) * 100n;
  const mistake = { unitId, reference: newId('bnk'), amountFen, receivedOn: day(history) };
  history.mistakes.push(mistake);
  await recordReceipt(history, mistake);
};

/** Receipts of the bank's that nothing at the bank stands for, and that still stand. */
export async function standingMistakes(history: History): Promise<{ receipt: Receipt; id: string }[]> {
  const rows = await history.rows<{ id: string; reference: string }>(
    "SELECT id, reference FROM buyer_receipt WHERE state = 'POSTED' AND source = 'BANK' ORDER BY id",
  );
  return history.mistakes.flatMap((receipt) => {
    const row = rows.find(({ reference }) => reference === receipt.reference);
    return row ? [{ receipt, id: row.id }] : [];
  });
}

/** Whatever was written down, late or once more, for whoever has it from the bank's statement. */
const recordAgain: Step = async (history, chance) => {
  if (history.receipts.length > 0) await recordReceipt(history, chance.pick(history.receipts));
};

const useCredit: Step = async (history, chance) => {
  const { unitId } = chance.pick(history.stage.units);
  const [creditFen, owed] = [await creditOf(history, unitId), await owedBy(history, unitId)];
  if (creditFen === 0n || owed.length === 0) return;
  const amountFen = (creditFen * BigInt(chance.between(1, 100)) + 99n) / 100n;
  const wish = {
    unitId,
    source: 'CREDIT',
    reference: newId('crd'),
    amountFen,
    receivedOn: day(history),
  } as const;
  const ask = async () => {
    const used = await history.get(BuyerReceiptService).record({ ...wish, allocations: null }, history.maker);
    // Less is owed than that, or it was used meanwhile.
    if (refused(used) && !['INVALID_INPUT', 'INSUFFICIENT_BALANCE'].includes(used.code))
      throw new Error(used.message.en);
  };
  history.asked.push(ask);
  await ask();
};

interface Posted {
  readonly id: string;
}

/** What two people decide: a write-off, a receipt that was written down by mistake, a payback. */
const requestAct: Step = async (history, chance) => {
  const { unitId } = chance.pick(history.stage.units);
  const acts = history.get(ReceivableActService);
  const kind = chance.pick(['WRITE_OFF', 'RECEIPT_REVERSAL', 'CREDIT_PAYBACK'] as const);
  const ask = { idempotencyKey: newId('key'), reason: 'simulated' };
  if (kind === 'WRITE_OFF') {
    const owed = await owedBy(history, unitId);
    if (owed.length > 0 && chance.percent(40))
      await acts.request({ ...ask, kind, subjectRef: chance.pick(owed).orderId }, history.maker);
  } else if (kind === 'CREDIT_PAYBACK') {
    const amountFen = (await creditOf(history, unitId)) / BigInt(chance.between(1, 2));
    if (amountFen > 0n)
      await acts.request(
        { ...ask, kind, subjectRef: unitId, amountFen, bankRef: newId('bnk') },
        history.maker,
      );
  } else {
    const used = await history.rows<Posted>(
      "SELECT id FROM buyer_receipt WHERE unit_id = ? AND state = 'POSTED' AND source = 'CREDIT' ORDER BY id",
      [unitId],
    );
    const wrong = [...used, ...(await standingMistakes(history))];
    if (wrong.length > 0)
      await acts.request({ ...ask, kind, subjectRef: chance.pick(wrong).id }, history.maker);
  }
};

const decideAct: Step = async (history, chance) => {
  const open = await history.rows<{ id: `rca_${string}` }>(
    "SELECT id FROM receivable_act WHERE state = 'REQUESTED' ORDER BY id",
  );
  if (open.length === 0) return;
  const acts = history.get(ReceivableActService);
  const actId = chance.pick(open).id;
  if (chance.percent(10)) {
    await unlessGone(acts.withdraw(actId, history.maker).then(() => undefined));
    return;
  }
  const decision = {
    actId,
    userId: history.checkers[0],
    verdict: verdictOf(chance),
    reason: 'simulated',
  } as const;
  const said = await acts.decide(decision);
  // Another amount is open by now, or what it would take has been used.
  const known = ['CONTENT_CHANGED', 'INSUFFICIENT_BALANCE', 'RECEIVABLE_ACT_STATE', 'APPROVAL_NOT_OPEN'];
  if (refused(said) && !known.includes(said.code)) throw new Error(`${said.code}: ${said.message.en}`);
};

/** What has been decided to be paid back is taken to the bank, once. */
export async function carryPaybacks(history: History): Promise<void> {
  const posted = await history.rows<{ bankRef: string; amount: string }>(
    "SELECT bank_ref AS bankRef, amount_fen AS amount FROM receivable_act WHERE kind = 'CREDIT_PAYBACK' AND state = 'POSTED' ORDER BY id",
  );
  for (const { bankRef, amount } of posted) history.bank.refund(bankRef, BigInt(amount));
}

/** At rest: everything that has come is written down, what never came is taken out, and all that is owed is paid. */
export async function settleAccounts(history: History): Promise<void> {
  while (await bookMove(history, 'APPROVE', false));
  for (const receipt of history.receipts) await recordReceipt(history, receipt);
  const acts = history.get(ReceivableActService);
  for (const { id, receipt } of await standingMistakes(history)) {
    const ask = { kind: 'RECEIPT_REVERSAL', subjectRef: id, reason: 'simulated' } as const;
    const asked = await acts.request({ ...ask, idempotencyKey: newId('key') }, history.maker);
    const [open] = await history.rows<{ id: `rca_${string}` }>(
      "SELECT id FROM receivable_act WHERE state = 'REQUESTED' AND kind = 'RECEIPT_REVERSAL' AND subject_ref = ?",
      [id],
    );
    if (!open) throw new Error(refused(asked) ? asked.message.en : 'an act that nobody finds');
    const decision = {
      actId: open.id,
      userId: history.checkers[0],
      verdict: 'APPROVE',
      reason: null,
    } as const;
    const said = await acts.decide(decision);
    const unit = history.stage.units.find(({ unitId }) => unitId === receipt.unitId);
    // What the unit was credited by mistake it has used, or been paid back: it sends that.
    if (refused(said) && said.code === 'INSUFFICIENT_BALANCE' && unit)
      await payIn(history, unit, receipt.amountFen);
    else if (refused(said)) throw new Error(`${said.code}: ${said.message.en}`);
  }
  for (const unit of history.stage.units) {
    const openFen = (await owedBy(history, unit.unitId)).reduce((sum, { open }) => sum + BigInt(open), 0n);
    if (openFen > 0n) await payIn(history, unit, openFen);
  }
  await carryPaybacks(history);
}

export const BOOKS_STEPS = {
  'move money': { weight: 1, step: moveMoney },
  'book moves': { weight: 2, step: bookMoves },
  'propose pool': { weight: 2, step: proposePool },
  'vote on pool': { weight: 2, step: votePool },
  sign: { weight: 4, step: sign },
  'unit pays': { weight: 3, step: unitPays },
  'record again': { weight: 1, step: recordAgain },
  'record mistake': { weight: 1, step: recordMistake },
  'use credit': { weight: 2, step: useCredit },
  'request act': { weight: 2, step: requestAct },
  'decide act': { weight: 2, step: decideAct },
  'carry paybacks': { weight: 1, step: carryPaybacks },
} satisfies Steps;
