import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { t } from '../i18n.js';
import { useTitle } from '../title.js';
import { Icon } from './icon.js';

/** The bar of a phone's page: back, what this is (for the browser as well), and what else it offers. */
export function TopBar({ title, children }: { title: string; children?: ReactNode }) {
  const [, go] = useLocation();
  useTitle(title);
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
