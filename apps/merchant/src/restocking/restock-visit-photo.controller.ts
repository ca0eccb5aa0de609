import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RestockVisitPhotoService } from '#libs/restocking';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of a visit, and its signature, to whoever runs the cabinets, and whoever has been there. */
@Controller()
export class RestockVisitPhotoController {
  constructor(private readonly photos: RestockVisitPhotoService) {}

  @Get('restock-visits/:restockVisitId/photos/:photoId')
  @Allow('RESTOCK')
  async show(
    @CurrentActor() actor: Actor,
    @Param('restockVisitId') visitId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const managed = merchantsOf(actor, 'COUNTER');
    const scope = { userId: actor.userId, managed, restocked: merchantsOf(actor, 'RESTOCK') };
    const open = await this.photos.open(visitId, photoId, photoSizeOf(size), scope);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
