import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppealFileService } from '#libs/integrity';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** What a seller has brought with an appeal; it was brought by POST /files, as evidence of claims is. */
@Controller()
export class AppealFileController {
  constructor(private readonly files: AppealFileService) {}

  @Get('integrity-flags/:flagId/files/:fileId')
  @Allow('REVIEW_READ')
  @AuditedBelow('integrity.evidence_seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('flagId') flagId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'REVIEW_READ') };
    const { file, bytes } = await this.files.open(flagId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
