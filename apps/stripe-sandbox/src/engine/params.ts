import type { Value, Values } from '../contract/request-contract.js';
import { badParameter, missingParameter } from '../http/problem.js';

/** What metadata a call may carry: Stripe's bounds. */
const METADATA_KEYS_MAX = 50;
const METADATA_KEY_LENGTH_MAX = 40;
const METADATA_VALUE_LENGTH_MAX = 500;

/** Reads parameters by the type wanted; knows each one's bracketed name for the refusal. */
export class Params {
  constructor(
    private readonly values: Values,
    private readonly prefix = '',
  ) {}

  names(): readonly string[] {
    return Object.keys(this.values);
  }

  nameOf(name: string): string {
    return this.prefix === '' ? name : `${this.prefix}[${name}]`;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  /** Undefined when not given; an empty text, which unsets at Stripe, is given. */
  text(name: string): string | undefined {
    const value = this.values[name];
    return value === undefined || typeof value === 'object' ? undefined : String(value);
  }

  /** Given and not empty, or null. */
  textOrNull(name: string): string | null {
    const value = this.text(name);
    return value === undefined || value === '' ? null : value;
  }

  requiredText(name: string): string {
    const value = this.textOrNull(name);
    if (value === null) throw missingParameter(this.nameOf(name));
    return value;
  }

  int(name: string): number | undefined {
    const value = this.values[name];
    if (value === undefined) return undefined;
    const number = typeof value === 'number' ? value : Number(this.text(name));
    if (Number.isSafeInteger(number)) return number;
    throw badParameter(
      `Invalid integer: ${this.text(name) ?? 'not a number'}`,
      this.nameOf(name),
      'parameter_invalid_integer',
    );
  }

  requiredInt(name: string): number {
    const value = this.int(name);
    if (value === undefined) throw missingParameter(this.nameOf(name));
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.values[name];
    return value === undefined ? undefined : value === true || value === 'true';
  }

  group(name: string): Params | undefined {
    const value = this.values[name];
    if (!isValues(value)) return undefined;
    return new Params(value, this.nameOf(name));
  }

  groups(name: string): readonly Params[] {
    const value = this.values[name];
    if (!Array.isArray(value)) return [];
    return value.map(
      (item: Value, index) => new Params(isValues(item) ? item : {}, `${this.nameOf(name)}[${index}]`),
    );
  }

  texts(name: string): readonly string[] {
    const value = this.values[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  /** The metadata after this call: names given are set, names given empty are removed, `''` removes all. */
  metadata(before: Readonly<Record<string, string>> = {}, name = 'metadata'): Record<string, string> {
    const given = this.group(name);
    if (given === undefined) return this.text(name) === '' ? {} : { ...before };
    const after: Record<string, string> = { ...before };
    for (const key of given.names()) {
      const value = given.text(key) ?? '';
      if (key.length > METADATA_KEY_LENGTH_MAX || value.length > METADATA_VALUE_LENGTH_MAX) {
        throw badParameter(
          `Metadata values can have up to 500 characters, keys up to 40.`,
          given.nameOf(key),
        );
      }
      if (value === '') delete after[key];
      else after[key] = value;
    }
    if (Object.keys(after).length <= METADATA_KEYS_MAX) return after;
    throw badParameter('Metadata can have up to 50 keys.', this.nameOf(name));
  }
}

function isValues(value: Value | undefined): value is Values {
  return typeof value === 'object' && !Array.isArray(value);
}
