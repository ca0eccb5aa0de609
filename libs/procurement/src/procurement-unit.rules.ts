import { endsOf } from '#libs/division';
import { type InvalidField, InvalidInputError, isCreditCode, isBlank } from '#libs/kernel';
import type { Canteen, ProcurementUnit } from './procurement-unit.entity.js';

export type ProcurementUnitFacts = Pick<
  ProcurementUnit,
  | 'name'
  | 'kind'
  | 'divisionCode'
  | 'creditCode'
  | 'invoiceTitle'
  | 'taxNo'
  | 'canteen'
  | 'representedById'
  | 'parentId'
>;

const NAME_MAX = 120;

/** Whoever has a canteen of its own files; who shares another's is filed for by it. */
export function hasDuty(canteen: Canteen): boolean {
  return canteen === 'OWN' || canteen === 'OUTSOURCED';
}

/** Malformed facts, all at once. */
export function refuseUnit(facts: ProcurementUnitFacts): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  const isText = (text: string) => text.trim() !== '' && text.length <= NAME_MAX;

  if (!isText(facts.name)) refuse('name', '名称须为 1 到 120 个字', 'The name has 1 to 120 characters.');
  if (!isText(facts.invoiceTitle))
    refuse('invoiceTitle', '发票抬头须为 1 到 120 个字', 'The invoice title has 1 to 120 characters.');
  if (!isCreditCode(facts.creditCode))
    refuse('creditCode', '统一社会信用代码有误，请核对', 'The unified social credit code does not check.');
  if (!/^[0-9A-Z]{15,20}$/.test(facts.taxNo))
    refuse(
      'taxNo',
      '纳税人识别号须为 15 到 20 位数字或大写字母',
      'A tax number has 15 to 20 digits or capitals.',
    );
  if (!/^\d{6}$/.test(facts.divisionCode))
    refuse('divisionCode', '区划代码须为 6 位数字', 'The code of a city or county has six digits.');
  if ((facts.canteen === 'SHARED') !== (facts.representedById !== null))
    refuse(
      'representedById',
      '合用食堂的单位须指明代表单位，其他单位不填',
      'Name the unit whose canteen is shared, and only then.',
    );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** The same unit told again: nothing in it differs. */
export function isSameUnit(a: ProcurementUnitFacts, b: ProcurementUnitFacts): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.divisionCode === b.divisionCode &&
    a.creditCode === b.creditCode &&
    a.invoiceTitle === b.invoiceTitle &&
    a.taxNo === b.taxNo &&
    a.canteen === b.canteen &&
    a.representedById === b.representedById &&
    a.parentId === b.parentId
  );
}

export const creditCodeOfAnother: InvalidField = {
  path: 'creditCode',
  message: { zh: '该统一社会信用代码已登记为另一单位', en: 'Another unit has this credit code.' },
};

export const mergedIntoItself: InvalidField = {
  path: 'intoId',
  message: {
    zh: '单位不能并入自己，也不能并入已并入自己的单位',
    en: 'A unit cannot become part of itself.',
  },
};

/**
 * Where each unit's purchases count: merged units lead to the one they became part of, however many steps away; before the
 * day of the merger they are their own. Units that lead nowhere are their own as well.
 */
export function successorsOf(
  mergers: readonly { readonly id: string; readonly mergedIntoId: string; readonly mergedOn: string }[],
  day: string,
): ReadonlyMap<string, string> {
  return endsOf(
    new Map(
      mergers.filter(({ mergedOn }) => mergedOn <= day).map(({ id, mergedIntoId }) => [id, mergedIntoId]),
    ),
  );
}

/** A unit, as far as it says for whom its purchases count. */
export type CountedUnit = Pick<
  ProcurementUnit,
  'id' | 'kind' | 'canteen' | 'mergedIntoId' | 'mergedOn' | 'representedById' | 'parentId'
>;

/** Where purchases count for the reserved share, however many steps away. */
export function countedFor(units: readonly CountedUnit[], day: string): ReadonlyMap<string, string> {
  const next = units.flatMap((unit): [string, string][] => {
    const { id, mergedIntoId, mergedOn, representedById, parentId, kind, canteen } = unit;
    if (mergedIntoId !== null && mergedOn !== null && mergedOn <= day) return [[id, mergedIntoId]];
    if (hasDuty(canteen)) return [];
    const into = representedById ?? (kind === 'UNION' ? parentId : null);
    return into === null ? [] : [[id, into]];
  });
  return endsOf(new Map(next));
}

export const phoneMalformed: InvalidField = {
  path: 'phone',
  message: { zh: '手机号有误', en: 'This is not a mobile number.' },
};

export interface ContractorInput {
  readonly unitId: string;
  readonly name: string;
  readonly creditCode: string;
  readonly startsOn: string;
  readonly endsBefore: string | null;
}

/** A contractor may be a firm from anywhere; its code checks. */
export function refuseContractor({
  name,
  creditCode,
  startsOn,
  endsBefore,
}: ContractorInput): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (isBlank(name) || name.length > NAME_MAX)
    fields.push({
      path: 'name',
      message: { zh: '名称须为 1 到 120 个字', en: 'The name has 1 to 120 characters.' },
    });
  if (!isCreditCode(creditCode))
    fields.push({
      path: 'creditCode',
      message: { zh: '统一社会信用代码有误，请核对', en: 'The unified social credit code does not check.' },
    });
  if (endsBefore !== null && endsBefore <= startsOn)
    fields.push({ path: 'endsBefore', message: { zh: '止期须晚于起期', en: 'It ends after it has begun.' } });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
