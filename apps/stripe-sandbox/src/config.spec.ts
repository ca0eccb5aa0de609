import { readConfig } from './config.js';

it('needs nothing to start beside a settlement service on this machine', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3010,
    stateFile: null,
    webhookUrl: 'http://127.0.0.1:3002/webhooks/stripe',
  });
});

it('follows settlement to another port, unless told where webhooks go', () => {
  expect(readConfig({ SETTLEMENT_PORT: '4002' }).webhookUrl).toBe('http://127.0.0.1:4002/webhooks/stripe');
  const env = { SETTLEMENT_PORT: '4002', STRIPE_WEBHOOK_URL: 'http://settlement:3002/webhooks/stripe' };
  expect(readConfig(env).webhookUrl).toBe('http://settlement:3002/webhooks/stripe');
});

it.each(['ten', '70000', '-1', '3.5'])('refuses %s for a port, by the name of the variable', (port) => {
  expect(() => readConfig({ STRIPE_SANDBOX_PORT: port })).toThrow('STRIPE_SANDBOX_PORT must be a port');
});
