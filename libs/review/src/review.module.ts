import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { OrderingModule } from '#libs/ordering';
import { ReviewReader } from './review.reader.js';
import { ReviewRepository } from './review.repository.js';
import { ReviewService } from './review.service.js';

@Module({
  imports: [IdentityModule, OrderingModule],
  providers: [ReviewReader, ReviewRepository, ReviewService],
  exports: [ReviewReader, ReviewService],
})
export class ReviewModule {}
