import { Module } from '@nestjs/common';
import { AccountModule } from '#libs/account';
import { graphqlModuleFor } from '#platform/graphql';
import { PlatformModule, type ServiceOptions } from '#platform/service';
import { ApprovalDoorModule } from './approval/approval-door.module.js';
import { DeliveryDoorModule } from './delivery/delivery-door.module.js';
import { LedgerDoorModule } from './ledger/ledger-door.module.js';
import { PayoutDoorModule } from './payout/payout-door.module.js';
import { RelayModule } from './relay/relay.module.js';
import { BackgroundModule } from './schedules/background.module.js';
import { MonthCloseDoorModule } from './month-close/month-close-door.module.js';
import { ProcurementDoorModule } from './procurement/procurement-door.module.js';
import { TerminologyDoorModule } from './terminology/terminology-door.module.js';
import { TargetDoorModule } from './target/target-door.module.js';
import { VolumeDoorModule } from './volume/volume-door.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

@Module({})
export class SettlementModule {}

@Module({})
class SettlementBackgroundModule {}

export const settlement: ServiceOptions = {
  service: 'settlement',
  module: (config) => ({
    module: SettlementModule,
    imports: [
      PlatformModule.forService('settlement', config),
      graphqlModuleFor('settlement'),
      AccountModule,
      RelayModule,
      WebhooksModule,
      VolumeDoorModule,
      ProcurementDoorModule,
      MonthCloseDoorModule,
      TargetDoorModule,
      TerminologyDoorModule,
      LedgerDoorModule,
      PayoutDoorModule,
      DeliveryDoorModule,
      ApprovalDoorModule,
    ],
  }),
  background: () => ({ module: SettlementBackgroundModule, imports: [BackgroundModule] }),
};
