import type { Context } from './context.js';
import { infra } from './infra.js';

/** The typed half of the launcher; answers the exit code. */
export async function main(context: Context): Promise<number> {
  switch (context.command) {
    case 'infra':
      return infra(context);
    default:
      throw new Error(`no such command: ${context.command}`);
  }
}
