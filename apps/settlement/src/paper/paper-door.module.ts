import { Module } from '@nestjs/common';
import { MerchantApplicationModule } from '#libs/merchant';
import { MerchantPaperFieldResolver } from '#libs/merchant/fields';
import { PaperFileController } from './paper-file.controller.js';
import { PaperResolver } from './paper.resolver.js';

@Module({
  imports: [MerchantApplicationModule],
  controllers: [PaperFileController],
  providers: [PaperResolver, MerchantPaperFieldResolver],
})
export class PaperDoorModule {}
