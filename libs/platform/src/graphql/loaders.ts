import DataLoader from 'dataloader';
import { present } from '#libs/kernel';

/** Loaders live as long as one request; a key is asked for once. */
export class Loaders {
  private readonly loaders = new Map<unknown, DataLoader<string, unknown>>();

  /** `owner` identifies the loader (the reader's method); rows come back in any order and are matched by `keyOf`. */
  byId<Row>(
    owner: unknown,
    load: (ids: readonly string[]) => Promise<readonly Row[]>,
    keyOf: (row: Row) => string,
  ): DataLoader<string, Row | null> {
    let loader = this.loaders.get(owner);
    if (!loader) {
      loader = new DataLoader<string, unknown>(async (ids) => {
        const rows = new Map((await load(ids)).map((row) => [keyOf(row), row]));
        return ids.map((id) => rows.get(id) ?? null);
      });
      this.loaders.set(owner, loader);
    }
    return loader as DataLoader<string, Row | null>;
  }

  /** Like `byId`, for parents with many children. */
  listOf<Row>(
    owner: unknown,
    load: (ids: readonly string[]) => Promise<readonly Row[]>,
    keyOf: (row: Row) => string,
  ): DataLoader<string, Row[]> {
    let loader = this.loaders.get(owner);
    if (!loader) {
      loader = new DataLoader<string, unknown>(async (ids) => {
        const lists = new Map<string, Row[]>(ids.map((id) => [id, []]));
        for (const row of await load(ids)) present(lists.get(keyOf(row)), 'a list per asked id').push(row);
        return ids.map((id) => lists.get(id) ?? []);
      });
      this.loaders.set(owner, loader);
    }
    return loader as DataLoader<string, Row[]>;
  }

  /** For a socket, whose context outlives its messages: from here on everything is read again. */
  forget(): void {
    this.loaders.clear();
  }
}
