import { z } from 'zod';
import { type ThrottleLimits, throttleLimitsOf } from './throttle-limits.js';

const port = z.coerce.number().int().min(1).max(65_535);

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    HOST: z.string().default('127.0.0.1'),
    STOREFRONT_PORT: port.default(3000),
    MERCHANT_PORT: port.default(3001),
    SETTLEMENT_PORT: port.default(3002),
    BROKER_PORT: port.default(3003),
    MQTT_PORT: port.default(1883),
    MQTT_URL: z
      .string()
      .regex(/^(mqtts?|wss?):\/\//)
      .optional(),
    DOOR_HOLD_FEN: z.coerce.number().int().min(1_000).max(200_000).default(20_000),
    DOOR_WAIVE_FEN: z.coerce.number().int().min(0).max(200_000).default(20_000),
    MQTT_TLS_CERT: z.string().optional(),
    MQTT_TLS_KEY: z.string().optional(),
    TRUSTED_PROXIES: z.string().optional(),
    THROTTLE: z
      .string()
      .default('on')
      .transform((text, context) => {
        const limits = throttleLimitsOf(text);
        if (limits !== undefined) return limits;
        context.addIssue({
          code: 'custom',
          message: 'wants on, off, or limits a minute by person and address: WRITE=240/6000,UPLOAD=30/-',
        });
        return z.NEVER;
      }),
    PUBLIC_URL: z.url().default('http://127.0.0.1:3000'),
    DATABASE_URL: z.string().startsWith('mysql://'),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(20),
    REDIS_URL: z.string().regex(/^rediss?:\/\//),
    AUTH_SECRET: z.string().min(32),
    PSEUDONYM_SECRET: z.string().min(32).optional(),
    DATA_KEYS: z
      .string()
      .regex(
        /^[a-z0-9-]{1,16}:[0-9a-f]{64}(,[a-z0-9-]{1,16}:[0-9a-f]{64})*$/,
        'wants <id>:<64 hex digits>, the current one first',
      )
      .optional(),
    LEDGER_SIGNING_KEY: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64')
      .optional(),
    LEDGER_ORIGIN: z
      .string()
      .regex(/^[A-Za-z0-9./:-]{1,200}$/)
      .default('taoyuan.local'),
    PLATFORM_NAME: z.string().min(2).max(100).optional(),
    PLATFORM_CREDIT_CODE: z
      .string()
      .regex(/^[0-9A-Z]{18}$/, 'wants the 18 digits and capital letters of a credit code')
      .optional(),
    STRIPE_SECRET_KEY: z.string().min(1),
    STRIPE_WEBHOOK_SECRET: z.string().min(1),
    STRIPE_PREVIOUS_WEBHOOK_SECRET: z.string().min(1).optional(),
    STRIPE_API_URL: z.url().optional(),
    SMS_GATEWAY_URL: z.url().optional(),
    CARRIER_API_URL: z.url().optional(),
    CARRIER_SECRET: z.string().min(16).optional(),
    FILES_DIR: z.string().default('.data/files'),
    MAPS_DIR: z.string().default('data/maps'),
    MAPS_PUBLIC: z.enum(['yes', 'no']).optional(),
    FILES_URL: z
      .string()
      .transform((text, context) => {
        const store = filesStoreOf(text);
        if (store !== null) return store;
        context.addIssue({
          code: 'custom',
          message: 'wants http(s)://KEY:SECRET@HOST/BUCKET, and ?region= where the store has regions',
        });
        return z.NEVER;
      })
      .optional(),
    UNPAID_ORDERS_MAX: z.coerce.number().int().min(1).max(1_000).default(20),
    OPEN_CASES_MAX: z.coerce.number().int().min(1).max(1_000).default(20),
    SWEEP_AFTER_SECONDS: z.coerce.number().min(0.1).default(60),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
  })
  .superRefine((env, context) => {
    if ((env.PLATFORM_NAME === undefined) !== (env.PLATFORM_CREDIT_CODE === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['PLATFORM_CREDIT_CODE'],
        message: 'wants PLATFORM_NAME beside it, or neither',
      });
    }
    if ((env.MQTT_TLS_CERT === undefined) !== (env.MQTT_TLS_KEY === undefined)) {
      context.addIssue({
        code: 'custom',
        path: ['MQTT_TLS_KEY'],
        message: 'wants MQTT_TLS_CERT beside it, or neither',
      });
    }
    if (env.CARRIER_API_URL !== undefined && env.CARRIER_SECRET === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['CARRIER_SECRET'],
        message: 'wanted beside CARRIER_API_URL: what either side says is signed with it',
      });
    }
    if (env.NODE_ENV !== 'production') return;
    if (!env.SMS_GATEWAY_URL) {
      context.addIssue({
        code: 'custom',
        path: ['SMS_GATEWAY_URL'],
        message: 'required in production: one-time codes must reach phones',
      });
    }
    if (!env.DATA_KEYS) {
      context.addIssue({
        code: 'custom',
        path: ['DATA_KEYS'],
        message: 'required in production: bank accounts are kept sealed',
      });
    }
    if (env.STRIPE_API_URL) {
      context.addIssue({
        code: 'custom',
        path: ['STRIPE_API_URL'],
        message: 'the sandbox must not take payments in production',
      });
    }
  });

type Env = z.infer<typeof schema>;

/** A store that speaks S3, and how we sign what we ask of it. */
export interface FilesStore {
  /** Of the bucket, with whatever stands before our names in it; without a slash at its end. */
  readonly baseUrl: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A bucket in the path or in the host's name: both are an address to which ours are added. Stores without regions are asked as if they had one. */
function filesStoreOf(text: string): FilesStore | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.username === '' || url.password === '') return null;
  return {
    baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}

/** `<id>:<hex>,…`, also for the seed, which reads no other setting of ours. */
export function dataKeysOf(text: string): { readonly id: string; readonly key: Buffer }[] {
  return text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [id = '', hex = ''] = part.split(':');
      return { id, key: Buffer.from(hex, 'hex') };
    });
}

/** Settings, read and checked once at start. A missing or wrong setting stops the process with a sentence that names it. */
export class Config {
  readonly isProduction: boolean;
  readonly host: string;
  readonly ports: {
    readonly storefront: number;
    readonly merchant: number;
    readonly settlement: number;
    readonly broker: number;
  };
  readonly mqtt: {
    /** Where our own broker listens. */
    readonly port: number;
    /** Present means: somebody else's broker, and ours does not open. */
    readonly url: string | undefined;
    /** Files of a certificate and its key; without them the line is not encrypted. */
    readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  };
  /** What the bank of whoever opens an open-door cabinet keeps ready. */
  readonly doorHoldFen: bigint;
  /** Up to which bill whoever runs an open-door cabinet waives what is owed; above it an official does. */
  readonly doorWaiveFen: bigint;
  /** Addresses or networks, separated by commas, whose X-Forwarded-For is believed; nobody's unless said. */
  readonly trustedProxies: string | undefined;
  /** How much a person and an address may do in a minute; null where nothing is counted. */
  readonly throttle: ThrottleLimits | null;
  readonly publicUrl: string;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly redisUrl: string;
  readonly authSecret: string;
  /** Keeps buyers comparable and unknown. Without one of its own it follows AUTH_SECRET, and everybody is a stranger once that changes. */
  readonly pseudonymSecret: string;
  /** What seals bank accounts and payout files: the current key first, then former ones. Without any, nothing can be sealed. */
  readonly dataKeys: readonly { readonly id: string; readonly key: Buffer }[];
  /** Under which name checkpoints are signed, and the private key; without it none are signed. */
  readonly checkpointKey: { readonly origin: string; readonly seed: string | undefined };
  /** Who bills sellers for the platform's service; nobody until it is said. */
  readonly platformSeller: { readonly name: string; readonly creditCode: string } | null;
  readonly stripe: {
    readonly secretKey: string;
    /** Present means: talk to this server instead of Stripe's own. */
    readonly apiUrl: string | undefined;
    /** The current secret first, then the previous one while a rotation is under way. */
    readonly webhookSecrets: readonly string[];
  };
  readonly smsGatewayUrl: string | undefined;
  /** Where carriers are reached, and what either side signs with; null where numbers come by lists and nobody tells of parcels. */
  readonly carrier: { readonly apiUrl: string; readonly secret: string } | null;
  /** Where files lie that people hand in, unless there is a store for them. */
  readonly filesDirectory: string;
  /** Boundaries of counties, one GeoJSON for each city that has a map. */
  readonly mapsDirectory: string;
  /** Whether they are shown to everybody, which takes an approval that is the operator's: in production only where they say so. */
  readonly mapsArePublic: boolean;
  readonly filesStore: FilesStore | null;
  /** What one person may have waiting to be paid, and open after the sale. */
  readonly personMax: { readonly unpaidOrders: number; readonly openCases: number };
  readonly sweepAfterMs: number;
  readonly log: { readonly level: Env['LOG_LEVEL']; readonly format: Env['LOG_FORMAT'] };

  constructor(env: Record<string, string | undefined>) {
    const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    const parsed = schema.safeParse(filled);
    if (!parsed.success) {
      const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
      throw new Error(`These settings are missing or wrong:\n${faults.join('\n')}`);
    }
    const values = parsed.data;
    this.isProduction = values.NODE_ENV === 'production';
    this.host = values.HOST;
    this.ports = {
      storefront: values.STOREFRONT_PORT,
      merchant: values.MERCHANT_PORT,
      settlement: values.SETTLEMENT_PORT,
      broker: values.BROKER_PORT,
    };
    this.doorHoldFen = BigInt(values.DOOR_HOLD_FEN);
    this.doorWaiveFen = BigInt(values.DOOR_WAIVE_FEN);
    this.mqtt = {
      port: values.MQTT_PORT,
      url: values.MQTT_URL,
      tls:
        values.MQTT_TLS_CERT === undefined || values.MQTT_TLS_KEY === undefined
          ? null
          : { certFile: values.MQTT_TLS_CERT, keyFile: values.MQTT_TLS_KEY },
    };
    this.trustedProxies = values.TRUSTED_PROXIES;
    this.throttle = values.THROTTLE;
    this.publicUrl = values.PUBLIC_URL;
    this.databaseUrl = values.DATABASE_URL;
    this.databasePoolSize = values.DATABASE_POOL_SIZE;
    this.redisUrl = values.REDIS_URL;
    this.authSecret = values.AUTH_SECRET;
    this.pseudonymSecret = values.PSEUDONYM_SECRET ?? `pseudonyms:${values.AUTH_SECRET}`;
    this.dataKeys = dataKeysOf(values.DATA_KEYS ?? '');
    this.checkpointKey = { origin: values.LEDGER_ORIGIN, seed: values.LEDGER_SIGNING_KEY };
    this.platformSeller =
      values.PLATFORM_NAME === undefined || values.PLATFORM_CREDIT_CODE === undefined
        ? null
        : { name: values.PLATFORM_NAME, creditCode: values.PLATFORM_CREDIT_CODE };
    this.stripe = {
      secretKey: values.STRIPE_SECRET_KEY,
      apiUrl: values.STRIPE_API_URL,
      webhookSecrets: [values.STRIPE_WEBHOOK_SECRET, values.STRIPE_PREVIOUS_WEBHOOK_SECRET].filter(
        (secret) => secret !== undefined,
      ),
    };
    this.smsGatewayUrl = values.SMS_GATEWAY_URL;
    this.carrier =
      values.CARRIER_API_URL === undefined || values.CARRIER_SECRET === undefined
        ? null
        : { apiUrl: values.CARRIER_API_URL, secret: values.CARRIER_SECRET };
    this.filesDirectory = values.FILES_DIR;
    this.mapsDirectory = values.MAPS_DIR;
    this.mapsArePublic = values.MAPS_PUBLIC === undefined ? !this.isProduction : values.MAPS_PUBLIC === 'yes';
    this.filesStore = values.FILES_URL ?? null;
    this.personMax = { unpaidOrders: values.UNPAID_ORDERS_MAX, openCases: values.OPEN_CASES_MAX };
    this.sweepAfterMs = values.SWEEP_AFTER_SECONDS * 1000;
    this.log = { level: values.LOG_LEVEL, format: values.LOG_FORMAT };
  }
}

/** The one place that reads the process's environment. */
export function configFromEnvironment(): Config {
  return new Config(process.env);
}
