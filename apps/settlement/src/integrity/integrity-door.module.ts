import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { IntegrityModule } from '#libs/integrity';
import { MerchantModule } from '#libs/merchant';
import { VolumeModule } from '#libs/volume';
import { AppealFileController } from './appeal-file.controller.js';
import { IntegrityFactResolver, IntegrityFlagResolver } from './integrity-flag.resolver.js';

@Module({
  imports: [CatalogModule, IntegrityModule, MerchantModule, VolumeModule],
  controllers: [AppealFileController],
  providers: [IntegrityFactResolver, IntegrityFlagResolver],
})
export class IntegrityDoorModule {}
