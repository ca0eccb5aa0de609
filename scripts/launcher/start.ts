import { DemoCabinets, demoCabinetCount } from './demo-cabinets.js';
import type { Context } from './context.js';
import { marked, settingsFor, usesSandbox, type Settings } from './environment.js';
import { bringUp, type Infrastructure } from './infrastructure.js';
import { runScript } from './script.js';
import { Service, type ServicePlan } from './service.js';
import { brokerPlan, doorPlans, doorsOf, sandboxPlan, sandboxUrl } from './services.js';
import { summary } from './summary.js';

/** The shell's code for "ended by SIGINT". */
const EXIT_INTERRUPTED = 130;

/** One Ctrl-C arrives twice under npm: from the terminal and handed on by npm. */
const ECHO_MS = 700;

/** What is up, so that it can be taken down in order at any moment. */
export class House {
  readonly services: Service[] = [];
  infrastructure: Infrastructure | undefined;
  cabinets: DemoCabinets | undefined;
  /** Resolves once the story is told, or broken off. */
  story: Promise<void> | undefined;
  private readonly departure = new AbortController();
  /** From the first word of stopping on; what comes up by itself stays away then. */
  isStopping = false;

  constructor(private readonly context: Context) {}

  /** Ends what runs to its end by itself. */
  get leaving(): AbortSignal {
    return this.departure.signal;
  }

  /** A service never learns how to get at what it may not change. */
  service(plan: ServicePlan, house: Settings): Service {
    const settings = { ...house, DATABASE_MIGRATION_URL: '' };
    const service = new Service(plan, settings, this.context.root, this.context.say, this.services.length);
    this.services.push(service);
    return service;
  }

  /** Visitors first, then doors, then the payment side they talk to, then the servers that keep what was said. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.departure.abort();
    await this.story;
    await this.cabinets?.stop();
    const isSandbox = (service: Service) => service.name === 'stripe-sandbox';
    await Promise.all(
      this.services.filter((service) => !isSandbox(service)).map((service) => service.stop()),
    );
    await Promise.all(this.services.filter(isSandbox).map((service) => service.stop()));
    await this.infrastructure?.stop();
  }

  kill(): void {
    this.cabinets?.kill();
    for (const service of this.services) service.kill();
  }
}

/** Brings everything up; answers the settings the services run with. */
export async function bringHouseUp(context: Context, house: House, startedMs: number): Promise<Settings> {
  const infrastructure = await bringUp(context, 'kept');
  house.infrastructure = infrastructure;
  const plain = settingsFor(process.env, infrastructure);
  const settings = marked(plain, context.markName, infrastructure.home);
  const hasSandbox = usesSandbox(process.env);
  const isEdited = context.command === 'dev';

  const data = async () => {
    await context.step('migrations', () => runScript('dist/scripts/migrate.js', settings, context.root));
    await context.step('data', () => runScript('dist/scripts/seed.js', settings, context.root));
  };
  const begin = (plan: ServicePlan) => {
    const service = house.service(plan, settings);
    return context.step(plan.name, () => service.start());
  };
  // The sandbox needs no data, the doors do.
  await all([data(), ...(hasSandbox ? [begin(sandboxPlan(settings, isEdited))] : [])]);
  await all([...doorPlans(settings, isEdited), brokerPlan(settings, isEdited)].map(begin));

  const dashboard = hasSandbox ? sandboxUrl(settings) : undefined;
  context.say(`\n${summary(context.root, doorsOf(settings), dashboard, Date.now() - startedMs)}\n`);
  return settings;
}

/** What the demonstration's people have bought, once everything is up: nobody waits for it, and nothing stands still without it. */
export function tellStory(context: Context, house: House, settings: Settings): Promise<void> {
  house.story = tell(context, house, settings);
  return house.story;
}

async function tell(context: Context, house: House, settings: Settings): Promise<void> {
  if (!usesSandbox(process.env) || house.isStopping) return;
  const { leaving } = house;
  try {
    await context.step('story', () => runScript('dist/scripts/demo.js', settings, context.root, leaving));
  } catch (error) {
    if (house.isStopping) return; // Broken off in the middle; the next start goes on with it.
    const [first] = String(error instanceof Error ? error.message : error).split('\n');
    context.say(
      `The orders of the demonstration are not there (${first}); the next start goes on with them.`,
    );
  }
}

/** Cabinets that live for whoever comes to look: nobody waits for them either. */
export async function bringCabinets(context: Context, house: House, settings: Settings): Promise<void> {
  const count = demoCabinetCount(process.env);
  if (count === 0) return;
  if (house.isStopping) return;
  house.cabinets = new DemoCabinets(count, settings, context);
  try {
    await context.step('cabinets', () => house.cabinets?.start());
  } catch (error) {
    context.say(
      `There are no simulated cabinets (${error instanceof Error ? error.message : String(error)}); everything else goes on.`,
    );
  }
}

/** Like Promise.all, but the others have ended too before the first failure is told. */
async function all(works: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Runs `live` until a signal comes. The first one stops everything in order, also half-way up; a second one does not wait.
 * The guards end whatever this process leaves behind.
 */
export async function untilStopped(context: Context, live: (house: House) => Promise<void>): Promise<number> {
  const house = new House(context);
  let stoppingSinceMs: number | undefined;
  const stopping = new Promise<'stopped'>((resolve) => {
    const onSignal = () => {
      if (stoppingSinceMs !== undefined) {
        if (Date.now() - stoppingSinceMs < ECHO_MS) return;
        house.kill();
        process.exit(EXIT_INTERRUPTED);
      }
      stoppingSinceMs = Date.now();
      context.say('\nStopping; Ctrl-C again does not wait.');
      resolve('stopped');
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
  const keepAlive = setInterval(() => undefined, 60_000);
  try {
    const living = live(house);
    living.catch(() => undefined); // Told below, unless the stop came first and made it fail.
    await Promise.race([stopping, living.then(() => stopping)]);
    return 0;
  } finally {
    clearInterval(keepAlive);
    await house.stop();
    if (stoppingSinceMs !== undefined) context.say('Stopped. The data is kept.');
  }
}

export async function start(context: Context, startedMs: number): Promise<number> {
  return untilStopped(context, async (house) => {
    const settings = await bringHouseUp(context, house, startedMs);
    await tellStory(context, house, settings);
    await bringCabinets(context, house, settings);
  });
}
