import { BadRequestException, Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Message, inLocale, refused, spokenLocale } from '#libs/kernel';
import {
  REPORT_COMPARISONS,
  REPORT_DIMENSIONS,
  REPORT_FORMATS,
  REPORT_IDS,
  ReportExportService,
} from '#libs/reporting';
import { type Actor, Allow, CurrentActor, divisionsOf, AuditedBelow } from '#platform/auth';
import { Throttled } from '#platform/throttle';

interface Wanted {
  readonly from?: string;
  readonly to?: string;
  readonly groupBy?: string;
  readonly comparison?: string;
  readonly members?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function among<Word extends string>(words: readonly Word[], text: string, name: string): Word {
  const word = words.find((each) => each === text);
  if (word === undefined)
    throw said({ zh: `${name} 须为 ${words.join('、')} 之一`, en: `${name} is one of ${words.join(', ')}.` });
  return word;
}

/** In both languages; the filter answers in that of the request. */
function said(message: Message): BadRequestException {
  return new BadRequestException({ code: 'BAD_REQUEST', message });
}

function dayOf(text: string | undefined, name: string): string {
  const at = text !== undefined && DAY.test(text) ? Date.parse(text) : Number.NaN;
  // JavaScript takes 30 February for 2 March.
  if (text === undefined || Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw said({ zh: `${name} 须为日期，格式 YYYY-MM-DD`, en: `${name} is a day, YYYY-MM-DD.` });
  return text;
}

function listOf(text: string | undefined) {
  if (text === undefined) return null;
  const words = text.split(',').filter((word) => word !== '');
  return words.map((word) => among(REPORT_DIMENSIONS, word, 'groupBy'));
}

/** As the GraphQL filter has it, in JSON. */
function membersOf(text: string | undefined) {
  if (text === undefined) return null;
  const wrong = () =>
    said({
      zh: 'members 须为 JSON 数组，元素为 { dimension, values }',
      en: 'members is a JSON list of { dimension, values }.',
    });
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) throw wrong();
    return list.map((each: unknown) => {
      const { dimension, values } = Object(each) as { dimension?: unknown; values?: unknown };
      if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) throw wrong();
      return { dimension: among(REPORT_DIMENSIONS, String(dimension), 'dimension'), values };
    });
  } catch (error) {
    if (error instanceof BadRequestException) throw error;
    throw wrong();
  }
}

/** Reports as files, within one's divisions. Taking one out is written down. */
@Controller('reports')
export class ReportController {
  constructor(private readonly exports: ReportExportService) {}

  @Get(':id/:format')
  @Allow('REPORT_EXPORT')
  @AuditedBelow('report.exported')
  @Throttled('COSTLY')
  async download(
    @CurrentActor() actor: Actor,
    @Param() { id, format }: { readonly id: string; readonly format: string },
    @Query() wanted: Wanted,
    @Headers('accept-language') language: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const locale = spokenLocale(language, actor.locale);
    const { comparison } = wanted;
    const file = await this.exports.export({
      question: {
        id: among(REPORT_IDS, id, 'report'),
        filter: {
          from: dayOf(wanted.from, 'from'),
          to: dayOf(wanted.to, 'to'),
          members: membersOf(wanted.members),
        },
        groupBy: listOf(wanted.groupBy),
        comparison: comparison === undefined ? null : among(REPORT_COMPARISONS, comparison, 'comparison'),
        scope: divisionsOf(actor, 'REPORT_EXPORT'),
      },
      format: among(REPORT_FORMATS, format.toUpperCase(), 'format'),
      locale,
      actorId: actor.userId,
    });
    if (refused(file)) {
      const { code, message, fields } = file;
      const paths = fields.map(({ path }) => path);
      await reply.code(400).send({ code, message: inLocale(message, locale), fields: paths });
      return;
    }
    await reply
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .header('cache-control', 'no-store')
      .type(file.contentType)
      .send(file.content);
  }
}
