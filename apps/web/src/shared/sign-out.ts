import type { TypedDocumentNode } from 'urql';
import { useAct } from './graphql/act.js';
import { dropPhotos } from './photo-store.js';
import { rememberSession } from './session.js';

/** Out of this browser, and back to where everybody begins. */
export function useSignOut(
  document: TypedDocumentNode<{ readonly signOut: object }, Record<string, never>>,
): { readonly leave: () => void; readonly isBusy: boolean } {
  const { act, isBusy } = useAct(document);
  const leave = () =>
    void act({}).then(async (done) => {
      if (!done) return;
      rememberSession(false);
      await dropPhotos();
      location.assign('/');
    });
  return { leave, isBusy };
}
