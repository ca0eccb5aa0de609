import { Controller, Get, HttpException, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { refused } from '#libs/kernel';
import { TAX_FORMATS, TaxExportService, isQuarter } from '#libs/statement';
import { type Actor, Allow, AuditedBelow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

const MEDIA_TYPES = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

interface Wanted {
  readonly year: string;
  readonly quarter: string;
  readonly format: string;
}

/** What is handed in to the tax authority; taking it out is written down. */
@Controller('tax-projections')
export class TaxProjectionController {
  constructor(private readonly exports: TaxExportService) {}

  @Get(':year/:quarter/:format')
  @Allow('TAX_EXPORT')
  @AuditedBelow('tax_projection.exported')
  @Throttled('COSTLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param() { year, quarter, format }: Wanted,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertPlatformWide(actor, 'TAX_EXPORT');
    const wanted = { year: Number(year), quarter: Number(quarter) };
    const kind = TAX_FORMATS.find((each) => each.toLowerCase() === format);
    if (!kind || !isQuarter(wanted)) throw new NotFoundException();
    const file = await this.exports.export(actor.userId, wanted, kind);
    if (refused(file)) {
      const { code, message } = file;
      throw new HttpException({ code, message }, 409);
    }
    const { name, content } = file;
    const headers = fileHeaders({ name, sizeBytes: content.length, mediaType: MEDIA_TYPES[kind] });
    await reply.headers(headers).send(content);
  }
}
