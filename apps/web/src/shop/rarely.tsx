import { type ComponentType, Suspense } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';
import { Skeleton } from '../shared/ui/states.js';

type English = Parameters<typeof moreEnglish>[0];

/** A page, or a part of one, that few open: its code and its English are fetched when somebody does; `own` is English that it alone needs. */
export function rarely<Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
  own?: English,
): ComponentType<Props> {
  const english: readonly English[] = [() => import('./en-more.js'), ...(own ? [own] : [])];
  const Part = part(async () => {
    const [fetched] = await Promise.all([fetchPart(), ...english.map(moreEnglish)]);
    return fetched;
  });
  return (props: Props) => (
    <Suspense fallback={<Skeleton className="is-picture" />}>
      <Part {...props} />
    </Suspense>
  );
}
