import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { InvoiceDeskService } from '#libs/invoice';
import { type Actor, Allow, AuditedBelow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

/** Files of requests for the tax system, the same bytes each time; taking one is written down. */
@Controller('invoice-exports')
export class InvoiceExportController {
  constructor(private readonly desk: InvoiceDeskService) {}

  @Get(':id')
  @Allow('INVOICE_ISSUE')
  @AuditedBelow('invoice.downloaded')
  @Throttled('COSTLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertPlatformWide(actor, 'INVOICE_ISSUE');
    const { file, bytes } = await this.desk.open(actor.userId, id);
    const shown = { name: `${file.id}.csv`, sizeBytes: file.sizeBytes, mediaType: 'text/csv; charset=utf-8' };
    await reply.headers(fileHeaders(shown)).send(bytes);
  }
}
