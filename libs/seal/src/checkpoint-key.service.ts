import { type SigningKey, signingKeyOf } from './signed-note.rules.js';

/** What checkpoints are signed with; null where none was given, and then nothing is signed. */
export class CheckpointKey {
  readonly signing: SigningKey | null;

  constructor({ origin, seed }: { readonly origin: string; readonly seed: string | undefined }) {
    this.signing = seed === undefined ? null : signingKeyOf(origin, seed);
  }
}
