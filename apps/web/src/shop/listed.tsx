import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';
import { t } from '../shared/i18n.js';
import { Failure, Skeleton } from '../shared/ui/states.js';

export interface Place {
  readonly after: string | null;
  readonly isLast: boolean;
  readonly more: (cursor: string) => void;
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface PageOfListProps extends Place {
  /** Undefined until it is there. */
  readonly page: Page | undefined;
  readonly error: CombinedError | undefined;
  readonly retry: () => void;
  /** Shown where the first page holds nothing. */
  readonly empty: ReactNode;
  readonly children: ReactNode;
}

/** One page of a list: its rows, what is shown until they come, and the way to the next. */
export function PageOfList({ page, error, retry, empty, children, after, isLast, more }: PageOfListProps) {
  if (error && !page) return <Failure error={error} retry={retry} />;
  if (!page) return <Skeleton className="is-picture" count={2} />;
  if (page.nodes.length === 0 && after === null) return <>{empty}</>;
  return (
    <>
      {children}
      {isLast && page.pageInfo.hasNextPage && (
        <button
          type="button"
          className="button is-quiet more"
          onClick={() => more(page.pageInfo.endCursor ?? '')}
        >
          {t('再看一些')}
        </button>
      )}
    </>
  );
}

/** A list that grows by pages; what is shown of each is the page's own business. */
export function Listed({ show }: { show: (place: Place) => ReactNode }) {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <div className="panels">
      {cursors.map((after, index) => (
        <div key={after ?? ''} className="listed">
          {show({
            after,
            isLast: index === cursors.length - 1,
            more: (cursor) => setCursors([...cursors, cursor]),
          })}
        </div>
      ))}
    </div>
  );
}
