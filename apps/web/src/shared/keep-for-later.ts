import { nowMs } from './clock.js';
import { answersOfPage } from './graphql/boot.js';
import { addressOf } from './graphql/documents.js';
import { ANSWERS } from './kept.js';

/** What came with the page was never fetched by itself, so the worker has not seen it. The server says it in Chinese. */
async function keepAnswersOfPage(): Promise<void> {
  const store = await caches.open(ANSWERS);
  for (const { document: name, variables, data } of answersOfPage())
    await store.put(
      new Request(addressOf(name, variables), { headers: { 'accept-language': 'zh-CN' } }),
      new Response(JSON.stringify({ data }), {
        headers: {
          'content-type': 'application/json',
          date: new Date(nowMs()).toUTCString(),
          vary: 'accept-language',
        },
      }),
    );
}

/**
 * Lets the worker keep this application for when there is no network. Once the page stands: what it fetches must not be in the way of what is shown. A browser that
 * cannot, or has no room, shows everything but that.
 */
export function keepForLater(): void {
  const begin = async () => {
    if (!('serviceWorker' in navigator)) return;
    await navigator.serviceWorker.register('/worker.js');
    await keepAnswersOfPage();
  };
  const start = () => void begin().catch(() => undefined);
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}
