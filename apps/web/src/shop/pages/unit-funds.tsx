import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { TITLES } from '../unit-books.documents.js';
import type { Unit } from '../unit.documents.js';

/** Out of whose purse, and by which title of the unit's book it is billed; null: that of its register. */
export interface Billing {
  readonly isForUnion: boolean;
  readonly titleId: string | null;
}

export const UNIT_FUNDS: Billing = { isForUnion: false, titleId: null };

interface FundsProps {
  readonly unit: Unit;
  readonly billing: Billing;
  readonly choose: (billing: Billing) => void;
}

/** For the unit or for its union: both count for its share, and each may have a title of its own. */
export function Funds({ unit, billing, choose }: FundsProps) {
  const isOwn = unit.myRoles.includes('BUYER');
  const [{ data }] = useQuery({ query: TITLES, variables: { unitId: unit.id }, pause: !isOwn });
  const titles = data?.unitInvoiceTitles ?? [];
  if (!isOwn) return null; // Of a contractor's purchase the unit is billed, and no union.
  return (
    <>
      {unit.kind !== 'UNION' && (
        <div className="options" role="radiogroup" aria-label={t('用哪笔钱')}>
          {[false, true].map((isForUnion) => (
            <label key={String(isForUnion)} className="option">
              <input
                type="radio"
                name="funds"
                checked={billing.isForUnion === isForUnion}
                onChange={() => choose({ ...billing, isForUnion })}
              />
              <span>
                {isForUnion ? t('工会经费') : t('单位经费')}
                <small>
                  {isForUnion ? t('职工福利、慰问；同样计入份额') : t('食堂、办公；计入预留份额')}
                </small>
              </span>
            </label>
          ))}
        </div>
      )}
      {titles.length > 1 && (
        <label className="field">
          <span>{t('发票抬头')}</span>
          <select
            value={billing.titleId ?? ''}
            onChange={(event) => choose({ ...billing, titleId: event.currentTarget.value || null })}
          >
            {titles.map(({ id, title, taxNumber }) => (
              <option key={taxNumber + title} value={id ?? ''}>
                {title} {taxNumber}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
