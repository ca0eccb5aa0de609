/** How many shelves are named; the others are summed up. */
const NAMED = 20;

const secondsOf = ({ perfStats }) => (perfStats.end - perfStats.start) / 1000;
const filesOn = ({ testResults }) => [...new Set(testResults.map(({ ancestorTitles }) => ancestorTitles[0]))];
const line = (seconds, what) => `${seconds.toFixed(1).padStart(8)} s  ${what}`;

/** At the end of the whole suite: where the workers' seconds went, and how long one of them was left alone at the end. */
export default class SecondsReporter {
  onRunComplete(_contexts, { testResults }) {
    const shelves = testResults.toSorted((a, b) => secondsOf(b) - secondsOf(a));
    const sum = (some) => some.reduce((total, shelf) => total + secondsOf(shelf), 0);
    const [last = 0, other = last] = testResults
      .map(({ perfStats }) => perfStats.end)
      .toSorted((a, b) => b - a);
    const lines = shelves.slice(0, NAMED).map((shelf) => {
      const [first, ...more] = filesOn(shelf);
      return line(secondsOf(shelf), more.length === 0 ? first : `${first} and ${more.length} more`);
    });
    const rest = shelves.slice(NAMED);
    if (rest.length > 0) lines.push(line(sum(rest), `${rest.length} more shelves`));
    lines.push(line(sum(shelves), 'in all'), line((last - other) / 1000, 'one worker alone at the end'));
    process.stderr.write(`\nWorkers' seconds\n${lines.join('\n')}\n`);
  }
}
