import { Module } from '@nestjs/common';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import {
  CheckoutLineResolver,
  CheckoutPartResolver,
  CheckoutResolver,
  CouponChanceResolver,
} from './checkout.resolver.js';

@Module({
  imports: [MerchantModule, OrderingModule],
  providers: [CheckoutLineResolver, CheckoutPartResolver, CheckoutResolver, CouponChanceResolver],
})
export class CheckoutDoorModule {}
