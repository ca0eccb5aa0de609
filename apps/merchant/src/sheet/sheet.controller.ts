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
import { type IdOf, type Message, NotFound, spokenLocale } from '#libs/kernel';
import {
  LIMITS,
  SHEET_KINDS,
  SheetFileService,
  type SheetImportRecord,
  SheetImportReader,
  SheetImportService,
  type SheetKind,
  tableFault,
} from '#libs/sheet';
import { type Actor, Allow, CurrentActor } from '#platform/auth';
import { fileHeaders, fileNameOf } from '#platform/files';
import { receivedSheet, sendSheet, sheetFormatOf } from '#platform/sheets';
import { Throttled } from '#platform/throttle';
import { reachOf } from './sheet.resolver.js';

const REFERENCE_LENGTH_MAX = 60;

/** So much is let pass that an honest client hears why. */
const PASSED_BYTES_MAX = 3 * LIMITS.bytesMax;

interface Wanted {
  readonly merchantId?: string;
  readonly kind?: string;
  readonly reference?: string;
  readonly fileName?: string;
}

/** Tables as files: empty ones to fill in, filled ones to be read, what there is, and rows to mend. */
@Controller('sheets')
export class SheetController {
  constructor(
    private readonly service: SheetImportService,
    private readonly reader: SheetImportReader,
    private readonly files: SheetFileService,
  ) {}

  /** The body is the CSV or workbook itself, as application/octet-stream; what it is, is said in the query. */
  @Post()
  @Allow('SHEETS')
  @HttpCode(201)
  @Throttled('UPLOAD')
  async upload(
    @CurrentActor() actor: Actor,
    @Query() { merchantId = '', kind = '', reference = '', fileName = '' }: Wanted,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    if (reference.length > REFERENCE_LENGTH_MAX)
      throw said({
        zh: `备注最多 ${REFERENCE_LENGTH_MAX} 个字`,
        en: `A reference has at most ${REFERENCE_LENGTH_MAX} characters.`,
      });
    const bytes = await receivedSheet(request.body as Readable, LIMITS.bytesMax, PASSED_BYTES_MAX);
    const upload = {
      merchantId,
      kind: kindOf(kind),
      reference: reference.trim(),
      fileName: fileNameOf(fileName),
      bytes,
    };
    const read = await this.service.read({ userId: actor.userId, reach: reachOf(actor) }, upload);
    if (typeof read === 'string') return { id: read };
    const columns = read.missing.map(({ key }) => key);
    throw new HttpException({ ...tableFault(read), columns }, 422);
  }

  @Get('templates/:kind/:format')
  @Allow('SHEETS')
  @Throttled('COSTLY')
  async template(
    @CurrentActor() actor: Actor,
    @Param() asked: { readonly kind: string; readonly format: string },
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [kind, format] = [kindOf(asked.kind), sheetFormatOf(asked.format)];
    const file = this.files.template(kind, format, spokenLocale(language, actor.locale));
    await sendSheet(reply, file, format, `${kind.toLowerCase()}-template`);
  }

  /** All that a merchant has of a kind; written down. */
  @Get('exports/:kind/:format')
  @Allow('SHEETS')
  @Throttled('COSTLY')
  async export(
    @CurrentActor() actor: Actor,
    @Param() asked: { readonly kind: string; readonly format: string },
    @Query('merchantId') merchantId: string | undefined,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [kind, format] = [kindOf(asked.kind), sheetFormatOf(asked.format)];
    if (merchantId === undefined || !reachOf(actor)[kind].includes(merchantId))
      throw new NotFound('Merchant', String(merchantId));
    const asker = { merchantId: merchantId as IdOf<'mer'>, userId: actor.userId };
    const file = await this.files.export(asker, kind, format, spokenLocale(language, actor.locale));
    await sendSheet(reply, file, format, kind.toLowerCase());
  }

  /** The rows that were not done, with what is wrong, to be mended and brought again. */
  @Get(':importId/failed/:format')
  @Allow('SHEETS')
  @Throttled('COSTLY')
  async failed(
    @CurrentActor() actor: Actor,
    @Param() { importId, format }: { readonly importId: string; readonly format: string },
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = sheetFormatOf(format);
    const found = await this.found(actor, importId);
    const file = this.files.failed(found, wanted, spokenLocale(language, actor.locale));
    await sendSheet(reply, file, wanted, `${found.id}-failed`);
  }

  /** The file as it was brought, as long as it is kept. */
  @Get(':importId/original')
  @Allow('SHEETS')
  @Throttled('COSTLY')
  async original(
    @CurrentActor() actor: Actor,
    @Param('importId') importId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.found(actor, importId);
    const bytes = await this.files.original(found);
    const file = { name: found.fileName, mediaType: 'application/octet-stream', sizeBytes: null };
    await reply.headers(fileHeaders(file)).send(bytes);
  }

  private async found(actor: Actor, importId: string): Promise<SheetImportRecord> {
    const found = await this.reader.byIdFor(importId, reachOf(actor));
    if (!found) throw new NotFound('SheetImport', importId);
    return found;
  }
}

/** In both languages; the filter answers in that of the request. */
function said(message: Message): BadRequestException {
  return new BadRequestException({ code: 'BAD_REQUEST', message });
}

function kindOf(text: string): SheetKind {
  const kind = SHEET_KINDS.find((each) => each === text.toUpperCase());
  if (!kind) throw said({ zh: '没有这种表格', en: 'There is no such kind of table.' });
  return kind;
}
