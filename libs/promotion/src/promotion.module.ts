import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { CouponReader } from './coupon.reader.js';
import { CouponRepository } from './coupon.repository.js';
import { CouponService } from './coupon.service.js';
import { PromotionReader } from './promotion.reader.js';
import { PromotionRepository } from './promotion.repository.js';
import { PromotionService } from './promotion.service.js';

const doors = [CouponReader, CouponService, PromotionReader, PromotionService];

@Module({
  imports: [ApprovalModule, AuditModule, MerchantModule],
  providers: [...doors, CouponRepository, PromotionRepository],
  exports: doors,
})
export class PromotionModule {}
