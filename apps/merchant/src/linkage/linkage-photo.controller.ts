import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LinkagePhotoService } from '#libs/household';
import { NotFound } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of what was signed and paid, for the merchant that has brought them. */
@Controller()
export class LinkagePhotoController {
  constructor(private readonly evidence: LinkagePhotoService) {}

  @Get('linkage-evidence/:evidenceOfId/photos/:linkagePhotoId')
  @Allow('LINKAGE')
  async show(
    @CurrentActor() actor: Actor,
    @Param('evidenceOfId') subjectId: string,
    @Param('linkagePhotoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wish = { subjectId, photoId, size: photoSizeOf(size) };
    const open = await this.evidence.open(wish, { merchantIds: merchantsOf(actor, 'LINKAGE') }, actor.userId);
    if (!open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
