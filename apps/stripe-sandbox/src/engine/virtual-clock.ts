import { Clock, SystemClock } from '#libs/kernel';
import type { Store } from './store.js';

/** The sandbox's time: the machine's, moved forward by control, or standing still. Remembered across restarts. */
export class VirtualClock extends Clock {
  readonly #wall = new SystemClock();

  constructor(private readonly store: Store) {
    super();
  }

  now(): Date {
    return new Date(this.nowMs());
  }

  wallMs(): number {
    return this.#wall.now().getTime();
  }

  nowMs(): number {
    const row = this.#row();
    return row.frozenAtMs ?? this.wallMs() + row.offsetMs;
  }

  /** Stripe's unit of time. */
  nowSeconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  get isFrozen(): boolean {
    return this.#row().frozenAtMs !== null;
  }

  /** Time never goes back: an instant that has passed is ignored. */
  moveTo(instantMs: number): void {
    if (instantMs <= this.nowMs()) return;
    const row = this.#row();
    const frozenAtMs = row.frozenAtMs === null ? null : instantMs;
    this.store.clock.put({ ...row, offsetMs: instantMs - this.wallMs(), frozenAtMs });
  }

  freeze(): void {
    this.store.clock.put({ ...this.#row(), frozenAtMs: this.nowMs() });
  }

  thaw(): void {
    this.store.clock.put({ id: 'clock', offsetMs: this.nowMs() - this.wallMs(), frozenAtMs: null });
  }

  #row(): { readonly id: 'clock'; readonly offsetMs: number; readonly frozenAtMs: number | null } {
    return this.store.clock.get('clock') ?? { id: 'clock', offsetMs: 0, frozenAtMs: null };
  }
}
