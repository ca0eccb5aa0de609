import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';

export interface Answer {
  readonly status: number;
  // Tests look into answers of every shape.
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly headers: Readonly<Record<string, string | string[]>>;
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
    const request = supertest(this.app.getHttpServer())
      .post('/graphql')
      .set('accept-language', this.language);
    if (this.token !== null) void request.set('authorization', `Bearer ${this.token}`);
    const response = await request.send({ query, variables });
    return {
      status: response.status,
      data: response.body.data ?? null,
      errors: response.body.errors ?? [],
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
