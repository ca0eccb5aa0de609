import { type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { HouseholdKind, MemberState } from './household.entity.js';

/** A large family; more is somebody's mistake. */
export const MEMBERS_MAX = 29;
const NAME_LENGTH_MAX = 60;
const KEY = /^[\x21-\x7e]{1,64}$/;

export interface RegisterWish {
  readonly idempotencyKey: string;
  readonly headName: string;
  readonly villageCode: string;
  readonly kind: HouseholdKind;
  readonly registeredOn: string;
  readonly members: readonly { readonly name: string; readonly birthYear: number | null }[];
}

export function refuseRegistration(wish: RegisterWish, today: string): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });
  const isName = (name: string) => !isBlank(name) && name.length <= NAME_LENGTH_MAX;
  if (!KEY.test(wish.idempotencyKey))
    refuse(
      'idempotencyKey',
      '请求编号须为 1 到 64 个字母、数字或符号',
      'An idempotency key has 1 to 64 ASCII characters.',
    );
  if (!isName(wish.headName))
    refuse('headName', '请填写户主姓名，不超过 60 字', 'Give the head’s name, in at most 60 characters.');
  if (!/^\d{12}$/.test(wish.villageCode))
    refuse('villageCode', '请填写村级代码（12 位数字）', 'Give a village, by its 12 digits.');
  if (wish.registeredOn > today)
    refuse('registeredOn', '登记日不能晚于今天', 'It was registered today at the latest.');
  if (wish.members.length > MEMBERS_MAX)
    refuse('members', `其他成员不超过 ${MEMBERS_MAX} 人`, `At most ${MEMBERS_MAX} members besides the head.`);
  for (const [index, { name, birthYear }] of wish.members.slice(0, MEMBERS_MAX).entries()) {
    if (!isName(name))
      refuse(`members.${index}.name`, '请填写姓名，不超过 60 字', 'Give a name, in at most 60 characters.');
    if (
      birthYear !== null &&
      (!Number.isInteger(birthYear) || birthYear < 1900 || birthYear > Number(today.slice(0, 4)))
    )
      refuse(`members.${index}.birthYear`, '出生年份有误', 'That is no year of birth.');
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

export function refuseLeaving(
  state: MemberState,
  leftOn: string | null,
  today: string,
): InvalidInputError | null {
  const isRight = state === 'PRESENT' ? leftOn === null : leftOn !== null && leftOn <= today;
  if (isRight) return null;
  const message = {
    zh: '去世或迁出须写明日期且不晚于今天；在家不写日期',
    en: 'Who has died or moved away did so on a day until today; who lives there did not.',
  };
  return new InvalidInputError([{ path: 'leftOn', message }]);
}
