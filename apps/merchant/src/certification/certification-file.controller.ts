import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CertificationFileService } from '#libs/certification';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers of an application; they were brought by POST /files. */
@Controller()
export class CertificationFileController {
  constructor(private readonly files: CertificationFileService) {}

  @Get('certification-applications/:applicationId/files/:fileId')
  @Allow('CERTIFICATION_APPLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param('applicationId') applicationId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { merchantIds: merchantsOf(actor, 'CERTIFICATION_APPLY') };
    const { file, bytes } = await this.files.open(applicationId, fileId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
