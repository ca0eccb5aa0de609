import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, startTimeOf } from './lock.mjs';

/** Every process the launcher starts carries this: who started it, and for which folder. */
export const MARK = 'TAOYUAN_LAUNCHER';

const TERM_LIMIT_MS = 12_000;
const POLL_MS = 100;

export function markFor(home) {
  return `${process.pid}:${startTimeOf(process.pid)}:${home}`;
}

function markOf(pid) {
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const entry = environment.find((variable) => variable.startsWith(`${MARK}=`));
  if (!entry) return undefined;
  const [launcher, startTime, ...home] = entry.slice(MARK.length + 1).split(':');
  return { isLauncherAlive: isAlive(Number(launcher), startTime), home: home.join(':') };
}

function parentOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
}

function holdsLockOf(pid, home) {
  return readdirSync(`/proc/${pid}/fd`).some((fd) => {
    const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
    return target.startsWith(`${home}/`) && target.endsWith('.flock');
  });
}

function hasLivingGuard(pid) {
  try {
    return markOf(parentOf(pid))?.isLauncherAlive ?? false;
  } catch {
    return false; // An orphan's parent is init, whose environment nobody may read.
  }
}

/** Redis writes its title over its environment: its lock says whose it is, and its parent, if it is a guard, who started it. */
function isOrphan(pid, home) {
  const mark = markOf(pid);
  if (mark) return mark.home === home && !mark.isLauncherAlive;
  if (!holdsLockOf(pid, home)) return false;
  return !hasLivingGuard(pid);
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
    try {
      return pid !== process.pid && isOrphan(pid, home);
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
  for (
    const deadline = Date.now() + TERM_LIMIT_MS;
    orphans.length > 0 && Date.now() < deadline;
    orphans = orphansOf(home)
  ) {
    await sleep(POLL_MS);
  }
  signal(orphans, 'SIGKILL');
  return count;
}
