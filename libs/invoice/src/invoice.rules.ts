import { type Fen, InvalidInputError, sumFen } from '#libs/kernel';
import type { InvoiceKind, InvoiceState, InvoiceSubject } from './invoice.entity.js';

export interface BuyerTitle {
  readonly title: string;
  /** '' for a person. */
  readonly taxNumber: string;
}

/** Letters of any script, digits and what stands in names of people, firms and agencies. Nothing that a spreadsheet would take for a formula. */
const TITLE = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ·.()（）\-&、《》]{1,99}$/u;
/** A unified social credit code, or one of the older numbers. */
const TAX_NUMBER = /^([0-9A-Z]{15,20})?$/;

export function plainTitle({ title, taxNumber }: BuyerTitle): BuyerTitle {
  const tidy = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ');
  return { title: tidy(title), taxNumber: tidy(taxNumber).toUpperCase() };
}

export function refuseTitle({ title, taxNumber }: BuyerTitle): InvalidInputError | null {
  const faults = [
    {
      path: 'title',
      isGood: TITLE.test(title),
      message: {
        zh: '发票抬头须为 2 到 100 个字，不含特殊符号',
        en: 'The title has 2 to 100 letters and no special signs.',
      },
    },
    {
      path: 'taxNumber',
      isGood: TAX_NUMBER.test(taxNumber),
      message: {
        zh: '税号须为 15 到 20 位数字或大写字母；个人留空',
        en: 'A tax number has 15 to 20 digits and capital letters; a person has none.',
      },
    },
  ].filter(({ isGood }) => !isGood);
  return faults.length > 0
    ? new InvalidInputError(faults.map(({ path, message }) => ({ path, message })))
    : null;
}

/** What a unit owes is billed to the unit, by the title in its register: any other could not be paid for. What it pays at once is so unless another is said. */
export function titleFor(
  own: BuyerTitle | null,
  isOnAccount: boolean,
  given: BuyerTitle,
): BuyerTitle | InvalidInputError {
  const said = plainTitle(given);
  const isUnsaid = said.title === '' && said.taxNumber === '';
  if (own && (isOnAccount || isUnsaid)) {
    const differs = (['title', 'taxNumber'] as const).filter(
      (part) => said[part] !== '' && said[part] !== plainTitle(own)[part],
    );
    const message = {
      zh: `先货后款的订单须按采购单位登记的抬头「${own.title}」和税号开票`,
      en: `What is bought on account is billed to the unit, ${own.title}, by its registered title and tax number.`,
    };
    return differs.length > 0 ? new InvalidInputError(differs.map((path) => ({ path, message }))) : own;
  }
  return refuseTitle(said) ?? said;
}

/** What the buyer paid for something, or gets back of it. */
export interface BilledPart {
  /** '' for freight. */
  readonly orderLineId: string;
  readonly name: string;
  readonly quantity: number;
  readonly amountFen: Fen;
}

export const FREIGHT = '运费';

/** What is left to be billed after what went back already; parts of which nothing is left fall out. */
export function leftOf(sold: readonly BilledPart[], back: readonly Omit<BilledPart, 'name'>[]): BilledPart[] {
  return sold
    .map((part) => {
      const own = back.filter(({ orderLineId }) => orderLineId === part.orderLineId);
      return {
        ...part,
        quantity: own.reduce((left, { quantity }) => left - quantity, part.quantity),
        amountFen: part.amountFen - sumFen(own.map(({ amountFen }) => amountFen)),
      };
    })
    .filter(({ amountFen }) => amountFen > 0n);
}

export function totalOf(parts: readonly Pick<BilledPart, 'amountFen'>[]): Fen {
  return sumFen(parts.map(({ amountFen }) => amountFen));
}

/** Of what failed, what nobody else will ask for anew. */
export function isRetriedByFinance({
  state,
  kind,
  subject,
}: {
  readonly state: InvoiceState;
  readonly kind: InvoiceKind;
  readonly subject: InvoiceSubject;
}): boolean {
  return state === 'FAILED' && (subject === 'SERVICE_FEE' || kind === 'RED');
}

/** Of a blue one: all of it taken back, or not. */
export function stateAfterRed(totalFen: Fen, redFen: Fen): InvoiceState {
  return redFen >= totalFen ? 'RED_ISSUED' : 'ISSUED';
}

export const ANSWER_FAULTS = [
  'MALFORMED',
  'UNKNOWN',
  'NOT_EXPORTED',
  'TOTAL_DIFFERS',
  'NUMBER_TAKEN',
  'ANSWERED',
  'REPLACED',
] as const;
export type AnswerFault = (typeof ANSWER_FAULTS)[number];

/** What the tax system says of one invoice. */
export type InvoiceAnswer =
  | { readonly kind: 'ISSUED'; readonly number: string; readonly issuedOn: string; readonly totalFen: Fen }
  | { readonly kind: 'FAILED'; readonly note: string };

interface Answered {
  readonly state: InvoiceState;
  readonly exportId: string | null;
  readonly totalFen: Fen;
  readonly number: string | null;
}

/** Why an answer cannot be true; 'AGAIN' for one that was applied before, null for news. */
export function faultOf(
  invoice: Answered | null,
  answer: InvoiceAnswer,
  isNumberTaken: boolean,
  isReplaced = false,
): AnswerFault | 'AGAIN' | null {
  if (!invoice) return 'UNKNOWN';
  if (invoice.exportId === null) return 'NOT_EXPORTED';
  const isIssued = invoice.number !== null;
  if (answer.kind === 'FAILED') return isIssued ? 'ANSWERED' : invoice.state === 'FAILED' ? 'AGAIN' : null;
  if (isIssued) return answer.number === invoice.number ? 'AGAIN' : 'ANSWERED';
  // Asked for anew since: two numbers would bill it twice.
  if (isReplaced) return 'REPLACED';
  if (answer.totalFen !== invoice.totalFen) return 'TOTAL_DIFFERS';
  return isNumberTaken ? 'NUMBER_TAKEN' : null;
}
