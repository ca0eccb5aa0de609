import type { Database, Tx } from '#platform/database';
import { type Moment, PlugPulled } from '../harness/plug.js';

/**
 * What may befall a step at its nth transaction: the process dies (before, within, after), the server cuts the connection, or something
 * else happens meanwhile, from beginning to end.
 */
export const MISHAPS = ['BEFORE', 'WITHIN', 'AFTER', 'CUT', 'MEANWHILE'] as const;
export type Mishap = Moment | 'CUT' | 'MEANWHILE';

export interface Fate {
  readonly nth: number;
  readonly mishap: Mishap;
}

/** A process that can die. Once dead it does nothing more, until `revive`: whoever swallows the exception finds every further transaction dead. */
export class Faults {
  private count = 0;
  private total = 0;
  private fate: Fate | null = null;
  private isDead = false;
  private meanwhile: () => Promise<void> = () => Promise.resolve();

  constructor(database: Database) {
    const transaction = database.transaction.bind(database);
    database.transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      const mishap = await this.next();
      const result = await transaction(async (tx) => {
        const done = await work(tx);
        if (mishap === 'WITHIN') throw this.die('within a transaction');
        if (mishap === 'CUT') await tx.query('KILL CONNECTION CONNECTION_ID()');
        return done;
      });
      if (mishap === 'AFTER') throw this.die('after a commit');
      return result;
    };
  }

  /** How many transactions were begun, ever: where none was, nothing has changed. */
  get transactions(): number {
    return this.total;
  }

  /** What the next step has to expect, and what else happens if it is interrupted. */
  arm(fate: Fate | null, meanwhile: () => Promise<void>): void {
    this.count = 0;
    this.fate = fate;
    this.meanwhile = meanwhile;
  }

  revive(): void {
    this.isDead = false;
    this.fate = null;
  }

  /** At once, wherever it is. */
  die(where: string): PlugPulled {
    this.isDead = true;
    return new PlugPulled(where);
  }

  private async next(): Promise<Mishap | null> {
    if (this.isDead) throw new PlugPulled('it is dead');
    this.count += 1;
    this.total += 1;
    const { fate } = this;
    if (fate?.nth !== this.count) return null;
    this.fate = null; // What happens meanwhile has a quiet life.
    if (fate.mishap === 'BEFORE') throw this.die('before a transaction');
    if (fate.mishap === 'MEANWHILE') await this.meanwhile();
    return fate.mishap;
  }
}

/** MariaDB's word for a connection that was killed, and the driver's for one that is not there any more. */
const KILLED_ERRNO = 1927;
const CUT_CODES: readonly unknown[] = ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE'];

/** Whether the step ended as a process ends, and not as a mistake does. */
export function isMishap(error: unknown): boolean {
  if (error instanceof PlugPulled) return true;
  if (!(error instanceof Error)) return false;
  return (
    ('errno' in error && error.errno === KILLED_ERRNO) || ('code' in error && CUT_CODES.includes(error.code))
  );
}
