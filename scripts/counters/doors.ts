import { setTimeout as sleep } from 'node:timers/promises';

export type Door = 'storefront' | 'merchant';

/** Somebody presses the button again, as people do, for so long. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 500;

/** What was made, or why not: a refusal has a code. */
export type Answer<T> = Partial<T> & { readonly code?: string };

interface Body<T> {
  readonly data?: Record<string, Answer<T> | null>;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Nobody there, or a fault of theirs: what was asked may have happened or not, and everything here may be asked again. */
class NoAnswer extends Error {}

/** The services as buyers and operators see them. Whoever gets no answer asks the same again. */
export class Doors {
  constructor(private readonly urls: Readonly<Record<Door, string>>) {}

  /** The value of the one root field. */
  async ask<T>(door: Door, token: string | null, query: string, variables: object): Promise<Answer<T>> {
    return this.insisting(async () => {
      const response = await this.send(`${this.urls[door]}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json().catch(() => ({}))) as Body<T>;
      const [fault] = errors ?? [];
      const code = fault?.extensions?.code;
      if (fault && code !== 'INTERNAL' && code !== 'TOO_MANY_REQUESTS' && response.status < 500)
        throw new Error(`${door}: ${code ?? ''} ${fault.message}\n${query}`);
      const [answer] = Object.values(data ?? {});
      if (!answer) throw new NoAnswer(`${door}: ${fault?.message ?? response.status}`);
      return answer;
    });
  }

  /** What a buyer does on the page of the sandbox: presses 确认付款. False where nothing is to be paid any more. */
  async pay(pageUrl: string): Promise<boolean> {
    const { status } = await this.insisting(() =>
      this.send(`${pageUrl}/pay`, { method: 'POST', redirect: 'manual', body: new URLSearchParams() }),
    );
    return status === 303;
  }

  private async send(url: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(url, request);
    } catch (error) {
      throw new NoAnswer(`nobody answers at ${url}`, { cause: error });
    }
  }

  private async insisting<T>(work: () => Promise<T>): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof NoAnswer) || performance.now() > until) throw error;
      }
      await sleep(AGAIN_MS);
    }
  }
}
