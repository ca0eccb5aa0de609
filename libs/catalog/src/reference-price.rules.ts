import { type Fen, type InvalidField, InvalidInputError, isBlank, refuseKey } from '#libs/kernel';
import type { GoodsGrade } from './goods-kind.entity.js';
import { PRICE_FEN_MAX } from './product.rules.js';

const SOURCE_LENGTH_MAX = 200;
/** What costs the same all year is recorded once a year. */
const MONTHS_MAX = 12;
const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

export interface ReferencePriceWish {
  readonly idempotencyKey: string;
  readonly kindCode: string;
  readonly grade: GoodsGrade;
  /** YYYY-MM, both months included. */
  readonly monthFrom: string;
  readonly monthTo: string;
  readonly jinPriceFen: Fen;
  readonly source: string;
}

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));

/** All faults at once. */
export function refuseReferencePrice(wish: ReferencePriceWish): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    fields.push({ path: `input.${path}`, message: { zh, en } });
  fields.push(...(refuseKey(wish.idempotencyKey, 'input.idempotencyKey')?.fields ?? []));
  const [from, to] = [MONTH.test(wish.monthFrom), MONTH.test(wish.monthTo)];
  if (!from) refuse('monthFrom', '月份写作 2026-11', 'A month is written as 2026-11.');
  if (!to) refuse('monthTo', '月份写作 2026-11', 'A month is written as 2026-11.');
  const months = monthNumber(wish.monthTo) - monthNumber(wish.monthFrom) + 1;
  if (from && to && (months < 1 || months > MONTHS_MAX))
    refuse(
      'monthTo',
      `起止月份须为 1 到 ${MONTHS_MAX} 个月`,
      `It holds for 1 to ${MONTHS_MAX} months, from the first to the last.`,
    );
  if (wish.jinPriceFen < 1n || wish.jinPriceFen > PRICE_FEN_MAX)
    refuse(
      'jinPriceFen',
      '每 500 克参考价须大于零，且不超过一亿元',
      'What 500 g cost is above zero, and at most a hundred million yuan.',
    );
  const source = wish.source.trim();
  if (isBlank(source) || Array.from(source).length > SOURCE_LENGTH_MAX)
    refuse(
      'source',
      `请写明来源（至多 ${SOURCE_LENGTH_MAX} 字）`,
      `Say where you know it from, in at most ${SOURCE_LENGTH_MAX} characters.`,
    );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
