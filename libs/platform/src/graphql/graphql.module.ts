import type { DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NoSchemaIntrospectionCustomRule } from 'graphql';
import { AccessTokens } from '#platform/auth';
import { Config } from '#platform/config';
import { LiveGateway } from '#platform/live';
import { Log } from '#platform/log';
import { contextOf } from './context.js';
import { errorFormatter, maskSubscriptions } from './errors.js';
import { DEPTH_MAX, costRule, noSubscriptionRule } from './limits.js';
import { isOwnOrigin } from './origin.js';
import { nameResults } from './name-results.js';
import { scalars } from './scalars.js';

/** Nouns that several doors show in the same words, in the rooms they belong to. */
const SHARED_PARTS: Readonly<Record<string, readonly string[]>> = {
  storefront: ['libs/division/src', 'libs/aftersale/src', 'libs/review/src'],
  merchant: [
    'libs/division/src',
    'libs/approval/src',
    'libs/merchant/src',
    'libs/channel/src',
    'libs/catalog/src',
    'libs/certification/src',
    'libs/listing/src',
    'libs/harvest/src',
    'libs/intake/src',
    'libs/integrity/src',
    'libs/promotion/src',
    'libs/aftersale/src',
    'libs/closure/src',
    'libs/counter/src',
    'libs/vending/src',
    'libs/restocking/src',
  ],
  settlement: [
    'libs/division/src',
    'libs/approval/src',
    'libs/merchant/src',
    'libs/channel/src',
    'libs/catalog/src',
    'libs/certification/src',
    'libs/listing/src',
    'libs/harvest/src',
    'libs/intake/src',
    'libs/integrity/src',
    'libs/promotion/src',
    'libs/aftersale/src',
    'libs/closure/src',
    'libs/review/src',
    'libs/counter/src',
    'libs/vending/src',
    'libs/restocking/src',
  ],
};

export function sharedPartsOf(service: string): readonly string[] {
  return SHARED_PARTS[service] ?? [];
}

/** The SDL of one service: the words all share, the sign-in door, and its own parts. Read where it is written. */
export function schemaPartsOf(service: string): string[] {
  return [
    './libs/platform/src/graphql/*.graphql',
    './libs/account/src/*.graphql',
    ...sharedPartsOf(service).map((folder) => `./${folder}/*.graphql`),
    `./apps/${service}/src/**/*.graphql`,
  ];
}

/** Schema-first Mercurius with JIT, one configuration for the three services. */
export function graphqlModuleFor(service: string): DynamicModule {
  return GraphQLModule.forRootAsync<MercuriusDriverConfig>({
    driver: MercuriusDriver,
    inject: [Config, Log, LiveGateway],
    useFactory: (config: Config, log: Log, live: LiveGateway) => {
      const tokens = new AccessTokens(config.authSecret);
      return {
        typePaths: schemaPartsOf(service),
        resolvers: scalars,
        transformSchema: (schema) => maskSubscriptions(nameResults(schema), log),
        jit: 1, // Documents are compiled on their second use; texts are stable because values travel as variables.
        queryDepth: DEPTH_MAX,
        validationRules: [
          costRule,
          noSubscriptionRule,
          ...(config.isProduction ? [NoSchemaIntrospectionCustomRule] : []),
        ],
        errorFormatter: errorFormatter(log),
        graphiql: false, // It loads itself from a CDN; the page at `/` asks questions without one.
        allowBatchedQueries: false,
        context: (request: FastifyRequest, reply: FastifyReply) => contextOf(tokens, request, reply),
        subscription: {
          // Only subscriptions: over a socket neither persisted documents nor HTTP limits would hold.
          fullWsTransport: false,
          verifyClient: ({ origin, req }, next) => next(isOwnOrigin(origin, req.headers.host)),
          emitter: live.emitter,
          context: (_socket: unknown, request: FastifyRequest) => contextOf(tokens, request, undefined),
        },
      };
    },
  });
}
