import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MerchantPaperReviewService } from '#libs/merchant';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers of one's own merchants; they were brought by POST /files. */
@Controller()
export class PaperFileController {
  constructor(private readonly papers: MerchantPaperReviewService) {}

  @Get('merchant-papers/:paperId/files/:fileId')
  @Allow('PAPERS')
  async download(
    @CurrentActor() actor: Actor,
    @Param('paperId') paperId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { merchantIds: merchantsOf(actor, 'PAPERS') };
    const { file, bytes } = await this.papers.open(paperId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
