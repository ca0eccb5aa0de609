import type { ChannelPointState } from './channel-point.entity.js';

/** What decides whether a place sells: how far it has come, and the days of the contract it stands under, if any. */
export interface SellingFacts {
  readonly state: ChannelPointState;
  readonly contractedFrom: string | null;
  readonly contractedTo: string | null;
}

/** Asked at the moment of the sale: no work of the night has to have been done before a contract has ended. */
export function sellsOn({ state, contractedFrom, contractedTo }: SellingFacts, day: string): boolean {
  const isContracted =
    (contractedFrom === null || contractedFrom <= day) && (contractedTo === null || contractedTo >= day);
  return state === 'OPEN' && isContracted;
}

/** The same as a condition on rows of `channel_point`. */
export function sellingPart(alias: string, day: string): { sql: string; values: [string, string] } {
  return {
    sql: `${alias}.state = 'OPEN' AND (${alias}.contracted_from IS NULL OR ${alias}.contracted_from <= ?)
      AND (${alias}.contracted_to IS NULL OR ${alias}.contracted_to >= ?)`,
    values: [day, day],
  };
}
