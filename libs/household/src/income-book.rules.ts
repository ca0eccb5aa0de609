import { type Fen, InvalidInputError, sumFen } from '#libs/kernel';

/** The four categories of the income of rural households. */
const INCOME_CATEGORIES = ['WAGE', 'BUSINESS', 'PROPERTY', 'TRANSFER'] as const;
export type IncomeCategory = (typeof INCOME_CATEGORIES)[number];

export interface BookedPayment {
  readonly category: IncomeCategory;
  readonly amountFen: Fen;
  readonly isDenied: boolean;
}

export interface IncomeBook {
  /** From its first day on, twelve whole months, up to, not at, the first day of `month`. */
  readonly from: string;
  readonly before: string;
  readonly categories: readonly { readonly category: IncomeCategory; readonly amountFen: Fen }[];
  readonly totalFen: Fen;
  /** What the household says it was not given: in no category until that is settled. */
  readonly deniedFen: Fen;
}

/** `month` is the first day of the month in which somebody asks. */
export function incomeWindow(month: string): { readonly from: string; readonly before: string } {
  return { from: `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`, before: month };
}

export function refuseMonth(month: string): InvalidInputError | null {
  if (/^20\d\d-(0[1-9]|1[0-2])-01$/.test(month)) return null;
  const message = { zh: '请填写月份的第一天', en: 'A month is named by its first day.' };
  return new InvalidInputError([{ path: 'month', message }]);
}

/** Of what was paid, with evidence, and has not been reversed; what the household denies stands beside it. */
export function incomeBookOf(month: string, payments: readonly BookedPayment[]): IncomeBook {
  const [denied, counted] = [
    payments.filter(({ isDenied }) => isDenied),
    payments.filter(({ isDenied }) => !isDenied),
  ];
  const sumOf = (some: readonly BookedPayment[]) => sumFen(some.map(({ amountFen }) => amountFen));
  return {
    ...incomeWindow(month),
    categories: INCOME_CATEGORIES.map((category) => ({
      category,
      amountFen: sumOf(counted.filter((payment) => payment.category === category)),
    })),
    totalFen: sumOf(counted),
    deniedFen: sumOf(denied),
  };
}
