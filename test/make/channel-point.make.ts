import { refused } from '#libs/kernel';
import { type ChannelPoint, type ChannelPointInput, ChannelPointService } from '#libs/channel';
import type { World } from '../harness/world.js';

const PLACE = {
  countyCode: '430225',
  townshipCode: null,
  address: '霞阳镇炎帝路1号',
  longitude: 113.773,
  latitude: 26.49,
  ownerKind: null,
  hostKind: null,
  cabinetKind: null,
  hostName: null,
  introduction: null,
  openingHours: null,
  openedOn: '2019-10-17',
} as const;

async function record(world: Pick<World, 'get'>, input: ChannelPointInput): Promise<ChannelPoint> {
  const point = await world.get(ChannelPointService).record(input);
  if (refused(point)) throw new Error(point.message.en);
  return point;
}

export function makePavilion(
  world: Pick<World, 'get'>,
  changes: Partial<ChannelPointInput> = {},
): Promise<ChannelPoint> {
  return record(world, {
    ...PLACE,
    kind: 'PAVILION',
    name: '炎陵特色产品馆',
    ownerKind: 'COUNTY',
    ...changes,
  });
}

export function makeZone(
  world: Pick<World, 'get'>,
  changes: Partial<ChannelPointInput> = {},
): Promise<ChannelPoint> {
  const host = { hostKind: 'SUPERMARKET', hostName: '神农城生活超市' } as const;
  return record(world, { ...PLACE, kind: 'ZONE', name: '消费扶贫专区', ...host, ...changes });
}

export function makeCounter(
  world: Pick<World, 'get'>,
  changes: Partial<ChannelPointInput> = {},
): Promise<ChannelPoint> {
  return record(world, { ...PLACE, kind: 'COUNTER', name: '消费扶贫专柜', cabinetKind: 'SLOT', ...changes });
}
