import type { UserId } from '#libs/identity';
import { type DomainError, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import type { Side } from '../scope/scope-world.js';

/** What a mutation is asked about so that it is done, beyond what scope-arguments.ts says, and by whom where it is not who is asked there. */
export interface Good {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly by?: UserId;
  /** By whoever answers for a county, where it is theirs to do. */
  readonly isInCounty?: boolean;
}
export type GoodValues = Readonly<Record<string, Good>>;

/** What one side has to begin with, and what is made of it here. */
export interface Ground {
  readonly world: World;
  readonly home: Side;
}

export const must = <T>(value: T): Exclude<T, DomainError> => {
  if (refused(value)) throw new Error(JSON.stringify(value));
  return value as Exclude<T, DomainError>;
};
