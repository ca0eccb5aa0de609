import type { Database } from '#platform/database';
import { type Mishap, answerOfError, outcomeOfError } from './outcome.js';

/** One call to Stripe, never within a transaction; whatever goes wrong becomes an outcome. */
export function callStripe<Answer>(
  database: Database,
  call: () => Promise<Answer>,
): Promise<Answer | Mishap> {
  return outside(database, call, outcomeOfError);
}

/** The same for a question, which moves nothing. */
export function askStripe<Answer>(database: Database, call: () => Promise<Answer>): Promise<Answer | Mishap> {
  return outside(database, call, answerOfError);
}

async function outside<Answer>(
  database: Database,
  call: () => Promise<Answer>,
  mishapOf: (error: unknown) => Mishap,
): Promise<Answer | Mishap> {
  database.assertNoneOpen();
  try {
    return await call();
  } catch (error) {
    return mishapOf(error);
  }
}
