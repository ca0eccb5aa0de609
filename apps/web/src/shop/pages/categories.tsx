import { useQuery } from 'urql';
import { Link } from 'wouter';
import { named, t } from '../../shared/i18n.js';
import { useTitle } from '../../shared/title.js';
import { Failure, Skeleton } from '../../shared/ui/states.js';
import { pictureOf } from '../../shared/pictures.js';
import { FACETS } from '../catalog.documents.js';

/** Every category with how much of it there is, and every county. */
export default function Categories() {
  useTitle(t('分类'));
  const [{ data, error, fetching }, again] = useQuery({ query: FACETS, variables: { filter: {} } });
  const facets = data?.productFacets;
  return (
    <main id="main" className="page">
      <h1 className="hidden">{t('分类')}</h1>
      {error && !facets && <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {fetching && !facets && (
        <div className="tiles" aria-busy="true">
          <Skeleton className="is-tile" count={12} />
        </div>
      )}
      {facets && (
        <>
          <h2 className="heading">{t('吃什么，用什么')}</h2>
          <ul className="tiles">
            {facets.categories.map(({ category, productCount }) => (
              <li key={category.code}>
                <Link href={`/products?category=${category.code}`} className="tile">
                  <img src={pictureOf('', category.code)} alt="" width="160" height="120" loading="lazy" />
                  <b>{named(category)}</b>
                  <small>{t('{n} 款', { n: productCount })}</small>
                </Link>
              </li>
            ))}
          </ul>
          <h2 className="heading">{t('从哪里来')}</h2>
          <ul className="chips">
            {facets.counties.map(({ county, productCount }) => (
              <li key={county.code}>
                <Link href={`/products?county=${county.code}`} className="chip">
                  {county.name}
                  <small>{productCount}</small>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
