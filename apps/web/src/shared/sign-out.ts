import type { TypedDocumentNode } from 'urql';
import { useAct } from './graphql/act.js';
import { rememberSession } from './session.js';

/** Out of this browser, and back to where everybody begins. */
export function useSignOut(
  document: TypedDocumentNode<{ readonly signOut: object }, Record<string, never>>,
): { readonly leave: () => void; readonly isBusy: boolean } {
  const { act, isBusy } = useAct(document);
  const leave = () =>
    void act({}).then((done) => {
      if (!done) return;
      rememberSession(false);
      location.assign('/');
    });
  return { leave, isBusy };
}
