import { CabinetService, CredentialService, type NewCredential, type SlotInput } from '#libs/counter';
import type { ChannelPointInput } from '#libs/channel';
import { newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makeCounter } from './channel-point.make.js';
import { makeMerchant } from './merchant.make.js';

let serials = 0;

export interface MadeCabinet {
  readonly cabinetId: string;
  readonly channelPointId: string;
  readonly operatorId: string;
}

export interface CabinetWish extends Partial<ChannelPointInput> {
  readonly operatorId?: string;
  readonly slots?: readonly SlotInput[];
}

/** At a counter of its own, in Yanling unless said otherwise. */
export async function makeCabinet(
  world: Pick<World, 'get'>,
  { operatorId, slots, ...point }: CabinetWish = {},
): Promise<MadeCabinet> {
  serials += 1;
  const { id: channelPointId } = await makeCounter(world, point);
  const operator = operatorId ?? (await makeMerchant(world)).id;
  const input = {
    channelPointId,
    operatorId: operator,
    serialNo: `TEST-${String(serials).padStart(6, '0')}`,
    slots: slots ?? [{ code: 'A1', capacity: point.cabinetKind === 'CELL' ? 1 : 10, maxItemG: 1_000 }],
  };
  const cabinetId = await world
    .get(CabinetService)
    .register(input, { userId: newId('usr'), divisions: 'ALL' });
  if (refused(cabinetId)) throw new Error(cabinetId.message.en);
  return { cabinetId, channelPointId, operatorId: operator };
}

export async function makeCredential(world: Pick<World, 'get'>, cabinetId: string): Promise<NewCredential> {
  const by = { userId: newId('usr'), scope: { divisions: 'ALL' } } as const;
  const issued = await world.get(CredentialService).issue(cabinetId, by);
  if (refused(issued)) throw new Error(issued.message.en);
  return issued;
}
