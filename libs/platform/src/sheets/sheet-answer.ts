import type { Readable } from 'node:stream';
import { BadRequestException } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { fileHeaders } from '#platform/files';
import { SHEET_FORMATS, SHEET_MEDIA_TYPES, type SheetFormat } from './stream-sheet.js';

/** As it stands in a path. */
export function sheetFormatOf(text: string): SheetFormat {
  const format = SHEET_FORMATS.find((each) => each === text.toUpperCase());
  if (format) return format;
  // In both languages; the filter answers in that of the request.
  throw new BadRequestException({
    code: 'BAD_REQUEST',
    message: { zh: '文件格式为 csv、gb18030 或 xlsx', en: 'A format is csv, gb18030 or xlsx.' },
  });
}

/** A table that is written as it goes. */
export async function sendSheet(
  reply: FastifyReply,
  table: Readable,
  format: SheetFormat,
  name: string,
): Promise<void> {
  const file = {
    name: `${name}.${format === 'XLSX' ? 'xlsx' : 'csv'}`,
    mediaType: SHEET_MEDIA_TYPES[format],
    sizeBytes: null,
  };
  await reply.headers(fileHeaders(file)).send(table);
}
