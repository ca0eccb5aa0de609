import {
  AlarmReader,
  CabinetService,
  type CabinetCredentialId,
  CredentialService,
  InboxService,
  RolloutService,
  type NewCredential,
  type SlotInput,
} from '#libs/counter';
import type { ChannelPointInput } from '#libs/channel';
import { Clock, newId, present, refused } from '#libs/kernel';
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
  const serialNo = `TEST-${String(serials).padStart(6, '0')}`;
  const { id: channelPointId } = await makeCounter(world, point);
  const operator = operatorId ?? (await makeMerchant(world)).id;
  const input = {
    channelPointId,
    operatorId: operator,
    serialNo,
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

/** The cabinet says that somebody is at it. */
export async function makeAlarm(
  world: Pick<World, 'get'>,
  cabinetId: string,
  credentialId: CabinetCredentialId,
): Promise<string> {
  const at = world.get(Clock).now().toISOString();
  const data = { code: 'TAMPER', isActive: true, slot: null, detail: '', vendorCode: null };
  const body = { v: 1, bootId: 'boot-0001', bootNo: 1, seq: 1, at, up: 1_000, data };
  const payload = Buffer.from(JSON.stringify(body));
  const uplink = { cabinetId, credentialId, version: 1, kind: 'alarm', payload, isResent: false };
  await world.get(InboxService).receive(uplink);
  const [alarm] = await world.get(AlarmReader).openOf([cabinetId]);
  return present(alarm, 'an alarm').id;
}

/** New settings, on their way to all cabinets of an operator. */
export async function makeRollout(
  world: Pick<World, 'get'>,
  merchantId: string,
): Promise<{ readonly releaseId: string; readonly rolloutId: string }> {
  const rollouts = world.get(RolloutService);
  const by = { userId: newId('usr'), merchantIds: [merchantId] };
  const settings = {
    kind: 'CONFIG',
    version: 'c8',
    content: '{"beatS":60}',
    url: null,
    digest: null,
  } as const;
  const releaseId = await rollouts.addRelease(merchantId, settings, by);
  if (refused(releaseId)) throw new Error(releaseId.message.en);
  const wish = {
    merchantId,
    releaseId,
    idempotencyKey: newId('req'),
    stages: [{ cabinetIds: null, sharePercent: 100 }],
    waitHours: null,
    faultyMax: 0,
  };
  const rolloutId = await rollouts.start(wish, by);
  if (refused(rolloutId)) throw new Error(rolloutId.message.en);
  return { releaseId, rolloutId };
}
