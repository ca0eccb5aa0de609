import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '#libs/kernel';
import { ReviewService } from '#libs/review';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of reviews that wait, or are hidden, for whoever looks. */
@Controller()
export class ReviewPhotoController {
  constructor(private readonly reviews: ReviewService) {}

  @Get('reviews/:reviewId/photos/:photoId')
  @Allow('REVIEW_MODERATE')
  @AuditedBelow('review.photo_seen')
  async show(
    @CurrentActor() actor: Actor,
    @Param('reviewId') reviewId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const by = { userId: actor.userId, divisions: divisionsOf(actor, 'REVIEW_MODERATE') };
    const open = await this.reviews.openPhoto(reviewId, photoId, photoSizeOf(size), by);
    if (!open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
