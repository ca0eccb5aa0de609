import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '#libs/kernel';
import { ProductListingReader } from '#libs/listing';
import { type Actor, Allow, Audited, CurrentActor, divisionsOf } from '#platform/auth';
import { PhotoService, photoHeaders } from '#platform/files';

/** Photos of a listing, to whoever may review it, or read what is handed in. */
@Controller()
export class ListingPhotoController {
  constructor(
    private readonly listings: ProductListingReader,
    private readonly photos: PhotoService,
  ) {}

  @Get('listings/:listingId/photos/:photoId')
  @Allow('LISTING_READ')
  @Audited('listing.photo_seen', 'photoId')
  async show(
    @CurrentActor() actor: Actor,
    @Param('listingId') listingId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const listing = await this.listings.byId(listingId, { divisions: divisionsOf(actor, 'LISTING_READ') });
    const isShown = listing !== null && (await this.listings.showsPhoto(listing, photoId));
    const [photo] = isShown ? await this.photos.byIds([photoId]) : [];
    const open = photo ? await this.photos.open(photo, size === 'SMALL' ? 'SMALL' : 'FULL') : null;
    if (!open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
