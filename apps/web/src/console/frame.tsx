import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { t } from '../shared/i18n.js';
import mark from '../shared/art/mark.svg';
import { useSignOut } from '../shared/sign-out.js';
import { Icon } from '../shared/ui/icon.js';
import { LocaleSwitch } from '../shared/ui/switches.js';
import { SIGN_OUT } from './account.documents.js';
import { useDesk } from './desk.js';
import { menuFor } from './menu.js';

const isAt = (path: string, href: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);

function Menu({ onGo }: { onGo: () => void }) {
  const [path] = useLocation();
  const { may } = useDesk();
  return (
    <nav className="menu" aria-label={t('主导航')}>
      {menuFor(may).map((group) => (
        <section key={group.name}>
          <h2>{group.name}</h2>
          {group.items.map(({ href, icon, name }) => (
            <Link key={href} href={href} aria-current={isAt(path, href) ? 'page' : undefined} onClick={onGo}>
              <Icon name={icon} />
              {name}
            </Link>
          ))}
        </section>
      ))}
    </nav>
  );
}

/** What is around every page: at a desk the menu on the left, on a phone behind a button. */
export function Frame({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const { viewer, placeName } = useDesk();
  const { leave, isBusy } = useSignOut(SIGN_OUT);
  if (isAt(path, '/wall')) return <>{children}</>;
  return (
    <div className={`desk${isOpen ? ' is-open' : ''}`}>
      <a className="skip" href="#main">
        {t('跳到内容')}
      </a>
      <header className="side">
        <div className="side-head">
          <Link href="/" className="brand">
            <img src={mark} alt="" width="36" height="36" />
            {t('桃源监测台')}
          </Link>
          <button
            type="button"
            className="menu-button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t('收起') : t('菜单')}
          </button>
        </div>
        <div className="side-body">
          {placeName !== '' && (
            <p className="side-place">
              <Icon name="pin" />
              {placeName}
            </p>
          )}
          <Menu onGo={() => setOpen(false)} />
          <div className="side-foot">
            <Link href="/me" className="side-person" onClick={() => setOpen(false)}>
              <Icon name="person" />
              {viewer.displayName}
            </Link>
            <button type="button" className="text-button" disabled={isBusy} onClick={leave}>
              {t('退出登录')}
            </button>
            <LocaleSwitch />
          </div>
        </div>
      </header>
      {children}
    </div>
  );
}
