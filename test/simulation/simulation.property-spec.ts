import { Broken, History, type Plan } from './history.js';
import { MUST_COME_ABOUT, addCensus } from './invariants.js';
import { comeToRest } from './rest.js';
import { Stage } from './stage.js';
import { STEPS } from './steps.js';

const setting = (name: string, otherwise: number) => Number(process.env[`SIMULATE_${name}`] ?? otherwise);

/** What `npm test` takes; `npm run simulate` asks for more. */
const BRIEF = 8;
const SEEDS = setting('SEEDS', BRIEF);
const FROM = setting('FROM', 1);
const LENGTH = setting('STEPS', 80);
const ONLY = process.env['SIMULATE_ONLY']?.split(',').map(Number) ?? null;
/** Goes on until so many have failed. */
const FAILURES_MAX = setting('FAILURES', 1);
/** As `npm test` takes them, where it is known what comes about. */
const IS_BRIEF = SEEDS === BRIEF && FROM === 1 && LENGTH === 80 && ONLY === null;
/** Histories at once, each with a world of its own: while one waits for the database, another has its turn. */
const LANES = Math.min(setting('LANES', 1), SEEDS);
const IS_VERBOSE = process.env['SIMULATE_VERBOSE'] === '1';
/** Whoever waits for thousands wants to know how far it is. */
const TELL_EVERY = 100;
/** What takes long and rarely finds anything is done in one history of so many, and in whichever is asked for alone. */
const THOROUGH_EVERY = 4;
/** Cutting steps out of a failing history takes as many runs as there are steps, and ends here. */
const CUTS_MAX = setting('CUTS', 200);

describe('a simulated history of sales, refunds, payouts and misfortunes', () => {
  const stages: Stage[] = [];
  const census = new Map<string, number>();

  beforeAll(async () => {
    for (let n = 0; n < LANES; n += 1) stages.push(await Stage.open());
  }, 300_000);
  afterAll(async () => {
    for (const stage of stages) await stage.close();
  }, 60_000);

  async function run(stage: Stage, plan: Plan): Promise<Broken | null> {
    await stage.reset(SEEDS === 1 || plan.seed % THOROUGH_EVERY === 0);
    const history = new History(stage, plan, STEPS);
    try {
      await history.live();
      const left = await comeToRest(history);
      await addCensus(stage.database, census);
      return left === null ? null : new Broken(plan.steps, left, history.told);
    } catch (error) {
      if (error instanceof Broken) return error;
      const rule = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return new Broken(plan.steps, rule, history.told);
    } finally {
      if (IS_VERBOSE) process.stdout.write(`${history.told.join('\n')}\n`);
    }
  }

  /** Ids differ from run to run. */
  const kindOf = ({ rule }: Broken) => rule.replaceAll(/[a-z]{3}_[0-9A-Z]{10,}|\d+/g, '').slice(0, 60);

  /** As few steps as still break the same rule. */
  async function shrunk(stage: Stage, plan: Plan, broken: Broken): Promise<{ plan: Plan; broken: Broken }> {
    const until = Math.min(broken.at + 1, plan.steps);
    let kept = plan.only ?? Array.from({ length: until }, (_, at) => at);
    let last = broken;
    let runs = 0;
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let from = 0; from < kept.length && runs < CUTS_MAX;) {
        const fewer = kept.filter((_, index) => index < from || index >= from + size);
        runs += 1;
        const again = await run(stage, { ...plan, only: fewer });
        if (again && kindOf(again) === kindOf(broken)) [kept, last] = [fewer, again];
        else from += size;
      }
    }
    return { plan: { ...plan, only: kept }, broken: last };
  }

  async function tellOf(stage: Stage, plan: Plan, broken: Broken): Promise<string> {
    const least = ONLY === null ? await shrunk(stage, plan, broken) : { plan, broken };
    const replay = `npm run simulate -- --seed ${plan.seed} --steps ${LENGTH} --only ${least.plan.only?.join(',')} --verbose`;
    const head = `seed ${plan.seed}, step ${broken.at}: ${least.broken.rule}`;
    return [head, ...least.broken.told, replay].join('\n');
  }

  it(
    'breaks no rule on the way, and comes to rest with every fen in its place',
    async () => {
      const startedMs = performance.now();
      const failures: string[] = [];
      let [next, lived] = [FROM, 0];
      const lane = async (stage: Stage) => {
        while (next < FROM + SEEDS && failures.length < FAILURES_MAX) {
          const plan = { seed: next, steps: LENGTH, only: ONLY };
          next += 1;
          const broken = await run(stage, plan);
          lived += 1;
          if (SEEDS > BRIEF && lived % TELL_EVERY === 0)
            process.stdout.write(`${lived} histories, up to seed ${next - 1}\n`);
          if (!broken) continue;
          const told = await tellOf(stage, plan, broken);
          if (FAILURES_MAX > 1) process.stdout.write(`${told}\n\n`);
          failures.push(told);
        }
      };
      await Promise.all(stages.map(lane));
      const came = [...census]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([what, count]) => `  ${String(count).padStart(6)} ${what}`);
      if (SEEDS > 1) {
        const seconds = (performance.now() - startedMs) / 1_000;
        if (SEEDS > BRIEF || IS_VERBOSE) process.stdout.write(`${came.join('\n')}\n`);
        process.stdout.write(`${lived} histories of ${LENGTH} steps in ${seconds.toFixed(1)} s\n`);
      }
      if (failures.length > 0) throw new Error(failures.join('\n\n'));
      if (IS_BRIEF) {
        const met = MUST_COME_ABOUT.map((what) => `${census.get(what) ?? 0} ${what}`);
        process.stdout.write(`of these: ${met.join(', ')}\n`);
        expect(MUST_COME_ABOUT.filter((what) => !census.has(what))).toEqual([]);
      }
    },
    24 * 3_600_000,
  );
});
