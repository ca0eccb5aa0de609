import { Module } from '@nestjs/common';
import { AuditLeafReader, AuditModule } from '#libs/identity';
import { JournalLeafReader, LedgerModule } from '#libs/ledger';
import { SealerModule } from '#libs/seal';
import { VolumeFactLeafReader, VolumeModule } from '#libs/volume';

const sealer = SealerModule.over(
  [LedgerModule, AuditModule, VolumeModule],
  [JournalLeafReader, AuditLeafReader, VolumeFactLeafReader],
);

/** The books, the audit log and the register: only a door may bring them together. */
@Module({ imports: [sealer], exports: [sealer] })
export class SealedStreamsModule {}
