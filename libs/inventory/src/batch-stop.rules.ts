/** A part of a condition: nobody has stopped the sale of this batch. One look by the primary key of a small table; `column` is ours, never anybody's input. */
export function notStopped(column: string): string {
  return `NOT EXISTS (SELECT 1 FROM batch_stop stopped WHERE stopped.batch_id = ${column})`;
}
