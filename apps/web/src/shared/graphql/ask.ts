import { isEnglish } from '../i18n.js';
import { addressOf } from './documents.js';

/** In whose language the server is to speak. */
export const language = (): Record<string, string> => ({
  'accept-language': isEnglish() ? 'en' : 'zh-CN',
});

export const post = (body: object): Promise<Response> =>
  fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...language() },
    body: JSON.stringify(body),
  });

/** A committed document: everybody gets the same answer, so it goes by GET. */
export const askedByName = (document: string, variables: object): Promise<Response> =>
  fetch(addressOf(document, variables), { headers: language() });

/** One question beside the cache: signing in, renewing. */
export async function ask<T>(query: string, variables: object = {}): Promise<T | null> {
  const { data } = (await (await post({ query, variables })).json()) as { data?: T | null };
  return data ?? null;
}
