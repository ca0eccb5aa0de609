import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AdoptionReader } from '#libs/adoption';
import { AdoptionOfferReader } from '#libs/inventory';
import { NotFound } from '#libs/kernel';
import { Public } from '#platform/auth';
import { PhotoService, photoHeaders, photoSizeOf } from '#platform/files';

/** Everybody may keep it for five minutes. */
const CACHE = 'public, max-age=300';

/** Photos of objects that can be adopted, and of what is told of them: anybody's. */
@Controller()
export class AdoptionPhotoController {
  constructor(
    private readonly offers: AdoptionOfferReader,
    private readonly adoptions: AdoptionReader,
    private readonly photos: PhotoService,
  ) {}

  @Get('adoption-offers/:offerId/photos/:photoId')
  @Public()
  async show(
    @Param('offerId') offerId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isShown =
      (await this.offers.showsPhoto(offerId, photoId)) || (await this.adoptions.showsPhoto(offerId, photoId));
    const open = await this.photos.openById(isShown ? photoId : null, photoSizeOf(size));
    if (!open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open, CACHE)).send(open.bytes);
  }
}
