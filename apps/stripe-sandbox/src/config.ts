/** What the process is told from outside; the only reader of the environment here. */
export interface SandboxConfig {
  readonly host: string;
  readonly port: number;
  readonly webhookSecret: string;
  readonly webhookUrl: string;
  readonly carrierSecret?: string;
  readonly carrierWebhookUrl: string;
  readonly stateFile: string | null;
  readonly logLevel: string;
}

/** Only a development secret: whoever can reach the loopback interface may read it here. */
const DEVELOPMENT_SECRET = 'whsec_taoyuan_development';

export function readConfig(env: NodeJS.ProcessEnv = process.env): SandboxConfig {
  const settlementPort = portOf('SETTLEMENT_PORT', env.SETTLEMENT_PORT, 3002);
  return {
    host: env.HOST || '127.0.0.1',
    port: portOf('STRIPE_SANDBOX_PORT', env.STRIPE_SANDBOX_PORT, 3010),
    webhookSecret: env.STRIPE_WEBHOOK_SECRET || DEVELOPMENT_SECRET,
    webhookUrl: env.STRIPE_WEBHOOK_URL || `http://127.0.0.1:${settlementPort}/webhooks/stripe`,
    ...(env.CARRIER_SECRET ? { carrierSecret: env.CARRIER_SECRET } : {}),
    carrierWebhookUrl: env.CARRIER_WEBHOOK_URL || `http://127.0.0.1:${settlementPort}/webhooks/carrier`,
    stateFile: env.STRIPE_SANDBOX_STATE || null,
    logLevel: env.LOG_LEVEL || 'info',
  };
}

function portOf(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${name} must be a port, not "${text}".`);
}
