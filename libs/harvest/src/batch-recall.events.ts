import { type Event, newEvent } from '#platform/outbox';
import type { BatchRecallId } from './batch-recall.entity.js';

export type BatchRecallNoticed = Event<
  'batch_recall.noticed',
  { readonly recallId: BatchRecallId; readonly orderId: string }
>;

export type HarvestEvent = BatchRecallNoticed;

/** An order holds some of what is recalled: its buyer is to be told. */
export function batchRecallNoticed(recallId: BatchRecallId, orderId: string, at: Date): BatchRecallNoticed {
  return newEvent('batch_recall.noticed', { recallId, orderId }, at);
}
