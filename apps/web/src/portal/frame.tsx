import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { t } from '../shared/i18n.js';
import { hadSession } from '../shared/session.js';
import { Icon, type IconName } from '../shared/ui/icon.js';
import { ElderSwitch, LocaleSwitch } from '../shared/ui/switches.js';
import sprout from './art/sprout.svg';

interface Tab {
  readonly href: string;
  readonly icon: IconName;
  readonly name: string;
  /** Other addresses that lie behind it. */
  readonly holds: RegExp;
}

const tabs = (): readonly Tab[] => [
  {
    href: '/',
    icon: 'home',
    name: t('今天'),
    holds:
      /^\/(?:me|team|join|apply.*|papers|closure|linkage.*|certifications.*|places.*|range.*|consignment|sell-through.*|offtakes.*|zone-contracts.*)?$/,
  },
  { href: '/ship', icon: 'truck', name: t('发货'), holds: /^\/(?:ship|orders|packing|print|scan|pick-ups)/ },
  {
    href: '/goods',
    icon: 'box',
    name: t('货品'),
    holds: /^\/(?:goods|stock|listings|batches|after-sales|reviews|presales|imports)/,
  },
  { href: '/money', icon: 'coin', name: t('钱款'), holds: /^\/(?:money|insight|statements|bank-account)/ },
  { href: '/help', icon: 'help', name: t('帮助'), holds: /^\/help/ },
];

function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener('offline', look);
    addEventListener('online', look);
    return () => {
      removeEventListener('offline', look);
      removeEventListener('online', look);
    };
  }, []);
  return isOnline;
}

/** What was typed is kept meanwhile. */
function OfflineBanner() {
  if (useOnline()) return null;
  return (
    <p className="offline" role="status">
      <Icon name="cloud" />
      {t('没有网络。写好的东西都留着，有网了再按一次。')}
    </p>
  );
}

function Tabs() {
  const [path] = useLocation();
  return (
    <nav className="tabs" aria-label={t('主导航')}>
      {tabs().map(({ href, icon, name, holds }) => (
        <Link key={href} href={href} aria-current={holds.test(path) ? 'page' : undefined}>
          <Icon name={icon} />
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** What is around every page: at a desk the green bar on top, on a phone the tabs below. */
export function Frame({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const isKnown = hadSession();
  const isMain = !isKnown || path === '/';
  return (
    <>
      <a className="skip" href="#main">
        {t('跳到内容')}
      </a>
      <OfflineBanner />
      <header className={`masthead${isMain ? ' is-main' : ''}`}>
        <div className="masthead-row">
          <Link href="/" className="brand">
            <img src={sprout} alt="" width="32" height="32" />
            {t('桃源商家')}
          </Link>
          {isKnown && <Tabs />}
          <ElderSwitch large={t('大字')} standard={t('标准字')} />
        </div>
      </header>
      {children}
      <footer className="colophon">
        <LocaleSwitch />
      </footer>
      {isKnown && <Tabs />}
    </>
  );
}
