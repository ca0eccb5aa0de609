import { useEffect, useState } from 'react';
import type { Client } from 'urql';
import { freshKey } from '../../shared/draft.js';
import { LISTING_SAVE } from '../listing.documents.js';
import { type Form, type Listing, type Said, formOf, textOf } from './form.js';

/** Goods that are typed on this phone, kept with every letter until they are handed in. */
export interface Draft {
  /** One's own name for the first save. */
  readonly key: string;
  readonly merchantId: string;
  readonly productId: string | null;
  /** Null until the first save was answered. */
  readonly listingId: string | null;
  /** What this phone has seen of it. */
  readonly revision: number;
  readonly form: Form;
  /** What was typed since the last save that was answered. */
  readonly isDirty: boolean;
  /**
   * A save whose answer has not come: it goes again as it was, because the service knows a save that comes twice by its content, and tells everything else apart as another phone's.
   */
  readonly sent: string | null;
}

/** What became of the last try. */
export type Outcome =
  | { readonly kind: 'SAVED' | 'LOST' | 'CHANGED' | 'DECIDED' }
  | { readonly kind: 'OPEN'; readonly listingId: string | null }
  | { readonly kind: 'REFUSED'; readonly message: string };

const PREFIX = 'listing:';
const heard = new Set<() => void>();
const tell = () => {
  for (const hear of heard) hear();
};

function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as Draft | null;
  } catch {
    return null; // Written by another build, or by somebody else.
  }
}

export function readDrafts(merchantId: string): readonly Draft[] {
  const keys = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const drafts = keys.map((name) => read(name.slice(PREFIX.length)));
  return drafts.filter((draft): draft is Draft => draft?.merchantId === merchantId);
}

/** By its own name, or by that of the listing it has become. */
export const draftOf = (merchantId: string, id: string): Draft | null =>
  readDrafts(merchantId).find(({ key, listingId }) => key === id || listingId === id) ?? null;

export function keepDraft(draft: Draft): void {
  localStorage.setItem(PREFIX + draft.key, JSON.stringify(draft));
  tell();
}

export function dropDraft(key: string): void {
  localStorage.removeItem(PREFIX + key);
  tell();
}

export function beginDraft(merchantId: string, productId: string | null, form: Form): Draft {
  const draft = {
    key: freshKey(),
    merchantId,
    productId,
    listingId: null,
    revision: 0,
    form,
    isDirty: false,
    sent: null,
  };
  keepDraft(draft);
  return draft;
}

/** What lies at the service, for this phone to go on with. */
const theirs = (merchantId: string, key: string, listing: Listing): Draft => ({
  key,
  merchantId,
  productId: listing.productId,
  listingId: listing.id,
  revision: listing.revision,
  form: formOf(listing.content),
  isDirty: false,
  sent: null,
});

const isTyped = ({ state }: Pick<Listing, 'state'>): boolean => state === 'DRAFT' || state === 'RETURNED';

/** What this phone has and what the service has become one; true where both were typed on and somebody has to choose. */
export function meet(merchantId: string, listing: Listing): boolean {
  const draft = draftOf(merchantId, listing.id);
  if (!draft) {
    if (isTyped(listing)) keepDraft(theirs(merchantId, listing.id, listing));
    return false;
  }
  if (!isTyped(listing)) {
    // What was typed meanwhile is kept: it may be sent back, and is asked about then.
    if (!draft.isDirty) dropDraft(draft.key);
    return false;
  }
  if (listing.revision <= draft.revision) return false;
  const there = textOf(formOf(listing.content));
  if (!draft.isDirty || there === textOf(draft.form)) {
    const form = there === textOf(draft.form) ? draft.form : formOf(listing.content);
    keepDraft({ ...theirs(merchantId, draft.key, listing), form });
    return false;
  }
  if (there !== draft.sent) return true;
  keepDraft({ ...draft, revision: listing.revision, sent: null });
  return false;
}

export const takeTheirs = (draft: Draft, listing: Listing): void =>
  keepDraft(theirs(draft.merchantId, draft.key, listing));

/** What was typed here goes over what is there, which somebody has looked at now. */
export const takeOurs = (draft: Draft, { revision }: Listing): void =>
  keepDraft({ ...draft, revision, isDirty: true, sent: null });

const underWay = new Set<string>();

/** Brings what was typed to the service, once at a time for each. */
export async function sendDraft(client: Client, key: string): Promise<Outcome> {
  const draft = read(key);
  if (!draft || !draft.isDirty || underWay.has(key)) return { kind: 'SAVED' };
  underWay.add(key);
  try {
    const text = draft.sent ?? textOf(draft.form);
    keepDraft({ ...draft, sent: text });
    const { merchantId, productId, listingId, revision } = draft;
    const content = JSON.parse(text) as Said;
    const input = { merchantId, productId, listingId, idempotencyKey: key, revision, content };
    const { data } = await client.mutation(LISTING_SAVE, { input }).toPromise();
    const answer = data?.listingSave;
    if (!answer) return { kind: 'LOST' };
    const now = read(key);
    if (!now) return { kind: 'SAVED' }; // Thrown away meanwhile.
    if (answer.__typename === 'ListingSavePayload') {
      const { id, revision: kept } = answer.listing;
      keepDraft({
        ...now,
        listingId: id,
        revision: kept,
        sent: null,
        isDirty: textOf(now.form) !== text,
      });
      return { kind: 'SAVED' };
    }
    if (answer.__typename === 'ListingOpenError') return { kind: 'OPEN', listingId: answer.listingId };
    if (answer.__typename === 'ListingChangedError') return { kind: 'CHANGED' };
    if (answer.__typename === 'ListingStateError') return { kind: 'DECIDED' };
    // Mended, it is another save.
    keepDraft({ ...now, sent: null });
    return { kind: 'REFUSED', message: answer.fields.map(({ message }) => message).join(' ') };
  } finally {
    underWay.delete(key);
    tell();
  }
}

export const isUnderWay = (key: string): boolean => underWay.has(key);

/** Looks again whenever something on this phone was kept or dropped. */
export function useHeard(): void {
  const [, look] = useState(0);
  useEffect(() => {
    const hear = () => look((count) => count + 1);
    heard.add(hear);
    return () => void heard.delete(hear);
  }, []);
}

export const typed = (draft: Draft, changes: Partial<Form>): Draft => ({
  ...draft,
  form: { ...draft.form, ...changes },
  isDirty: true,
});
