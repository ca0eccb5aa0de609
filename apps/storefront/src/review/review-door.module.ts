import { Module } from '@nestjs/common';
import { ReviewModule } from '#libs/review';
import { ReviewPhotoController } from './review-photo.controller.js';
import {
  LineReviewResolver,
  OwnReviewResolver,
  ProductReviewResolver,
  ReviewResolver,
} from './review.resolver.js';

@Module({
  imports: [ReviewModule],
  controllers: [ReviewPhotoController],
  providers: [LineReviewResolver, OwnReviewResolver, ProductReviewResolver, ReviewResolver],
})
export class ReviewDoorModule {}
