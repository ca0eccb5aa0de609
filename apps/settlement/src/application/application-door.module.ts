import { Module } from '@nestjs/common';
import { MerchantApplicationModule } from '#libs/merchant';
import {
  MerchantApplicationFieldResolver,
  MerchantApplicationSummaryFieldResolver,
} from '#libs/merchant/fields';
import { ApplicationFileController } from './application-file.controller.js';
import { ApplicationResolver } from './application.resolver.js';

@Module({
  imports: [MerchantApplicationModule],
  controllers: [ApplicationFileController],
  providers: [ApplicationResolver, MerchantApplicationFieldResolver, MerchantApplicationSummaryFieldResolver],
})
export class ApplicationDoorModule {}
