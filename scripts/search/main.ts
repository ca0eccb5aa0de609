import { NestFactory } from '@nestjs/core';
import { CatalogModule, SearchIndexService, SearchService } from '#libs/catalog';
import { Clock, SystemClock, refused } from '#libs/kernel';
import { Database, openDatabase } from '#platform/database';
import { type FreshDatabase, freshDatabase } from '../bench/fresh-database.js';
import { fillCatalogue } from './ground.js';
import { judge, meanRecall, readJudgedQueries } from './judged.js';

/** Enough lookalikes that a list of ten is a choice. */
const DECOYS = 4_800;
const RECALL_MIN = 0.95;

class SearchScriptModule {}

async function withCatalogue(
  database: Database,
  work: (index: SearchIndexService, searches: SearchService) => Promise<void>,
): Promise<void> {
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useClass: SystemClock },
  ];
  const app = await NestFactory.createApplicationContext(
    { module: SearchScriptModule, global: true, imports: [CatalogModule], providers, exports: providers },
    { logger: ['error', 'warn'] },
  );
  try {
    await work(app.get(SearchIndexService), app.get(SearchService));
  } finally {
    await app.close();
  }
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

/** Asks every judged question of a catalogue of its own, and says what was missed. Exit code 1 below the aim. */
async function report({ database }: FreshDatabase): Promise<void> {
  const products = await fillCatalogue(database, DECOYS);
  await withCatalogue(database, async (index, searches) => {
    const startedMs = performance.now();
    await index.rebuild();
    console.log(
      `${products.length} products indexed in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`,
    );
    await searches.prepare();
    const tookMs: number[] = [];
    const verdicts = [];
    for (const query of readJudgedQueries()) {
      const askedMs = performance.now();
      const findings = await searches.find(query.query);
      tookMs.push(performance.now() - askedMs);
      if (refused(findings)) throw new Error(findings.message.en);
      const verdict = judge(
        query,
        products,
        findings.hits.map(({ id }) => id),
      );
      verdicts.push(verdict);
      if (verdict.recall < 1)
        console.log(
          `${verdict.recall.toFixed(2)}  ${query.query} [${query.wanted}: ${verdict.wantedCount}] → ${verdict.found.join('、')}`,
        );
    }
    for (const kind of new Set(verdicts.map((verdict) => verdict.kind))) {
      const own = verdicts.filter((verdict) => verdict.kind === kind);
      console.log(
        `${kind.padEnd(12)} ${String(own.length).padStart(4)} queries  recall@10 ${meanRecall(own).toFixed(3)}`,
      );
    }
    const sorted = tookMs.toSorted((a, b) => a - b);
    console.log(
      `${verdicts.length} queries, recall@10 ${meanRecall(verdicts).toFixed(3)}, p50 ${percentile(sorted, 0.5)} ms, p99 ${percentile(sorted, 0.99)} ms`,
    );
    if (meanRecall(verdicts) < RECALL_MIN) process.exitCode = 1;
  });
}

/** `npm run search -- rebuild` makes the index of DATABASE_URL again; `npm run search -- report` measures a database of its own. */
const [what] = process.argv.slice(2);
if (what === 'report') {
  const fresh = await freshDatabase();
  try {
    await report(fresh);
  } finally {
    await fresh.database.close();
  }
} else if (what === 'rebuild') {
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) {
    console.error('DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan');
    process.exit(78);
  }
  const database = await openDatabase({ databaseUrl, databasePoolSize: 2 });
  try {
    await withCatalogue(database, async (index) => {
      console.log(`${await index.rebuild()} products indexed`);
    });
  } finally {
    await database.close();
  }
} else {
  console.error('npm run search -- rebuild | report');
  process.exit(64);
}
