/** Told to the person in one sentence with the remedy, without a stack. The bootstrap knows it by its name. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
