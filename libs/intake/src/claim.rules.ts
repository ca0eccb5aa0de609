import {
  type Fen,
  type InvalidField,
  InvalidInputError,
  type Message,
  businessDay,
  fen,
  isBlank,
} from '#libs/kernel';
import type { BatchRow, CertificationSpan, ProductOrigin } from '#libs/catalog';
import { isWithin } from '#libs/division';
import { UNKNOWN_ATTRIBUTION, type VolumeChannel, type VolumeFactDraft } from '#libs/volume';
import type { Claim, ClaimContent, ClaimContentLine, ClaimantKind, EvidenceKind } from './claim.entity.js';
import { isDay } from './row-field.rules.js';
import { certificateAt } from './sale-lookup.rules.js';

export const CLAIM_LINES_MAX = 100;
export const EVIDENCE_MAX = 20;
const AMOUNT_FEN_MAX = 10_000_000_000n;
const AGE_DAYS_MAX = 400;
const NAME_LENGTH_MAX = 80;
const NOTE_LENGTH_MAX = 500;
const INVOICE_NO = /^\d{8,20}$/;

/** Whose claim it is. */
export interface Claimant {
  readonly kind: ClaimantKind;
  readonly id: string;
  /** Who reviews, and for an official the division that origins must lie in. */
  readonly countyCode: string;
}

/** What the registers say about everything that a claim names. */
export interface ClaimFinds {
  readonly batchOf: ReadonlyMap<string, BatchRow>;
  readonly productOf: ReadonlyMap<string, ProductOrigin>;
  readonly certificatesOf: ReadonlyMap<string, readonly CertificationSpan[]>;
  readonly sellerCountyOf: ReadonlyMap<string, string>;
  readonly divisions: ReadonlyMap<string, string>;
  /** Files that the claimant may show. */
  readonly files: ReadonlySet<string>;
}

/** A line as it will count, once approved. */
export interface PlacedLine {
  readonly soldOn: string;
  readonly amountFen: Fen;
  readonly quantity: number;
  readonly weightG: bigint;
  readonly productName: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly sellerCountyCode: string;
  readonly originCountyCode: string;
  readonly originVillageCode: string;
  readonly channelKind: VolumeChannel;
  readonly buyerKind: string;
  readonly certificationId: string;
  readonly linkageAgreementId: string;
}

export interface PlacedEvidence {
  readonly kind: EvidenceKind;
  readonly invoiceNo: string;
  readonly fileId: string;
}

export interface PlacedClaim {
  readonly buyerName: string;
  readonly buyerPhone: string | null;
  readonly buyerCreditCode: string | null;
  readonly lines: readonly PlacedLine[];
  readonly evidence: readonly PlacedEvidence[];
}

const SAY = {
  required: { zh: '必填', en: 'This is required.' },
  lines: { zh: `请填写 1 到 ${CLAIM_LINES_MAX} 笔销售`, en: `A claim has 1 to ${CLAIM_LINES_MAX} sales.` },
  evidence: {
    zh: `请提供 1 到 ${EVIDENCE_MAX} 份凭证`,
    en: `A claim is proven by 1 to ${EVIDENCE_MAX} pieces of evidence.`,
  },
  day: {
    zh: '日期须在过去 400 天之内且不晚于今天',
    en: 'The day must lie within the last 400 days, today included.',
  },
  amount: { zh: '金额须为正数', en: 'The amount must be positive.' },
  quantity: { zh: '数量须为正整数', en: 'The quantity must be a positive whole number.' },
  weight: { zh: '重量须为非负整数（克）', en: 'The weight is a whole number of grams, not negative.' },
  unknown: { zh: '登记中查无此项', en: 'Nothing with this code is on record.' },
  outside: { zh: '产地不在本辖区之内', en: 'The origin lies outside your division.' },
  invoice: { zh: '电子发票号码须为 8 到 20 位数字', en: 'An e-invoice number has 8 to 20 digits.' },
  twice: { zh: '同一发票出现两次', en: 'The same invoice is named twice.' },
  file: { zh: '请上传文件', en: 'Upload the file.' },
  phone: { zh: '手机号有误', en: 'This is no mobile number.' },
  both: { zh: '手机号与信用代码只填其一', en: 'Give a phone number or a credit code, not both.' },
  credit: { zh: '统一社会信用代码须为 18 位', en: 'A credit code has 18 characters.' },
} as const satisfies Record<string, Message>;

/** What is typed may be incomplete, never endless. */
export function refuseSize(content: ClaimContent): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (content.lines.length > CLAIM_LINES_MAX) faults.push({ path: 'content.lines', message: SAY.lines });
  if (content.evidence.length > EVIDENCE_MAX)
    faults.push({ path: 'content.evidence', message: SAY.evidence });
  const texts: [string, string | null, number][] = [
    ['content.buyerName', content.buyerName, NAME_LENGTH_MAX],
    ['content.buyerPhone', content.buyerPhone, 40],
    ['content.buyerCreditCode', content.buyerCreditCode, 40],
    ['content.note', content.note, NOTE_LENGTH_MAX],
    ...content.lines.flatMap((line, index): [string, string | null, number][] => [
      [`content.lines.${index}.productName`, line.productName, NAME_LENGTH_MAX],
      [`content.lines.${index}.batchId`, line.batchId, 40],
      [`content.lines.${index}.productId`, line.productId, 40],
      [`content.lines.${index}.originCountyCode`, line.originCountyCode, 12],
      [`content.lines.${index}.originVillageCode`, line.originVillageCode, 12],
    ]),
    ...content.evidence.flatMap((piece, index): [string, string | null, number][] => [
      [`content.evidence.${index}.invoiceNo`, piece.invoiceNo, 40],
      [`content.evidence.${index}.fileId`, piece.fileId, 40],
    ]),
  ];
  for (const [path, text, max] of texts) {
    if ((text?.length ?? 0) <= max) continue;
    faults.push({ path, message: { zh: `最多 ${max} 字`, en: `At most ${max} characters.` } });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

function ageOf(day: string, today: string): number {
  return (Date.parse(today) - Date.parse(day)) / 86_400_000;
}

/** A county and whatever holds it claim by the county; below it, only the village tells whose goods they are. */
export function isOriginWithin(countyCode: string, villageCode: string, divisionCode: string): boolean {
  if (divisionCode.length === 6) return isWithin(countyCode, [divisionCode]);
  return villageCode.startsWith(countyCode) && isWithin(villageCode, [divisionCode]);
}

function lineFaults(
  line: ClaimContentLine,
  index: number,
  claimant: Claimant,
  finds: ClaimFinds,
  today: string,
): InvalidField[] {
  const at = (field: string, message: Message): InvalidField => ({
    path: `content.lines.${index}.${field}`,
    message,
  });
  const faults: InvalidField[] = [];
  const day = line.soldOn ?? '';
  if (!isDay(day) || ageOf(day, today) < 0 || ageOf(day, today) > AGE_DAYS_MAX)
    faults.push(at('soldOn', SAY.day));
  const amountFen = line.amountFen !== null && /^\d{1,14}$/.test(line.amountFen) ? fen(line.amountFen) : 0n;
  if (amountFen <= 0n || amountFen > AMOUNT_FEN_MAX) faults.push(at('amountFen', SAY.amount));
  if ((line.quantity ?? 0) <= 0) faults.push(at('quantity', SAY.quantity));
  if ((line.weightG ?? -1) < 0) faults.push(at('weightG', SAY.weight));
  const batch = finds.batchOf.get(line.batchId ?? '');
  if (line.batchId !== null && !batch) faults.push(at('batchId', SAY.unknown));
  const product = finds.productOf.get(batch?.productId ?? line.productId ?? '');
  if (line.productId !== null && !product) faults.push(at('productId', SAY.unknown));
  // Goods of others are others' to claim.
  if (product && claimant.kind === 'MERCHANT' && product.merchantId !== claimant.id)
    faults.push(at(batch ? 'batchId' : 'productId', SAY.unknown));
  if (!product && isBlank(line.productName ?? '')) faults.push(at('productName', SAY.required));
  const county = batch?.originCountyCode ?? line.originCountyCode ?? '';
  const village = line.originVillageCode ?? '';
  if (county === '') faults.push(at('originCountyCode', SAY.required));
  else if (!batch && finds.divisions.get(county) !== 'COUNTY')
    faults.push(at('originCountyCode', SAY.unknown));
  else if (
    claimant.kind === 'DIVISION' &&
    !isOriginWithin(county, batch?.originVillageCode ?? village, claimant.id)
  )
    faults.push(at(batch ? 'batchId' : 'originCountyCode', SAY.outside));
  if (village !== '' && (finds.divisions.get(village) !== 'VILLAGE' || !village.startsWith(county)))
    faults.push(at('originVillageCode', SAY.unknown));
  return faults;
}

function evidenceFaults(content: ClaimContent, finds: ClaimFinds): InvalidField[] {
  const faults: InvalidField[] = [];
  const seen = new Set<string>();
  for (const [index, { kind, invoiceNo, fileId }] of content.evidence.entries()) {
    const at = (field: string, message: Message) =>
      faults.push({ path: `content.evidence.${index}.${field}`, message });
    if (kind === null) at('kind', SAY.required);
    if (kind === 'E_INVOICE') {
      if (!INVOICE_NO.test(invoiceNo ?? '')) at('invoiceNo', SAY.invoice);
      else if (seen.has(invoiceNo ?? '')) at('invoiceNo', SAY.twice);
      seen.add(invoiceNo ?? '');
    } else if (fileId === null) at('fileId', SAY.file);
    if (fileId !== null && !finds.files.has(fileId)) at('fileId', SAY.unknown);
  }
  return faults;
}

function headFaults(content: ClaimContent, isPhone: (text: string) => boolean): InvalidField[] {
  const faults: InvalidField[] = [];
  const at = (field: string, message: Message) => faults.push({ path: `content.${field}`, message });
  if (content.channelKind === null) at('channelKind', SAY.required);
  if (content.buyerKind === null) at('buyerKind', SAY.required);
  if (isBlank(content.buyerName ?? '')) at('buyerName', SAY.required);
  const hasPhone = (content.buyerPhone ?? '') !== '';
  const hasCode = (content.buyerCreditCode ?? '') !== '';
  if (hasPhone && hasCode) at('buyerCreditCode', SAY.both);
  if (hasPhone && !isPhone(content.buyerPhone ?? '')) at('buyerPhone', SAY.phone);
  if (hasCode && !/^[0-9A-Z]{18}$/.test(content.buyerCreditCode ?? '')) at('buyerCreditCode', SAY.credit);
  if (content.lines.length === 0) at('lines', SAY.lines);
  // Without proof nothing counts.
  if (content.evidence.length === 0) at('evidence', SAY.evidence);
  return faults;
}

function placeLine(
  line: ClaimContentLine,
  content: ClaimContent,
  claimant: Claimant,
  finds: ClaimFinds,
): PlacedLine {
  const batch = finds.batchOf.get(line.batchId ?? '');
  const product = finds.productOf.get(batch?.productId ?? line.productId ?? '');
  const merchantId = product?.merchantId ?? (claimant.kind === 'MERCHANT' ? claimant.id : '');
  const soldOn = line.soldOn ?? '';
  return {
    soldOn,
    amountFen: fen(line.amountFen ?? '0'),
    quantity: line.quantity ?? 0,
    weightG: BigInt(line.weightG ?? 0),
    productName: product?.name ?? (line.productName ?? '').trim(),
    productId: product?.id ?? '',
    merchantId,
    sellerCountyCode: finds.sellerCountyOf.get(merchantId) ?? '',
    originCountyCode: batch?.originCountyCode ?? line.originCountyCode ?? '',
    originVillageCode: batch?.originVillageCode ?? line.originVillageCode ?? '',
    channelKind: content.channelKind ?? 'UNKNOWN',
    buyerKind: content.buyerKind ?? 'UNKNOWN',
    certificationId: certificateAt(finds.certificatesOf.get(product?.id ?? '') ?? [], noonOf(soldOn)),
    linkageAgreementId: batch?.linkageAgreementId ?? '',
  };
}

/** The claim as it will count, or everything that is missing. */
export function placeClaim(
  content: ClaimContent,
  claimant: Claimant,
  finds: ClaimFinds,
  now: Date,
  isPhone: (text: string) => boolean,
): PlacedClaim | InvalidInputError {
  const today = businessDay(now);
  const faults = [
    ...headFaults(content, isPhone),
    ...content.lines.flatMap((line, index) => lineFaults(line, index, claimant, finds, today)),
    ...evidenceFaults(content, finds),
  ];
  if (faults.length > 0) return new InvalidInputError(faults);
  return {
    buyerName: (content.buyerName ?? '').trim(),
    buyerPhone: content.buyerPhone || null,
    buyerCreditCode: content.buyerCreditCode || null,
    lines: content.lines.map((line) => placeLine(line, content, claimant, finds)),
    evidence: content.evidence.map(({ kind, invoiceNo, fileId }) => ({
      kind: kind ?? 'OTHER',
      invoiceNo: kind === 'E_INVOICE' ? (invoiceNo ?? '') : '',
      fileId: fileId ?? '',
    })),
  };
}

/** A day that is known without an hour: the same day whichever way one looks at it. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00+08:00`);
}

/** Whoever belongs to the claimant does not review, whatever else they are. */
export function isSameOrganisation(
  { kind, id }: Pick<Claimant, 'kind' | 'id'>,
  organisations: readonly { readonly scopeKind: string; readonly scopeId: string }[],
): boolean {
  return organisations.some(({ scopeKind, scopeId }) => scopeKind === kind && scopeId === id);
}

/** True for whoever has made or handed in a claim, and for everybody of the same organisation. */
export function isReviewedByOwn(
  claim: Pick<Claim, 'claimantKind' | 'claimantId' | 'createdBy' | 'submittedBy'>,
  {
    userId,
    organisations,
  }: {
    readonly userId: string;
    readonly organisations: readonly { readonly scopeKind: string; readonly scopeId: string }[];
  },
): boolean {
  const { claimantKind: kind, claimantId: id, createdBy, submittedBy } = claim;
  return userId === createdBy || userId === submittedBy || isSameOrganisation({ kind, id }, organisations);
}

export const CLAIM_SYSTEM = 'CLAIM';

/** An approved line adds to what is declared, and to nothing else; reversed, the same goes off again in its own time. */
export function factOfClaimLine(
  line: PlacedLine & { readonly id: string; readonly claimId: string },
  buyerKey: string,
  act: 'declared' | 'undeclared',
  at: Date | null,
): VolumeFactDraft {
  const { soldOn, amountFen, productId, merchantId, sellerCountyCode, originCountyCode, originVillageCode } =
    line;
  const { channelKind, buyerKind, certificationId, linkageAgreementId } = line;
  return {
    ...UNKNOWN_ATTRIBUTION,
    factKey: `${act}:${line.id}`,
    source: 'DECLARED',
    declaredFen: act === 'declared' ? amountFen : 0n - amountFen,
    productId,
    merchantId,
    sellerCountyCode,
    originCountyCode,
    originVillageCode,
    channelKind,
    buyerKind,
    isCertified: certificationId !== '',
    certificationId,
    linkageAgreementId,
    eventAt: at ?? noonOf(soldOn),
    originDay: soldOn,
    sourceSystem: CLAIM_SYSTEM,
    sourceOrderNo: line.claimId,
    sourceLineNo: line.id,
    buyerKey,
  };
}

/** 张三 → 张*; a list is read over shoulders. */
export function maskName(name: string): string {
  const letters = Array.from(name);
  const shown = letters.length > 4 ? 2 : 1;
  return letters
    .map((letter, index) => (index < shown ? letter : '*'))
    .join('')
    .slice(0, 12);
}
