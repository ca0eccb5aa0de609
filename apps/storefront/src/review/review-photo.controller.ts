import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '#libs/kernel';
import { ReviewReader } from '#libs/review';
import { type Actor, Public } from '#platform/auth';
import { PhotoService, photoHeaders, photoSizeOf } from '#platform/files';

/** Everybody may keep it for five minutes; hidden, it is gone after that. */
const CACHE = 'public, max-age=300';

/** Photos of reviews: anybody's while the review is shown, else its writer's. */
@Controller()
export class ReviewPhotoController {
  constructor(
    private readonly reviews: ReviewReader,
    private readonly photos: PhotoService,
  ) {}

  @Get('reviews/:reviewId/photos/:photoId')
  @Public()
  async show(
    @Param('reviewId') reviewId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Req() request: FastifyRequest & { readonly actor?: Actor | null },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.reviews.shownPhoto(reviewId, photoId, request.actor?.userId ?? null);
    const open = await this.photos.openById(found ? photoId : null, photoSizeOf(size));
    if (!found || !open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open, found.isPublic ? CACHE : undefined)).send(open.bytes);
  }
}
