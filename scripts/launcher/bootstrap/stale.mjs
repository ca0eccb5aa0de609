import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startTimeOf } from './lock.mjs';

/** Every process the launcher starts carries this: who started it, and for which folder. */
export const MARK = 'TAOYUAN_LAUNCHER';

const TERM_LIMIT_MS = 12_000;
const POLL_MS = 100;

export function markFor(home) {
  return `${process.pid}:${startTimeOf(process.pid)}:${home}`;
}

/** Processes of this home whose launcher is dead: it was killed with -9 together with their guards. */
function orphansOf(home) {
  let pids;
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return []; // No /proc: the guards alone must do.
  }
  return pids.map(Number).filter((pid) => {
    if (pid === process.pid) return false;
    try {
      const variable = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .find((entry) => entry.startsWith(`${MARK}=`));
      if (!variable) return false;
      const [launcher, startTime, ...path] = variable.slice(MARK.length + 1).split(':');
      return path.join(':') === home && !isAlive(Number(launcher), startTime);
    } catch {
      return false; // Gone meanwhile, or another user's.
    }
  });
}

function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Gone meanwhile.
    }
  }
}

/** Ends what a killed launcher left running. Both servers survive SIGKILL without loss; SIGTERM comes first all the same. */
export async function reapOrphans(home) {
  let orphans = orphansOf(home);
  if (orphans.length === 0) return 0;
  const count = orphans.length;
  signal(orphans, 'SIGTERM');
  for (const deadline = Date.now() + TERM_LIMIT_MS; orphans.length > 0 && Date.now() < deadline; orphans = orphansOf(home)) {
    await sleep(POLL_MS);
  }
  signal(orphans, 'SIGKILL');
  return count;
}
