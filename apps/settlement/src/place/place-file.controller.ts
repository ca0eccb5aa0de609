import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PlaceReviewService } from '#libs/channel';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers and photos of places, looked at by whoever may see them. */
@Controller()
export class PlaceFileController {
  constructor(private readonly places: PlaceReviewService) {}

  @Get('places/:placeId/files/:fileId')
  @Allow('PLACE_READ')
  @AuditedBelow('channel_point.file_seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('placeId') placeId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'PLACE_READ') };
    const { file, bytes } = await this.places.open(placeId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
