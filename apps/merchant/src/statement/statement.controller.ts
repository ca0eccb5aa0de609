import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NotFound } from '#libs/kernel';
import {
  OwnPayeeReader,
  STATEMENT_FORMATS,
  StatementDownloadService,
  StatementReader,
  isOwnStatement,
} from '#libs/statement';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders } from '#platform/files';
import { Throttled } from '#platform/throttle';

const MEDIA_TYPES = { PDF: 'application/pdf', CSV: 'text/csv; charset=utf-8' } as const;

/** The files of one's own statements, the same bytes each time; taking one is written down. */
@Controller('statements')
export class StatementController {
  constructor(
    private readonly downloads: StatementDownloadService,
    private readonly reader: StatementReader,
    private readonly payees: OwnPayeeReader,
  ) {}

  @Get(':number/:format')
  @Allow('MERCHANT_MONEY')
  @Throttled('COSTLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param() { number, format }: { readonly number: string; readonly format: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = STATEMENT_FORMATS.find((each) => each.toLowerCase() === format);
    const statement = wanted ? await this.reader.byNumber(number) : null;
    const own =
      statement && (await this.payees.byId(statement.payeeId, merchantsOf(actor, 'MERCHANT_MONEY')));
    if (!wanted || !own || !isOwnStatement(own, statement)) throw new NotFound('Statement', number);
    const { file, bytes } = await this.downloads.open(actor.userId, number, wanted, [own.id]);
    await reply.headers(fileHeaders({ ...file, mediaType: MEDIA_TYPES[wanted] })).send(bytes);
  }
}
