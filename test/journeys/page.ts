import { readFileSync } from 'node:fs';
import { present } from '#libs/kernel';

/** `<!-- buyer, pays page, photographs waybill, until state=PAID, order=order.id -->` */
export interface Example {
  readonly who: string;
  readonly query: string;
  /** With `{{name}}` where something is remembered. */
  readonly variables: string;
  readonly keeps: readonly (readonly [name: string, path: string])[];
  readonly until: readonly [path: string, value: string] | null;
  readonly pays: string | null;
  readonly photographs: readonly string[];
}

const EXAMPLE = /<!-- (.+?) -->\s+```graphql\n([\s\S]+?)```(?:\s+```json\n([\s\S]+?)```)?/g;

const pair = (text: string) => {
  const [name = '', value = ''] = text.split('=');
  return [name, value] as const;
};

/** The examples of a page, in their order. */
export function examplesOf(file: string): Example[] {
  return [...readFileSync(file, 'utf8').matchAll(EXAMPLE)].map(
    ([, head = '', query = '', variables = '{}']) => {
      const [who = '', ...notes] = head.split(', ');
      const noted = (word: string) =>
        notes.find((note) => note.startsWith(`${word} `))?.slice(word.length + 1);
      const until = noted('until');
      return {
        who,
        query,
        variables,
        keeps: notes.filter((note) => /^\w+=\S+$/.test(note)).map(pair),
        until: until === undefined ? null : pair(until),
        pays: noted('pays') ?? null,
        photographs: noted('photographs')?.split(' ') ?? [],
      };
    },
  );
}

/** `order.merchantOrders.0.id` of an answer. */
export function at(answer: unknown, path: string): string {
  const found = path
    .split('.')
    .reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>> | null)?.[key], answer);
  return present(typeof found === 'string' ? found : null, path);
}

export function filled(text: string, memory: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => present(memory.get(name), name));
}
