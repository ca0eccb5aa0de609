import { refused } from '#libs/kernel';
import type { Database } from '#platform/database';
import { VolumeCubeReader, type VolumeQuestion, VolumeRollupService } from '#libs/volume';
import { VolumeRollupRepository } from '../../libs/volume/src/volume-rollup.repository.js';
import { ROLLUPS } from '../../libs/volume/src/volume-rollup.rules.js';
import { freshDatabase } from './fresh-database.js';
import { digestOf, makeFacts, makeNumbers } from './volume-facts.js';

/** Three sizes of the same three years: a tenth, half and all of BENCH_FACTS, which is small unless somebody wants to wait. */
const FACTS = Number(process.env['BENCH_FACTS'] ?? 500_000);
const SIZES = [FACTS / 10, FACTS / 2, FACTS];
const ASKED = 200;
/** Rolled up as they come, before the first rebuild has to make the same. */
const ROLLED = 20_000;
const ROLL_MAX = 1_000;

const ALL = { by: 'ORIGIN_COUNTY', codes: 'ALL' } as const;
const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const ask = (question: Partial<VolumeQuestion>): VolumeQuestion => ({
  ...YEAR,
  dimensions: [],
  filters: {},
  scope: ALL,
  ...question,
});

/** What officials open in the morning. */
const QUESTIONS: Readonly<Record<string, VolumeQuestion>> = {
  'the year so far, to the day': ask({ to: '2026-11-17' }),
  'county × month of the year': ask({ dimensions: ['ORIGIN_COUNTY', 'MONTH'] }),
  'channel × certified of the year': ask({ dimensions: ['CHANNEL', 'CERTIFIED'] }),
  'a county official’s year by month': ask({
    dimensions: ['MONTH'],
    scope: { by: 'ORIGIN_COUNTY', codes: ['430215'] },
  }),
  'the year by day': ask({ dimensions: ['DAY'] }),
  'thirty days × channel': ask({ from: '2026-10-18', to: '2026-11-16', dimensions: ['DAY', 'CHANNEL'] }),
  'products of the year': ask({ dimensions: ['PRODUCT'] }),
  'origin × consumption of a quarter': ask({
    from: '2026-07-01',
    to: '2026-09-30',
    dimensions: ['ORIGIN_COUNTY', 'CONSUMPTION_COUNTY'],
  }),
  'places of sale of a month': ask({ from: '2026-10-01', to: '2026-10-31', dimensions: ['CHANNEL_POINT'] }),
  'a place of sale, thirty days': ask({
    from: '2026-10-18',
    to: '2026-11-16',
    dimensions: ['DAY'],
    filters: { CHANNEL_POINT: ['chp_77'] },
  }),
  'units of a month': ask({ from: '2026-10-01', to: '2026-10-31', dimensions: ['UNIT'] }),
  'merchants of the year': ask({ dimensions: ['MERCHANT'] }),
  'three years by month': ask({ from: '2024-01-01', to: '2026-12-31', dimensions: ['MONTH'] }),
};

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now();
  const result = await work();
  return [result, performance.now() - startedAt];
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

const TABLES = ROLLUPS.map(({ table }) => table);

/** Every rollup has to hold the same totals as the facts. */
async function assertSums(database: Database): Promise<void> {
  const sum = async (table: string) =>
    (
      await database.query<{ fen: string }>(`SELECT CAST(SUM(recognised_fen) AS CHAR) AS fen FROM ${table}`)
    )[0]?.fen;
  const facts = await sum('volume_fact');
  for (const table of TABLES) {
    const rolled = await sum(table);
    if (rolled !== facts) throw new Error(`${table} holds ${rolled}, the facts ${facts}`);
  }
}

async function measure(database: Database, size: number): Promise<number> {
  const cube = new VolumeCubeReader(database);
  console.log(
    `\n${size.toLocaleString('en')} facts\n| question | rows | p50 ms | p99 ms |\n| --- | --- | --- | --- |`,
  );
  let worst = 0;
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const times: number[] = [];
    let rows = 0;
    for (let n = 0; n < ASKED; n += 1) {
      const [answer, ms] = await timed(() => cube.groups(question));
      if (refused(answer)) throw new Error(answer.message.en);
      rows = answer.length;
      times.push(ms);
    }
    const sorted = times.toSorted((a, b) => a - b);
    worst = Math.max(worst, quantile(sorted, 0.99));
    console.log(
      `| ${name} | ${rows} | ${quantile(sorted, 0.5).toFixed(1)} | ${quantile(sorted, 0.99).toFixed(1)} |`,
    );
  }
  const cell = ask({
    from: '2026-10-01',
    to: '2026-10-31',
    filters: { ORIGIN_COUNTY: ['430215'], CHANNEL: ['ONLINE'] },
  });
  const [, drillMs] = await timed(() => cube.facts(cell, { first: 100, after: null }));
  console.log(`First page of the facts behind a cell: ${drillMs.toFixed(0)} ms.`);
  return worst;
}

/**
 * `npm run bench volume`: dashboard questions over a growing register, answered from rollups; rolling up facts as they come, and
 * rebuilding all rollups from the facts, to the byte. BENCH_FACTS=10000000 takes some quarter of an hour.
 */
export async function benchVolume(): Promise<void> {
  const { database } = await freshDatabase();
  try {
    await makeNumbers(database);
    const rollups = new VolumeRollupService(database, new VolumeRollupRepository());

    // First as in life, so that a rebuild has something to be compared with.
    await makeFacts(database, 0, ROLLED);
    await database.transaction((tx) =>
      tx.write('INSERT INTO volume_fact_waiting (fact_id) SELECT id FROM volume_fact'),
    );
    const [, rollMs] = await timed(async () => {
      while ((await rollups.rollUp(ROLL_MAX)) > 0);
    });
    const rolled = await digestOf(database, TABLES);
    await rollups.rebuild();
    const rebuilt = await digestOf(database, TABLES);
    if (JSON.stringify(rolled) !== JSON.stringify(rebuilt))
      throw new Error('A rebuild differs from what was rolled up.');
    console.log(
      `${ROLLED.toLocaleString('en')} facts rolled up ${ROLL_MAX} at a time: ${Math.round((ROLLED / rollMs) * 1_000)} facts/s into ${TABLES.length} rollups; a rebuild makes the same bytes.`,
    );

    let made = ROLLED;
    for (const size of SIZES) {
      const [, factsMs] = await timed(() => makeFacts(database, made, size));
      made = size;
      const [, rebuildMs] = await timed(() => rollups.rebuild());
      await assertSums(database);
      const worst = await measure(database, size);
      const rows = await digestOf(database, ['volume_day', 'volume_month', 'volume_county_month']);
      console.log(
        `Facts made in ${(factsMs / 1_000).toFixed(0)} s; all rollups rebuilt in ${(rebuildMs / 1_000).toFixed(0)} s; worst p99 ${worst.toFixed(1)} ms; ${Object.entries(
          rows,
        )
          .map(([table, digest]) => `${table} ${digest.split(',')[0]}`)
          .join(', ')}.`,
      );
    }
  } finally {
    await database.close();
  }
}
