export interface LockHolder {
  readonly pid: number;
  readonly startTime: string;
}

/** Exactly one of the two is there. */
export interface LockAttempt {
  readonly release?: () => void;
  readonly holder?: LockHolder;
}

/** What the bootstrap hands to the typed half: plain functions that had to exist before anything was compiled. */
export interface Context {
  readonly root: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly startedMs: number;
  /** Prints one line with the time the step took; a text it returns is printed beside it. */
  readonly step: <T>(name: string, work: () => Promise<T> | T) => Promise<T>;
  /** To stderr: stdout is kept for a command's answer. */
  readonly say: (line: string) => void;
  readonly tryLock: (file: string, info?: object) => LockAttempt;
  readonly waitForLock: (file: string, limitMs: number) => Promise<() => void>;
  readonly isAlive: (pid: number, startTime: string) => boolean;
  readonly reapOrphans: (home: string) => Promise<number>;
  readonly markName: string;
  readonly markFor: (home: string) => string;
}
