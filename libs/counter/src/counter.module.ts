import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { CabinetReader } from './cabinet.reader.js';
import { CabinetRepository } from './cabinet.repository.js';
import { CabinetService } from './cabinet.service.js';
import { CredentialService } from './credential.service.js';

@Module({
  imports: [AuditModule, ChannelModule, MerchantModule],
  providers: [CabinetReader, CabinetRepository, CabinetService, CredentialService],
  exports: [CabinetReader, CabinetService, CredentialService],
})
export class CounterModule {}
