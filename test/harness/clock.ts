import { Clock } from '#libs/kernel';

/** Time that moves only when a test moves it. */
export class FakeClock extends Clock {
  constructor(private instant = new Date('2026-11-02T02:00:00.000Z')) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }

  set(instant: string): void {
    this.instant = new Date(instant);
  }
}
