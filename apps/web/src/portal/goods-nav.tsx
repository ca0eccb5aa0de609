import { Link } from 'wouter';
import { t } from '../shared/i18n.js';
import { useDesk } from './desk.js';

/** Between what is offered, what comes in and what lies where; only owners say what is offered. */
export function GoodsNav({ at }: { at: 'stock' | 'places' | 'listings' }) {
  const { isOwner } = useDesk();
  return (
    <nav className="chips" aria-label={t('货品')}>
      {isOwner && (
        <Link className="chip" href="/listings" aria-current={at === 'listings' ? 'page' : undefined}>
          {t('上架')}
        </Link>
      )}
      <Link className="chip" href="/goods" aria-current={at === 'stock' ? 'page' : undefined}>
        {t('仓库')}
      </Link>
      <Link className="chip" href="/stock" aria-current={at === 'places' ? 'page' : undefined}>
        {t('库存')}
      </Link>
    </nav>
  );
}
