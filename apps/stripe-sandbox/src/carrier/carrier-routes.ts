import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.js';
import type { SandboxCarrier } from './carrier.js';
import { isSigned } from './signature.js';

interface Asked {
  readonly ref?: string;
  readonly carrier?: string;
  readonly trackingNo?: string;
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string' && value !== '' && value.length <= 80) return value;
  throw new Problem('ref, carrier and trackingNo are text.');
};

/** What a shop asks of its carriers, signed; and beside it what a hand does to a parcel, with curl. */
export function mountCarrier(server: FastifyInstance, carrier: SandboxCarrier, secret: string): void {
  void server.register(
    async (scope) => {
      scope.setErrorHandler((error, request, reply) => {
        if (!(error instanceof Problem)) request.log.error(error);
        const status = error instanceof Problem ? error.status : 500;
        return reply
          .code(status)
          .send({ error: { message: error instanceof Error ? error.message : String(error) } });
      });
      const signed = (request: FastifyRequest): { readonly parcels?: readonly Asked[] } & Asked => {
        const body = typeof request.body === 'string' ? request.body : '';
        const signature = String(request.headers['carrier-signature'] ?? '');
        if (!isSigned(body, secret, signature))
          throw new Problem('The signature does not fit.', { status: 401 });
        return JSON.parse(body) as { readonly parcels?: readonly Asked[] } & Asked;
      };
      scope.post('/numbers', (request) => ({
        numbers: Object.fromEntries(
          (signed(request).parcels ?? []).map(({ ref, carrier: name }) => [
            textOf(ref),
            carrier.number(textOf(ref), textOf(name)),
          ]),
        ),
      }));
      scope.post('/voids', (request) => {
        const { carrier: name, trackingNo } = signed(request);
        carrier.void(textOf(name), textOf(trackingNo));
        return {};
      });
      scope.post('/follow', (request) => ({
        events: Object.fromEntries(
          (signed(request).parcels ?? []).map(({ ref, carrier: name, trackingNo }) => [
            textOf(ref),
            carrier.follow(textOf(name), textOf(trackingNo)),
          ]),
        ),
      }));
      scope.get('/parcels', () => ({ parcels: carrier.all() }));
      scope.post<{ Body: string; Params: { carrier: string; trackingNo: string } }>(
        '/parcels/:carrier/:trackingNo',
        ({ params, body }) => {
          const { fate, kind, place } = JSON.parse(body) as { fate?: string; kind?: string; place?: string };
          if (fate !== undefined) return carrier.decide(params.carrier, params.trackingNo, fate);
          return carrier.happen(params.carrier, params.trackingNo, {
            kind: textOf(kind),
            place: place ?? '',
          });
        },
      );
    },
    { prefix: '/carrier' },
  );
}
