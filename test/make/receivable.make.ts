import { type IdOf, newId, refused } from '#libs/kernel';
import { OrderSigningService } from '#libs/ordering';
import { type CreditTermRow, CreditTermService } from '#libs/procurement';
import {
  type ActRow,
  type ActWish,
  BuyerReceiptService,
  type Disagreement,
  ReceivableActService,
  ReceivableCheckReader,
  type ReceiptRow,
  type ReceiptWish,
} from '#libs/receivable';
import type { World } from '../harness/world.js';
import { type MadeOrder, type OrderOptions, makeOrder } from './order.make.js';
import { makeMember, makeProcurementUnit } from './procurement.make.js';
import type { Ground, MadeProduct } from './product.make.js';

export interface CreditUnit {
  readonly unitId: IdOf<'pru'>;
  readonly buyerId: IdOf<'usr'>;
  readonly approverId: IdOf<'usr'>;
}

/** One person proposes and another one agrees. */
export async function makeCreditTerm(
  world: Pick<World, 'get'>,
  unitId: IdOf<'pru'>,
  { limitFen = 10_000_000n, daysToPay = 30 } = {},
): Promise<CreditTermRow> {
  const terms = world.get(CreditTermService);
  const term = await terms.propose({ unitId, limitFen, daysToPay }, newId('usr'));
  if (refused(term)) throw new Error(term.message.en);
  const decided = await terms.decide({
    creditTermId: term.id,
    userId: newId('usr'),
    verdict: 'APPROVE',
    reason: null,
  });
  if (refused(decided)) throw new Error(decided.message.en);
  return decided;
}

/** A school of Yanling that may owe a hundred thousand yuan for thirty days, somebody who buys for it and somebody who signs. */
export async function makeCreditUnit(
  world: Pick<World, 'get'>,
  { divisionCode = '430225', limitFen = 10_000_000n, daysToPay = 30 } = {},
): Promise<CreditUnit> {
  const { id: unitId } = await makeProcurementUnit(world, { divisionCode });
  await makeCreditTerm(world, unitId, { limitFen, daysToPay });
  const buyerId = await makeMember(world, unitId);
  return { unitId, buyerId, approverId: await makeMember(world, unitId, 'APPROVER') };
}

/** Waiting for a signature. */
export function makeOrderOnAccount(
  ground: Ground,
  { unitId, buyerId }: CreditUnit,
  options: OrderOptions = {},
  product?: MadeProduct,
): Promise<MadeOrder> {
  return makeOrder(ground, { buyerId, unitId, paymentTerm: 'ON_ACCOUNT', ...options }, product);
}

/** Signed now; the books have not heard of it yet. */
export async function makeSignedOrder(
  ground: Ground,
  unit: CreditUnit,
  options: OrderOptions = {},
  product?: MadeProduct,
): Promise<MadeOrder> {
  const order = await makeOrderOnAccount(ground, unit, options, product);
  const signed = await ground.get(OrderSigningService).sign(unit.approverId, order.orderId);
  if (refused(signed)) throw new Error(signed.message.en);
  return order;
}

/** A payment of the unit has come to our bank. */
export async function makeReceipt(
  ground: Ground,
  { unitId }: Pick<CreditUnit, 'unitId'>,
  amountFen: bigint,
  changes: Partial<ReceiptWish> = {},
): Promise<ReceiptRow> {
  const wish: ReceiptWish = {
    unitId,
    source: 'BANK',
    reference: newId('bnk'),
    amountFen,
    receivedOn: '2026-01-01',
    allocations: null,
    ...changes,
  };
  const receipt = await ground.get(BuyerReceiptService).record(wish, newId('usr'));
  if (refused(receipt)) throw new Error(receipt.message.en);
  return receipt;
}

/** One person asks and another one agrees. */
export async function makeAct(
  ground: Ground,
  wish: Pick<ActWish, 'kind' | 'subjectRef'> & Partial<ActWish>,
): Promise<ActRow> {
  const acts = ground.get(ReceivableActService);
  const asked = await acts.request(
    { idempotencyKey: newId('req'), reason: '核对无误', ...wish },
    newId('usr'),
  );
  if (refused(asked)) throw new Error(asked.message.en);
  const decision = { actId: asked.id, userId: newId('usr'), verdict: 'APPROVE', reason: null } as const;
  const act = await acts.decide(decision);
  if (refused(act)) throw new Error(act.message.en);
  return act;
}

/** Everything that reconciliation would find, in small pieces. */
export async function receivableFaults(ground: Ground, pieceSize = 2): Promise<Disagreement[]> {
  const reader = ground.get(ReceivableCheckReader);
  const found: Disagreement[] = [];
  for (const side of ['unitsAfter', 'ordersAfter'] as const)
    for (let after: string | null = ''; after !== null;) {
      const page: Awaited<ReturnType<typeof reader.unitsAfter>> = await reader[side](after, pieceSize);
      found.push(...page.found);
      after = page.next;
    }
  return found;
}
