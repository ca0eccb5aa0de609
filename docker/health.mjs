// Asks one service of this container whether it is ready; the exit code is the answer. Called by HEALTHCHECK.
const SERVICES = {
  storefront: { port: process.env.STOREFRONT_PORT || 3000, path: '/health/ready' },
  merchant: { port: process.env.MERCHANT_PORT || 3001, path: '/health/ready' },
  settlement: { port: process.env.SETTLEMENT_PORT || 3002, path: '/health/ready' },
  broker: { port: process.env.BROKER_PORT || 3003, path: '/health/ready' },
  'stripe-sandbox': { port: process.env.STRIPE_SANDBOX_PORT || 3010, path: '/_sandbox/health' },
};

const service = SERVICES[process.argv[2]];
const isReady = await fetch(`http://127.0.0.1:${service.port}${service.path}`).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = isReady ? 0 : 1;
