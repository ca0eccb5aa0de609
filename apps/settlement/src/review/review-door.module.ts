import { Module } from '@nestjs/common';
import { ReviewModule } from '#libs/review';
import { ReviewPhotoController } from './review-photo.controller.js';
import { ReviewResolver } from './review.resolver.js';

@Module({ imports: [ReviewModule], controllers: [ReviewPhotoController], providers: [ReviewResolver] })
export class ReviewDoorModule {}
