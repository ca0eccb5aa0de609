import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ListingPhotoService } from '#libs/listing';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of a listing, to whoever may review it, or read what is handed in. */
@Controller()
export class ListingPhotoController {
  constructor(private readonly photos: ListingPhotoService) {}

  @Get('listings/:listingId/photos/:photoId')
  @Allow('LISTING_READ')
  @AuditedBelow('listing.photo_seen')
  async show(
    @CurrentActor() actor: Actor,
    @Param('listingId') listingId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const looker = { userId: actor.userId, divisions: divisionsOf(actor, 'LISTING_READ') };
    const open = await this.photos.openForReview(listingId, photoId, photoSizeOf(size), looker);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
