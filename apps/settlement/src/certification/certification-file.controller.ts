import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CertificationFileService } from '#libs/certification';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers of an application, looked at by whoever may see it. */
@Controller()
export class CertificationFileController {
  constructor(private readonly files: CertificationFileService) {}

  @Get('certification-applications/:applicationId/files/:fileId')
  @Allow('CERTIFICATION_READ')
  @AuditedBelow('certification.paper_seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('applicationId') applicationId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'CERTIFICATION_READ') };
    const { file, bytes } = await this.files.open(applicationId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
