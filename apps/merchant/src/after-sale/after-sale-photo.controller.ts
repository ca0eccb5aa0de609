import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AfterSaleViewingService } from '#libs/aftersale';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of a case, for whoever may see it. */
@Controller()
export class AfterSalePhotoController {
  constructor(private readonly photos: AfterSaleViewingService) {}

  @Get('after-sales/:afterSaleId/photos/:photoId')
  @Allow('AFTER_SALE')
  async show(
    @CurrentActor() actor: Actor,
    @Param('afterSaleId') afterSaleId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { merchantIds: merchantsOf(actor, 'AFTER_SALE') };
    const photo = await this.photos.open(afterSaleId, photoId, photoSizeOf(size), scope, actor.userId);
    await reply.headers(photoHeaders(photo)).send(photo.bytes);
  }
}
