import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RestockVisitPhotoService } from '#libs/restocking';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of a visit, and its signature, to whoever sees the cabinets of a division. */
@Controller()
export class RestockVisitPhotoController {
  constructor(private readonly photos: RestockVisitPhotoService) {}

  @Get('restock-visits/:restockVisitId/photos/:photoId')
  @Allow('COUNTER_READ')
  @AuditedBelow('restock.photo_seen')
  async show(
    @CurrentActor() actor: Actor,
    @Param('restockVisitId') visitId: string,
    @Param('photoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const looker = { userId: actor.userId, divisions: divisionsOf(actor, 'COUNTER_READ') };
    const open = await this.photos.openForOfficial(visitId, photoId, photoSizeOf(size), looker);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
