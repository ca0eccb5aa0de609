import { Module } from '@nestjs/common';
import { HouseholdReader } from './household.reader.js';
import { HouseholdRepository } from './household.repository.js';
import { HouseholdService } from './household.service.js';
import { LinkageReader } from './linkage.reader.js';

@Module({
  providers: [HouseholdReader, HouseholdRepository, HouseholdService, LinkageReader],
  exports: [HouseholdReader, HouseholdService, LinkageReader],
})
export class HouseholdModule {}
