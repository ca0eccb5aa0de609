import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ProductPhotoReader } from '#libs/catalog';
import { NotFound } from '#libs/kernel';
import { Public } from '#platform/auth';
import { PhotoService, photoHeaders, photoSizeOf } from '#platform/files';

/** Everybody may keep it for five minutes; off the shelf, it is gone after that. */
const CACHE = 'public, max-age=300';

/** Photos of goods, while they are on sale. */
@Controller()
export class ProductPhotoController {
  constructor(
    private readonly shown: ProductPhotoReader,
    private readonly photos: PhotoService,
  ) {}

  @Get('products/:productId/photos/:photoId')
  @Public()
  async show(
    @Param('productId') productId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isShown = await this.shown.isShown(productId, photoId);
    const open = await this.photos.openById(isShown ? photoId : null, photoSizeOf(size));
    if (!open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open, CACHE)).send(open.bytes);
  }
}
