import type { Handover, MerchantOrderState } from './merchant-order.entity.js';
import {
  HandoverMismatchError,
  MerchantOrderNotReceivableError,
  MerchantOrderNotShippableError,
  NothingToCallOffError,
} from './merchant-order.errors.js';

/** Whoever stands before a cabinet is asked for no name and goes nowhere else for it. */
export function isAtCabinet(handover: Handover | undefined): boolean {
  return handover === 'VEND' || handover === 'TAKEN';
}

interface Part {
  readonly state: MerchantOrderState;
  readonly handover: Handover;
}

/** Something of it is still to leave, in the way that was ordered. */
export function refuseShipping(
  { state, handover }: Part,
  as: Handover,
): HandoverMismatchError | MerchantOrderNotShippableError | null {
  if (handover !== as) return new HandoverMismatchError(handover);
  return state === 'TO_SHIP' || state === 'PARTLY_SHIPPED' ? null : new MerchantOrderNotShippableError(state);
}

/** All of it has left, so whoever says that all of it has arrived may be right. */
export function refuseReceipt({ state }: Pick<Part, 'state'>): MerchantOrderNotReceivableError | null {
  return state === 'SHIPPED' ? null : new MerchantOrderNotReceivableError(state);
}

/** Before anything has left the whole order is cancelled; after everything has left there are returns. */
export function refuseCallOff({ state }: Pick<Part, 'state'>): NothingToCallOffError | null {
  return state === 'PARTLY_SHIPPED' ? null : new NothingToCallOffError(state);
}
