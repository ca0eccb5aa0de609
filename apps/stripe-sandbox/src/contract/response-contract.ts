import { Ajv, type ValidateFunction } from 'ajv';
import { present } from '#libs/kernel';
import type { ContractFile } from './file.js';
import { DELETED_ROOTS, EVENT_ROOTS, OBJECT_ROOTS } from './roots.js';

/** The answer, or a part of it, does not have the shape the SDK promises its users: a mistake of the sandbox. */
export class OffContract extends Error {
  constructor(what: string, why: string) {
    super(`The sandbox made ${what} that is off the contract: ${why}`);
    this.name = 'OffContract';
  }
}

interface Described {
  readonly object?: unknown;
  readonly type?: unknown;
  readonly deleted?: unknown;
}

/** Holds every object that leaves the sandbox against the SDK's own types. */
export class ResponseContract {
  readonly #ajv: Ajv;
  readonly #checks = new Map<string, ValidateFunction>();

  constructor(private readonly contract: ContractFile) {
    const definitions = Object.fromEntries(
      Object.entries(contract.definitions).filter(([name]) => name.startsWith('response.')),
    );
    // The schemas come from our own generator: checking them against the meta-schema would only cost start-up time.
    this.#ajv = new Ajv({ strict: false, validateSchema: false });
    this.#ajv.addSchema({ $id: 'contract', definitions });
  }

  /** Throws `OffContract`; a list is held to its envelope and each of its items to its own type. */
  check(answer: object): void {
    const { object, data } = answer as { object?: unknown; data?: unknown };
    if (object !== 'list' && object !== 'search_result') {
      this.#checkOne(answer);
      return;
    }
    const { has_more: hasMore, url } = answer as { has_more?: unknown; url?: unknown };
    if (!Array.isArray(data) || typeof hasMore !== 'boolean' || typeof url !== 'string') {
      throw new OffContract(`a ${object}`, 'it needs data, has_more and url');
    }
    for (const item of data) this.#checkOne(item as object);
  }

  /** Compiles what the first requests need, so that they do not wait for it. */
  warm(): void {
    for (const name of Object.values(OBJECT_ROOTS)) this.#checkOf(name);
  }

  #checkOne(item: Described): void {
    const name = rootOf(item);
    const isValid = this.#checkOf(name);
    if (isValid(item)) return;
    throw new OffContract(`a ${name}`, this.#ajv.errorsText(isValid.errors));
  }

  #checkOf(name: string): ValidateFunction {
    const known = this.#checks.get(name);
    if (known !== undefined) return known;
    const ref = present(this.contract.roots[name], `the contract of ${name}`);
    const compiled = this.#ajv.compile({ $ref: `contract${ref}` });
    this.#checks.set(name, compiled);
    return compiled;
  }
}

function rootOf(item: Described): string {
  const word = String(item.object);
  const names: Readonly<Record<string, string>> =
    item.object === 'event' ? EVENT_ROOTS : item.deleted === true ? DELETED_ROOTS : OBJECT_ROOTS;
  const name = names[item.object === 'event' ? String(item.type) : word];
  if (name === undefined)
    throw new OffContract(`a ${word}`, `no type of the SDK is named for ${String(item.type)}`);
  return name;
}
