import { type InvalidField, InvalidInputError } from '#libs/kernel';
import type { PaperKind } from './paper.entity.js';

const NUMBER = /^[\p{L}\p{N}()（）〔〕[\]._/-]{4,60}$/u;
const AUTHORITY_MAX = 80;
const FILE_NO_MAX = 60;
/** Renewing takes an office some weeks. */
export const REMINDED_DAYS = 30;

export interface PaperInput {
  readonly kind: PaperKind;
  readonly number: string;
  readonly authority: string;
  /** Null where it holds until it is withdrawn. */
  readonly validUntil: string | null;
  readonly fileNo: string;
}

export function refusePaper(
  { number, authority, validUntil, fileNo }: PaperInput,
  today: string,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `paper.${path}`, message: { zh, en } });
  if (!NUMBER.test(number))
    refuse(
      'number',
      '证照编号为 4 到 60 位文字、数字或括号、连字符',
      'Its number has 4 to 60 letters, digits, brackets or hyphens.',
    );
  if (authority.trim().length < 2 || authority.length > AUTHORITY_MAX)
    refuse(
      'authority',
      `请填写发证或备案机关（2 到 ${AUTHORITY_MAX} 字）`,
      `Say in 2 to ${AUTHORITY_MAX} characters who issued it.`,
    );
  if (validUntil !== null && validUntil < today)
    refuse('validUntil', '该证照已过有效期', 'It has lapsed already.');
  if (fileNo.length > FILE_NO_MAX)
    refuse(
      'fileNo',
      `档案号最多 ${FILE_NO_MAX} 字`,
      `The file's number has at most ${FILE_NO_MAX} characters.`,
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** MISSING: what food needs was never recorded. LAPSED: it was, and is over. EXPIRING: within thirty days. */
export const PAPER_STANDINGS = ['MISSING', 'LAPSED', 'EXPIRING', 'VALID'] as const;
export type PaperStanding = (typeof PAPER_STANDINGS)[number];

export interface HeldPaper {
  readonly kind: PaperKind;
  readonly validUntil: string | null;
}

function standingOfOne(paper: HeldPaper | undefined, today: string, soon: string): PaperStanding {
  if (!paper) return 'MISSING';
  if (paper.validUntil === null) return 'VALID';
  if (paper.validUntil < today) return 'LAPSED';
  return paper.validUntil <= soon ? 'EXPIRING' : 'VALID';
}

/** From the worst to the best. */
const worse = (one: PaperStanding, other: PaperStanding) =>
  PAPER_STANDINGS.indexOf(one) <= PAPER_STANDINGS.indexOf(other) ? one : other;
const better = (one: PaperStanding, other: PaperStanding) => (worse(one, other) === one ? other : one);

/** Whether a cabinet may sell food: by a licence; or, of pre-packed food alone, by a filing and a report of this machine together (handbook, 2.5). */
export function paperStandingOf(papers: readonly HeldPaper[], today: string): PaperStanding {
  const soon = new Date(Date.parse(today) + REMINDED_DAYS * 86_400_000).toISOString().slice(0, 10);
  const of = (kind: PaperKind) =>
    standingOfOne(
      papers.find((paper) => paper.kind === kind),
      today,
      soon,
    );
  return better(of('LICENCE'), worse(of('FILING'), of('PLACEMENT')));
}
