import './baseline-catalogue.js';
import './baseline-merchant.js';
import './baseline-order.js';
import { app, env } from './baseline-server.js';

app.get('/health/ready', async () => ({ status: 'up' }));

await app.listen({ host: '127.0.0.1', port: Number(env('BASELINE_PORT')) });
process.once('SIGTERM', () => {
  app.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
