import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { IntakeModule } from '#libs/intake';
import { VolumeModule } from '#libs/volume';
import { DuplicateLineResolver, DuplicateResolver } from './duplicate.resolver.js';
import { IntakeController } from './intake.controller.js';
import { PartnerResolver } from './partner.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, IntakeModule, VolumeModule],
  controllers: [IntakeController],
  providers: [DuplicateLineResolver, DuplicateResolver, PartnerResolver],
})
export class IntakeDoorModule {}
