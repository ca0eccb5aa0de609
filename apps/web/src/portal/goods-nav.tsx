import { Link } from 'wouter';
import { t } from '../shared/i18n.js';
import { useDesk } from './desk.js';

/** Between what is offered, what was harvested, what is ordered before it is, what comes in and what lies where; only owners say what is offered. */
export function GoodsNav({ at }: { at: 'stock' | 'places' | 'listings' | 'batches' | 'presales' }) {
  const { isOwner } = useDesk();
  const here = (name: typeof at) => (at === name ? 'page' : undefined);
  return (
    <nav className="chips" aria-label={t('货品')}>
      {isOwner && (
        <Link className="chip" href="/listings" aria-current={here('listings')}>
          {t('上架')}
        </Link>
      )}
      <Link className="chip" href="/batches" aria-current={here('batches')}>
        {t('批次')}
      </Link>
      <Link className="chip" href="/presales" aria-current={here('presales')}>
        {t('预售')}
      </Link>
      <Link className="chip" href="/goods" aria-current={here('stock')}>
        {t('仓库')}
      </Link>
      <Link className="chip" href="/stock" aria-current={here('places')}>
        {t('库存')}
      </Link>
      <Link className="chip" href="/imports">
        {t('用表格')}
      </Link>
    </nav>
  );
}
