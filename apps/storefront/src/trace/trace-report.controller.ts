import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BatchTestReportService } from '#libs/harvest';
import { Public } from '#platform/auth';
import { fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

/** The test report of a batch, for anybody who has its trace code. */
@Controller()
export class TraceReportController {
  constructor(private readonly reports: BatchTestReportService) {}

  @Get('trace/:code/test-report')
  @Public()
  @Throttled('SIGN_IN')
  async download(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    const { file, bytes } = await this.reports.openPublic(code);
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
