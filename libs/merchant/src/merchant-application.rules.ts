import { type InvalidField, InvalidInputError, type Loose, isBlank } from '#libs/kernel';
import type { ApplicationAct, ApplicationContent, ApplicationState } from './merchant-application.entity.js';
import type { MerchantKind } from './merchant.entity.js';
import { type MerchantFacts, refuseFacts } from './merchant.rules.js';
import {
  type LoosePaper,
  type MerchantPaperKind,
  PAPER_FORMS,
  papersOf,
  refusePapers,
  refusePaperSizes,
  requiredPapers,
} from './merchant-paper.rules.js';

const TEXT_LENGTH_MAX = 500;
const GOODS_LENGTH_MAX = 300;
const REASON_LENGTH_MAX = 500;

/** What its author may still change. */
export const EDITABLE: readonly ApplicationState[] = ['DRAFT', 'RETURNED'];

/** What waits for somebody or is being typed; the others are over. */
export const UNDECIDED: readonly ApplicationState[] = ['DRAFT', 'SUBMITTED', 'RETURNED', 'RECOMMENDED'];

export type ReviewStage = 'COUNTY' | 'PLATFORM';

/** Whose turn it is. */
const STAGE_OF: Readonly<Partial<Record<ApplicationState, ReviewStage>>> = {
  SUBMITTED: 'COUNTY',
  RECOMMENDED: 'PLATFORM',
};

/** At which stage each act of a reviewer is done. */
const STAGES_OF: Readonly<
  Record<Exclude<ApplicationAct, 'SUBMITTED' | 'WITHDRAWN'>, readonly ReviewStage[]>
> = {
  RECOMMENDED: ['COUNTY'],
  APPROVED: ['PLATFORM'],
  RETURNED: ['COUNTY', 'PLATFORM'],
  REFUSED: ['COUNTY', 'PLATFORM'],
};
export type ReviewAct = keyof typeof STAGES_OF;

/** Whether it is now that this is done, and by those who speak for this stage. */
export function isTurnOf(state: ApplicationState, act: ReviewAct, stages: readonly ReviewStage[]): boolean {
  const stage = STAGE_OF[state];
  return stage !== undefined && STAGES_OF[act].includes(stage) && stages.includes(stage);
}

/** What would not fit; everything else is kept, complete or not. */
export function refuseSize({ papers, ...texts }: ApplicationContent): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  for (const [name, text] of Object.entries(texts))
    if (typeof text === 'string' && text.length > TEXT_LENGTH_MAX)
      refuse(`content.${name}`, `至多 ${TEXT_LENGTH_MAX} 字`, `At most ${TEXT_LENGTH_MAX} characters.`);
  faults.push(...refusePaperSizes(papers));
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** What registers say of everything an application names. */
export interface ApplicationFinds {
  /** Of the county and township that it names, as far as they are in force. */
  readonly divisions: ReadonlyMap<string, string>;
  /** Files that the applicant has brought. */
  readonly files: ReadonlySet<string>;
  readonly today: string;
}

export interface PlacedApplication extends MerchantFacts {
  readonly kind: MerchantKind;
}

/** What is handed in, with everything that is wrong with it at once: whoever hates typing is told once. */
export function placeApplication(
  content: ApplicationContent,
  finds: ApplicationFinds,
): PlacedApplication | InvalidInputError {
  const { kind, townshipCode, legalPersonName, goods, processedFood, papers } = content;
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `content.${path}`, message: { zh, en } });
  if (kind === null) refuse('kind', '请选择主体类型', 'Say what kind of business this is.');
  const facts: MerchantFacts = {
    name: content.name?.trim() ?? '',
    creditCode: content.creditCode ?? '',
    countyCode: content.countyCode ?? '',
    townshipCode: townshipCode === '' ? null : townshipCode,
    contactName: content.contactName?.trim() ?? '',
    contactPhone: content.contactPhone ?? '',
  };
  for (const { path, message } of refuseFacts(facts)?.fields ?? [])
    faults.push({ path: `content.${path}`, message });
  if (/^\d{6}$/.test(facts.countyCode) && finds.divisions.get(facts.countyCode) !== 'COUNTY')
    refuse('countyCode', '没有这个县市区', 'There is no such county.');
  if (
    facts.townshipCode !== null &&
    /^\d{9}$/.test(facts.townshipCode) &&
    finds.divisions.get(facts.townshipCode) !== 'TOWNSHIP'
  )
    refuse('townshipCode', '没有这个乡镇', 'There is no such township.');
  if (isBlank(legalPersonName ?? '') || (legalPersonName ?? '').length > 60)
    refuse('legalPersonName', '请填写法定代表人（负责人）姓名', 'Say who represents the business.');
  if (isBlank(goods ?? '') || (goods ?? '').length > GOODS_LENGTH_MAX)
    refuse(
      'goods',
      `请说明想卖什么（至多 ${GOODS_LENGTH_MAX} 字）`,
      `Say what you want to sell, in at most ${GOODS_LENGTH_MAX} characters.`,
    );
  if (processedFood === null)
    refuse(
      'processedFood',
      '请说明是否销售加工食品，是自产还是代销',
      'Say whether you sell processed food, and whether you make it.',
    );
  // Until they say what they are, no paper is missing.
  const required = kind === null ? [] : requiredPapers(kind, processedFood ?? 'NONE');
  faults.push(...refusePapers(papers, PAPER_FORMS, required, { ...finds, creditCode: content.creditCode }));
  if (faults.length > 0 || kind === null) return new InvalidInputError(faults);
  return { kind, ...facts };
}

/** Why it is recommended, sent back or refused: said to the applicant, and kept. */
export function refuseOpinion(reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (length >= 2 && length <= REASON_LENGTH_MAX) return null;
  const message = {
    zh: `请写明意见（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

export type LooseContent = Omit<Loose<ApplicationContent>, 'papers'> & {
  readonly papers: readonly LoosePaper<MerchantPaperKind>[];
};

/** Every field in its place, so that the same typing is the same text. */
export function contentOf(content: LooseContent): ApplicationContent {
  return {
    kind: content.kind ?? null,
    name: content.name ?? null,
    creditCode: content.creditCode ?? null,
    countyCode: content.countyCode ?? null,
    townshipCode: content.townshipCode ?? null,
    legalPersonName: content.legalPersonName ?? null,
    contactName: content.contactName ?? null,
    contactPhone: content.contactPhone ?? null,
    goods: content.goods ?? null,
    processedFood: content.processedFood ?? null,
    papers: papersOf(content.papers),
  };
}
