import { nowMs } from '../shared/clock.js';
import { ANSWERS, KEPT_AT } from '../shared/kept.js';
import { isShopAddress } from './addresses.js';

/** All files of this build, and its own name: filled in by the build. */
declare const BUILT_FILES: readonly string[];
declare const BUILD: string;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** The part of a worker's scope that is used here; the compiler knows the rest of it only instead of a page's. */
declare const self: {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  addEventListener(kind: 'install' | 'activate', hear: (event: Lasting) => void): void;
  addEventListener(kind: 'fetch', hear: (event: Asked) => void): void;
};

const FILES_OF = 'shop-files-';
const FILES = FILES_OF + BUILD;
const SHELL = '/shell';
const ASSETS = '/assets/shop/';

/** Some hundred kilobytes: the last goods that somebody looked at, and not the catalogue. */
const ANSWERS_MAX = 80;

/** What may be kept by anybody for a while is shown before it is asked for again, unless it is older than this. */
const SHOWN_MS_MAX = 3_600_000;

const addressesOfFiles = () => BUILT_FILES.map((file) => ASSETS + file);

async function forgetOldBuilds(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(FILES_OF) && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

const keptAtMs = (kept: Response): number => Date.parse(kept.headers.get('date') ?? '') || 0;

/** The server says of each answer whether it is everybody's; what is one person's is never among these addresses, and never kept. */
async function keep(store: Cache, request: Request, response: Response): Promise<void> {
  if (!response.ok || !(response.headers.get('cache-control') ?? '').includes('public')) return;
  await store.put(request, response);
  const kept = await store.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - ANSWERS_MAX)).map((old) => store.delete(old)));
}

/** Slow matters, such as categories, may be shown as they were; stock and prices only if nobody can be reached. */
function mayBeShownFirst(kept: Response): boolean {
  const isSlow = (kept.headers.get('cache-control') ?? '').includes('max-age');
  return isSlow && navigator.onLine && nowMs() - keptAtMs(kept) < SHOWN_MS_MAX;
}

/** The page says from when it is. */
function dated(kept: Response): Response {
  const headers = new Headers(kept.headers);
  headers.set(KEPT_AT, String(keptAtMs(kept)));
  return new Response(kept.body, { headers });
}

async function answer(event: Asked): Promise<Response> {
  const { request } = event;
  const store = await caches.open(ANSWERS);
  const kept = await store.match(request);
  const asked = fetch(request).then((response) => {
    // A phone without room answers all the same.
    event.waitUntil(keep(store, request, response.clone()).catch(() => undefined));
    return response;
  });
  if (!kept) return asked;
  if (!mayBeShownFirst(kept)) return asked.catch(() => dated(kept));
  event.waitUntil(asked.catch(() => undefined));
  return kept;
}

/** Pages are the server's own; without it, the shop that was kept, which asks for what the address shows. */
const page = (request: Request): Promise<Response> =>
  fetch(request).catch(async (error: unknown) => {
    const shell = await caches.match(SHELL);
    if (shell) return shell;
    throw error;
  });

/** Names carry the hash of what is in them: what was kept is right. */
const file = async (request: Request): Promise<Response> =>
  (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

// A new build waits until the last page of the old one is closed: that one goes on with the files it was built with.
self.addEventListener('install', (event) =>
  event.waitUntil(caches.open(FILES).then((store) => store.addAll([...addressesOfFiles(), SHELL]))),
);
self.addEventListener('activate', (event) =>
  event.waitUntil(forgetOldBuilds().then(() => self.clients.claim())),
);
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== self.location.origin) return;
  if (mode === 'navigate') {
    if (isShopAddress(pathname)) event.respondWith(page(event.request));
  } else if (pathname.startsWith(ASSETS)) event.respondWith(file(event.request));
  else if (pathname.startsWith('/graphql/documents/')) event.respondWith(answer(event));
});
