import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { AdoptionOfferRepository } from './adoption-offer.repository.js';
import { AdoptionOfferService } from './adoption-offer.service.js';

/** What merchants say of what can be adopted, with photos; apart from stock, which is asked where there are no files. */
@Module({
  imports: [CatalogModule],
  providers: [AdoptionOfferRepository, AdoptionOfferService],
  exports: [AdoptionOfferService],
})
export class AdoptionOfferModule {}
