import type { Message } from '#libs/kernel';

/** Why a field of a row is refused. The code is for programs and never changes its meaning. */
export const FAULT_CODES = [
  'REQUIRED',
  'WRONG_TYPE',
  'OUT_OF_RANGE',
  'UNKNOWN_WORD',
  'UNEXPECTED',
  'NOT_FOUND',
  'IN_FUTURE',
  'TOO_OLD',
  'BEFORE_PAYMENT',
  'CONTRADICTS',
  'IDENTITY_REUSED',
  'INVOICE_USED',
  'EXCEEDS_SALE',
  'SUSPECTED_DUPLICATE',
  'SALE_HELD',
  'TOLD_BY_ANOTHER',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export interface RowFault {
  readonly field: string;
  readonly code: FaultCode;
  readonly message: string;
}

const SAYINGS: Readonly<Record<FaultCode, Message>> = {
  REQUIRED: { zh: '必填', en: 'This field is required.' },
  WRONG_TYPE: { zh: '类型或格式有误', en: 'The type or form is wrong.' },
  OUT_OF_RANGE: { zh: '超出允许范围', en: 'The value is out of range.' },
  UNKNOWN_WORD: { zh: '不在允许的取值之内', en: 'The value is none of those allowed.' },
  UNEXPECTED: { zh: '没有这个字段', en: 'There is no such field.' },
  NOT_FOUND: { zh: '登记中查无此项', en: 'Nothing with this code is on record.' },
  IN_FUTURE: { zh: '时间尚未到来', en: 'This lies in the future.' },
  TOO_OLD: { zh: '超过可补报的期限', en: 'This is too long ago to be reported.' },
  BEFORE_PAYMENT: { zh: '交付早于付款', en: 'Delivered before it was paid.' },
  CONTRADICTS: { zh: '与其他字段矛盾', en: 'This contradicts another field.' },
  IDENTITY_REUSED: {
    zh: '同一编号已报过不同内容',
    en: 'The same number was reported with other content before.',
  },
  INVOICE_USED: { zh: '该发票号码已被使用', en: 'This invoice number is in use already.' },
  EXCEEDS_SALE: { zh: '冲减超过原销售剩余', en: 'More goes back than is left of the sale.' },
  SUSPECTED_DUPLICATE: {
    zh: '疑似与其他来源重复，等待复核',
    en: 'Looks like a sale that another source has told of; a reviewer decides.',
  },
  SALE_HELD: { zh: '原销售正在等待复核', en: 'The sale it goes back to is held for review.' },
  TOLD_BY_ANOTHER: {
    zh: '该专柜当日数据由其他来源上报',
    en: 'Another partner tells of this counter on this day; ask us to change who does.',
  },
};

/** Partners read logs rather than pages, so a fault says it in both languages at once. */
export function fault(field: string, code: FaultCode): RowFault {
  const { zh, en } = SAYINGS[code];
  return { field, code, message: `${en} ${zh}` };
}

interface Common {
  readonly isRequired: boolean;
  readonly about: string;
}

/** What one field of a row may hold; the validator and the published JSON Schema are both made of this. */
export type FieldSpec = Common &
  (
    | { readonly kind: 'text'; readonly lengthMax: number; readonly pattern?: string }
    | { readonly kind: 'word'; readonly words: readonly string[] }
    | { readonly kind: 'instant' }
    | { readonly kind: 'day' }
    | { readonly kind: 'count'; readonly min: number; readonly max: number }
    | { readonly kind: 'fen'; readonly min: bigint; readonly max: bigint }
  );

export type FieldTable = Readonly<Record<string, FieldSpec>>;

export type RawRow = Readonly<Record<string, unknown>>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FEN = /^\d{1,13}$/;

export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));
}

export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  // 30 February would become 2 March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

function faultOf(spec: FieldSpec, value: unknown): FaultCode | null {
  switch (spec.kind) {
    case 'text': {
      if (typeof value !== 'string') return 'WRONG_TYPE';
      if (value === '' || Array.from(value).length > spec.lengthMax) return 'OUT_OF_RANGE';
      return spec.pattern === undefined || new RegExp(spec.pattern, 'u').test(value) ? null : 'WRONG_TYPE';
    }
    case 'word':
      return typeof value === 'string' && spec.words.includes(value) ? null : 'UNKNOWN_WORD';
    case 'instant':
      return isInstant(value) ? null : 'WRONG_TYPE';
    case 'day':
      return isDay(value) ? null : 'WRONG_TYPE';
    case 'count':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'WRONG_TYPE';
      return value < spec.min || value > spec.max ? 'OUT_OF_RANGE' : null;
    case 'fen': {
      // Text, because JSON numbers are doubles elsewhere.
      if (typeof value !== 'string' || !FEN.test(value)) return 'WRONG_TYPE';
      return BigInt(value) < spec.min || BigInt(value) > spec.max ? 'OUT_OF_RANGE' : null;
    }
  }
}

export function isPlainObject(value: unknown): value is RawRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every fault of a row by its form alone; a field that is null counts as left out. */
export function formFaults(fields: FieldTable, row: unknown): RowFault[] {
  if (!isPlainObject(row)) return [fault('', 'WRONG_TYPE')];
  const faults: RowFault[] = [];
  for (const [name, spec] of Object.entries(fields)) {
    const value = row[name] ?? null;
    if (value === null) {
      if (spec.isRequired) faults.push(fault(name, 'REQUIRED'));
      continue;
    }
    const code = faultOf(spec, value);
    if (code !== null) faults.push(fault(name, code));
  }
  for (const name of Object.keys(row)) {
    if (!Object.hasOwn(fields, name)) faults.push(fault(name.slice(0, 60), 'UNEXPECTED'));
  }
  return faults;
}

function schemaOfField(spec: FieldSpec): object {
  const description = spec.about;
  switch (spec.kind) {
    case 'text':
      return {
        type: 'string',
        minLength: 1,
        maxLength: spec.lengthMax,
        ...(spec.pattern === undefined ? {} : { pattern: spec.pattern }),
        description,
      };
    case 'word':
      return { type: 'string', enum: spec.words, description };
    case 'instant':
      return { type: 'string', format: 'date-time', pattern: INSTANT.source, description };
    case 'day':
      return { type: 'string', format: 'date', description };
    case 'count':
      return { type: 'integer', minimum: spec.min, maximum: spec.max, description };
    case 'fen':
      return { type: 'string', pattern: FEN.source, description };
  }
}

/** The JSON Schema (2020-12) of one kind of row. */
export function schemaOf(fields: FieldTable): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(fields).filter((name) => fields[name]?.isRequired),
    properties: Object.fromEntries(Object.entries(fields).map(([name, spec]) => [name, schemaOfField(spec)])),
  };
}
