/** What proof.mjs answers, for those who are compiled. */

export interface CheckedCheckpoint {
  readonly origin: string;
  /** How many records it is over. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly day: string;
}

export interface Inclusion {
  readonly stream: string;
  readonly seq: number;
  readonly leaf: string;
  readonly path: readonly string[];
  readonly checkpoint: string;
}

export interface CheckedPlace extends CheckedCheckpoint {
  /** In hex. */
  readonly leafHash: string;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Signed {
  /** Name and id of the key. */
  readonly signedBy: string;
}

export function readCheckpoint(note: string): CheckedCheckpoint;
export function canCheckSignatures(): Promise<boolean>;
export function openCheckpoint(note: string, keys: string): Promise<CheckedCheckpoint & Signed>;
export function checkPlace(proof: Inclusion): Promise<CheckedPlace>;
export function checkInclusion(proof: Inclusion, keys: string): Promise<CheckedPlace & Signed>;
export function checkQrText(
  text: string,
  note: string,
  keys: string,
): Promise<CheckedCheckpoint & { readonly leafHash: string }>;
