import { type InvalidField, InvalidInputError } from '#libs/kernel';
import type { HouseholdId } from './household.entity.js';

/** The longest list one agreement may name; a village has a few hundred households. */
export const HOUSEHOLDS_PER_AGREEMENT_MAX = 2_000;

/** Fewer households than this are never counted to anybody: the number, and what reaches them, would point at somebody. */
export const HOUSEHOLDS_TOLD_MIN = 5;

/** 张三丰 → 张**: what anyone outside may see of a name. Already masked names stay as they are. */
export function maskName(name: string): string {
  const [surname, ...given] = name.trim();
  if (surname === undefined) return '';
  return surname + '*'.repeat(Math.max(given.length, 1));
}

export interface LinkedHousehold {
  readonly householdId: HouseholdId;
  /** The household's part of the pool, relative to the others of the agreement. */
  readonly weight: number;
}

/** An agreement names each household once, with a whole weight, and somebody must be able to receive. */
export function refuseLinked(households: readonly LinkedHousehold[]): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => fields.push({ path, message: { zh, en } });

  if (households.length === 0 || households.length > HOUSEHOLDS_PER_AGREEMENT_MAX) {
    const max = HOUSEHOLDS_PER_AGREEMENT_MAX;
    refuse(
      'households',
      `联结协议须列出 1 到 ${max} 户`,
      `An agreement names between 1 and ${max} households.`,
    );
  }
  const seen = new Set<string>();
  for (const [index, { householdId, weight }] of households.entries()) {
    if (seen.has(householdId))
      refuse(`households.${index}.householdId`, '同一户不能重复列出', 'A household is named twice.');
    if (!Number.isSafeInteger(weight) || weight < 0) {
      refuse(
        `households.${index}.weight`,
        '权重须为非负整数',
        'A weight is a whole number that is not negative.',
      );
    }
    seen.add(householdId);
  }
  if (households.length > 0 && households.every(({ weight }) => weight === 0)) {
    refuse('households', '至少一户的权重须大于零', 'At least one household must have a weight above zero.');
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}
