import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { AccessRepository } from './access.repository.js';
import { AccessService } from './access.service.js';
import { AlarmReader } from './alarm.reader.js';
import { AlarmRepository } from './alarm.repository.js';
import { AlarmService } from './alarm.service.js';
import { AlarmWatchService } from './alarm-watch.service.js';
import { CabinetHealthReader } from './cabinet-health.reader.js';
import { CabinetHistoryReader } from './cabinet-history.reader.js';
import { CabinetReader } from './cabinet.reader.js';
import { CabinetRepository } from './cabinet.repository.js';
import { CabinetService } from './cabinet.service.js';
import { CabinetSettingService } from './cabinet-setting.service.js';
import { CabinetWatchService } from './cabinet-watch.service.js';
import { CommandRepository } from './command.repository.js';
import { CommandService } from './command.service.js';
import { CredentialService } from './credential.service.js';
import { InboxRepository } from './inbox.repository.js';
import { InboxService } from './inbox.service.js';
import { LineReader } from './line.reader.js';
import { MessageSchemaService } from './message-schema.service.js';
import { PaperReader } from './paper.reader.js';
import { PaperRepository } from './paper.repository.js';
import { PaperService } from './paper.service.js';
import { RemoteCommandReader } from './remote-command.reader.js';
import { RemoteCommandRepository } from './remote-command.repository.js';
import { OperatorLockService } from './operator-lock.service.js';
import { RemoteCommandService } from './remote-command.service.js';
import { RolloutReader } from './rollout.reader.js';
import { RolloutRepository } from './rollout.repository.js';
import { RolloutService } from './rollout.service.js';
import { RolloutWatchService } from './rollout-watch.service.js';
import { SaleStopReader } from './sale-stop.reader.js';
import { SlotLockReader } from './slot-lock.reader.js';
import { SlotLockRepository } from './slot-lock.repository.js';
import { SlotLockService } from './slot-lock.service.js';
import { SnapshotRepository } from './snapshot.repository.js';
import { SnapshotService } from './snapshot.service.js';
import { TelemetryReader } from './telemetry.reader.js';
import { TelemetryRepository } from './telemetry.repository.js';
import { TelemetryService } from './telemetry.service.js';
import { DoorMessageReader } from './door-message.reader.js';
import { TrayDriftReader } from './tray-drift.reader.js';
import { VendMessageReader } from './vend-message.reader.js';
import { WeighingReader } from './weighing.reader.js';
import { WireReader } from './wire.reader.js';
import { WireRepository } from './wire.repository.js';
import { WireService } from './wire.service.js';

@Module({
  imports: [AuditModule, ChannelModule, MerchantModule],
  providers: [
    AccessRepository,
    AccessService,
    AlarmReader,
    AlarmRepository,
    AlarmService,
    AlarmWatchService,
    CabinetHealthReader,
    CabinetHistoryReader,
    CabinetReader,
    CabinetRepository,
    CabinetService,
    CabinetSettingService,
    CabinetWatchService,
    CommandRepository,
    CommandService,
    CredentialService,
    InboxRepository,
    InboxService,
    LineReader,
    MessageSchemaService,
    PaperReader,
    PaperRepository,
    PaperService,
    RemoteCommandReader,
    RemoteCommandRepository,
    OperatorLockService,
    RemoteCommandService,
    RolloutReader,
    RolloutRepository,
    RolloutService,
    RolloutWatchService,
    SaleStopReader,
    SlotLockReader,
    SlotLockRepository,
    SlotLockService,
    SnapshotRepository,
    SnapshotService,
    TelemetryReader,
    TelemetryRepository,
    TelemetryService,
    DoorMessageReader,
    TrayDriftReader,
    VendMessageReader,
    WeighingReader,
    WireReader,
    WireRepository,
    WireService,
  ],
  exports: [
    AccessService,
    AlarmReader,
    AlarmService,
    CabinetHealthReader,
    CabinetHistoryReader,
    CabinetReader,
    CabinetService,
    CabinetSettingService,
    CommandService,
    CredentialService,
    InboxService,
    LineReader,
    PaperReader,
    PaperService,
    RemoteCommandReader,
    OperatorLockService,
    RemoteCommandService,
    RolloutReader,
    RolloutService,
    RolloutWatchService,
    SaleStopReader,
    SlotLockReader,
    SlotLockService,
    SnapshotService,
    TelemetryReader,
    TelemetryService,
    DoorMessageReader,
    TrayDriftReader,
    VendMessageReader,
    WeighingReader,
    WireReader,
    WireService,
  ],
})
export class CounterModule {}
