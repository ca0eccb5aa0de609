import { type Duel, type Pace, type Round, median } from './rounds.js';

function row(name: string, rounds: readonly Round[]): string {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const cells = [
    of((round) => round.perSecond)
      .toFixed(0)
      .padStart(9),
    of((round) => round.p50)
      .toFixed(1)
      .padStart(8),
    of((round) => round.p99)
      .toFixed(1)
      .padStart(8),
    of((round) => round.statementsPerRequest)
      .toFixed(1)
      .padStart(12),
    of((round) => round.cpuMsPerRequest)
      .toFixed(2)
      .padStart(8),
  ];
  return `  ${name.padEnd(34)}${cells.join('')}`;
}

/** Medians of the rounds, and the ratio with its spread: a wide one means a noisy machine, not a fast program. */
export function print(title: string, aim: number, { connections, seconds, rounds }: Pace, duel: Duel): void {
  const ratio = median(duel.ratios);
  const spread = `${Math.min(...duel.ratios).toFixed(2)}–${Math.max(...duel.ratios).toFixed(2)}`;
  console.log(`\n${title}: ${connections} connections, ${rounds} pairs of ${seconds} s`);
  console.log(
    `  ${''.padEnd(34)}${'requests/s'.padStart(9)}${'p50 ms'.padStart(8)}${'p99 ms'.padStart(8)}${'statements'.padStart(12)}${'cpu ms'.padStart(8)}`,
  );
  console.log(row('Taoyuan', duel.ours));
  console.log(row('hand-written Fastify and mysql2', duel.baseline));
  console.log(
    `  ratio ${ratio.toFixed(2)} (${spread}), aim ${aim.toFixed(2)}: ${ratio >= aim ? 'met' : 'missed'}`,
  );
}
