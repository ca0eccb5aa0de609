import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, type Server, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';

export interface Answer {
  readonly status: number;
  // Tests look into answers of every shape.
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly headers: IncomingHttpHeaders;
}

/** Connections are kept: to open one for each question takes longer than most answers. */
const agent = new Agent({ keepAlive: true });

const opened = new WeakMap<NestFastifyApplication, Promise<unknown>>();

/** Opened with the first question, and closed with the service. */
async function portOf(app: NestFastifyApplication): Promise<number> {
  const server: Server = app.getHttpServer();
  if (!opened.has(app)) opened.set(app, server.listening ? Promise.resolve() : app.listen(0, '127.0.0.1'));
  await opened.get(app);
  return (server.address() as AddressInfo).port;
}

/** Speaks GraphQL to one service as one person (or nobody). */
export class Client {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly token: string | null = null,
    private readonly language = 'en',
  ) {}

  as(token: string): Client {
    return new Client(this.app, token, this.language);
  }

  speaking(language: string): Client {
    return new Client(this.app, this.token, language);
  }

  async send(query: string, variables: object = {}): Promise<Answer> {
    const body = JSON.stringify({ query, variables });
    const asked = request({
      agent,
      host: '127.0.0.1',
      port: await portOf(this.app),
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'accept-language': this.language,
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      },
    });
    asked.end(body);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    const { data, errors } = JSON.parse(await text(response)) as Partial<Answer>;
    return {
      status: response.statusCode ?? 0,
      data: data ?? null,
      errors: errors ?? [],
      headers: response.headers,
    };
  }

  /** The value of the one root field; fails the test with the errors if there are any. */
  async ask<T = Record<string, unknown>>(query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await this.send(query, variables);
    if (errors.length > 0 || data === null) throw new Error(`Unexpected errors: ${JSON.stringify(errors)}`);
    const [value] = Object.values(data);
    return value as T;
  }

  /** The code of the first top-level error; fails the test if there is none. */
  async codeOf(query: string, variables: object = {}): Promise<string> {
    const { errors, data } = await this.send(query, variables);
    const [first] = errors;
    if (!first) throw new Error(`Expected an error, got ${JSON.stringify(data)}`);
    return first.extensions.code;
  }

  get http(): ReturnType<typeof supertest> {
    return supertest(this.app.getHttpServer());
  }
}
