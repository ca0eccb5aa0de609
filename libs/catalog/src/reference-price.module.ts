import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/identity';
import { CatalogModule } from './catalog.module.js';
import { ReferencePriceRepository } from './reference-price.repository.js';
import { ReferencePriceService } from './reference-price.service.js';

/** By itself: many rooms ask what goods cost, and only officials say what they should. */
@Module({
  imports: [AuditModule, CatalogModule],
  providers: [ReferencePriceRepository, ReferencePriceService],
  exports: [ReferencePriceService],
})
export class ReferencePriceModule {}
