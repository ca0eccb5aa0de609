/** Whose data can be shown in plain, for a reason: a word per record. */
export const PERSONAL_KINDS = [
  'CLAIM_BUYER',
  'ORDER_RECIPIENT',
  'MERCHANT_CONTACT',
  'HOUSEHOLD',
  'PAYEE_ACCOUNT',
  'CERTIFICATION_OBJECTOR',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

export interface PersonalRecord {
  /** Where the person or the record lies; null for what is the platform's. */
  readonly divisionCode: string | null;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/**
 * How a record is read that is masked everywhere else: by the context that owns it, which alone knows its tables. The scope is part of the
 * question; what lies elsewhere is not there.
 */
export abstract class PersonalSource {
  abstract readonly kind: PersonalKind;
  abstract reveal(id: string, scope: readonly string[] | 'ALL'): Promise<PersonalRecord | null>;
}

/** Fields that say something. */
export function fieldsOf(values: Readonly<Record<string, string | null>>): PersonalRecord['fields'] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [{ name, value }],
  );
}
