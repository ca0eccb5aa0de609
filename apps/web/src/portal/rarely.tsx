import { type ComponentType, Suspense } from 'react';
import { moreEnglish } from '../shared/i18n.js';
import { part } from '../shared/part.js';
import { Waiting } from './waiting.js';

type English = () => Promise<{ default: Readonly<Record<string, string>> }>;

/** A page of a matter that not everybody has to do with: its code and its English are fetched when somebody opens it. */
export function rarely<Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
  english: English,
): ComponentType<Props> {
  const Part = part(async () => {
    const [fetched] = await Promise.all([fetchPart(), moreEnglish(english)]);
    return fetched;
  });
  return (props: Props) => (
    <Suspense fallback={<Waiting />}>
      <Part {...props} />
    </Suspense>
  );
}
