import { Injectable } from '@nestjs/common';
import { type InclusionProof, SealProofReader, qrTextOf } from '#libs/seal';
import { JournalLeafReader } from './journal-leaf.reader.js';

/** What a payee or an official needs to see a journal proven without us. */
@Injectable()
export class JournalProofReader {
  constructor(
    private readonly proofs: SealProofReader,
    private readonly journals: JournalLeafReader,
  ) {}

  /** Null until the day after the journal was written, when the checkpoint of its day has been signed. */
  proofOf(journalId: string): Promise<InclusionProof | null> {
    return this.proofs.inclusion(this.journals, journalId);
  }

  /** The same, short enough for a QR code on paper; null likewise. */
  async qrTextOf(journalId: string): Promise<string | null> {
    const proof = await this.proofOf(journalId);
    return proof && qrTextOf(proof);
  }
}
