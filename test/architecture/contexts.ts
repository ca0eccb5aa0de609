/** Each context and what it may call, lowest first. Nothing calls a line below its own; what must travel up travels as a fact. */
export const CONTEXTS = {
  kernel: [],
  platform: ['kernel'],
  terminology: ['kernel', 'platform'],
  seal: ['kernel', 'platform'],
  division: ['kernel', 'platform'],
  identity: ['kernel', 'platform', 'seal', 'division'],
  approval: ['kernel', 'platform', 'identity'],
  account: ['kernel', 'platform', 'identity'],
  procurement: ['kernel', 'platform', 'identity', 'division'],
  household: ['kernel', 'platform', 'division'],
  merchant: ['kernel', 'platform', 'identity', 'division'],
  channel: ['kernel', 'platform', 'merchant', 'division'],
  catalog: ['kernel', 'platform', 'merchant', 'household', 'division'],
  inventory: ['kernel', 'platform', 'catalog', 'channel'],
  ordering: ['kernel', 'platform', 'catalog', 'inventory', 'channel', 'merchant', 'procurement', 'identity'],
  payment: ['kernel', 'platform', 'ordering', 'identity', 'approval'],
  fulfillment: ['kernel', 'platform', 'ordering', 'inventory'],
  ledger: ['kernel', 'platform', 'seal'],
  settlement: ['kernel', 'platform', 'ledger', 'merchant', 'division', 'identity', 'approval'],
  statement: [
    'kernel',
    'platform',
    'seal',
    'division',
    'identity',
    'merchant',
    'channel',
    'ordering',
    'ledger',
    'settlement',
  ],
  volume: ['kernel', 'platform', 'seal', 'division', 'terminology', 'identity', 'approval'],
  reporting: [
    'kernel',
    'platform',
    'division',
    'terminology',
    'identity',
    'procurement',
    'merchant',
    'channel',
    'catalog',
    'ordering',
    'volume',
  ],
  intake: ['kernel', 'platform', 'division', 'identity', 'merchant', 'channel', 'catalog', 'volume'],
  integrity: ['kernel', 'platform', 'division', 'identity', 'merchant', 'volume', 'intake'],
  reconciliation: [
    'kernel',
    'platform',
    'seal',
    'identity',
    'ordering',
    'payment',
    'ledger',
    'settlement',
    'volume',
  ],
} as const satisfies Record<string, readonly string[]>;

export type ContextName = keyof typeof CONTEXTS;

export const CONTEXT_NAMES = Object.keys(CONTEXTS) as readonly ContextName[];

/** The services; `web` and `stripe-sandbox` stand beside them. */
export const SERVICES = ['storefront', 'merchant', 'settlement'] as const;
