import { type Duel, type Pace, type Round, median } from './rounds.js';
import type { Aim } from './scenarios.js';

interface Column {
  readonly title: string;
  readonly width: number;
  readonly digits: number;
  readonly pick: (round: Round) => number;
}

const COLUMNS: readonly Column[] = [
  { title: 'requests/s', width: 11, digits: 0, pick: (round) => round.perSecond },
  { title: 'p50 ms', width: 8, digits: 1, pick: (round) => round.p50 },
  { title: 'p99 ms', width: 8, digits: 1, pick: (round) => round.p99 },
  { title: 'max ms', width: 8, digits: 0, pick: (round) => round.max },
  { title: 'statements', width: 12, digits: 1, pick: (round) => round.statementsPerRequest },
  { title: 'cpu ms', width: 8, digits: 2, pick: (round) => round.cpuMsPerRequest },
];

const NAME_WIDTH = 34;

function row(name: string, rounds: readonly Round[]): string {
  const cells = COLUMNS.map(({ pick, digits, width }) =>
    median(rounds.map(pick)).toFixed(digits).padStart(width),
  );
  return `  ${name.padEnd(NAME_WIDTH)}${cells.join('')}`;
}

const verdict = (isMet: boolean) => (isMet ? 'met' : 'missed');

/** Medians of the rounds, and what they were meant to be. */
function printRounds(
  title: string,
  { connections, seconds, rounds }: Pace,
  sides: Record<string, readonly Round[]>,
): void {
  const lines = Object.values(sides).length > 1 ? 'pairs' : 'rounds';
  console.log(`\n${title}: ${connections} connections, ${rounds} ${lines} of ${seconds} s`);
  console.log(
    `  ${' '.repeat(NAME_WIDTH)}${COLUMNS.map(({ title: name, width }) => name.padStart(width)).join('')}`,
  );
  for (const [name, side] of Object.entries(sides)) console.log(row(name, side));
}

/** The ratio with its spread: a wide one means a noisy machine, not a fast program. */
export function printDuel(title: string, { ratio: aim, p99Ms }: Aim, pace: Pace, duel: Duel): void {
  printRounds(title, pace, { Taoyuan: duel.ours, 'hand-written Fastify and mysql2': duel.baseline });
  const ratio = median(duel.ratios);
  const spread = `${Math.min(...duel.ratios).toFixed(2)}–${Math.max(...duel.ratios).toFixed(2)}`;
  const judged = aim === undefined ? '' : `, aim ${aim.toFixed(2)}: ${verdict(ratio >= aim)}`;
  console.log(`  ratio ${ratio.toFixed(2)} (${spread})${judged}`);
  if (p99Ms !== undefined) printP99(p99Ms, duel.ours);
}

function printP99(aimMs: number, rounds: readonly Round[]): void {
  const p99 = median(rounds.map((round) => round.p99));
  console.log(`  aim p99 under ${aimMs} ms: ${verdict(p99 < aimMs)}`);
}

export function printAlone(title: string, aim: Aim, pace: Pace, rounds: readonly Round[]): void {
  printRounds(title, pace, { Taoyuan: rounds });
  if (aim.perSecond !== undefined) {
    const perSecond = median(rounds.map((round) => round.perSecond));
    console.log(`  aim ${aim.perSecond} a second: ${verdict(perSecond >= aim.perSecond)}`);
  }
  if (aim.p99Ms !== undefined) printP99(aim.p99Ms, rounds);
}
