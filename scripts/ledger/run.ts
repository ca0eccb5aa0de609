import { openDatabase } from '#platform/database';
import { type Arguments, EXIT, Ending, parseCommand } from './arguments.js';
import { exportJournals } from './export.js';
import { type LedgerRooms, roomsOver } from './rooms.js';
import { checkpoint, consistency, prove, status, trialBalance } from './tell.js';
import { verify } from './verify.js';

const COMMANDS: Readonly<Record<string, (rooms: LedgerRooms, args: Arguments) => Promise<number>>> = {
  status,
  verify,
  prove,
  consistency,
  checkpoint,
  'trial-balance': trialBalance,
  export: exportJournals,
};

async function runCommand(given: readonly string[], databaseUrl: string | undefined): Promise<number> {
  const args = parseCommand(given);
  const command = COMMANDS[args.command];
  if (!command) throw new Ending(EXIT.usage, `There is no command "${args.command}".`);
  if (!databaseUrl)
    throw new Ending(
      EXIT.settings,
      'DATABASE_URL is not set, e.g. mysql://user:password@127.0.0.1:3306/taoyuan',
    );
  const database = await openDatabase({ databaseUrl, databasePoolSize: 4 });
  try {
    return await command(roomsOver(database), args);
  } finally {
    await database.close();
  }
}

/** Answers the exit code; what could not be done is said in a sentence on stderr. */
export async function run(given: readonly string[], databaseUrl: string | undefined): Promise<number> {
  try {
    return await runCommand(given, databaseUrl);
  } catch (error) {
    if (!(error instanceof Ending)) throw error;
    console.error(error.message);
    return error.code;
  }
}
