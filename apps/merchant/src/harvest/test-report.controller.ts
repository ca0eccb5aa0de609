import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BatchTestReportService } from '#libs/harvest';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Test reports of one's own batches; they were brought by POST /files. */
@Controller()
export class TestReportController {
  constructor(private readonly reports: BatchTestReportService) {}

  @Get('harvest-batches/:batchId/test-report')
  @Allow('BATCH')
  async download(
    @CurrentActor() actor: Actor,
    @Param('batchId') batchId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { merchantIds: merchantsOf(actor, 'BATCH') };
    const { file, bytes } = await this.reports.open(batchId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
