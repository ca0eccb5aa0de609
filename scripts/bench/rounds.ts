import autocannon, { type Request, type Result } from 'autocannon';

export interface Side {
  readonly name: string;
  readonly url: string;
  readonly request: Request;
  /** Statements that reached the database so far, as the database counts them. */
  readonly statements: () => Promise<number>;
  /** Processor time that its process has used so far. */
  readonly cpuMs: () => number;
  /** A refusal is answered with 200 as well, so the body is looked at; null where looking would cost more than answering. */
  readonly isRight: ((body: string) => boolean) | null;
}

export interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly statementsPerRequest: number;
  readonly cpuMsPerRequest: number;
}

export interface Duel {
  readonly ours: readonly Round[];
  readonly baseline: readonly Round[];
  /** Ours by theirs, pair by pair, so that a machine that slows down slows both. */
  readonly ratios: readonly number[];
}

export interface Pace {
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
}

async function once(side: Side, { connections, seconds }: Pace): Promise<Round> {
  const before = await side.statements();
  const cpuBefore = side.cpuMs();
  const { isRight } = side;
  const result: Result = await autocannon({
    ...(isRight && { verifyBody: (body) => isRight(String(body)) }),
    url: side.url,
    connections,
    duration: seconds,
    requests: [side.request],
  });
  const after = await side.statements();
  const answered = result.requests.total;
  if (result.non2xx > 0 || result.errors > 0 || result.mismatches > 0) {
    throw new Error(
      `${side.name}: ${result.non2xx} refusals, ${result.errors} errors, ${result.mismatches} wrong answers`,
    );
  }
  return {
    perSecond: answered / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    max: result.latency.max,
    // The question that counts statements is itself one.
    cpuMsPerRequest: (side.cpuMs() - cpuBefore) / answered,
    statementsPerRequest: (after - before - 1) / answered,
  };
}

const warmUpOf = (pace: Pace): Pace => ({ ...pace, seconds: Math.max(2, pace.seconds / 2) });

/** One warm-up of each, then A B A B …; the order within a pair changes sides, so that neither always goes first. */
export async function duel(ours: Side, baseline: Side, pace: Pace): Promise<Duel> {
  for (const side of [ours, baseline]) await once(side, warmUpOf(pace));
  const rounds: { ours: Round[]; baseline: Round[] } = { ours: [], baseline: [] };
  for (let round = 0; round < pace.rounds; round += 1) {
    const sides = round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const);
    for (const side of sides) rounds[side].push(await once(side === 'ours' ? ours : baseline, pace));
  }
  const ratios = rounds.ours.map(
    (round, index) => round.perSecond / (rounds.baseline[index]?.perSecond ?? Number.NaN),
  );
  return { ...rounds, ratios };
}

/** Where nobody does the same by hand. */
export async function alone(side: Side, pace: Pace): Promise<readonly Round[]> {
  await once(side, warmUpOf(pace));
  const rounds: Round[] = [];
  for (let round = 0; round < pace.rounds; round += 1) rounds.push(await once(side, pace));
  return rounds;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
