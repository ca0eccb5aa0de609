import type { Random } from '../data/random.js';
import type { Temper } from './temper.js';

/** Whether something that comes every so many seconds on average comes in this step. */
export function happens(random: Random, { stepMs }: Pick<Temper, 'stepMs'>, everyS: number): boolean {
  return everyS > 0 && random.between(1, everyS * 1_000) <= stepMs;
}
