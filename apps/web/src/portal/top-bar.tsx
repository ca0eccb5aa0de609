import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { t } from '../shared/i18n.js';
import { Icon } from '../shared/ui/icon.js';

/** What a page is, with the way back to where one came from. */
export function TopBar({ title, children }: { title: string; children?: ReactNode }) {
  const [, go] = useLocation();
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon-button"
        aria-label={t('返回')}
        onClick={() => (history.length > 1 ? history.back() : go('/'))}
      >
        <Icon name="back" />
      </button>
      <h1>{title}</h1>
      <div className="top-bar-end">{children}</div>
    </header>
  );
}
