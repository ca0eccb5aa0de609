import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MerchantApplicationFileService } from '#libs/merchant';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Papers of an application; they were brought by POST /files, as evidence of claims is. */
@Controller()
export class ApplicationFileController {
  constructor(private readonly files: MerchantApplicationFileService) {}

  @Get('merchant-applications/:applicationId/files/:fileId')
  @Allow('MERCHANT_APPLY')
  async download(
    @CurrentActor() { userId }: Actor,
    @Param('applicationId') applicationId: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { file, bytes } = await this.files.open(applicationId, fileId, { createdBy: userId }, userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
