import { accountRoutes } from './routes/account-routes.js';
import { eventRoutes } from './routes/event-routes.js';
import { paymentRoutes } from './routes/payment-routes.js';
import type { Route } from './route.js';

/** Everything under /v1, one line per call of the API. */
export const ROUTES: readonly Route[] = [...paymentRoutes, ...accountRoutes, ...eventRoutes];
