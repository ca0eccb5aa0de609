import { SystemClock } from '#libs/kernel';
import { openDatabase } from '#platform/database';
import { DeadLetterService, type EventId } from '#platform/outbox';

/**
 * `npm run replay` lists the dead deliveries; `npm run replay -- all` or `-- evt_01J…` sets them waiting again, and the sweeper
 * of a running settlement service delivers them within a minute.
 */
const [what] = process.argv.slice(2);
const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan');
  process.exit(78);
}
if (what !== undefined && what !== 'all' && !/^evt_\w+$/.test(what)) {
  console.error(`"${what}" is neither "all" nor the id of a fact (evt_…).`);
  process.exit(64);
}
const database = await openDatabase({ databaseUrl, databasePoolSize: 2 });
try {
  const letters = new DeadLetterService(database, new SystemClock());
  if (what === undefined) {
    const dead = await letters.list();
    for (const letter of dead) {
      console.log(
        `${letter.eventId}  ${letter.eventName}  ${letter.consumer}  ${letter.occurredAt.toISOString()}  ${letter.lastError ?? ''}`,
      );
    }
    console.log(
      dead.length === 0
        ? 'There are no dead deliveries.'
        : `${dead.length} dead. Replay them with: npm run replay -- all`,
    );
  } else {
    const count = await letters.replay(what === 'all' ? null : (what as EventId));
    console.log(
      count === 0 ? 'Nothing was dead.' : `${count} set waiting; the sweeper takes them up within a minute.`,
    );
  }
} finally {
  await database.close();
}
