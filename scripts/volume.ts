import { NestFactory } from '@nestjs/core';
import { Clock, SystemClock } from '#libs/kernel';
import { MonthCloseReader, MonthFreezeService, VolumeModule, VolumeRollupService } from '#libs/volume';
import { Database, openDatabase } from '#platform/database';

/**
 * `npm run volume -- verify` makes every rollup again from the facts, says which of them are not the same to the byte, takes that back, and
 * compares every locked month with the hash it was locked under. `npm run volume -- rebuild` leaves them as they were made again. Rollers
 * wait meanwhile, sales do not. Exit code 1 if anything differed.
 */
const [what] = process.argv.slice(2);
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan');
  process.exit(78);
}
if (what !== 'verify' && what !== 'rebuild') {
  console.error('npm run volume -- verify | rebuild');
  process.exit(64);
}

class ScriptModule {}

const database = await openDatabase({ databaseUrl, databasePoolSize: 2 });
const providers = [
  { provide: Database, useValue: database },
  { provide: Clock, useClass: SystemClock },
];
const app = await NestFactory.createApplicationContext(
  { module: ScriptModule, global: true, imports: [VolumeModule], providers, exports: providers },
  { logger: ['error', 'warn'] },
);
let differing = 0;
const say = (name: string, isRight: boolean, wrong: string) => {
  if (!isRight) differing += 1;
  console.log(`${isRight ? '✓' : '✗'} ${name}${isRight ? '' : `: ${wrong}`}`);
};
try {
  const rollups = app.get(VolumeRollupService);
  const verdicts = what === 'rebuild' ? await rollups.rebuild() : await rollups.verify();
  for (const { table, isEqual } of verdicts) {
    say(
      table,
      isEqual,
      what === 'rebuild' ? 'was something else, and has been put right' : 'is not what its facts make',
    );
  }
  for (const month of await app.get(MonthCloseReader).lockedMonths()) {
    const { isIntact, disagreeing } = await app.get(MonthFreezeService).verify(month);
    say(month, isIntact, 'the frozen figures are not those that were locked');
    if (disagreeing.length > 0) say(month, false, `${disagreeing.join(', ')} say something else`);
  }
} finally {
  await app.close();
  await database.close();
}
process.exitCode = differing > 0 ? 1 : 0;
