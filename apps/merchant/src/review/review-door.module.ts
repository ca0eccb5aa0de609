import { Module } from '@nestjs/common';
import { ReviewModule } from '#libs/review';
import { ReviewResolver } from './review.resolver.js';

@Module({ imports: [ReviewModule], providers: [ReviewResolver] })
export class ReviewDoorModule {}
