/** Missing, or not yours: the two look the same from outside. Thrown, because no honest client meets it. */
export class NotFound extends Error {
  constructor(noun: string, id: string) {
    super(`${noun} ${id} was not found.`);
    this.name = 'NotFound';
  }
}
