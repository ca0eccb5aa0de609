import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/** State and start time from the kernel's own table; undefined without /proc or without the process. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // The name before may hold anything.
    return { state: fields[0], startTime: fields[19] };
  } catch {
    return undefined;
  }
}

/** Told apart from a later process with the same pid by this; empty where the system does not say. */
export function startTimeOf(pid) {
  return statOf(pid)?.startTime ?? '';
}

export function isAlive(pid, startTime) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const stat = statOf(pid);
  if (!stat) return true;
  // Killed, but its parent has not asked yet: containers often have nobody who does.
  if (stat.state === 'Z') return false;
  return startTime === '' || stat.startTime === startTime;
}

function read(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return { text, holder: JSON.parse(text) };
  } catch {
    return undefined; // Missing, or cut short by a crash: the takeover below compares bytes, not meaning.
  }
}

/** Removes a dead holder's file, and only that: what was renamed away is put back if it was somebody else's. */
function clear(file, staleText) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== staleText) linkSync(aside, file);
  } catch {
    // Another launcher was faster; the next round sees its lock.
  }
  rmSync(aside, { force: true });
}

/**
 * One attempt. Answers `{ release, update }`, or `{ holder }` when a living process has it.
 * A holder killed with -9 leaves its file; the next one sees that its pid is gone (or means another process) and takes over.
 */
export function tryLock(file, info = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = { pid: process.pid, startTime: startTimeOf(process.pid), ...info };
  const draft = `${file}.${process.pid}.draft`;
  for (;;) {
    writeFileSync(draft, JSON.stringify(mine));
    try {
      linkSync(draft, file); // Atomic, and the file is complete from its first moment.
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const found = read(file);
    if (found && isAlive(found.holder.pid, found.holder.startTime)) return { holder: found.holder };
    let staleText;
    try {
      staleText = found ? found.text : readFileSync(file, 'utf8');
    } catch {
      continue; // Released in between.
    }
    clear(file, staleText);
  }
}

/** Waits its turn; answers the release. */
export async function waitForLock(file, limitMs) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const lock = tryLock(file);
    if (lock.release) return lock.release;
    if (Date.now() > deadline) {
      throw new Error(`process ${lock.holder.pid} has held ${file} for ${Math.round(limitMs / 1000)} s`);
    }
    await sleep(POLL_MS);
  }
}
