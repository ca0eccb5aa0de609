import { type InvalidField, InvalidInputError } from '#libs/kernel';

/** A unit has one title, its union and canteen one each; past this something is wrong. */
export const INVOICE_TITLES_MAX = 20;

export interface InvoiceTitleInput {
  readonly unitId: string;
  readonly title: string;
  readonly taxNumber: string;
}

/** As the tax system takes titles of organisations. */
export function refuseInvoiceTitle({ title, taxNumber }: InvoiceTitleInput): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const { length } = title.trim();
  if (length < 2 || length > 100)
    fields.push({
      path: 'title',
      message: { zh: '发票抬头须为 2 到 100 个字', en: 'The title has 2 to 100 characters.' },
    });
  if (!/^[0-9A-Z]{15,20}$/.test(taxNumber))
    fields.push({
      path: 'taxNumber',
      message: {
        zh: '纳税人识别号须为 15 到 20 位数字或大写字母',
        en: 'A tax number has 15 to 20 digits or capitals.',
      },
    });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

export const tooManyTitles: InvalidField = {
  path: 'title',
  message: {
    zh: `每个单位至多 ${INVOICE_TITLES_MAX} 个发票抬头，请先停用不再使用的`,
    en: `A unit has at most ${INVOICE_TITLES_MAX} titles; end one that is no longer used.`,
  },
};
