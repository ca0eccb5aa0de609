import type { IdOf } from '#libs/kernel';
import { type Event, newEvent } from '#platform/outbox';
import type { ChannelPointId } from './channel-point.entity.js';
import type { ZoneContractId } from './zone-contract.entity.js';

export type ChannelPointChanged = Event<'channel_point.changed', { readonly channelPointId: ChannelPointId }>;

/** An owner of the host is to be told; one fact for each of them, so that nobody hears it twice because another did not. */
export type ZoneContractEnding = Event<
  'zone_contract.ending',
  { readonly contractId: ZoneContractId; readonly userId: IdOf<'usr'> }
>;

export type ChannelEvent = ChannelPointChanged | ZoneContractEnding;

export function zoneContractEnding(payload: ZoneContractEnding['payload'], at: Date): ZoneContractEnding {
  return newEvent('zone_contract.ending', payload, at);
}

/** Opened, suspended, or with another range. */
export function channelPointChanged(channelPointId: ChannelPointId, at: Date): ChannelPointChanged {
  return newEvent('channel_point.changed', { channelPointId }, at);
}
