import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';
import { t } from '../i18n.js';
import { Failure, Skeleton } from './states.js';

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface PartProps {
  /** Undefined until it is there. */
  readonly page: Page | undefined;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
  /** Shown where the first page holds nothing. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

interface Place {
  readonly after: string | null;
  readonly isLast: boolean;
  readonly more: (cursor: string) => void;
}

/** One page of a list as it stands there: its rows, what is shown until they come, and the way to the next. */
export function ListPart({ page, error, retry, empty, children, after, isLast, more }: PartProps & Place) {
  if (error && !page) return <Failure error={error} retry={retry} />;
  if (!page) return <Skeleton className="is-card" count={3} />;
  if (page.nodes.length === 0 && after === null) return <>{empty}</>;
  return (
    <>
      {children}
      {isLast && page.pageInfo.hasNextPage && (
        <button
          type="button"
          className="button is-quiet is-wide"
          onClick={() => more(page.pageInfo.endCursor ?? '')}
        >
          {t('再看一些')}
        </button>
      )}
    </>
  );
}

/** A list that grows by pages; what is shown of each is the page's own business. */
export function List({ show }: { show: (place: Place) => ReactNode }) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <>
      {cursors.map((after, index) => (
        <div key={after ?? ''} className="cards">
          {show({
            after,
            isLast: index === cursors.length - 1,
            more: (cursor) => setCursors([...cursors, cursor]),
          })}
        </div>
      ))}
    </>
  );
}

export type { Place };
