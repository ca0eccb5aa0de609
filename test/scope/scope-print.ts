import { newId } from '#libs/kernel';
import type { Tx } from '#platform/database';

/** A print whose label is void: looked at by whoever may, and changed by nobody. */
export async function insertPrint(
  tx: Tx,
  {
    printBatchId,
    waybillId,
    merchantId,
    at,
  }: {
    readonly printBatchId: string;
    readonly waybillId: string;
    readonly merchantId: string;
    readonly at: Date;
  },
): Promise<void> {
  await tx.insert('print_batch', [
    {
      id: printBatchId,
      merchantId,
      idempotencyKey: 'scope',
      carrier: 'SF',
      openedBy: newId('usr'),
      openedAt: at,
    },
  ]);
  await tx.insert('print_batch_item', [{ printBatchId, position: 1, waybillId }]);
  await tx.insert('waybill', [
    {
      id: waybillId,
      merchantOrderId: newId('mor'),
      merchantId,
      carrier: 'SF',
      trackingNo: `SF${waybillId.slice(-12)}`,
      state: 'VOIDED',
      liveOf: null,
      fulfillmentId: null,
      askedAt: at,
      voidedAt: at,
      voidToldAt: at,
    },
  ]);
}
