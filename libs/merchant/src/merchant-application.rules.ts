import { type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { ApplicationAct, ApplicationContent, ApplicationState } from './merchant-application.entity.js';
import type { MerchantKind } from './merchant.entity.js';
import { type MerchantFacts, refuseFacts } from './merchant.rules.js';
import {
  PAPER_FILES_MAX,
  PAPER_FORMS,
  PAPER_NUMBER_LENGTH_MAX,
  requiredPapers,
  refusePaper,
} from './merchant-paper.rules.js';

export const PAPERS_MAX = 20;
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
  if (papers.length > PAPERS_MAX)
    refuse('content.papers', `至多 ${PAPERS_MAX} 份材料`, `At most ${PAPERS_MAX} papers.`);
  for (const [index, { number, fileIds }] of papers.entries()) {
    if ((number ?? '').length > PAPER_NUMBER_LENGTH_MAX)
      refuse(
        `content.papers.${index}.number`,
        `至多 ${PAPER_NUMBER_LENGTH_MAX} 个字符`,
        `At most ${PAPER_NUMBER_LENGTH_MAX} characters.`,
      );
    if (fileIds.length > PAPER_FILES_MAX || fileIds.some((id) => id.length > 40))
      refuse(
        `content.papers.${index}.fileIds`,
        `每份材料至多 ${PAPER_FILES_MAX} 个文件`,
        `At most ${PAPER_FILES_MAX} files of a paper.`,
      );
  }
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

function refusePapers(
  { kind, creditCode, sellsProcessedFood, papers }: ApplicationContent,
  { files, today }: ApplicationFinds,
): InvalidField[] {
  const faults = papers.flatMap((paper, index) => {
    const at = (path: string) => `content.papers.${index}.${path}`;
    if (paper.kind === null)
      return [{ path: at('kind'), message: { zh: '请选择材料类别', en: 'Say what paper this is.' } }];
    return refusePaper({ ...paper, kind: paper.kind }, { creditCode, today, files }).map(
      ({ path, message }) => ({ path: at(path), message }),
    );
  });
  if (kind === null) return faults;
  const missing = requiredPapers(kind, sellsProcessedFood ?? false).filter((wanted) =>
    papers.every((paper) => paper.kind !== wanted),
  );
  if (missing.length === 0) return faults;
  const names = missing.map((each) => PAPER_FORMS[each].name);
  const message = {
    zh: `还缺：${names.map(({ zh }) => zh).join('、')}`,
    en: `Still missing: ${names.map(({ en }) => en).join(', ')}.`,
  };
  return [...faults, { path: 'content.papers', message }];
}

/** What is handed in, with everything that is wrong with it at once: whoever hates typing is told once. */
export function placeApplication(
  content: ApplicationContent,
  finds: ApplicationFinds,
): PlacedApplication | InvalidInputError {
  const { kind, townshipCode, legalPersonName, goods, sellsProcessedFood } = content;
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
  if (sellsProcessedFood === null)
    refuse('sellsProcessedFood', '请说明是否销售加工食品', 'Say whether you sell processed food.');
  faults.push(...refusePapers(content, finds));
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

/** What travels: whatever is left out is null. */
type Loose<T> = { readonly [K in keyof T]?: T[K] | null };

export type LooseContent = Omit<Loose<ApplicationContent>, 'papers'> & {
  readonly papers: readonly Loose<ApplicationContent['papers'][number]>[];
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
    sellsProcessedFood: content.sellsProcessedFood ?? null,
    papers: content.papers.map(({ kind, number, validFrom, validTo, fileIds }) => ({
      kind: kind ?? null,
      number: number ?? null,
      validFrom: validFrom ?? null,
      validTo: validTo ?? null,
      fileIds: fileIds ?? [],
    })),
  };
}

/** The files of all papers, each once. */
export function filesOf({ papers }: Pick<ApplicationContent, 'papers'>): string[] {
  return [...new Set(papers.flatMap(({ fileIds }) => fileIds))];
}
