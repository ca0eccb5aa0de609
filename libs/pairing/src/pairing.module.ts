import { Module } from '@nestjs/common';
import { CounterModule } from '#libs/counter';
import { DivisionModule } from '#libs/division';
import { HouseholdModule } from '#libs/household';
import { AuditModule } from '#libs/identity';
import { VendingModule } from '#libs/vending';
import { PairingPhotoService } from './pairing-photo.service.js';
import { PairingReader } from './pairing.reader.js';
import { PairingRepository } from './pairing.repository.js';
import { PairingService } from './pairing.service.js';

@Module({
  imports: [AuditModule, CounterModule, DivisionModule, HouseholdModule, VendingModule],
  providers: [PairingPhotoService, PairingReader, PairingRepository, PairingService],
  exports: [PairingPhotoService, PairingReader, PairingService],
})
export class PairingModule {}
