import type { ResultOf } from 'gql.tada';
import { dayOf, momentOf } from '../../shared/dates.js';
import { t } from '../../shared/i18n.js';
import { yuanExact } from '../../shared/money.js';
import { depositOf } from '../presale-days.js';
import type { VOICES } from '../product.documents.js';
import DispatchDays from './dispatch-days.js';

type Presale = NonNullable<ResultOf<typeof VOICES>['product']>['presales'][number];

interface ProductPresaleProps {
  readonly productId: string;
  readonly presale: Presale;
  readonly variant: { readonly id: string; readonly priceFen: string };
  readonly notBefore: string | null;
  readonly choose: (notBefore: string | null) => void;
}

/** What is promised of a harvest that is not there yet: on which day, and what is paid when. */
export default function ProductPresale({
  productId,
  presale,
  variant,
  notBefore,
  choose,
}: ProductPresaleProps) {
  const { nowFen, laterFen } = depositOf(variant.priceFen, presale.depositBps);
  return (
    <>
      <p>
        {t('预售：摘下来就发，{first} 到 {last} 每天能发的有数，先订先得。', {
          first: dayOf(presale.firstOn),
          last: dayOf(presale.lastOn),
        })}
      </p>
      <DispatchDays
        productId={productId}
        wanted={[{ variantId: variant.id, quantity: 1 }]}
        notBefore={notBefore}
        choose={choose}
      />
      {presale.payment === 'DEPOSIT' ? (
        <ol className="pay-steps">
          <li>
            {t('今天付订金')} <b>¥{yuanExact(nowFen)}</b>
          </li>
          <li>
            {t('尾款')} <b>¥{yuanExact(laterFen)}</b>
            <small>
              {presale.balanceDueOn !== null &&
                t('另加运费，{day} 前付，到时发短信提醒', { day: dayOf(presale.balanceDueOn) })}
            </small>
          </li>
          <li>
            {t('发货')} <small>{t('摘下来就发')}</small>
          </li>
        </ol>
      ) : (
        <p>{t('一次付清，尾款没有。')}</p>
      )}
      <p className="note">
        {presale.payment === 'DEPOSIT'
          ? t('发出之前不想要了，或尾款没付：付过的全部退回，订金也退。')
          : t('发出之前不想要了，付过的全部退回。')}{' '}
        {t('要是晚了，会先问您等不等。{moment} 前可以订。', { moment: momentOf(presale.ordersCloseAt) })}
      </p>
    </>
  );
}
