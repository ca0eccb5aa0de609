import { createHash } from 'node:crypto';
import { businessDay, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { FeedKind } from './batch.entity.js';
import { COUNTER_DAY_FIELDS } from './counter-day.rules.js';
import { type FieldSpec, isDay, isPlainObject, schemaOf } from './row-field.rules.js';
import { REVERSAL_FIELDS, SALE_FIELDS } from './sale-row.rules.js';

export const ROWS_MAX = 5_000;

const BATCH_NO = /^[\x21-\x7e]{1,64}$/;

export interface Envelope {
  readonly batchNo: string;
  readonly kind: FeedKind;
  /** The last day of which everything has now been told; null where nothing is promised. */
  readonly completeThrough: string | null;
  readonly rows: readonly unknown[];
}

const NO_JSON = { zh: '请求体不是 JSON 对象', en: 'The body is not a JSON object.' };
const BATCH_NO_SAYING = {
  zh: 'batchNo 须为 1 到 64 个可见字符',
  en: 'batchNo needs 1 to 64 visible ASCII characters.',
};
const KIND_SAYING = { zh: 'kind 须为 SALE 或 COUNTER_DAY', en: 'kind must be SALE or COUNTER_DAY.' };
const THROUGH_SAYING = {
  zh: 'completeThrough 须为已过去的日期',
  en: 'completeThrough must be a day that is over.',
};
const ROWS_SAYING = {
  zh: `rows 须为至多 ${ROWS_MAX} 行的数组`,
  en: `rows must be a list of at most ${ROWS_MAX}.`,
};
const STRANGE_SAYING = { zh: '信封含有未知字段', en: 'The envelope has a field that does not exist.' };

const FIELDS = ['batchNo', 'kind', 'completeThrough', 'rows'];

/** What surrounds the rows; without it nothing is taken. Its rows are judged one by one later. */
export function readEnvelope(body: unknown, now: Date): Envelope | InvalidInputError {
  if (!isPlainObject(body)) return new InvalidInputError([{ path: '', message: NO_JSON }]);
  const { batchNo, kind, completeThrough = null, rows } = body;
  const faults: InvalidField[] = [];
  if (typeof batchNo !== 'string' || !BATCH_NO.test(batchNo))
    faults.push({ path: 'batchNo', message: BATCH_NO_SAYING });
  if (kind !== 'SALE' && kind !== 'COUNTER_DAY') faults.push({ path: 'kind', message: KIND_SAYING });
  // A day that is still running cannot be complete.
  const isThrough =
    completeThrough === null || (isDay(completeThrough) && completeThrough < businessDay(now));
  if (!isThrough) faults.push({ path: 'completeThrough', message: THROUGH_SAYING });
  if (!Array.isArray(rows) || rows.length > ROWS_MAX) faults.push({ path: 'rows', message: ROWS_SAYING });
  for (const name of Object.keys(body)) {
    if (!FIELDS.includes(name)) faults.push({ path: name.slice(0, 60), message: STRANGE_SAYING });
  }
  if (faults.length > 0) return new InvalidInputError(faults);
  return body as unknown as Envelope & { completeThrough: string | null };
}

export function contentHash(rawBody: Buffer): Buffer {
  return createHash('sha256').update(rawBody).digest();
}

const text = (lengthMax: number, about: string): FieldSpec => ({
  kind: 'text',
  lengthMax,
  isRequired: true,
  about,
});

/** What partners build against: docs/intake.schema.json is printed from the tables that rows are checked with. */
export function batchSchema(): object {
  const { properties } = schemaOf({
    batchNo: text(64, 'Your number for this batch. The same batch may be sent again, with the same content.'),
  }) as {
    properties: object;
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A batch that a partner hands in',
    type: 'object',
    additionalProperties: false,
    required: ['batchNo', 'kind', 'rows'],
    properties: {
      ...properties,
      kind: { type: 'string', enum: ['SALE', 'COUNTER_DAY'], description: 'One feed each.' },
      completeThrough: {
        type: ['string', 'null'],
        format: 'date',
        description: 'The last day (Shanghai) of which everything has now been told, this batch included.',
      },
      rows: {
        type: 'array',
        maxItems: ROWS_MAX,
        items: {
          oneOf: [{ $ref: '#/$defs/SALE' }, { $ref: '#/$defs/REVERSAL' }, { $ref: '#/$defs/COUNTER_DAY' }],
        },
      },
    },
    $defs: {
      SALE: schemaOf(SALE_FIELDS),
      REVERSAL: schemaOf(REVERSAL_FIELDS),
      COUNTER_DAY: schemaOf(COUNTER_DAY_FIELDS),
    },
  };
}
