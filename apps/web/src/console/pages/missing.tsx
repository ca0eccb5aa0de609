import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Empty } from '../../shared/ui/states.js';
import { useTitle } from '../title.js';

export default function Missing() {
  useTitle(t('没有这个页面'));
  return (
    <main id="main" className="page">
      <h1 className="hidden">{t('没有这个页面')}</h1>
      <Empty icon="leaf" title={t('这里没有东西：地址写错了，或者已经搬走。')}>
        <Link className="button" href="/">
          {t('回到交易监测')}
        </Link>
      </Empty>
    </main>
  );
}
