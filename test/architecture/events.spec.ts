import { existsSync, readFileSync } from 'node:fs';
import { type Fact, eventsPage, factsOf, routesIn } from '../../scripts/generate/events.js';
import { pathsUnder, read } from '../../scripts/generate/sources.js';
import { CONTEXT_NAMES } from './contexts.js';

const facts = factsOf();

/** What the switchboard, the makers and the consumers say about each other that does not fit. */
function eventFaults(all: readonly Fact[], consumers: readonly string[]): string[] {
  const routed = new Set(all.flatMap((fact) => fact.consumers));
  return [
    ...all.flatMap(({ name, payload, emittedBy, consumers: woken }) => [
      ...(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(name) ? [] : [`${name} is not named <noun>.<fact>`]),
      ...(payload.length > 0 ? [] : [`${name} has no maker in any *.events.ts`]),
      ...(emittedBy.length > 0 ? [] : [`${name} is never emitted`]),
      ...(woken.length > 0 ? [] : [`${name} wakes nobody`]),
      ...payload
        .filter(([, type]) => /\b(Date|bigint|number)\b/.test(type))
        .map(([key, type]) => `${name}.${key} is a ${type}: JSON carries words, ids and decimal text`),
    ]),
    ...consumers
      .filter((consumer) => !routed.has(consumer))
      .map((consumer) => `${consumer} is woken by nothing`),
  ];
}

function consumerClasses(): string[] {
  return pathsUnder('apps/settlement/src', '.consumer.ts').flatMap((path) =>
    [...read(path).matchAll(/export class (\w+)/g)].map(([, name = '']) => name),
  );
}

it('every fact is made somewhere, named well, and wakes somebody', () => {
  expect(eventFaults(facts, consumerClasses())).toEqual([]);
});

it('docs/events.md is current', () => {
  expect(readFileSync('docs/events.md', 'utf8')).toBe(eventsPage());
});

it('is really checked: a bad switchboard is reported', () => {
  const routes = routesIn(
    "export const eventRoutes = { 'orderPlaced': [], 'order.paid': [RecordVolumeOnOrderPaid] };",
  );
  const bad: Fact[] = [
    {
      name: 'orderPlaced',
      payload: [],
      consumers: routes.get('orderPlaced') ?? [],
      emittedBy: [],
      emittedIn: null,
    },
    {
      name: 'order.paid',
      payload: [['paidAt', 'Date']],
      consumers: routes.get('order.paid') ?? [],
      emittedBy: ['OrderService.markPaid'],
      emittedIn: 'ordering',
    },
  ];

  expect(eventFaults(bad, ['RecordVolumeOnOrderPaid', 'SleepForEver'])).toEqual([
    'orderPlaced is not named <noun>.<fact>',
    'orderPlaced has no maker in any *.events.ts',
    'orderPlaced is never emitted',
    'orderPlaced wakes nobody',
    'order.paid.paidAt is a Date: JSON carries words, ids and decimal text',
    'SleepForEver is woken by nothing',
  ]);
});

const HEADINGS = ['What it keeps', 'Nouns', 'States', 'Facts it emits', 'Who may call', 'Invariants'];

/** Rooms without a noun of their own, and the door that stands among them, say what they say. */
const FREE_FORM = new Set(['kernel', 'platform', 'account']);

function sectionOf(page: string, heading: string): string {
  const [, after = ''] = page.split(`## ${heading}\n`);
  return after.split('\n## ')[0] ?? '';
}

interface Page {
  readonly page: string;
  /** The facts that are emitted in this context, and all there are. */
  readonly own: readonly string[];
  readonly all: readonly string[];
  readonly states: readonly string[];
}

/** The words of every `…_STATES` in the context's entities. */
function statesOf(name: string): string[] {
  return pathsUnder(`libs/${name}/src`, '.entity.ts').flatMap((path) =>
    [...read(path).matchAll(/^export const \w+_STATES = \[([^\]]*)\]/gm)].flatMap(([, words = '']) =>
      [...words.matchAll(/'(\w+)'/g)].map(([, word = '']) => word),
    ),
  );
}

function readmeFaults({ page, own, all, states }: Page): string[] {
  const found = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
  const listed = [...sectionOf(page, 'Facts it emits').matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(
    ([, name = '']) => name,
  );
  return [
    ...states
      .filter((word) => !page.includes(`\`${word}\``))
      .map((word) => `${word} is a state and not explained`),
    ...(JSON.stringify(found) === JSON.stringify(HEADINGS) ? [] : [`headings are ${found.join(' · ')}`]),
    ...own.filter((fact) => !listed.includes(fact)).map((fact) => `${fact} is emitted and not listed`),
    ...listed
      .filter((fact) => !own.includes(fact) && all.includes(fact))
      .map((fact) => `${fact} is emitted by somebody else`),
    ...listed.filter((fact) => !all.includes(fact)).map((fact) => `${fact} is no fact`),
  ];
}

const known = facts.map(({ name }) => name);

describe.each(CONTEXT_NAMES.filter((name) => !FREE_FORM.has(name)))('libs/%s/README.md', (name) => {
  it('has the headings all have, and lists its states and the facts that are emitted here', () => {
    const path = `libs/${name}/README.md`;
    expect(existsSync(path)).toBe(true);
    const own = facts.filter(({ emittedIn }) => emittedIn === name).map((fact) => fact.name);

    const page = readFileSync(path, 'utf8');
    expect(readmeFaults({ page, own, all: known, states: statesOf(name) })).toEqual([]);
  });
});

it('is really checked: a bad page is reported', () => {
  const bad = '# Ordering\n\n## Nouns\n\n## Facts it emits\n\n`order.lost`, `payment.captured`\n';

  expect(
    readmeFaults({
      page: bad,
      own: ['order.placed'],
      all: ['order.placed', 'payment.captured'],
      states: ['PLACED'],
    }),
  ).toEqual([
    'PLACED is a state and not explained',
    'headings are Nouns · Facts it emits',
    'order.placed is emitted and not listed',
    'payment.captured is emitted by somebody else',
    'order.lost is no fact',
  ]);
});
