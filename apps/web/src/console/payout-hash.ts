import type { Batch, Payout } from './payout-words.js';
import type { BankRefund } from './refund-words.js';

/** Hex, of text. */
const sha256 = async (text: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/**
 * The fingerprint of what stands on the page, reckoned here as the service does from what it would pay (`batchContent`, `contentHashOf`): what is
 * agreed to is what was looked at, and not what somebody says it is. Null where the browser does no such sums: at an address without encryption.
 */
export async function seenHashOf(batch: Batch, payouts: readonly Payout[]): Promise<string | null> {
  if (!('subtle' in crypto)) return null;
  const { id, batchNo, method, encoding, state, voidReason } = batch;
  const lines = payouts.map((payout) => [payout.id, payout.account.id, payout.amountFen]);
  const content = await sha256(JSON.stringify([batchNo, method, encoding, lines]));
  return state === 'VOID_REQUESTED'
    ? sha256(JSON.stringify(['VOID', id, content, voidReason ?? '']))
    : content;
}

/** The same of a refund by bank (`contentOf` of the service): its keys in order, the account as it is sealed. */
export async function seenRefundHashOf({
  refundId,
  orderId,
  amountFen,
  bankName,
  accountDigest,
}: BankRefund): Promise<string | null> {
  if (!('subtle' in crypto)) return null;
  return sha256(JSON.stringify({ account: accountDigest ?? '', amountFen, bankName, id: refundId, orderId }));
}
