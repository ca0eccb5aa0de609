/** Lets so many through at once; the rest wait in the order in which they came. */
export class Gate {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly places: number) {}

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside >= this.places) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.inside += 1;
    try {
      return await work();
    } finally {
      // Whoever is next takes the place.
      const next = this.waiting.shift();
      if (next) next();
      else this.inside -= 1;
    }
  }
}
