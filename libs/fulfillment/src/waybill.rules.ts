import { InvalidInputError, type Message, refuseKey } from '#libs/kernel';

export const CARRIERS = ['POST', 'SF', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JT', 'JD'] as const;
export type Carrier = (typeof CARRIERS)[number];

/** As buyers know them, in Chinese for everybody, as carriers call themselves. */
export const CARRIER_NAMES: Readonly<Record<Carrier, string>> = {
  POST: '邮政',
  SF: '顺丰速运',
  ZTO: '中通快递',
  YTO: '圆通速递',
  STO: '申通快递',
  YUNDA: '韵达快递',
  JT: '极兔速递',
  JD: '京东快递',
};

/** Null for those whose labels are not made here. */
export function carrierOf(name: string): Carrier | null {
  return CARRIERS.find((carrier) => CARRIER_NAMES[carrier] === name) ?? null;
}

/** Labels on a roll, and orders that somebody packs in one go. */
export const PRINT_ORDERS_MAX = 100;
/** A list as carriers hand it out. */
export const NUMBERS_MAX = 1_000;

const invalid = (path: string, message: Message) => new InvalidInputError([{ path, message }]);

export function refusePrint(
  idempotencyKey: string,
  merchantOrderIds: readonly string[],
): InvalidInputError | null {
  const key = refuseKey(idempotencyKey, 'input.idempotencyKey');
  if (key) return key;
  if (merchantOrderIds.length === 0 || merchantOrderIds.length > PRINT_ORDERS_MAX)
    return invalid('input.merchantOrderIds', {
      zh: `一次打印 1 到 ${PRINT_ORDERS_MAX} 单`,
      en: `1 to ${PRINT_ORDERS_MAX} orders are printed at once.`,
    });
  return new Set(merchantOrderIds).size === merchantOrderIds.length
    ? null
    : invalid('input.merchantOrderIds', { zh: '同一订单只能选一次', en: 'An order stands here once.' });
}

/** Eight characters at least, of which one is a digit: what is shorter is the number of a row. */
const NUMBER = /^(?=.*\d)[0-9A-Z-]{8,40}$/;

/** Each once and in capitals, as scanners read them; all that are none are named at once. */
export function numbersOf(trackingNos: readonly string[]): readonly string[] | InvalidInputError {
  if (trackingNos.length === 0 || trackingNos.length > NUMBERS_MAX)
    return invalid('input.trackingNos', {
      zh: `一次导入 1 到 ${NUMBERS_MAX} 个运单号`,
      en: `1 to ${NUMBERS_MAX} numbers are added at once.`,
    });
  const numbers = trackingNos.map((text) => text.trim().toUpperCase());
  const fields = numbers.flatMap((number, index) =>
    NUMBER.test(number)
      ? []
      : {
          path: `input.trackingNos.${index}`,
          message: {
            zh: '运单号须为 8 至 40 位数字、字母或连字符',
            en: 'A tracking number has 8 to 40 digits, letters or hyphens.',
          },
        },
  );
  return fields.length > 0 ? new InvalidInputError(fields) : [...new Set(numbers)];
}
