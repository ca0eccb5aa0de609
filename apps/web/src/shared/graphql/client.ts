import { Client, cacheExchange, fetchExchange } from 'urql';
import { KEPT_AT, tellKept } from '../kept.js';
import { askedByName, post } from './ask.js';
import { bootExchange } from './boot.js';
import { documentOf } from './documents.js';
import { renew } from './renew.js';

interface Body {
  readonly operationName?: string;
  readonly query: string;
  readonly variables?: object;
}

async function isUnknown(response: Response, hadSession: () => boolean): Promise<boolean> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return false;
  const { data, errors } = (await response.clone().json()) as {
    data?: Readonly<Record<string, unknown>> | null;
    errors?: readonly { extensions?: { code?: string } }[];
  };
  // Who one is may be asked by anybody: the answer is nobody once the session's short token is over.
  if (data?.['viewer'] === null && hadSession()) return true;
  return errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED') ?? false;
}

/** Whoever is nobody becomes a guest once. */
let renewing: Promise<boolean> | null = null;

async function renewed({ stranger, lost, hadSession = () => false }: ClientOptions): Promise<boolean> {
  const goesOn = await renew();
  if (goesOn === true) return true;
  if (hadSession()) {
    // Nobody becomes a stranger half-way through what they do as themselves. Refused, not unreached: it is over.
    if (goesOn === false) lost?.();
    return false;
  }
  if (!stranger) return false;
  await stranger();
  return true;
}

export interface ClientOptions {
  /** Makes somebody of whoever has not signed in, where that is possible; then what was refused is asked again. */
  readonly stranger?: () => Promise<unknown>;
  /** A session that was there is over. */
  readonly lost?: () => void;
  /** Whether somebody has signed in here before. */
  readonly hadSession?: () => boolean;
}

/** Public documents go by GET and may be kept on the way; everything else is posted, and once more after the session was renewed. */
export function makeClient(options: ClientOptions = {}): Client {
  const { hadSession = () => false } = options;
  const travel = async (_: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const body = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Body;
    const document = documentOf(body.operationName);
    if (document !== undefined) {
      const answer = await askedByName(document, body.variables ?? {});
      const keptAt = answer.headers.get(KEPT_AT);
      tellKept(keptAt === null ? null : Number(keptAt));
      return answer;
    }
    const response = await post(body);
    if (!(await isUnknown(response, hadSession))) return response;
    renewing ??= renewed(options).finally(() => (renewing = null));
    return (await renewing) ? post(body) : response;
  };
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, bootExchange(), fetchExchange],
    fetch: travel,
  });
}
