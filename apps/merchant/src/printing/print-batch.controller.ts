import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PRINT_FILES, PrintFileService } from '#libs/fulfillment';
import { NotFound } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

const NAMES = { packing: '装箱单.pdf', labels: '面单.pdf', manifest: '交寄清单.csv' } as const;

/** What is printed of one's own orders; made anew each time, and each time is written down. */
@Controller('print-batches')
export class PrintBatchController {
  constructor(private readonly files: PrintFileService) {}

  @Get(':printBatchId/:file')
  @Allow('FULFILL')
  @Throttled('COSTLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param() { printBatchId, file }: { readonly printBatchId: string; readonly file: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = PRINT_FILES.find((each) => each === file);
    if (!wanted) throw new NotFound('PrintBatch', printBatchId);
    const bytes = await this.files.make(merchantsOf(actor, 'FULFILL'), printBatchId, wanted, actor.userId);
    const mediaType = wanted === 'manifest' ? 'text/csv; charset=utf-8' : 'application/pdf';
    const name = `${printBatchId.slice(-6)}-${NAMES[wanted]}`;
    await reply.headers(fileHeaders({ name, mediaType, sizeBytes: bytes.length })).send(bytes);
  }
}
