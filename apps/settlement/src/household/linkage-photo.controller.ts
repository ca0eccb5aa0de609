import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LinkagePhotoService } from '#libs/household';
import { NotFound } from '#libs/kernel';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { photoHeaders, photoSizeOf } from '#platform/files';

/** Photos of what was signed and paid, for the officials of the household's division. */
@Controller()
export class LinkagePhotoController {
  constructor(private readonly evidence: LinkagePhotoService) {}

  @Get('linkage-evidence/:evidenceOfId/photos/:linkagePhotoId')
  @Allow('HOUSEHOLD_READ')
  @AuditedBelow('linkage.evidence_seen')
  async show(
    @CurrentActor() actor: Actor,
    @Param('evidenceOfId') subjectId: string,
    @Param('linkagePhotoId') photoId: string,
    @Query('size') size: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wish = { subjectId, photoId, size: photoSizeOf(size) };
    const scope = { divisions: divisionsOf(actor, 'HOUSEHOLD_READ') };
    const open = await this.evidence.open(wish, scope, actor.userId);
    if (!open) throw new NotFound('Photo', photoId);
    await reply.headers(photoHeaders(open)).send(open.bytes);
  }
}
