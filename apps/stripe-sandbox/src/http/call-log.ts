const CALLS_MAX = 100;

/** A call of the API, as the dashboard lists it. */
export interface LoggedCall {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  /** Null when the connection was cut instead of answered. */
  readonly status: number | null;
  readonly fault: string | null;
  readonly atMs: number;
}

/** The latest calls, for people to look at; it is not part of what the sandbox remembers. */
export class CallLog {
  #calls: readonly LoggedCall[] = [];

  note(call: LoggedCall): void {
    this.#calls = [call, ...this.#calls].slice(0, CALLS_MAX);
  }

  newestFirst(): readonly LoggedCall[] {
    return this.#calls;
  }
}
