import { Column, type ColumnOptions } from 'typeorm';

/** The only place where a BIGINT's text becomes a `bigint` in an entity. */
const bigintText = {
  to: (value: bigint | null | undefined) => value?.toString() ?? value,
  from: (text: string | null | undefined) => (text === null || text === undefined ? null : BigInt(text)),
};

/** Money in fen. */
export function FenColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'bigint', ...options, transformer: bigintText });
}

/** A count that may exceed 2^53. */
export const BigintColumn = FenColumn;

/** One of our prefixed ids, or '' where the SQL comment says so. */
export function IdColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column('varchar', { length: 40, ...options });
}

/** One of a closed set of words; the set itself is a CHECK in the migration. */
export function WordColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column('varchar', { length: 32, ...options });
}

/** A division code. */
export function DivisionColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column('varchar', { length: 12, ...options });
}

/** An instant in UTC. */
export function InstantColumn(options: ColumnOptions = {}): PropertyDecorator {
  return Column({ type: 'datetime', precision: 6, ...options });
}
