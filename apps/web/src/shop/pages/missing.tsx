import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';

export default function Missing() {
  return (
    <>
      <TopBar title={t('没有这个页面')} />
      <main id="main" className="page">
        <Empty icon="leaf" title={t('这里没有东西：可能已经下架，或者地址写错了。')}>
          <Link className="button" href="/">
            {t('回首页看看')}
          </Link>
        </Empty>
      </main>
    </>
  );
}
