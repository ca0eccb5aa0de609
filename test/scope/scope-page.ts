/** What became of asking, in words that do not depend on the day. */
export type Outcome = 'answers' | 'nothing' | 'not found' | 'refused' | 'invalid' | `says ${string}`;

export interface Asked {
  readonly who: string;
  readonly outcome: Outcome;
}

export interface OperationRow {
  readonly service: string;
  readonly name: string;
  /** Those of the place the question is about, and the platform's people. */
  readonly within: readonly Asked[];
  /** Those of other places, other merchants, and strangers. */
  readonly outside: readonly Asked[];
}

const ORDER: readonly string[] = ['answers', 'nothing', 'not found', 'invalid'];

/** `answers OFFICIAL, INSPECTOR; nothing VILLAGE_OFFICER`: who is refused is everybody else. */
function cellOf(asked: readonly Asked[]): string {
  const outcomes = [...new Set(asked.map(({ outcome }) => outcome))].filter(
    (outcome) => outcome !== 'refused',
  );
  const rankOf = (outcome: string) => (ORDER.includes(outcome) ? ORDER.indexOf(outcome) : ORDER.length);
  const parts = outcomes
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
    .map((outcome) => {
      const who = asked.filter((each) => each.outcome === outcome).map((each) => each.who);
      if (who.length === asked.length) return `${outcome}: anybody`;
      const isSignedIn =
        who.length === asked.length - 1 && !who.includes('nobody') && asked[0]?.who === 'nobody';
      return `${outcome}: ${isSignedIn ? 'anybody signed in' : who.join(', ')}`;
    });
  return parts.length === 0 ? 'refused' : parts.join('; ');
}

const HEAD = `# Who reaches whose

Written by [scope-matrix.e2e-spec.ts](../test/scope/scope-matrix.e2e-spec.ts), which runs every operation and route as everybody: \`GENERATE=1 npm test -- test/scope\`
writes it anew, and without it a difference fails.

One county with a cooperative, its orders, claims and money, a school, and what its officials keep; another county of the same city; another city with all the
same. Every question is about the first. *Within* are its own people and the platform's; *outside* are those who hold the same roles over the neighbour, the other city or
the other cooperative, a buyer who is somebody else, and nobody at all. Whoever is not named is refused by their role. That nobody outside is told an id or a
name of the first, and that no row changes by what they try, is what the test asserts; this page says how it looks to them.

Each question is also asked about one's own with one thing of the first in it: every argument, every field of a filter and every entry of a list that names something, one after the other; each list is read on from
where the first one's ends, and each file is asked for by way of something of one's own. Whoever is outside hears nothing by any subscription of what happens there, and whoever is within does.
`;

export function scopePage(rows: readonly OperationRow[]): string {
  const services = [...new Set(rows.map(({ service }) => service))];
  const tables = services.map((service) => {
    const lines = rows
      .filter((row) => row.service === service)
      .map(({ name, within, outside }) => `| \`${name}\` | ${cellOf(within)} | ${cellOf(outside)} |`);
    return [`## ${service}`, '', '| operation | within | outside |', '| --- | --- | --- |', ...lines].join(
      '\n',
    );
  });
  return `${HEAD}\n${tables.join('\n\n')}\n`;
}
