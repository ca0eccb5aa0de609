import { isEnglish } from '../i18n.js';
import { addressOf } from './documents.js';

/** In whose language the server is to speak. */
export const language = (): Record<string, string> => ({
  'accept-language': isEnglish() ? 'en' : 'zh-CN',
});

/** Whoever has waited this long is told so, and may ask again: a slow line takes seconds, one that is lost says nothing for ever. */
const PATIENCE_MS = 30_000;

function asked(address: string, init: RequestInit): Promise<Response> {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), PATIENCE_MS);
  return fetch(address, { ...init, signal: patience.signal });
}

export const post = (body: object): Promise<Response> =>
  asked('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...language() },
    body: JSON.stringify(body),
  });

/** A committed document: everybody gets the same answer, so it goes by GET. */
export const askedByName = (document: string, variables: object): Promise<Response> =>
  asked(addressOf(document, variables), { headers: language() });

/** One question beside the cache: signing in, renewing. */
export async function ask<T>(query: string, variables: object = {}): Promise<T | null> {
  const { data } = (await (await post({ query, variables })).json()) as { data?: T | null };
  return data ?? null;
}
