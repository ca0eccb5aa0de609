import type { Readable } from 'node:stream';
import {
  BadRequestException,
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
  COLUMN_NAMES,
  SELL_THROUGH_COLUMNS,
  SELL_THROUGH_LIMITS,
  SellThroughService,
  fileFault,
} from '#libs/consignment';
import { DomainError, spokenLocale } from '#libs/kernel';
import { type Actor, Allow, CurrentActor, merchantsOf } from '#platform/auth';
import { fileHeaders, fileNameOf } from '#platform/files';
import { SHEET_MEDIA_TYPES, csvFile, receivedSheet, xlsxFile } from '#platform/sheets';
import { Throttled } from '#platform/throttle';

const WIDTHS = [12, 28, 24, 14, 10, 14];

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
  constructor(private readonly service: SellThroughService) {}

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
    @Param('format') format: string,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (format !== 'csv' && format !== 'xlsx')
      throw new BadRequestException({
        code: 'BAD_REQUEST',
        message: { zh: '文件格式为 csv 或 xlsx', en: 'A format is csv or xlsx.' },
      });
    const locale = spokenLocale(language, actor.locale) === 'en' ? 'en' : 'zh';
    const rows = [
      SELL_THROUGH_COLUMNS.map((column) => COLUMN_NAMES[column][locale]),
      ['1', '神农城消费扶贫专区', 'YL-PEACH-5KG', '2026-11-05', '2', '176.00'],
    ];
    const bytes = format === 'csv' ? csvFile(rows) : await xlsxFile(rows, WIDTHS);
    const file = {
      name: `sell-through.${format}`,
      sizeBytes: bytes.length,
      mediaType: SHEET_MEDIA_TYPES[format === 'csv' ? 'CSV' : 'XLSX'],
    };
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}
