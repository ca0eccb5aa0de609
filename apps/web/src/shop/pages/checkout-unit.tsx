import { useQuery } from 'urql';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { Skeleton } from '../../shared/ui/states.js';
import { actFor } from '../acting.js';
import { CREDIT, UNITS } from '../unit.documents.js';
import { type Billing, Funds, UNIT_FUNDS } from './unit-funds.js';

/** For whom, and whether it is owed for. */
export interface Buying {
  /** Empty: for oneself. */
  readonly unitId: string;
  readonly isOnAccount: boolean;
  readonly billing: Billing;
}

/** Whoever buys for a unit sees so before they order, and may pay later where somebody has agreed that it may. */
export default function UnitBuying({ buying, choose }: { buying: Buying; choose: (buying: Buying) => void }) {
  const { unitId, isOnAccount, billing } = buying;
  const [{ data }] = useQuery({ query: UNITS, variables: {} });
  const [{ data: account }] = useQuery({ query: CREDIT, variables: { unitId } });
  if (!data) return <Skeleton className="is-line" count={2} />;
  const unit = data.myProcurementUnits.find(({ id }) => id === unitId);
  const credit = account?.unitCredit;
  const stop = () => {
    actFor('');
    choose({ unitId: '', isOnAccount: false, billing: UNIT_FUNDS });
  };
  return (
    <section className="panel is-benefit">
      <h2>
        <Icon name="hall" />
        {unit ? t('替 {name} 采购', { name: unit.name }) : t('您不再替这个单位采购')}
      </h2>
      {credit && (
        <div className="options" role="radiogroup" aria-label={t('怎么付')}>
          <label className="option">
            <input
              type="radio"
              name="term"
              checked={!isOnAccount}
              onChange={() => choose({ ...buying, isOnAccount: false })}
            />
            <span>{t('现在付')}</span>
          </label>
          <label className="option">
            <input
              type="radio"
              name="term"
              checked={isOnAccount}
              onChange={() => choose({ ...buying, isOnAccount: true })}
            />
            <span>
              {t('挂账，审批人签字后 {n} 天内付', { n: credit.daysToPay })}
              <small>
                {t('额度 ¥{limit}，已用 ¥{used}', {
                  limit: yuan(credit.limitFen),
                  used: yuan(credit.usedFen),
                })}
              </small>
            </span>
          </label>
        </div>
      )}
      {unit && (
        <Funds unit={unit} billing={billing} choose={(chosen) => choose({ ...buying, billing: chosen })} />
      )}
      <p className="note">{t('单位的订单不用券，发票按单位的抬头开。')}</p>
      <button type="button" className="button is-quiet" onClick={stop}>
        {t('给自己买')}
      </button>
    </section>
  );
}
