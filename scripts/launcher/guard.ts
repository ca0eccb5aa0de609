import { spawn, type ChildProcess } from 'node:child_process';

/**
 * A shell between the launcher and its child. The launcher holds the other end of its stdin: when the launcher dies, even by
 * kill -9, the pipe closes and the child gets SIGTERM. With a limit, SIGKILL follows; servers that write get no limit.
 * The pipe moves to 9, because flock leaves its lock on 3 and the child must keep that: the lock is held while the child lives.
 */
const GUARD = `limit=$1; shift
exec 9<&0; "$@" </dev/null 9<&- & pid=$!
trap 'kill -TERM $pid' TERM INT HUP
( read _ <&9; exec 9<&-; kill -TERM $pid; [ "$limit" -gt 0 ] || exit 0
  while [ "$limit" -gt 0 ] && kill -0 $pid; do sleep 1; limit=$((limit - 1)); done; kill -KILL $pid ) >/dev/null 2>&1 & g=$!
wait $pid; rc=$?; while kill -0 $pid 2>/dev/null; do wait $pid; rc=$?; done
kill $g 2>/dev/null; exit $rc`;

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Held as long as guard or child live; needs the flock program. */
  readonly lockFile?: string | undefined;
  /** Seconds from SIGTERM to SIGKILL; 0 waits for ever. */
  readonly killAfterSeconds: number;
  /** Where stdout and stderr go; a number is a file descriptor. */
  readonly output: number | 'pipe' | 'inherit';
}

/** flock answers this when another process has the lock. */
export const LOCK_IS_HELD = 75;

export function spawnGuarded(what: GuardedCommand): ChildProcess {
  const guard = ['sh', '-c', GUARD, 'guard', String(what.killAfterSeconds), what.command, ...what.args];
  const argv =
    what.lockFile === undefined
      ? guard
      : ['flock', '-n', '-E', String(LOCK_IS_HELD), what.lockFile, ...guard];
  const [program = 'sh', ...args] = argv;
  const child = spawn(program, args, {
    stdio: ['pipe', what.output, what.output],
    detached: true, // Its own group: Ctrl-C reaches the launcher alone, and the whole group can be ended at once.
    env: what.env,
    ...(what.cwd === undefined ? {} : { cwd: what.cwd }),
  });
  child.stdin?.on('error', () => undefined); // The guard may die first; its exit is what is watched.
  return child;
}

export function exitOf(child: ChildProcess): Promise<number> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  if (child.signalCode !== null) return Promise.resolve(128);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code ?? 128));
    child.once('error', () => resolve(127));
  });
}

/** Ends guard and child together; the group lives as long as any of them. */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All gone already.
  }
}
