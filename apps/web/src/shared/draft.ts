import { useState } from 'react';

function readDraft(store: Storage, key: string): object {
  try {
    return (JSON.parse(store.getItem(key) ?? '{}') ?? {}) as object;
  } catch {
    return {}; // Written by another build, or by somebody else: one begins anew.
  }
}

/** What somebody has typed and not sent: kept with every letter, so that nothing is lost when a phone forgets the page. Of one `key`. */
export function useDraft<Fields extends object>(
  key: string,
  blank: Fields,
  store: Storage = localStorage,
): readonly [Fields, (changes: Partial<Fields>) => void, () => void] {
  const name = `draft:${key}`;
  const [draft, setDraft] = useState<Fields>(() => ({ ...blank, ...readDraft(store, name) }));
  const change = (changes: Partial<Fields>) =>
    setDraft((now) => {
      const next = { ...now, ...changes };
      store.setItem(name, JSON.stringify(next));
      return next;
    });
  const forget = () => {
    store.removeItem(name);
    setDraft(blank);
  };
  return [draft, change, forget];
}

/** A name of one's own for an act that must happen once. Not `randomUUID`, which is younger than the phones that come here. */
export const freshKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
