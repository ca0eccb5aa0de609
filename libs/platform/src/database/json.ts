/** A JSON column as it was written: MariaDB keeps it as text, MySQL as JSON. */
export function jsonOf<T>(value: T | string): T {
  return typeof value === 'string' ? (JSON.parse(value) as T) : value;
}
