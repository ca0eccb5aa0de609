import { useEffect, useRef } from 'react';
import { type TypedDocumentNode, stringifyDocument } from 'urql';

/** graphql-transport-ws, as far as one question that goes on needs it. */
interface Message<Data> {
  readonly type: 'connection_ack' | 'next' | 'error' | 'complete' | 'ping' | 'pong';
  readonly payload?: { readonly data?: Data | null };
}

/** A line that is gone is asked for again: soon, then more rarely, so that a service that comes back is not met by everybody at once. */
const PAUSE_MS = { first: 1_000, most: 30_000 };

function listen<Data>(query: string, told: (data: Data) => void, connected: () => void): () => void {
  let socket: WebSocket | null = null;
  let pauseMs = PAUSE_MS.first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLeft = false;
  const say = (message: object) => socket?.send(JSON.stringify(message));
  const open = () => {
    const { protocol, host } = location;
    const line = new WebSocket(
      `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`,
      'graphql-transport-ws',
    );
    socket = line;
    line.onopen = () => say({ type: 'connection_init' });
    line.onmessage = ({ data }: MessageEvent<string>) => {
      const { type, payload } = JSON.parse(data) as Message<Data>;
      if (type === 'connection_ack') {
        pauseMs = PAUSE_MS.first;
        say({ id: '1', type: 'subscribe', payload: { query } });
        connected();
      } else if (type === 'next' && payload?.data) told(payload.data);
      else if (type === 'ping') say({ type: 'pong' });
      // Whoever's token is over is told so here; the next line is asked for with the one that the page has renewed meanwhile.
      else if (type === 'error' || type === 'complete') line.close();
    };
    line.onclose = () => {
      if (isLeft) return;
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, PAUSE_MS.most);
    };
  };
  open();
  return () => {
    isLeft = true;
    clearTimeout(timer);
    socket?.close();
  };
}

/**
 * Hears what happens as it happens, as long as the page is there. What was said while the line was gone nobody says again: `connected` is called with each new line, and the page looks for itself.
 */
export function useLive<Data>(
  document: TypedDocumentNode<Data, Record<string, never>>,
  told: (data: Data) => void,
  connected: () => void,
): void {
  const latest = useRef({ told, connected });
  latest.current = { told, connected };
  useEffect(
    () =>
      listen<Data>(
        stringifyDocument(document),
        (data) => latest.current.told(data),
        () => latest.current.connected(),
      ),
    [document],
  );
}
