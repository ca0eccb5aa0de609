import { useQuery } from 'urql';
import { Link, useSearch } from 'wouter';
import { t } from '../../shared/i18n.js';
import { useTitle } from '../../shared/title.js';
import { More, type Place, usePlaces } from '../../shared/ui/list.js';
import { Empty, Failure } from '../../shared/ui/states.js';
import { FIND } from '../catalog.documents.js';
import { Sorts } from '../filters.js';
import { GridSkeleton, ProductGrid } from '../product-card.js';
import { PAGE } from '../shelf-list.js';
import { shelfQueryOf } from '../shelf-query.js';

interface Asked {
  readonly said: string;
  readonly search: string;
}

/** One page of what a word finds; the first says how much there is and how it was read, the last that there is more. */
function Part({ said, search, after, isLast, more }: Asked & Place) {
  const { filter, sort } = shelfQueryOf(search);
  const isSorted = new URLSearchParams(search).has('sort');
  const [{ data, error }, again] = useQuery({
    query: FIND,
    variables: { query: said, filter, sort: isSorted ? sort : null, first: PAGE * 2, after },
  });
  const found = data?.productSearch;
  if (error && !found)
    return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!found) return <GridSkeleton />;
  const { nodes, pageInfo } = found.products;
  return (
    <>
      {after === null && (
        <p className="found" role="status">
          {t('“{said}”找到 {n} 款', { said, n: found.hitCount })}
          {found.spelling !== null && `（${t('按“{spelling}”来找的', { spelling: found.spelling })}）`}
        </p>
      )}
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
          {after === null && <h2 className="hidden">{t('商品')}</h2>}
          {after === null && <Sorts sort={sort} />}
          <ProductGrid products={nodes} />
          <More pageInfo={pageInfo} isLast={isLast} more={more} />
        </>
      )}
    </>
  );
}

function Found(asked: Asked) {
  return (
    <>
      {usePlaces().map((place) => (
        <Part key={place.after ?? ''} {...asked} {...place} />
      ))}
    </>
  );
}

/** What a word finds; where it was misspelt, how it was read. */
export default function Search() {
  useTitle(t('搜索'));
  const search = useSearch();
  const said = new URLSearchParams(search).get('q')?.trim() ?? '';
  return (
    <main id="main" className="page">
      <h1 className="hidden">{t('搜索')}</h1>
      {said === '' ? (
        <Empty icon="search" title={t('想买什么？写汉字、拼音或首字母都行。')} />
      ) : (
        <Found key={search} said={said} search={search} />
      )}
    </main>
  );
}
