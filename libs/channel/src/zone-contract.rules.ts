import { dayAfter } from '#libs/division';
import { type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';

const NUMBER_LENGTH_MAX = 60;
const TERMS_LENGTH_MAX = 1_000;
const CONTRACT_FILES_MAX = 9;
const REASON_LENGTH_MAX = 500;
/** Longer than this nobody binds a shelf. */
const YEARS_MAX = 10;
/** A host that keeps more than half sells goods of its own. */
const OPERATOR_BPS_MAX = 5_000;

export interface ContractTerms {
  readonly divisionCode: string;
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** The host's part of what buyers pay for goods. */
  readonly operatorBps: number;
  readonly terms: string;
  readonly fileIds: readonly string[];
}

export interface ContractKnowledge {
  readonly today: string;
  /** Level of the division it names; undefined where there is none in force. */
  readonly level: string | undefined;
  /** Of those named, the files that this person has brought. */
  readonly files: ReadonlySet<string>;
  /** What it renews: the last of its series that holds or held. */
  readonly previous: { readonly divisionCode: string; readonly until: string } | null;
}

/** Everything that is wrong with a contract at once. */
export function refuseContract(contract: ContractTerms, known: ContractKnowledge): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) =>
    faults.push({ path: `contract.${path}`, message: { zh, en } });
  const { number, validFrom, validTo, operatorBps, terms, fileIds, divisionCode } = contract;
  const { today, previous, files, level } = known;
  if (isBlank(number) || number.length > NUMBER_LENGTH_MAX)
    refuse(
      'number',
      `请填写合同编号（至多 ${NUMBER_LENGTH_MAX} 字）`,
      `Say its number, in at most ${NUMBER_LENGTH_MAX} characters.`,
    );
  if (level !== 'COUNTY' && level !== 'CITY')
    refuse('divisionCode', '请选择合同覆盖的市或县市区', 'Say for which city or county it holds.');
  else if (previous && previous.divisionCode !== divisionCode)
    refuse('divisionCode', '续签合同的范围不能更改', 'A renewal holds where the contract before it did.');
  const isDay = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day);
  const lastYear = `${Number(validFrom.slice(0, 4)) + YEARS_MAX}${validFrom.slice(4)}`;
  if (!isDay(validTo) || validTo < validFrom || validTo < today || validTo > lastYear)
    refuse(
      'validTo',
      `截止日期须在今天之后、开始之后，且不超过 ${YEARS_MAX} 年`,
      `It ends after today, after it begins, and within ${YEARS_MAX} years.`,
    );
  if (!isDay(validFrom)) refuse('validFrom', '请填写开始日期', 'Say from which day it holds.');
  else if (previous && validFrom > dayAfter(previous.until))
    refuse(
      'validFrom',
      `续签最迟从 ${dayAfter(previous.until)} 开始，中间不能断开`,
      `A renewal begins on ${dayAfter(previous.until)} at the latest; there is no gap.`,
    );
  if (previous && isDay(validTo) && validTo <= previous.until)
    refuse('validTo', '续签须晚于原合同到期', 'A renewal ends later than what it renews.');
  if (!Number.isInteger(operatorBps) || operatorBps < 0 || operatorBps > OPERATOR_BPS_MAX)
    refuse(
      'operatorBps',
      `分成须在 0 到 ${OPERATOR_BPS_MAX / 100}% 之间`,
      `The host's part lies between 0 and ${OPERATOR_BPS_MAX} basis points.`,
    );
  if (terms.length > TERMS_LENGTH_MAX)
    refuse('terms', `至多 ${TERMS_LENGTH_MAX} 字`, `At most ${TERMS_LENGTH_MAX} characters.`);
  if (fileIds.length === 0) refuse('fileIds', '请上传合同', 'Bring the contract.');
  else if (fileIds.length > CONTRACT_FILES_MAX || new Set(fileIds).size !== fileIds.length)
    refuse(
      'fileIds',
      `至多 ${CONTRACT_FILES_MAX} 个文件，不得重复`,
      `At most ${CONTRACT_FILES_MAX} files, each once.`,
    );
  else if (fileIds.some((id) => !files.has(id)))
    refuse('fileIds', '文件已失效，请重新上传', 'A file is gone; bring it again.');
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export function refuseOpinion(reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (length >= 2 && length <= REASON_LENGTH_MAX) return null;
  const message = {
    zh: `请写明意见或原因（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say why in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

export interface AgreedSpan {
  readonly validFrom: string;
  readonly validTo: string;
  readonly endedOn: string | null;
}

/** The last day on which it holds; before its first day where it was ended before it began. */
export function lastDayOf({ validTo, endedOn }: AgreedSpan): string {
  return endedOn !== null && endedOn <= validTo ? dayAfter(endedOn, -1) : validTo;
}

/**
 * The days on which a series lets its shops sell, as things are: from the contract that holds today (or the next, or else the last) to the end of those that
 * renew it without a gap. Null where none was ever agreed to.
 */
export function contractedSpan(
  contracts: readonly AgreedSpan[],
  today: string,
): { readonly from: string; readonly to: string } | null {
  const spans = contracts
    .map((contract) => ({ from: contract.validFrom, to: lastDayOf(contract) }))
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const merged: { from: string; to: string }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.from <= dayAfter(last.to)) {
      if (span.to > last.to) last.to = span.to;
    } else merged.push({ ...span });
  }
  const holding = merged.find(({ to }) => to >= today) ?? merged.at(-1);
  if (holding) return holding;
  // Agreed to and ended before it began: sells on no day.
  const [first] = contracts;
  return first ? { from: first.validFrom, to: dayAfter(first.validFrom, -1) } : null;
}
