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
  BULK_FORMATS,
  BulkFileReader,
  type BulkFormat,
  BulkOrderReader,
  BulkOrderService,
  bulkFileFault,
} from '#libs/bulk';
import { type Locale, type Message, NotFound, spokenLocale } from '#libs/kernel';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { fileHeaders, fileNameOf } from '#platform/files';
import { SHEET_BYTES_MAX, SHEET_MEDIA_TYPES, receivedSheet } from '#platform/sheets';
import { Throttled } from '#platform/throttle';

const REFERENCE_LENGTH_MAX = 60;

interface Wanted {
  readonly unitId?: string;
  readonly reference?: string;
  readonly fileName?: string;
}

/** As every other answer: what the request says, else what the person has chosen. */
function localeFor(language: string | undefined, { locale }: Actor): Locale {
  return spokenLocale(language, locale);
}

/** So much is let pass that an honest client hears why. */
const PASSED_BYTES_MAX = 5 * SHEET_BYTES_MAX;

/** Lists as spreadsheets: empty ones to fill in, filled ones to be read, and what became of them. */
@Controller('bulk-orders')
export class BulkOrderController {
  constructor(
    private readonly service: BulkOrderService,
    private readonly reader: BulkOrderReader,
    private readonly files: BulkFileReader,
  ) {}

  /** The body is the CSV or workbook itself, as application/octet-stream; whose it is, is said in the query. */
  @Post()
  @Allow('BUY')
  @HttpCode(201)
  @Throttled('UPLOAD')
  async upload(
    @CurrentActor() actor: Actor,
    @Query() { unitId = '', reference = '', fileName = '' }: Wanted,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    if (reference.length > REFERENCE_LENGTH_MAX)
      throw said({
        zh: `备注最多 ${REFERENCE_LENGTH_MAX} 个字`,
        en: `A reference has at most ${REFERENCE_LENGTH_MAX} characters.`,
      });
    const bytes = await receivedSheet(request.body as Readable, SHEET_BYTES_MAX, PASSED_BYTES_MAX);
    const list = { unitId, reference: reference.trim(), fileName: fileNameOf(fileName), bytes };
    const read = await this.service.read(actor.userId, list);
    if (typeof read === 'string') return { id: read };
    const { code, message } = bulkFileFault(read.fault, read.missing);
    throw new HttpException({ code, message, columns: read.missing }, 422);
  }

  @Get('template/:format')
  @Allow('BUY')
  @Throttled('COSTLY')
  async template(
    @CurrentActor() actor: Actor,
    @Param('format') format: string,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = formatOf(format);
    await this.send(
      reply,
      await this.files.template(wanted, localeFor(language, actor)),
      wanted,
      'bulk-order',
    );
  }

  @Get(':bulkOrderId/:format')
  @Allow('BUY')
  @Throttled('COSTLY')
  async results(
    @CurrentActor() actor: Actor,
    @Param() { bulkOrderId, format }: { readonly bulkOrderId: string; readonly format: string },
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = formatOf(format);
    const order = await this.reader.byIdFor(bulkOrderId, actor.userId);
    if (!order) throw new NotFound('BulkOrder', bulkOrderId);
    await this.send(
      reply,
      await this.files.results(order.id, wanted, localeFor(language, actor)),
      wanted,
      order.id,
    );
  }

  private async send(reply: FastifyReply, bytes: Buffer, format: BulkFormat, name: string): Promise<void> {
    const file = {
      name: `${name}.${format.toLowerCase()}`,
      sizeBytes: bytes.length,
      mediaType: SHEET_MEDIA_TYPES[format],
    };
    await reply.headers(fileHeaders(file)).send(bytes);
  }
}

/** In both languages; the filter answers in that of the request. */
function said(message: Message): BadRequestException {
  return new BadRequestException({ code: 'BAD_REQUEST', message });
}

function formatOf(text: string): BulkFormat {
  const format = BULK_FORMATS.find((each) => each.toLowerCase() === text);
  if (!format) throw said({ zh: '文件格式为 csv 或 xlsx', en: 'A format is csv or xlsx.' });
  return format;
}
