import { type Event, newEvent } from '#platform/outbox';
import type { ChannelPointId } from './channel-point.entity.js';

export type ChannelPointChanged = Event<'channel_point.changed', { readonly channelPointId: ChannelPointId }>;

export type ChannelEvent = ChannelPointChanged;

/** Opened, suspended, or with another range. */
export function channelPointChanged(channelPointId: ChannelPointId, at: Date): ChannelPointChanged {
  return newEvent('channel_point.changed', { channelPointId }, at);
}
