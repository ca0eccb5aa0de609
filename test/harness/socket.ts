import { createRequire } from 'node:module';

type SocketClass = new (
  url: string,
  protocols: string | string[],
  options: { readonly headers: Readonly<Record<string, string>> },
) => object;

/** Mercurius's own WebSocket; it brings no types. */
const WebSocket = createRequire(import.meta.url)('ws') as SocketClass;

/** A WebSocket that says who it is, as a browser does by its cookie. */
export function signedSocket(
  headers: Readonly<Record<string, string>>,
): new (url: string, protocols: string[]) => object {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers });
    }
  };
}
