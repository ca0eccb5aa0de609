export interface Row {
  readonly id: string;
}

export type Change = readonly [table: string, id: string, row: Row | null];

/**
 * Rows by id, in the order they were first put. A row is never changed in place: it is replaced, so whoever holds
 * the earlier one (an event's snapshot) keeps it as it was.
 */
export class Table<T extends Row> {
  readonly #rows = new Map<string, T>();

  constructor(
    readonly name: string,
    private readonly onChange: (change: Change) => void,
    /** The oldest rows beyond this many are forgotten. */
    private readonly rowsMax = Number.POSITIVE_INFINITY,
  ) {}

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  put(row: T): T {
    this.restore(row);
    this.onChange([this.name, row.id, row]);
    return row;
  }

  patch(row: T, change: Partial<T>): T {
    return this.put({ ...row, ...change });
  }

  delete(id: string): void {
    if (this.#rows.delete(id)) this.onChange([this.name, id, null]);
  }

  /** What `put` does without telling anyone: used while reading what was written before. */
  restore(row: T): void {
    this.#rows.set(row.id, row);
    if (this.#rows.size <= this.rowsMax) return;
    const oldest = this.#rows.keys().next();
    if (oldest.done !== true) this.#rows.delete(oldest.value);
  }

  forget(id: string): void {
    this.#rows.delete(id);
  }

  clear(): void {
    this.#rows.clear();
  }

  all(): readonly T[] {
    return [...this.#rows.values()];
  }

  newestFirst(): readonly T[] {
    return this.all().toReversed();
  }

  find(test: (row: T) => boolean): T | undefined {
    for (const row of this.#rows.values()) if (test(row)) return row;
    return undefined;
  }

  filter(test: (row: T) => boolean): readonly T[] {
    return this.all().filter(test);
  }
}
