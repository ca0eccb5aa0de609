import { type ComponentType, lazy } from 'react';
import { Failure } from './ui/states.js';

/** What could not be fetched is said on the page, with a way on: the address is opened anew. */
function Unfetched() {
  return (
    <main id="main" className="page">
      <Failure retry={() => location.reload()} />
    </main>
  );
}

/** A page whose code is fetched when its address is opened. */
export function part<Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  return lazy(() => fetchPart().catch(() => ({ default: Unfetched as ComponentType<Props> })));
}
