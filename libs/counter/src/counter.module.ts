import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { CabinetReader } from './cabinet.reader.js';
import { CabinetRepository } from './cabinet.repository.js';
import { CabinetService } from './cabinet.service.js';
import { CommandRepository } from './command.repository.js';
import { CommandService } from './command.service.js';
import { CredentialService } from './credential.service.js';
import { InboxRepository } from './inbox.repository.js';
import { InboxService } from './inbox.service.js';
import { LineReader } from './line.reader.js';
import { MessageSchemaService } from './message-schema.service.js';
import { SlotLockReader } from './slot-lock.reader.js';
import { SlotLockRepository } from './slot-lock.repository.js';
import { SlotLockService } from './slot-lock.service.js';
import { SnapshotRepository } from './snapshot.repository.js';
import { SnapshotService } from './snapshot.service.js';

@Module({
  imports: [AuditModule, ChannelModule, MerchantModule],
  providers: [
    AccessRepository,
    AccessService,
    CabinetReader,
    CabinetRepository,
    CabinetService,
    CommandRepository,
    CommandService,
    CredentialService,
    InboxRepository,
    InboxService,
    LineReader,
    MessageSchemaService,
    SlotLockReader,
    SlotLockRepository,
    SlotLockService,
    SnapshotRepository,
    SnapshotService,
  ],
  exports: [
    AccessService,
    CabinetReader,
    CabinetService,
    CommandService,
    CredentialService,
    InboxService,
    LineReader,
    SlotLockReader,
    SlotLockService,
    SnapshotService,
  ],
})
export class CounterModule {}
