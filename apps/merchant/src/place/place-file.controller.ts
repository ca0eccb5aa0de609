import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PlaceReviewService } from '#libs/channel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers and photos of one's own places; they were brought by POST /files. */
@Controller()
export class PlaceFileController {
  constructor(private readonly places: PlaceReviewService) {}

  @Get('places/:placeId/files/:fileId')
  @Allow('PLACE')
  async download(
    @CurrentActor() actor: Actor,
    @Param('placeId') placeId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { merchantIds: merchantsOf(actor, 'PLACE') };
    const { file, bytes } = await this.places.open(placeId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
