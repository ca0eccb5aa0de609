import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { t } from '../../shared/i18n.js';
import { Empty, Failure } from '../../shared/ui/states.js';
import { FIND } from '../catalog.documents.js';
import { Sorts } from '../filters.js';
import { GridSkeleton, ProductGrid } from '../product-card.js';
import { PAGE } from '../shelf-list.js';
import { shelfQueryOf } from '../shelf-query.js';

/** What a word finds; where it was misspelt, how it was read. */
export default function Search() {
  const search = useSearch();
  const said = new URLSearchParams(search).get('q')?.trim() ?? '';
  const { filter, sort } = shelfQueryOf(search);
  const isSorted = new URLSearchParams(search).has('sort');
  const [{ data, error }, again] = useQuery({
    query: FIND,
    variables: { query: said, filter, sort: isSorted ? sort : null, first: PAGE * 2 },
    pause: said === '',
  });
  const found = data?.productSearch;
  return (
    <main id="main" className="page">
      <h1 className="hidden">{t('搜索')}</h1>
      {said === '' && <Empty icon="search" title={t('想买什么？写汉字、拼音或首字母都行。')} />}
      {error && !found && said !== '' && (
        <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      )}
      {!found && !error && said !== '' && <GridSkeleton />}
      {found && said !== '' && (
        <>
          <p className="found" role="status">
            {t('“{said}”找到 {n} 款', { said, n: found.hitCount })}
            {found.spelling !== null && `（${t('按“{spelling}”来找的', { spelling: found.spelling })}）`}
          </p>
          {found.hitCount === 0 ? (
            <Empty icon="search" title={t('没有找到。换个说法，或者看看大家常买的：')}>
              <ul className="chips">
                {found.popular.map(({ id, name }) => (
                  <li key={id}>
                    <Link href={`/products/${id}`} className="chip">
                      {name}
                    </Link>
                  </li>
                ))}
              </ul>
            </Empty>
          ) : (
            <>
              <Sorts sort={sort} />
              <ProductGrid products={found.products.nodes} />
            </>
          )}
        </>
      )}
    </main>
  );
}
