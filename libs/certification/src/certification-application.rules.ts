import { prefixOf } from '#libs/division';
import type { LinkageShare } from '#libs/household';
import { type Fen, type InvalidField, InvalidInputError, type Loose, fen, isBlank } from '#libs/kernel';
import { type LoosePaper, papersOf, refusePapers, refusePaperSizes } from '#libs/merchant';
import type {
  CertificationApplication,
  CertificationContent,
  CertificationState,
} from './certification-application.entity.js';
import {
  CERTIFICATION_PAPER_FORMS,
  type CertificationPaperKind,
  requiredCertificationPapers,
} from './certification-paper.rules.js';
import type { CertificationOffice, CertificationScheme, ChainStep } from './certification-scheme.entity.js';

export const AGREEMENTS_MAX = 20;
const TEXT_LENGTH_MAX = 500;
const REASON_LENGTH_MAX = 500;
/** A hundred billion yuan: more is a slip of the hand. */
const VALUE_FEN_MAX = 10_000_000_000_000n;

/** What its author may still change. */
export const EDITABLE: readonly CertificationState[] = ['DRAFT', 'RETURNED'];

/** What its author may still withdraw. */
export const UNDECIDED: readonly CertificationState[] = [
  'DRAFT',
  'IN_REVIEW',
  'ON_NOTICE',
  'RETURNED',
  'CONFIRMED',
];

/** Of what waits for nobody any more: another application of the product may be handed in. */
export const NOBODYS = { desk: null, waitingSince: null, openKey: null } as const;

/** Where officials find what waits for them. */
export const WAITING: readonly CertificationState[] = ['IN_REVIEW', 'ON_NOTICE', 'CONFIRMED'];

const CODE_OF: Readonly<Record<CertificationOffice, (countyCode: string, townshipCode: string) => string>> = {
  TOWNSHIP: (_, townshipCode) => townshipCode,
  SECTOR: (countyCode) => countyCode,
  COUNTY: (countyCode) => countyCode,
  CITY: (countyCode) => countyCode.slice(0, 4).padEnd(6, '0'),
  PROVINCE: (countyCode) => countyCode.slice(0, 2).padEnd(6, '0'),
  NATION: () => '',
};

/** The office of one place, as a word by which whoever sits there finds what waits. */
export function deskOf(office: CertificationOffice, countyCode: string, townshipCode: string | null): string {
  return `${office}:${CODE_OF[office](countyCode, townshipCode ?? '')}`;
}

export function officeOf(desk: string): CertificationOffice {
  return desk.slice(0, desk.indexOf(':')) as CertificationOffice;
}

/** Where somebody certifies, and where they speak for the department that knows the trade. */
export interface OfficeScope {
  readonly offices: readonly string[] | 'ALL';
  readonly sectors: readonly string[];
}

const LEVELS: Readonly<Record<number, CertificationOffice>> = {
  2: 'PROVINCE',
  4: 'CITY',
  6: 'COUNTY',
  9: 'TOWNSHIP',
};

/** Somebody of a city sits at the city's desk and at no county's; whoever answers for everything sits at the nation's. */
export function desksOf({ offices, sectors }: OfficeScope): string[] {
  const certifying =
    offices === 'ALL'
      ? ['NATION:']
      : offices.flatMap((code) => {
          const office = LEVELS[prefixOf(code).length];
          return office === undefined ? [] : [`${office}:${code}`];
        });
  const knowing = sectors.filter((code) => prefixOf(code).length === 6);
  return [...certifying, ...knowing.map((code) => `SECTOR:${code}`)];
}

/** Whoever has applied, or works for the merchant, decides nothing about it. */
export function standsNear(
  {
    createdBy,
    submittedBy,
    merchantId,
  }: Pick<CertificationApplication, 'createdBy' | 'submittedBy' | 'merchantId'>,
  { userId, merchantIds }: { readonly userId: string; readonly merchantIds: readonly string[] },
): boolean {
  return createdBy === userId || submittedBy === userId || merchantIds.includes(merchantId);
}

/** Households behind these agreements, each once, as far as the agreements are in force. */
export function householdsBehind(
  agreementIds: readonly string[],
  shares: ReadonlyMap<string, readonly LinkageShare[]>,
): LinkageShare['householdId'][] {
  const linked = agreementIds.flatMap((id) => shares.get(id) ?? []);
  return [...new Set(linked.map(({ householdId }) => householdId))];
}

/** What comes after a step: the next one, or nothing, which is the catalogue. */
export interface Turn {
  readonly state: CertificationState;
  readonly stepNo: number;
  readonly desk: string;
  /** Of a public notice. */
  readonly days: number | null;
}

export function turnAt(
  chain: readonly ChainStep[],
  stepNo: number,
  { countyCode, townshipCode }: { readonly countyCode: string; readonly townshipCode: string | null },
): Turn {
  const step = chain[stepNo];
  // Whoever had the last word also gives it its number.
  const { office } = step ?? chain.at(-1) ?? { office: 'COUNTY' as const };
  const desk = deskOf(office, countyCode, townshipCode);
  if (!step) return { state: 'CONFIRMED', stepNo, desk, days: null };
  return {
    state: step.kind === 'NOTICE' ? 'ON_NOTICE' : 'IN_REVIEW',
    stepNo,
    desk,
    days: step.kind === 'NOTICE' ? (step.days ?? 0) : null,
  };
}

/** Whether a chain can be gone: it ends, says who decides, and a notice says for how long. */
export function isChain(chain: readonly ChainStep[]): boolean {
  return (
    chain.length > 0 &&
    chain[0]?.kind === 'DECISION' &&
    chain.every(({ kind, days }) => (kind === 'NOTICE' ? (days ?? 0) > 0 : days === null))
  );
}

/** What would not fit; everything else is kept, complete or not. */
export function refuseSize({
  papers,
  agreementIds,
  ...texts
}: CertificationContent): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `content.${path}`, message: { zh, en } });
  for (const [name, text] of Object.entries(texts))
    if (typeof text === 'string' && text.length > TEXT_LENGTH_MAX)
      refuse(name, `至多 ${TEXT_LENGTH_MAX} 字`, `At most ${TEXT_LENGTH_MAX} characters.`);
  if (agreementIds.length > AGREEMENTS_MAX || agreementIds.some((id) => id.length > 40))
    refuse('agreementIds', `至多 ${AGREEMENTS_MAX} 份协议`, `At most ${AGREEMENTS_MAX} agreements.`);
  faults.push(...refusePaperSizes(papers));
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What registers say of everything an application names. */
export interface CertificationFinds {
  readonly scheme: Pick<
    CertificationScheme,
    'chain' | 'commodityValueMinFen' | 'householdMin' | 'isOpen'
  > | null;
  readonly countyCode: string;
  /** Whether the township that it names is one, in force, of that county. */
  readonly isTownshipKnown: boolean;
  /** Agreements of the merchant that are signed and in force, with how many households. */
  readonly agreements: ReadonlySet<string>;
  readonly householdCount: number;
  /** Files that the applicant's people have brought. */
  readonly files: ReadonlySet<string>;
  readonly today: string;
}

/** Null for what is no sum of money. */
export function valueOf(text: string | null): Fen | null {
  if (text === null || !/^\d{1,15}$/.test(text)) return null;
  return fen(text);
}

/** Everything that is wrong with what is handed in, at once; or what it is worth in a year. */
export function placeCertification(
  content: CertificationContent,
  finds: CertificationFinds,
): Fen | InvalidInputError {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `content.${path}`, message: { zh, en } });
  const { scheme } = finds;
  if (!scheme?.isOpen)
    faults.push({
      path: 'schemeCode',
      message: { zh: '该认定目录目前不受理申请', en: 'This scheme takes no applications now.' },
    });
  // Where no township decides it need not be named; what is named is one all the same: its officials see what comes from there.
  const isTownshipNamed = (content.townshipCode ?? '') !== '';
  const isTownshipAsked = scheme?.chain.some(({ office }) => office === 'TOWNSHIP') ?? false;
  if ((isTownshipNamed || isTownshipAsked) && !finds.isTownshipKnown)
    refuse('townshipCode', '请选择产地所在乡镇', 'Say in which township of the county it is produced.');
  const valueFen = valueOf(content.commodityValueFen);
  const leastFen = scheme?.commodityValueMinFen ?? 0n;
  if (valueFen === null || valueFen <= 0n || valueFen > VALUE_FEN_MAX)
    refuse('commodityValueFen', '请填写年商品价值量', 'Say for how much of it is sold in a year.');
  else if (valueFen < leastFen)
    refuse(
      'commodityValueFen',
      `该目录要求商品价值量不低于 ${leastFen / 100n} 元`,
      `This scheme asks for at least ${leastFen / 100n} yuan.`,
    );
  for (const [index, id] of content.agreementIds.entries())
    if (!finds.agreements.has(id))
      refuse(
        `agreementIds.${index}`,
        '该协议未签订或不在有效期内，请重新选择',
        'This agreement is not yours, not signed or not in force; choose another.',
      );
  if (finds.householdCount < (scheme?.householdMin ?? 1))
    refuse(
      'agreementIds',
      `至少联结 ${scheme?.householdMin ?? 1} 户，请先签订帮扶协议`,
      `It links at least ${scheme?.householdMin ?? 1} households; sign an agreement with them first.`,
    );
  for (const path of ['priceComparison', 'afterSale'] as const)
    if (isBlank(content[path] ?? ''))
      refuse(
        path,
        path === 'afterSale' ? '请填写售后联系方式与承诺' : '请填写同类产品价格对比',
        path === 'afterSale' ? 'Say whom a buyer turns to.' : 'Say what the same costs elsewhere.',
      );
  if (content.isProcessedFood === null)
    refuse('isProcessedFood', '请说明是否为加工食品', 'Say whether it is processed food.');
  const required = requiredCertificationPapers(content.isProcessedFood ?? false);
  const ground = { ...finds, creditCode: null };
  faults.push(...refusePapers(content.papers, CERTIFICATION_PAPER_FORMS, required, ground));
  return faults.length > 0 || valueFen === null ? new InvalidInputError(faults) : valueFen;
}

/** Why it is passed on, sent back, refused, re-checked or revoked: kept, and told to the merchant. */
export function refuseReason(reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (length >= 2 && length <= REASON_LENGTH_MAX && !isBlank(reason)) return null;
  const message = {
    zh: `请写明意见（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

export type LooseContent = Omit<Loose<CertificationContent>, 'papers' | 'commodityValueFen'> & {
  readonly commodityValueFen?: Fen | null;
  readonly papers: readonly LoosePaper<CertificationPaperKind>[];
};

/** Every field in its place, so that the same typing is the same text. */
export function contentOf(content: LooseContent): CertificationContent {
  return {
    townshipCode: content.townshipCode ?? null,
    commodityValueFen: content.commodityValueFen?.toString() ?? null,
    agreementIds: [...new Set(content.agreementIds ?? [])],
    priceComparison: content.priceComparison ?? null,
    afterSale: content.afterSale ?? null,
    isProcessedFood: content.isProcessedFood ?? null,
    papers: papersOf(content.papers),
  };
}
