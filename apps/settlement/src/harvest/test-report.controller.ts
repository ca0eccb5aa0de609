import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BatchTestReportService } from '#libs/harvest';
import { type Actor, Allow, AuditedBelow, CurrentActor, divisionsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';

/** Test reports of batches that grew in one's divisions; it is noted who has looked. */
@Controller()
export class TestReportController {
  constructor(private readonly reports: BatchTestReportService) {}

  @Get('harvest-batches/:batchId/test-report')
  @Allow('BATCH_READ')
  @AuditedBelow('batch_test_report.seen')
  async download(
    @CurrentActor() actor: Actor,
    @Param('batchId') batchId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const scope = { divisions: divisionsOf(actor, 'BATCH_READ') };
    const { file, bytes } = await this.reports.open(batchId, scope, actor.userId);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
