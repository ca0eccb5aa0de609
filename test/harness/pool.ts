import type { Database } from '#platform/database';

const CONNECTIONS = 16;

/** Opens connections beforehand: otherwise the first of those who come at once is done before the others are through the door. */
export async function fillPool(database: Database): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, () => database.query('SELECT SLEEP(0.05)')));
}
