import { assert, present } from '#libs/kernel';

/**
 * Chance that comes out the same on every machine and in every run: each table draws from its own stream, named by a text,
 * so that a row added to one table does not shuffle the others. Integers only; nothing here depends on a float's last bit.
 */
export class Random {
  private state: number;

  constructor(stream: string) {
    let hash = 0x811c9dc5;
    for (const byte of Buffer.from(stream)) hash = Math.imul(hash ^ byte, 0x01000193);
    this.state = hash >>> 0;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    assert(Number.isSafeInteger(from) && Number.isSafeInteger(to) && from <= to, 'from is not above to');
    return from + (this.next() % (to - from + 1));
  }

  /** True in so many of a hundred cases. */
  percent(chance: number): boolean {
    return this.between(0, 99) < chance;
  }

  pick<T>(from: readonly T[]): T {
    return present(from[this.between(0, from.length - 1)], 'something to pick from');
  }

  /** A new array in another order. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = this.between(0, i);
      [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
    }
    return shuffled;
  }

  /** Mulberry32: 32 well-mixed bits. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
}
