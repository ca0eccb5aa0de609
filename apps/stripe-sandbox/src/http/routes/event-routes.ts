import type { SandboxEvent } from '../../engine/store.js';
import { pageOf } from '../page.js';
import { noSuch } from '../problem.js';
import { PAGING, type Call, type Route } from '../route.js';

function listEvents({ engines, params }: Call): object {
  const type = params.textOrNull('type');
  const types = params.texts('types');
  const isWanted = (event: SandboxEvent): boolean => {
    if (types.length > 0) return types.includes(event.type);
    if (type === null) return true;
    return type.endsWith('.*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type;
  };
  return pageOf(engines.core.store.events.newestFirst().filter(isWanted), params, '/v1/events');
}

export const eventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/events',
    contract: 'EventListParams',
    modelled: [...PAGING, 'type', 'types'],
    run: listEvents,
  },
  {
    method: 'GET',
    path: '/v1/events/:id',
    contract: 'EventRetrieveParams',
    modelled: [],
    run: ({ engines, id }) => {
      const event = engines.core.store.events.get(id);
      if (event === undefined) throw noSuch('event', id);
      return event;
    },
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints',
    contract: 'WebhookEndpointCreateParams',
    modelled: ['api_version', 'description', 'enabled_events', 'metadata', 'url'],
    run: ({ endpoints, params }) => endpoints.create(params),
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    contract: 'WebhookEndpointListParams',
    modelled: PAGING,
    run: ({ endpoints, params }) => pageOf(endpoints.list(), params, '/v1/webhook_endpoints'),
  },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints/:id',
    contract: 'WebhookEndpointRetrieveParams',
    modelled: [],
    run: ({ endpoints, id }) => endpoints.retrieve(id),
  },
  {
    method: 'POST',
    path: '/v1/webhook_endpoints/:id',
    contract: 'WebhookEndpointUpdateParams',
    modelled: ['description', 'disabled', 'enabled_events', 'metadata', 'url'],
    run: ({ endpoints, id, params }) => endpoints.update(id, params),
  },
  {
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    contract: null,
    modelled: [],
    run: ({ endpoints, id }) => endpoints.remove(id),
  },
];
