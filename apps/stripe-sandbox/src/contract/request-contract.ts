import { present } from '#libs/kernel';
import type { FormTree, FormValue } from '../http/form.js';
import { badParameter, missingParameter } from '../http/problem.js';
import type { ContractFile, Schema } from './file.js';
import type { RequestRoot } from './roots.js';

/** A form read by its contract: numbers are numbers, flags are booleans, lists are arrays. */
export type Value = string | number | boolean | readonly Value[] | Values;
export interface Values {
  readonly [name: string]: Value;
}

/**
 * Checks a decoded form against the SDK's parameter type and coerces it. Throws the envelope Stripe answers with:
 * `parameter_unknown`, `parameter_missing`, `parameter_invalid…`, each naming the parameter in brackets.
 */
export class RequestContract {
  constructor(private readonly contract: ContractFile) {}

  read(root: RequestRoot, form: FormTree): Values {
    const ref = present(this.contract.roots[root], `the contract of ${root}`);
    return this.#object(this.#resolve({ $ref: ref }), form, '');
  }

  #resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const name = schema.$ref.slice('#/definitions/'.length);
    return present(this.contract.definitions[name], `the definition ${name}`);
  }

  #branches(schema: Schema): readonly Schema[] {
    const resolved = this.#resolve(schema);
    return resolved.anyOf === undefined
      ? [resolved]
      : resolved.anyOf.flatMap((branch) => this.#branches(branch));
  }

  #value(schema: Schema, value: FormValue, param: string): Value {
    const branches = this.#branches(schema);
    return typeof value === 'string'
      ? this.#text(branches, value, param)
      : this.#tree(branches, value, param);
  }

  #text(branches: readonly Schema[], value: string, param: string): Value {
    const words = branches.flatMap((branch) => branch.enum ?? []);
    const word = words.find((candidate) => String(candidate) === value);
    if (word !== undefined) return word;
    const types = new Set(branches.flatMap((branch) => branch.type ?? []));
    if (types.has('integer') && /^-?\d{1,15}$/.test(value)) return Number(value);
    if (types.has('number') && /^-?\d{1,15}(\.\d+)?$/.test(value)) return Number(value);
    if (types.has('boolean') && (value === 'true' || value === 'false')) return value === 'true';
    if (types.has('string')) {
      if (value !== '' || types.has('null')) return value;
      const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`;
      throw badParameter(message, param, 'parameter_invalid_empty');
    }
    if (types.has('integer') || types.has('number')) {
      throw badParameter(`Invalid integer: ${value}`, param, 'parameter_invalid_integer');
    }
    if (words.length > 0) {
      throw badParameter(`Invalid ${param}: must be one of ${words.join(', ')}`, param, 'parameter_invalid');
    }
    throw badParameter(
      `Invalid ${types.has('array') ? 'array' : 'value'} for ${param}`,
      param,
      'parameter_invalid',
    );
  }

  #tree(branches: readonly Schema[], tree: FormTree, param: string): Value {
    const list = branches.find((branch) => branch.type === 'array');
    if (list !== undefined && Object.keys(tree).every((name) => /^\d+$/.test(name))) {
      const items = list.items ?? {};
      return Object.keys(tree).map((name) => this.#value(items, tree[name] ?? '', `${param}[${name}]`));
    }
    const object = branches.find((branch) => branch.type === 'object');
    if (object !== undefined) return this.#object(object, tree, param);
    throw badParameter(`Invalid ${param}: it takes no parts`, param, 'parameter_invalid');
  }

  #object(schema: Schema, tree: FormTree, prefix: string): Values {
    const name = (part: string): string => (prefix === '' ? part : `${prefix}[${part}]`);
    const read: Record<string, Value> = {};
    for (const [part, value] of Object.entries(tree)) {
      const own = schema.properties !== undefined && Object.hasOwn(schema.properties, part);
      const known = own ? schema.properties?.[part] : schema.additionalProperties;
      if (known === undefined || typeof known === 'boolean') {
        throw badParameter(`Received unknown parameter: ${name(part)}`, name(part), 'parameter_unknown');
      }
      read[part] = this.#value(known, value, name(part));
    }
    const missing = schema.required?.find((part) => tree[part] === undefined);
    if (missing !== undefined) throw missingParameter(name(missing));
    return read;
  }
}

/** Without a contract: text stays text, and only parts named 0, 1, 2 … become lists. The engine reads both. */
export function readLoosely(form: FormTree): Values {
  const read: Record<string, Value> = {};
  for (const [name, value] of Object.entries(form)) read[name] = looseValue(value, name);
  return read;
}

function looseValue(value: FormValue, name: string): Value {
  if (typeof value === 'string') return value;
  const names = Object.keys(value);
  const isList = name !== 'metadata' && names.length > 0 && names.every((part) => /^\d+$/.test(part));
  return isList ? names.map((part) => looseValue(value[part] ?? '', part)) : readLoosely(value);
}
