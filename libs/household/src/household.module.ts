import { Module } from '@nestjs/common';
import { HouseholdPersonReader } from './household-person.reader.js';
import { HouseholdReader } from './household.reader.js';
import { HouseholdRepository } from './household.repository.js';
import { HouseholdService } from './household.service.js';
import { LinkageReader } from './linkage.reader.js';

@Module({
  providers: [HouseholdPersonReader, HouseholdReader, HouseholdRepository, HouseholdService, LinkageReader],
  exports: [HouseholdPersonReader, HouseholdReader, HouseholdService, LinkageReader],
})
export class HouseholdModule {}
