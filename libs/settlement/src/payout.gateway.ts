import type { Fen } from '#libs/kernel';
import type { Outcome } from '#platform/stripe';
import type { BankFile, BankResultFile, FileBreak } from './bank-file.rules.js';
import type { PayoutMethod } from './payee-account.entity.js';
import type { FileEncoding } from './payout-batch.entity.js';

export interface PayoutCapabilities {
  readonly method: PayoutMethod;
  /** `batch_file`: a person carries a file there and another back. `api`: we ask, payout by payout. */
  readonly mode: 'batch_file' | 'api';
  /** Of one batch. */
  readonly linesMax: number;
  /** Of one payout. */
  readonly amountMaxFen: Fen;
  readonly isReversible: boolean;
}

/** A way to pay out. Two kinds: a file, or a transfer by request. */
export abstract class PayoutProvider {
  abstract readonly capabilities: PayoutCapabilities;
}

/** The same file for the same content, to the byte. */
export abstract class PayoutFileGateway extends PayoutProvider {
  abstract render(file: BankFile, encoding: FileEncoding): Buffer;
  /** What the bank has answered with, or why it cannot be believed. */
  abstract read(bytes: Buffer): BankResultFile | FileBreak;
}

export interface TransferOrder {
  readonly payoutId: string;
  readonly destination: string;
  readonly amountFen: Fen;
  /** The same for every try of which we do not know what became. */
  readonly idempotencyKey: string;
}

export interface TransferSnapshot {
  readonly providerRef: string;
  readonly amountFen: Fen;
  /** Of it, what has been taken back. */
  readonly reversedFen: Fen;
}

/** Sends one payout. Never called within a transaction; every method may be repeated without moving money twice. */
export abstract class PayoutTransferGateway extends PayoutProvider {
  abstract send(order: TransferOrder): Promise<Outcome<TransferSnapshot>>;
  /** By what we wrote on it; null if the provider has none. */
  abstract query(payoutId: string): Promise<Outcome<TransferSnapshot> | null>;
  /** Takes the whole transfer back, once. */
  abstract reverse(payoutId: string, providerRef: string): Promise<Outcome<TransferSnapshot>>;
}
