import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '#libs/kernel';
import { STATEMENT_FORMATS, StatementDownloadService } from '#libs/statement';
import { type Actor, Allow, AuditedBelow, CurrentActor, assertPlatformWide } from '#platform/auth';
import { fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

const MEDIA_TYPES = { PDF: 'application/pdf', CSV: 'text/csv; charset=utf-8' } as const;

/** The files of statements, the same bytes each time; taking one is written down. */
@Controller('statements')
export class StatementController {
  constructor(private readonly downloads: StatementDownloadService) {}

  @Get(':number/:format')
  @Allow('STATEMENT_READ')
  @AuditedBelow('statement.downloaded')
  @Throttled('COSTLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param() { number, format }: { readonly number: string; readonly format: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    assertPlatformWide(actor, 'STATEMENT_READ');
    const wanted = STATEMENT_FORMATS.find((each) => each.toLowerCase() === format);
    if (!wanted) throw new NotFound('Statement', number);
    const { file, bytes } = await this.downloads.open(actor.userId, number, wanted, 'ALL');
    await reply.headers(fileHeaders({ ...file, mediaType: MEDIA_TYPES[wanted] })).send(bytes);
  }
}
