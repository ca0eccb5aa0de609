import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import type { Database, SqlValue } from './database.js';

/** Forms of a table with `id`, `state` and `submitted_at`: `columns` of those within a scope, in some states or in any. */
export interface FormsWanted {
  readonly table: string;
  readonly columns: string;
  readonly scope: { readonly sql: string; readonly values: readonly SqlValue[] };
  readonly states: readonly string[] | null;
  /** What others have handed in, or one's own. */
  readonly isQueue: boolean;
}

/** The instant as the database compares it; null until handed in. */
type Keyed<Row> = Row & { readonly id: string; readonly cursorAt: string | null };

/**
 * Whoever types forms sees the latest first: the key has one part. Whoever looks at them sees first what has waited longest since it was last
 * handed in, whenever it was begun: the key has two.
 */
export async function formPage<Row>(
  on: Pick<Database, 'query'>,
  { table, columns, scope, states, isQueue }: FormsWanted,
  { first, after }: PageRequest,
): Promise<Page<Keyed<Row>>> {
  const where = [scope.sql];
  const values: SqlValue[] = [...scope.values];
  if (states) {
    where.push(states.length > 0 ? 'state IN (?)' : 'FALSE');
    if (states.length > 0) values.push(states);
  }
  if (after && isQueue) {
    const [submittedAt = '', id = ''] = after;
    // The first condition alone is what an index can follow.
    where.push('submitted_at >= ? AND (submitted_at > ? OR id > ?)');
    values.push(submittedAt, submittedAt, id);
  }
  if (after && !isQueue) {
    where.push('id < ?');
    values.push(after[0] ?? '');
  }
  const rows = await on.query<Keyed<Row>>(
    `SELECT ${columns}, CAST(submitted_at AS CHAR) AS cursorAt FROM ${table}
     WHERE ${where.join(' AND ')} ORDER BY ${isQueue ? 'submitted_at, id' : 'id DESC'} LIMIT ?`,
    [...values, first + 1],
  );
  return pageOf(rows, first, ({ cursorAt, id }) => (isQueue ? [cursorAt ?? '', id] : [id]));
}
