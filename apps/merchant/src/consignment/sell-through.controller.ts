import type { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Headers,
  HttpCode,
  HttpException,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  SELL_THROUGH_LIMITS,
  SellThroughFileService,
  SellThroughReader,
  SellThroughService,
  fileFault,
} from '#libs/consignment';
import { DomainError, NotFound, spokenLocale } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileNameOf } from '#platform/files';
import { receivedSheet, sendSheet, sheetFormatOf } from '#platform/sheets';
import { Throttled } from '#platform/throttle';

/** So much is let pass that an honest client hears why. */
const PASSED_BYTES_MAX = 3 * SELL_THROUGH_LIMITS.bytesMax;

interface Wanted {
  readonly operatorId?: string;
  readonly month?: string;
  readonly fileName?: string;
}

/** What was sold at tills, as spreadsheets: an empty one to fill in, and filled ones to be checked. */
@Controller('sell-throughs')
export class SellThroughController {
  constructor(
    private readonly service: SellThroughService,
    private readonly reader: SellThroughReader,
    private readonly files: SellThroughFileService,
  ) {}

  /** The body is the CSV or workbook itself, as application/octet-stream; whose it is and of which month, is said in the query. Nothing is counted by it. */
  @Post()
  @Allow('PLACE')
  @HttpCode(201)
  @Throttled('UPLOAD')
  async upload(
    @CurrentActor() actor: Actor,
    @Query() { operatorId = '', month = '', fileName = '' }: Wanted,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const bytes = await receivedSheet(
      request.body as Readable,
      SELL_THROUGH_LIMITS.bytesMax,
      PASSED_BYTES_MAX,
    );
    const by = { userId: actor.userId, merchantIds: merchantsOf(actor, 'PLACE') };
    const file = { operatorId, month, fileName: fileNameOf(fileName), bytes };
    const checked = await this.service.check(file, by);
    if (typeof checked === 'string') return { id: checked };
    if (checked instanceof DomainError)
      throw new HttpException({ code: checked.code, message: checked.message }, 422);
    const { code, message } = fileFault(checked.fault, checked.missing);
    throw new HttpException({ code, message, columns: checked.missing }, 422);
  }

  @Get('template/:format')
  @Allow('PLACE')
  @Throttled('COSTLY')
  async template(
    @CurrentActor() actor: Actor,
    @Param('format') asked: string,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = sheetFormatOf(asked);
    const rows = this.files.template(format, spokenLocale(language, actor.locale));
    await sendSheet(reply, rows, format, 'sell-through');
  }

  /** The rows with faults as they were written, each with its number in the file and what is wrong: they are mended there, and all of it is brought again. */
  @Get(':sellThroughId/faulty/:format')
  @Allow('PLACE')
  @Throttled('COSTLY')
  async faulty(
    @CurrentActor() actor: Actor,
    @Param() { sellThroughId, format: asked }: { readonly sellThroughId: string; readonly format: string },
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = sheetFormatOf(asked);
    const found = await this.reader.byId(sellThroughId, merchantsOf(actor, 'PLACE'));
    if (!found) throw new NotFound('SellThrough', sellThroughId);
    const rows = this.files.faulty(found.id, format, spokenLocale(language, actor.locale));
    await sendSheet(reply, rows, format, `${found.id}-faulty`);
  }
}
