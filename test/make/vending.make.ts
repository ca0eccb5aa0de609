import { AccessService, type CabinetId, KioskCodeService, type SlotInput } from '#libs/counter';
import { type IdOf, newId, refused } from '#libs/kernel';
import { PlanogramService, SlotFillingService } from '#libs/vending';
import type { World } from '../harness/world.js';
import { type MadeCabinet, makeCabinet } from './cabinet.make.js';
import { type BatchOptions, type Ground, type MadeProduct, makeProduct } from './product.make.js';

export interface VendingWish {
  /** Units in slot A1, of each batch; A2 has five of the last. */
  readonly batches?: readonly BatchOptions[];
  readonly priceFen?: bigint;
  readonly countyCode?: string;
  readonly slots?: readonly SlotInput[];
  /** Of the same operator, with the same goods. */
  readonly beside?: Pick<MadeVending, 'product'>;
  readonly longitude?: number;
  readonly latitude?: number;
}

export interface MadeVending extends MadeCabinet {
  readonly cabinetId: CabinetId;
  readonly product: MadeProduct;
}

const SLOTS = ['A1', 'A2', 'A3'].map((code) => ({ code, capacity: 10, maxItemG: 1_000 }));

export const operatorOf = (operatorId: string) =>
  ({ userId: newId('usr'), scope: { merchantIds: [operatorId] } }) as const;

/** A slot cabinet that is online, with goods of its operator in A1 and A2, and nothing planned for A3. */
export async function makeVending(world: Ground, wish: VendingWish = {}): Promise<MadeVending> {
  const { batches = [{ quantity: 3 }], priceFen = 900n, slots = SLOTS } = wish;
  const product =
    wish.beside?.product ?? (await makeProduct(world, { batches, pricesFen: [800n], netWeightG: 500 }));
  const cabinet = await makeCabinet(world, {
    operatorId: product.merchantId,
    slots,
    ...(wish.countyCode ? { countyCode: wish.countyCode } : {}),
    ...(wish.longitude ? { longitude: wish.longitude } : {}),
    ...(wish.latitude ? { latitude: wish.latitude } : {}),
  });
  const cabinetId = cabinet.cabinetId as CabinetId;
  const operator = operatorOf(cabinet.operatorId);
  const { variantId } = product;
  const plan = ['A1', 'A2'].map((slotCode) => ({ slotCode, variantId, priceFen, parLevel: 8 }));
  const set = await world.get(PlanogramService).set(cabinetId, 0, plan, operator);
  if (refused(set)) throw new Error(set.message.en);
  for (const [index, { quantity }] of batches.entries())
    await fill(world, { cabinetId, operatorId: cabinet.operatorId }, 'A1', product.batchIds[index], quantity);
  await fill(world, { cabinetId, operatorId: cabinet.operatorId }, 'A2', product.batchIds.at(-1), 5);
  await world.get(AccessService).connected(cabinetId);
  return { ...cabinet, cabinetId, product };
}

export async function fill(
  world: Pick<World, 'get'>,
  { cabinetId, operatorId }: { readonly cabinetId: string; readonly operatorId: string },
  slotCode: string,
  batchId: string = '',
  quantity = 1,
): Promise<void> {
  const filling = { cabinetId, slotCode, batchId, quantity, causeKey: newId('req') };
  const filled = await world.get(SlotFillingService).fill(filling, operatorOf(operatorId));
  if (refused(filled)) throw new Error(filled.message.en);
}

/** What somebody holds who has scanned the screen just now. */
export function visitOf(world: Pick<World, 'get'>, cabinetId: IdOf<'cab'>): string {
  return world.get(KioskCodeService).issue('VISIT', cabinetId).code;
}

export interface MadeOpenDoor extends MadeCabinet {
  readonly cabinetId: CabinetId;
  readonly peach: MadeProduct;
  readonly tea: MadeProduct;
}

/** An open-door cabinet that is online: ten peaches of 510 g on A1, five of them and eight teas of 137 g on A2, and nothing planned for A3. */
export async function makeOpenDoor(
  world: Ground,
  { priceFen = 900n, operatorId }: { readonly priceFen?: bigint; readonly operatorId?: IdOf<'mer'> } = {},
): Promise<MadeOpenDoor> {
  const batches = [{ quantity: 1, bestBeforeOn: null }];
  const whose = operatorId ? { merchantId: operatorId } : {};
  const peach = await makeProduct(world, { ...whose, batches, pricesFen: [800n], netWeightG: 500 });
  const { merchantId } = peach;
  const tea = await makeProduct(world, { merchantId, batches, pricesFen: [300n], netWeightG: 125 });
  const slots = ['A1', 'A2', 'A3'].map((code) => ({ code, capacity: 20, maxItemG: 1_000 }));
  const cabinet = await makeCabinet(world, { operatorId: merchantId, cabinetKind: 'GRAVITY', slots });
  const cabinetId = cabinet.cabinetId as CabinetId;
  const operator = operatorOf(merchantId);
  const plan = [
    { slotCode: 'A1', variantId: peach.variantId, priceFen, parLevel: 10, unitG: 510, toleranceG: 20 },
    { slotCode: 'A2', variantId: peach.variantId, priceFen, parLevel: 5, unitG: 510, toleranceG: 20 },
    { slotCode: 'A2', variantId: tea.variantId, priceFen: 300n, parLevel: 8, unitG: 137, toleranceG: 4 },
  ];
  const set = await world.get(PlanogramService).set(cabinetId, 0, plan, operator);
  if (refused(set)) throw new Error(set.message.en);
  await fill(world, { ...cabinet }, 'A1', peach.batchIds[0], 10);
  await fill(world, { ...cabinet }, 'A2', peach.batchIds[0], 5);
  await fill(world, { ...cabinet }, 'A2', tea.batchIds[0], 8);
  await world.get(AccessService).connected(cabinetId);
  return { ...cabinet, cabinetId, peach, tea };
}

/** A cabinet of cells that is online, with three of them; the last is the largest and bears most. */
export async function makeLocker(
  world: Pick<World, 'get'>,
  wish: { readonly operatorId?: string; readonly countyCode?: string } = {},
): Promise<MadeCabinet & { readonly cabinetId: CabinetId }> {
  const slots = [
    { code: 'B1', capacity: 1, maxItemG: 10_000, innerL: 30 },
    { code: 'B2', capacity: 1, maxItemG: 10_000, innerL: 30 },
    { code: 'B3', capacity: 1, maxItemG: 20_000, innerL: 80 },
  ];
  const cabinet = await makeCabinet(world, { ...wish, cabinetKind: 'CELL', slots });
  const cabinetId = cabinet.cabinetId as CabinetId;
  await world.get(AccessService).connected(cabinetId);
  return { ...cabinet, cabinetId };
}
