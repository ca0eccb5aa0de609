import { run } from './run.js';

/** `npm run ledger`: for whoever checks the books. Reads only. */
process.exitCode = await run(process.argv.slice(2), process.env['DATABASE_URL']);
