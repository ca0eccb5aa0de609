import type { Fen } from '#libs/kernel';
import type { Outcome } from '#platform/stripe';

/** Why the provider says its balance has moved. OTHER: in a word that nobody has taught us. */
export const MOVEMENT_KINDS = [
  'CAPTURE',
  'REFUND',
  'REFUND_FAILED',
  'DISPUTE',
  'DISPUTE_WON',
  'TRANSFER',
  'TRANSFER_BACK',
  'BANK_PAYOUT',
  'TOP_UP',
  'OTHER',
] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** A line of the provider's account of our balance, in CNY. */
export interface ProviderMovement {
  readonly ref: string;
  readonly kind: MovementKind;
  /** The provider's own word. */
  readonly providerType: string;
  /**
   * What it is about: an intent, a refund (ours where it is known, else the provider's name of it), a dispute's name there, a payout of ours;
   * '' for nothing that we could know.
   */
  readonly subjectRef: string;
  /** Positive into the balance. */
  readonly grossFen: Fen;
  readonly feeFen: Fen;
  readonly createdAt: Date;
}

/** Within a time, the latest first. */
export interface MovementQuestion {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** The last of the page before. */
  readonly after: string | null;
}

export interface MovementPage {
  readonly movements: readonly ProviderMovement[];
  readonly hasMore: boolean;
}

/** The provider's own account of what is with it. It only reads; none may be called within a transaction. */
export abstract class ProviderBalanceGateway {
  /** At most a hundred. */
  abstract movements(question: MovementQuestion): Promise<Outcome<MovementPage>>;
  /** What is there now in CNY, what is not available yet included. */
  abstract balanceFen(): Promise<Outcome<Fen>>;
}
