import { AuditLeafReader } from '#libs/identity';
import { JournalLeafReader, LedgerReader } from '#libs/ledger';
import { SealProofReader, SealReader, SealVerificationService, SealedStreams } from '#libs/seal';
import { VolumeFactLeafReader } from '#libs/volume';
import type { Database } from '#platform/database';

/** What the commands read with: nothing here writes. */
export interface LedgerRooms {
  readonly database: Database;
  readonly ledger: LedgerReader;
  readonly journals: JournalLeafReader;
  readonly seals: SealReader;
  readonly proofs: SealProofReader;
  readonly verification: SealVerificationService;
}

export function roomsOver(database: Database): LedgerRooms {
  const journals = new JournalLeafReader(database);
  const streams = new SealedStreams([
    journals,
    new AuditLeafReader(database),
    new VolumeFactLeafReader(database),
  ]);
  const seals = new SealReader(database);
  return {
    database,
    ledger: new LedgerReader(database),
    journals,
    seals,
    proofs: new SealProofReader(seals),
    verification: new SealVerificationService(streams, seals),
  };
}
