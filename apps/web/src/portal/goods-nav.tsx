import { Link } from 'wouter';
import { t } from '../shared/i18n.js';
import { useDesk } from './desk.js';

/** Between what is offered and what lies in the warehouse; only owners say what is offered. */
export function GoodsNav({ at }: { at: 'stock' | 'listings' }) {
  const { isOwner } = useDesk();
  if (!isOwner) return null;
  return (
    <nav className="chips" aria-label={t('货品')}>
      <Link className="chip" href="/listings" aria-current={at === 'listings' ? 'page' : undefined}>
        {t('上架')}
      </Link>
      <Link className="chip" href="/goods" aria-current={at === 'stock' ? 'page' : undefined}>
        {t('仓库')}
      </Link>
    </nav>
  );
}
