import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';
import { t } from '../i18n.js';
import { Failure, Skeleton } from './states.js';

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: PageInfo;
}

export interface Place {
  readonly after: string | null;
  readonly isLast: boolean;
  readonly more: (cursor: string) => void;
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

/** The pages of a list that one has asked for so far. */
export function usePlaces(): readonly Place[] {
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return cursors.map((after, index) => ({
    after,
    isLast: index === cursors.length - 1,
    more: (cursor) => setCursors([...cursors, cursor]),
  }));
}

/** The way on, below the last of them. */
export function More({ pageInfo, isLast, more }: Pick<Place, 'isLast' | 'more'> & { pageInfo: PageInfo }) {
  if (!isLast || !pageInfo.hasNextPage) return null;
  return (
    <button type="button" className="button is-quiet more" onClick={() => more(pageInfo.endCursor ?? '')}>
      {t('再看一些')}
    </button>
  );
}

/** One page of a list as it stands there: its rows, what is shown until they come, and the way to the next. */
export function ListPart({ page, error, retry, empty, children, after, isLast, more }: PartProps & Place) {
  if (error && !page) return <Failure error={error} retry={retry} />;
  if (!page) return <Skeleton className="is-card" count={3} />;
  if (page.nodes.length === 0 && after === null) return <>{empty}</>;
  return (
    <>
      {children}
      <More pageInfo={page.pageInfo} isLast={isLast} more={more} />
    </>
  );
}

/** A list that grows by pages; what is shown of each is the page's own business. */
export function List({ show }: { show: (place: Place) => ReactNode }) {
  return (
    <>
      {usePlaces().map((place) => (
        <div key={place.after ?? ''} className="cards">
          {show(place)}
        </div>
      ))}
    </>
  );
}
