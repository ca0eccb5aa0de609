import { Module } from '@nestjs/common';
import { ClosureModule } from '#libs/closure';
import { MerchantClosureFieldResolver } from '#libs/closure/fields';
import { MerchantModule } from '#libs/merchant';
import { ClosureResolver } from './closure.resolver.js';

@Module({
  imports: [ClosureModule, MerchantModule],
  providers: [ClosureResolver, MerchantClosureFieldResolver],
})
export class ClosureDoorModule {}
