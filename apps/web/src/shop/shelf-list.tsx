import { useQuery } from 'urql';
import { t } from '../shared/i18n.js';
import { More, type Place, usePlaces } from '../shared/ui/list.js';
import { Empty, Failure } from '../shared/ui/states.js';
import { SHELF } from './catalog.documents.js';
import type { ShelfQuery } from './shelf-query.js';
import { GridSkeleton, ProductGrid } from './product-card.js';

export const PAGE = 24;

/** One page of the list; the last one says that there is more. */
function Part({ query, after, isLast, more }: Place & { query: ShelfQuery }) {
  const [{ data, error }, again] = useQuery({
    query: SHELF,
    variables: { filter: query.filter, sort: query.sort, first: PAGE, after },
  });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <GridSkeleton />;
  const { nodes, pageInfo } = data.products;
  if (nodes.length === 0 && after === null)
    return <Empty icon="leaf" title={t('这样的商品现在没有，换个条件看看。')} />;
  return (
    <>
      <ProductGrid products={nodes} />
      <More pageInfo={pageInfo} isLast={isLast} more={more} />
    </>
  );
}

function Parts({ query }: { query: ShelfQuery }) {
  return (
    <div className="shelf-list">
      {usePlaces().map((place) => (
        <Part key={place.after ?? ''} query={query} {...place} />
      ))}
    </div>
  );
}

/** Another question is another list, from its beginning. */
export const ShelfList = ({ query }: { query: ShelfQuery }) => (
  <Parts key={JSON.stringify(query)} query={query} />
);
