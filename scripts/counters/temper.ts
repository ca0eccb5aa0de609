/** How a cabinet passes its time. Mean seconds between what happens to it now and then; 0 where it never does. */
export interface Temper {
  readonly stepMs: number;
  /** Switched on one after the other within that time. */
  readonly startWithinMs: number;
  readonly beatEveryS: number;
  readonly readEveryS: number;
  readonly snapshotEveryS: number;
  readonly rebootEveryS: number;
  /** The line goes for a moment. */
  readonly cutEveryS: number;
  readonly cutMaxS: number;
  /** The line goes for hours, the mains fail, it gets warm. */
  readonly rareEveryS: number;
  readonly driftEveryS: number;
  readonly clockJumpEveryS: number;
  readonly doorEveryS: number;
  /** A lane is stuck although nobody buys; somebody tries it out; something falls out by itself. */
  readonly jamEveryS: number;
  readonly testEveryS: number;
  readonly fallEveryS: number;
  /** Of what is bought, so many in a hundred do not come out, or one too many does. */
  readonly jamPercent: number;
  readonly surplusPercent: number;
  /** Of what is said: twice, in another order, or passed over until it is asked for. */
  readonly twicePercent: number;
  readonly swapPercent: number;
  readonly passOverPercent: number;
  /** Of updates, so many in a hundred go wrong, and the cabinet stays as it was. */
  readonly updateFailsPercent: number;
}

/** A year of misfortunes in minutes. */
export const WILD: Temper = {
  stepMs: 1_000,
  startWithinMs: 1_000,
  beatEveryS: 20,
  readEveryS: 30,
  snapshotEveryS: 120,
  rebootEveryS: 300,
  cutEveryS: 50,
  cutMaxS: 20,
  rareEveryS: 5_000,
  driftEveryS: 5_000,
  clockJumpEveryS: 100,
  doorEveryS: 25,
  jamEveryS: 100,
  testEveryS: 100,
  fallEveryS: 400,
  jamPercent: 5,
  surplusPercent: 2,
  twicePercent: 5,
  swapPercent: 10,
  passOverPercent: 1,
  updateFailsPercent: 10,
};

/** Up to so many cabinets each has as much happen to it as one machine bears for all of them, their buyers and the services; of more, each the less. */
const ALIKE_MAX = 250;

/** The same for so many at once that one machine has to be enough for all of them. */
export function stormy(cabinets: number): Temper {
  const times = Math.max(1, cabinets / ALIKE_MAX);
  const rarer = (everyS: number) => Math.round(everyS * times);
  return {
    ...WILD,
    stepMs: 2_000,
    // They come in at the gate, as many at once as the broker has some before it: eighty a second where nothing else is to be done.
    startWithinMs: 10_000 + cabinets * 20,
    beatEveryS: 60,
    readEveryS: rarer(60),
    snapshotEveryS: 300,
    rebootEveryS: 600,
    cutEveryS: rarer(200),
    cutMaxS: 60,
    rareEveryS: rarer(2_000),
    clockJumpEveryS: rarer(200),
    doorEveryS: rarer(100),
    jamEveryS: rarer(300),
    testEveryS: rarer(300),
    fallEveryS: rarer(400),
  };
}

/** As the protocol wants them, with what goes wrong in twenty of them in a day or two: for whoever comes to look. */
export const CALM: Temper = {
  stepMs: 5_000,
  startWithinMs: 5_000,
  beatEveryS: 60,
  readEveryS: 60,
  snapshotEveryS: 21_600,
  rebootEveryS: 28_800,
  cutEveryS: 7_200,
  cutMaxS: 120,
  rareEveryS: 172_800,
  driftEveryS: 28_800,
  clockJumpEveryS: 43_200,
  doorEveryS: 1_200,
  jamEveryS: 172_800,
  testEveryS: 86_400,
  fallEveryS: 0,
  jamPercent: 2,
  surplusPercent: 0,
  twicePercent: 1,
  swapPercent: 1,
  passOverPercent: 0,
  updateFailsPercent: 5,
};
