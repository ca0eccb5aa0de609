import { tracingChannel } from 'node:diagnostics_channel';

/** What travels to the server while `work` runs, session settings left out: the driver itself reports each statement. */
export async function statementsOf(
  work: () => Promise<unknown>,
  statements: string[] = [],
): Promise<string[]> {
  const channel = tracingChannel<{ query: string }, { query: string }>('mysql2:query');
  const listener = {
    start: ({ query }: { query: string }) => {
      if (!query.startsWith('SET SESSION')) statements.push(query);
    },
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: () => undefined,
    error: () => undefined,
  };
  channel.subscribe(listener);
  try {
    await work();
  } finally {
    channel.unsubscribe(listener);
  }
  return statements;
}

export async function countStatements(work: () => Promise<unknown>): Promise<number> {
  return (await statementsOf(work)).length;
}
