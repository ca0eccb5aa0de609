import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';

/** Between what an operator of pavilions and zones sees to. */
export function PlaceNav({ at }: { at: 'places' | 'range' | 'contracts' | 'offtakes' | 'sold' }) {
  const here = (name: typeof at) => (at === name ? 'page' : undefined);
  return (
    <nav className="chips" aria-label={t('专馆和专区')}>
      <Link className="chip" href="/places" aria-current={here('places')}>
        {t('馆区')}
      </Link>
      <Link className="chip" href="/range" aria-current={here('range')}>
        {t('进场的货')}
      </Link>
      <Link className="chip" href="/sell-through" aria-current={here('sold')}>
        {t('报销售')}
      </Link>
      <Link className="chip" href="/offtakes" aria-current={here('offtakes')}>
        {t('收购')}
      </Link>
      <Link className="chip" href="/zone-contracts" aria-current={here('contracts')}>
        {t('合同')}
      </Link>
    </nav>
  );
}
