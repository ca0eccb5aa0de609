import { type MerchantPaper, PAPER_FORMS } from '#libs/merchant';

/** What a kind of paper has to say, as pages ask for it. */
export function paperFormOf(kind: MerchantPaper['kind']) {
  const { number, hasValidTo, ageDaysMax } = PAPER_FORMS[kind];
  return { kind, number, validTo: hasValidTo, ageDaysMax };
}
