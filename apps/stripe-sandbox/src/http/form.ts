import { badParameter } from './problem.js';

/** What a form says: text, or parts under names. Arrays are parts named 0, 1, 2 until the contract says otherwise. */
export type FormValue = string | FormTree;
export interface FormTree {
  [name: string]: FormValue;
}

const DEPTH_MAX = 12;

/** Decodes `a[b][0]=c` of a query string or a form body. Later values of a name win, as at Stripe. */
export function decodeForm(text: string): FormTree {
  const root = emptyTree();
  for (const [key, value] of new URLSearchParams(text)) put(root, partsOf(key), value, key);
  return root;
}

/** Without a prototype, so that no name a client invents reaches one. */
function emptyTree(): FormTree {
  return Object.create(null) as FormTree;
}

function partsOf(key: string): readonly string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (match === null) throw badParameter(`Invalid parameter name: ${key}`, key);
  const parts = [
    match[1] ?? '',
    ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? ''),
  ];
  if (parts.length > DEPTH_MAX) throw badParameter(`Parameter name nested too deeply: ${key}`, key);
  return parts;
}

function put(tree: FormTree, parts: readonly string[], value: string, key: string): void {
  let at = tree;
  for (const [index, part] of parts.entries()) {
    const name = part === '' ? String(Object.keys(at).length) : part;
    if (index === parts.length - 1) {
      at[name] = value;
      return;
    }
    const below = at[name] ?? emptyTree();
    if (typeof below === 'string') throw badParameter(`Conflicting values for ${key}`, key);
    at[name] = below;
    at = below;
  }
}
