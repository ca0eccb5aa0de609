import type { ResultOf } from 'gql.tada';
import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { yuan } from '../../shared/money.js';
import { Icon } from '../../shared/ui/icon.js';
import { kilos } from '../adoption-words.js';
import type { VOICES } from '../product.documents.js';

type Offers = NonNullable<ResultOf<typeof VOICES>['product']>['adoptionOffers'];

/** The same harvest with a number on its tree. */
export default function ProductAdoption({ offers }: { offers: Offers }) {
  return (
    <section className="panel">
      <h2>
        <Icon name="leaf" />
        {t('也可以认养')}
      </h2>
      <p className="note">{t('现在付钱，它归您一季；收成分次寄到家，长少了按份退钱。')}</p>
      {offers
        .filter(({ takesOrders }) => takesOrders)
        .map(({ id, priceFen, guaranteedG, freeCount }) => (
          <Link key={id} className="button is-quiet" href={`/adopt/${id}`}>
            {freeCount > 0
              ? t('¥{price} 一棵，保底 {weight}', { price: yuan(priceFen), weight: kilos(guaranteedG) })
              : t('都有主了')}
          </Link>
        ))}
    </section>
  );
}
