import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { nowMs } from '../shared/clock.js';
import { whenOf } from '../shared/dates.js';
import { t } from '../shared/i18n.js';
import { onKept } from '../shared/kept.js';
import { useOver } from '../shared/session-over.js';
import { Icon, type IconName } from '../shared/ui/icon.js';
import { ElderSwitch, LocaleSwitch } from '../shared/ui/switches.js';
import { useCartCount } from './cart-count.js';
import mark from '../shared/art/mark.svg';
import { SearchBox } from './search-box.js';
import { signInPath } from './sign-in-path.js';

interface Tab {
  readonly href: string;
  readonly icon: IconName;
  readonly name: string;
}

const tabs = (): readonly Tab[] => [
  { href: '/', icon: 'home', name: t('首页') },
  { href: '/categories', icon: 'grid', name: t('分类') },
  { href: '/scan', icon: 'scan', name: t('扫码') },
  { href: '/cart', icon: 'cart', name: t('购物车') },
  { href: '/account', icon: 'person', name: t('我的') },
];

/** Says so while there is no network, and from when what is shown is: since it went, or since the oldest of what was kept. */
function OfflineBanner() {
  const [sinceMs, setSince] = useState<number | null>(() => (navigator.onLine ? null : nowMs()));
  useEffect(() => {
    const lost = () => setSince(nowMs());
    const found = () => setSince(null);
    const forget = onKept((atMs) =>
      setSince((since) => {
        if (atMs !== null) return Math.min(atMs, since ?? atMs);
        return navigator.onLine ? null : since;
      }),
    );
    addEventListener('offline', lost);
    addEventListener('online', found);
    return () => {
      forget();
      removeEventListener('offline', lost);
      removeEventListener('online', found);
    };
  }, []);
  if (sinceMs === null) return null;
  return (
    <p className="offline" role="status">
      <Icon name="cloud" />
      {t('没有网络，显示的是 {time} 前的内容', { time: whenOf(sinceMs) })}
    </p>
  );
}

/** Whoever was signed in until now signs in again, and comes back to where they are. */
function OverBanner() {
  const [path] = useLocation();
  const search = useSearch();
  if (!useOver() || path === '/sign-in') return null;
  return (
    <p className="offline is-over" role="status">
      {t('登录过期了，写好的都留着。')}
      <Link className="chip" href={signInPath(`${path}?${search}`)}>
        {t('重新登录')}
      </Link>
    </p>
  );
}

function Tabs() {
  const [path] = useLocation();
  const { count } = useCartCount();
  return (
    <nav className="tabs" aria-label={t('主导航')}>
      {tabs().map(({ href, icon, name }) => (
        <Link
          key={href}
          href={href}
          className={href === '/scan' ? 'is-scan' : undefined}
          aria-current={path === href ? 'page' : undefined}
        >
          <Icon name={icon} />
          {name}
          {href === '/cart' && count > 0 && <i>{count}</i>}
        </Link>
      ))}
    </nav>
  );
}

/** What is around every page: at a desk the green bar on top, on a phone the tabs below. */
export function Frame({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const said = new URLSearchParams(useSearch()).get('q') ?? '';
  // On a phone the others have a bar of their own.
  const isMain = ['/', '/categories', '/search'].includes(path);
  return (
    <>
      <a className="skip" href="#main">
        {t('跳到内容')}
      </a>
      <OfflineBanner />
      <OverBanner />
      <header className={`masthead${isMain ? ' is-main' : ''}`}>
        <div className="masthead-row">
          <Link href="/" className="brand">
            <img src={mark} alt="" width="32" height="32" className="brand-mark" />
            {t('桃源助农')}
          </Link>
          <ElderSwitch large={t('长辈版')} standard={t('标准版')} />
          <SearchBox said={path === '/search' ? said : ''} />
          <Tabs />
        </div>
      </header>
      {children}
      <footer className="colophon">
        <p>{t('桃源助农：消费帮扶的开源平台，每一笔都算得清')}</p>
        <LocaleSwitch />
      </footer>
      {!/^\/(products\/|cart|checkout|orders\/|openings\/|confirm\/|trace\/|scan|sign-in)/.test(path) && (
        <Tabs />
      )}
    </>
  );
}
