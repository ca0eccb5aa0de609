import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MerchantPaperReviewService } from '#libs/merchant';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers of merchants, looked at by whoever may see who sells there. */
@Controller()
export class PaperFileController {
  constructor(private readonly papers: MerchantPaperReviewService) {}

  @Get('merchant-papers/:paperId/files/:fileId')
  @Allow('MERCHANT_READ')
  @AuditedBelow('merchant_paper.file_seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('paperId') paperId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'MERCHANT_READ') };
    const { file, bytes } = await this.papers.open(paperId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
