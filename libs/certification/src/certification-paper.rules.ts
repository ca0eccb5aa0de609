import { PAPER_FORMS, type PaperForm } from '#libs/merchant';

export const CERTIFICATION_PAPER_KINDS = [
  'TEST_REPORT',
  'FOOD_PRODUCTION_LICENCE',
  'FOOD_BUSINESS_LICENCE',
  'FRESH_COMMITMENT',
  'PRODUCT_PHOTO',
  'TRUTH_LETTER',
  'HOUSEHOLD_PROOF',
  'GI_CERTIFICATE',
  'GREEN_CERTIFICATE',
  'TRADEMARK',
  'OTHER',
] as const;
export type CertificationPaperKind = (typeof CERTIFICATION_PAPER_KINDS)[number];

const PLAIN = { number: 'NONE', hasValidTo: 'NEVER', ageDaysMax: null } as const;

/** What each paper of the pack has to say. Who applies has been looked at when the merchant was let in. */
export const CERTIFICATION_PAPER_FORMS: Readonly<Record<CertificationPaperKind, PaperForm>> = {
  TEST_REPORT: PAPER_FORMS.TEST_REPORT,
  FOOD_PRODUCTION_LICENCE: PAPER_FORMS.FOOD_PRODUCTION_LICENCE,
  FOOD_BUSINESS_LICENCE: PAPER_FORMS.FOOD_BUSINESS_LICENCE,
  FRESH_COMMITMENT: {
    ...PLAIN,
    name: { zh: '承诺达标合格证', en: 'commitment certificate of fresh produce' },
  },
  PRODUCT_PHOTO: { ...PLAIN, name: { zh: '产品照片', en: 'photo of the product' } },
  TRUTH_LETTER: PAPER_FORMS.TRUTH_LETTER,
  HOUSEHOLD_PROOF: {
    ...PLAIN,
    name: { zh: '联农带农佐证（签名册、付款凭证）', en: 'proof of linkage (signatures, payment slips)' },
  },
  GI_CERTIFICATE: {
    ...PLAIN,
    number: 'ANY',
    name: { zh: '地理标志证书', en: 'geographical indication' },
  },
  GREEN_CERTIFICATE: {
    number: 'ANY',
    hasValidTo: 'ALWAYS',
    ageDaysMax: null,
    name: { zh: '绿色或有机食品证书', en: 'certificate of green or organic food' },
  },
  TRADEMARK: {
    number: 'ANY',
    hasValidTo: 'MAYBE',
    ageDaysMax: null,
    name: { zh: '商标注册证', en: 'trademark' },
  },
  OTHER: PAPER_FORMS.OTHER,
};

/** In the order in which a page asks for them. Of what is made, the licence of whoever makes it, also where somebody else sells it. */
export function requiredCertificationPapers(isProcessedFood: boolean): CertificationPaperKind[] {
  return isProcessedFood
    ? ['TEST_REPORT', 'FOOD_PRODUCTION_LICENCE', 'PRODUCT_PHOTO', 'TRUTH_LETTER']
    : ['TEST_REPORT', 'FRESH_COMMITMENT', 'PRODUCT_PHOTO', 'TRUTH_LETTER'];
}
