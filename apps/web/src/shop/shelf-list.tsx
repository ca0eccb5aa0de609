import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { t } from '../shared/i18n.js';
import { Empty, Failure } from '../shared/ui/states.js';
import { SHELF } from './catalog.documents.js';
import type { ShelfQuery } from './shelf-query.js';
import { GridSkeleton, ProductCard } from './product-card.js';

export const PAGE = 24;

interface PartProps {
  readonly query: ShelfQuery;
  readonly after: string | null;
  readonly isLast: boolean;
  readonly more: (cursor: string) => void;
}

/** One page of the list; the last one says that there is more. */
function Part({ query, after, isLast, more }: PartProps) {
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
      <ul className="grid">
        {nodes.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
      {isLast && pageInfo.hasNextPage && (
        <button type="button" className="button is-quiet more" onClick={() => more(pageInfo.endCursor ?? '')}>
          {t('再看一些')}
        </button>
      )}
    </>
  );
}

export function ShelfList({ query }: { query: ShelfQuery }) {
  const key = JSON.stringify(query);
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  useEffect(() => setCursors([null]), [key]);
  return (
    <div className="shelf-list">
      {cursors.map((after, index) => (
        <Part
          key={`${key} ${after}`}
          query={query}
          after={after}
          isLast={index === cursors.length - 1}
          more={(cursor) => setCursors([...cursors, cursor])}
        />
      ))}
    </div>
  );
}
