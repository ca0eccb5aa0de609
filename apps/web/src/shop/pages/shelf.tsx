import { useState } from 'react';
import { useQuery } from 'urql';
import { useSearch } from 'wouter';
import { named, t } from '../../shared/i18n.js';
import { Icon } from '../../shared/ui/icon.js';
import { CATEGORIES } from '../catalog.documents.js';
import { Filters, Sorts } from '../filters.js';
import { ShelfList } from '../shelf-list.js';
import { shelfQueryOf } from '../shelf-query.js';
import { TopBar } from '../../shared/ui/top-bar.js';

function useTitle(search: string): string {
  const said = new URLSearchParams(search);
  const [{ data }] = useQuery({ query: CATEGORIES, variables: {} });
  const category = data?.categories.find(({ code }) => code === said.get('category'));
  if (category) return named(category);
  const kinds: Readonly<Record<string, string>> = {
    PAVILION: t('县域专馆'),
    ZONE: t('商超专区'),
    COUNTER: t('智能专柜'),
  };
  const month = said.get('month');
  return (
    said.get('placeName') ??
    kinds[said.get('channel') ?? ''] ??
    (month === null ? t('全部好物') : t('{month} 月当季', { month }))
  );
}

/** What is on sale, narrowed by what the address says. */
export default function Shelf() {
  const search = useSearch();
  const query = shelfQueryOf(search);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <TopBar title={useTitle(search)}>
        <button
          type="button"
          className="icon-button phone-only"
          aria-label={t('筛选')}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="filter" />
        </button>
      </TopBar>
      <main id="main" className="page is-shelf">
        <aside className={isOpen ? 'aside is-open' : 'aside'} aria-label={t('筛选')}>
          <Filters query={query} />
        </aside>
        <div>
          <h2 className="hidden">{t('商品')}</h2>
          <Sorts sort={query.sort} />
          <ShelfList query={query} />
        </div>
      </main>
    </>
  );
}
