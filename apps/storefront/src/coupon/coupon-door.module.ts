import { Module } from '@nestjs/common';
import { PromotionModule } from '#libs/promotion';
import { CouponResolver } from './coupon.resolver.js';

@Module({ imports: [PromotionModule], providers: [CouponResolver] })
export class CouponDoorModule {}
