import { Link } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Empty } from '../../shared/ui/states.js';
import { TopBar } from '../../shared/ui/top-bar.js';

export default function Missing() {
  return (
    <>
      <TopBar title={t('没有这个页面')} />
      <main id="main" className="page">
        <Empty icon="leaf" title={t('这里没有东西：地址写错了，或者它是别家的。')}>
          <Link className="button" href="/">
            {t('回到今天')}
          </Link>
        </Empty>
      </main>
    </>
  );
}
