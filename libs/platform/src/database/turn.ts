/**
 * When this turn of the event loop is over: what has arrived in it, requests and answers of the database, has been taken up by then. A busy process takes up
 * much in a turn, and a quiet one ends it at once.
 */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
