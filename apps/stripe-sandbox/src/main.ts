import { readConfig } from './config.js';
import { startSandbox } from './sandbox.js';

const sandbox = await startSandbox({ ...readConfig(), isWarmed: true });
process.stdout.write(`Stripe sandbox: ${sandbox.url} (dashboard, pay pages, API under /v1)\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}
