import { type Client as Socket, createClient } from 'graphql-ws';
import type { ServiceName } from '#platform/service';
import { signedSocket } from '../harness/socket.js';
import type { World } from '../harness/world.js';

export interface Watched {
  readonly socket: Socket;
  readonly messages: readonly unknown[];
  readonly errors: readonly unknown[];
}

/** Where a service can be watched that runs in this process and was asked something before. */
export async function addressOf(world: World, service: ServiceName): Promise<string> {
  return `${(await world.app(service).getUrl()).replace('http', 'ws')}/graphql`;
}

/** What somebody hears from now on, and what is refused them. */
export function watch(
  url: string,
  token: string | null,
  { text, variables }: { readonly text: string; readonly variables: Readonly<Record<string, unknown>> },
): Watched {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const socket = createClient({ url, webSocketImpl: signedSocket(headers), retryAttempts: 0 });
  const [messages, errors]: [unknown[], unknown[]] = [[], []];
  socket.subscribe(
    { query: text, variables },
    {
      next: ({ data, errors: refused }) => (refused ? errors.push(...refused) : messages.push(data)),
      error: (error) => errors.push(error),
      complete: () => undefined,
    },
  );
  return { socket, messages, errors };
}
