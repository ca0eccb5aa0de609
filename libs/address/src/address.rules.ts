import { createHash } from 'node:crypto';
import type { DivisionRow } from '#libs/division';
import { type InvalidField, InvalidInputError, type Message, isBlank, isPhone } from '#libs/kernel';
import { AddressBookFullError } from './address.errors.js';

/** Home, work, parents, and some more; a book is shown without pages. */
export const ADDRESSES_MAX = 20;
const NAME_LENGTH_MAX = 60;
/** Leaves room for the township's name in the 200 characters of an order's address. */
const DETAIL_LENGTH_MAX = 120;

export interface AddressInput {
  readonly name: string;
  readonly phone: string;
  readonly countyCode: string;
  /** '' where nobody says it. */
  readonly townshipCode: string;
  /** What was chosen on the way to the county, to be checked with it; '' where nobody says it. */
  readonly provinceCode: string;
  readonly cityCode: string;
  readonly detail: string;
}

/** What is kept of it. */
export type AddressContent = Pick<AddressInput, 'name' | 'phone' | 'countyCode' | 'townshipCode' | 'detail'>;

const invalid = (path: string, zh: string, en: string): InvalidField => ({ path, message: { zh, en } });

/** Without the blanks at its ends, and its phone in one spelling, so that one address is one. */
export function tidyAddress({ name, phone, countyCode, townshipCode, detail }: AddressInput): AddressContent {
  const said = phone.normalize('NFKC').replace(/[\s()]/g, '');
  // A mobile number has no hyphens of its own; those of a landline part its area code.
  const mobile = /^(?:(?:\+|00)?86)?(1[3-9]\d{9})$/.exec(said.replaceAll('-', ''))?.[1];
  return {
    name: name.trim(),
    phone: mobile ?? said,
    countyCode,
    townshipCode,
    detail: detail.trim(),
  };
}

/** Of whoever gets it, in a book or named in an order. */
export const wrongPhone: Message = {
  zh: '收货电话有误，请填手机号码或带区号的座机号码',
  en: 'The phone of the recipient is not a phone number: give a mobile number, or a landline with its area code.',
};

/** What can be seen to be wrong without knowing any place. */
export function refuseAddress(content: AddressContent): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const { name, phone, countyCode, townshipCode, detail } = content;
  if (isBlank(name) || name.length > NAME_LENGTH_MAX)
    fields.push(
      invalid('name', '收货人须为 1 到 60 个字', 'The recipient has a name of 1 to 60 characters.'),
    );
  // Mobile or landline with its area code, as orders take them.
  if (!isPhone(phone)) fields.push(invalid('phone', wrongPhone.zh, wrongPhone.en));
  if (!/^\d{6}$/.test(countyCode))
    fields.push(invalid('countyCode', '请选择收货的县市区', 'A county code has six digits.'));
  if (!/^(\d{9})?$/.test(townshipCode))
    fields.push(invalid('townshipCode', '请选择收货的乡镇或街道', 'A township code has nine digits.'));
  if (isBlank(detail) || detail.length > DETAIL_LENGTH_MAX)
    fields.push(
      invalid(
        'detail',
        `详细地址须为 1 到 ${DETAIL_LENGTH_MAX} 个字`,
        `The address has 1 to ${DETAIL_LENGTH_MAX} characters.`,
      ),
    );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

export const unknownCounty: Message = {
  zh: '没有这个县市区，或其区划已调整，请重新选择',
  en: 'This is no county-level division that is in force; choose it again.',
};
const unknownTownship: Message = {
  zh: '请选择该县市区内的乡镇或街道',
  en: 'This is no township of that county that is in force.',
};
const otherPlace: Message = {
  zh: '所选的省、市与县市区不一致',
  en: 'The county does not lie in this division.',
};

type Chosen = Pick<AddressInput, 'countyCode' | 'townshipCode' | 'provinceCode' | 'cityCode'>;

/**
 * Each lies inside the one before it, by the register's own parents and not by how the codes look: a county may lie in a province
 * directly. `inForce` holds what was chosen and what lies above it.
 */
export function refusePlaces(
  { countyCode, townshipCode, provinceCode, cityCode }: Chosen,
  inForce: ReadonlyMap<string, Pick<DivisionRow, 'level' | 'parentCode'>>,
): InvalidInputError | null {
  if (inForce.get(countyCode)?.level !== 'COUNTY')
    return new InvalidInputError([{ path: 'countyCode', message: unknownCounty }]);
  const fields: InvalidField[] = [];
  const above = aboveOf(countyCode, inForce);
  if (provinceCode !== '' && !above.includes(provinceCode))
    fields.push({ path: 'provinceCode', message: otherPlace });
  if (cityCode !== '' && !above.includes(cityCode)) fields.push({ path: 'cityCode', message: otherPlace });
  const township = inForce.get(townshipCode);
  if (townshipCode !== '' && (township?.level !== 'TOWNSHIP' || township.parentCode !== countyCode))
    fields.push({ path: 'townshipCode', message: unknownTownship });
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

function aboveOf(code: string, divisions: ReadonlyMap<string, Pick<DivisionRow, 'parentCode'>>): string[] {
  const parent = divisions.get(code)?.parentCode ?? null;
  return parent === null ? [] : [parent, ...aboveOf(parent, divisions)];
}

export function refuseAnother(inBook: number): AddressBookFullError | null {
  return inBook >= ADDRESSES_MAX ? new AddressBookFullError(ADDRESSES_MAX) : null;
}

export const knownAlready = new InvalidInputError([
  invalid('detail', '地址簿中已有相同的地址', 'The same address is in the book already.'),
]);

/** The place has been renamed or merged since it was chosen. */
export const placeEnded = new InvalidInputError([
  invalid(
    'addressId',
    '该地址的行政区划已调整，请重新选择',
    'The division of this address is no longer in force; choose it again.',
  ),
]);

/** Written out field by field, so that two books agree about what is the same. */
export function hashOfAddress({ name, phone, countyCode, townshipCode, detail }: AddressContent): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([name, phone, countyCode, townshipCode, detail]))
    .digest();
}
