import { type ComponentType, Suspense } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';
import { Skeleton } from '../shared/ui/states.js';

/** A page, or a part of one, that few open: its code and its English are fetched when somebody does. */
export function rarely<Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  const Part = part(async () => {
    const [fetched] = await Promise.all([fetchPart(), moreEnglish(() => import('./en-more.js'))]);
    return fetched;
  });
  return (props: Props) => (
    <Suspense fallback={<Skeleton className="is-picture" />}>
      <Part {...props} />
    </Suspense>
  );
}
