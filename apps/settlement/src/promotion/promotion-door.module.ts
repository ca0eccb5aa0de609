import { Module } from '@nestjs/common';
import { PromotionModule } from '#libs/promotion';
import { PromotionResolver } from './promotion.resolver.js';

@Module({ imports: [PromotionModule], providers: [PromotionResolver] })
export class PromotionDoorModule {}
