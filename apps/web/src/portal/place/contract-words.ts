import type { ResultOf } from 'gql.tada';
import { dayOf, today } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import type { ZONE_CONTRACT } from '../zone-contract.documents.js';

export type OwnContract = NonNullable<ResultOf<typeof ZONE_CONTRACT>['zoneContract']>;

type Standing = Pick<OwnContract, 'state' | 'isHolding' | 'validFrom' | 'endedOn'>;

/** How a contract stands, in a few words. */
export const contractWord = ({ state, isHolding, validFrom, endedOn }: Standing): string => {
  if (state === 'PROPOSED') return t('等主管部门');
  if (state === 'RETURNED') return t('退回了');
  if (isHolding) return t('有效');
  if (endedOn !== null) return t('提前终止了');
  return validFrom > today() ? t('{day}起有效', { day: dayOf(validFrom) }) : t('到期了');
};

/** Basis points as people say them: 8, 8.5. */
export const percentOf = (bps: number): string => String(bps / 100);

/** What somebody types as percent; null while it is none. */
export function bpsOf(percent: string): number | null {
  const [, whole = '', rest = ''] = /^(\d{1,2})(?:\.(\d{0,2}))?$/.exec(percent.trim()) ?? [];
  return whole === '' ? null : Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}
