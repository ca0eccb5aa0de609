import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MerchantApplicationFileService } from '#libs/merchant';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers of applications, looked at by whoever may see the application. */
@Controller()
export class ApplicationFileController {
  constructor(private readonly files: MerchantApplicationFileService) {}

  @Get('merchant-applications/:applicationId/files/:fileId')
  @Allow('MERCHANT_READ')
  @AuditedBelow('merchant_application.paper_seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('applicationId') applicationId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'MERCHANT_READ') };
    const { file, bytes } = await this.files.open(applicationId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
