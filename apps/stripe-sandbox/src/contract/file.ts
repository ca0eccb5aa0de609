import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DELETED_ROOTS, EVENT_ROOTS, OBJECT_ROOTS, REQUEST_ROOTS } from './roots.js';

/** Raised when the generator's output changes, so that an old cache is not read. */
export const GENERATOR_VERSION = 2;

/** The part of JSON Schema the generator writes. `open` marks a string whose words are not all known. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly $ref?: string;
  readonly open?: boolean;
}

export interface ContractFile {
  readonly generator: number;
  readonly sdk: string;
  /** The name of a root, such as `PaymentIntent`, and the `$ref` of its definition. */
  readonly roots: Readonly<Record<string, string>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Beside the other things a checkout can make again; never committed. */
export function contractPath(sdkVersion: string): string {
  return path.resolve('.data', 'stripe-contract', `${sdkVersion}.json`);
}

export function readContract(sdkVersion: string): ContractFile | null {
  const file = contractPath(sdkVersion);
  if (!existsSync(file)) return null;
  const contract = JSON.parse(readFileSync(file, 'utf8')) as ContractFile;
  return contract.generator === GENERATOR_VERSION && holdsAllRoots(contract) ? contract : null;
}

/** One from before a root was added is as old as one of another generator. */
function holdsAllRoots({ roots }: ContractFile): boolean {
  const named = [OBJECT_ROOTS, EVENT_ROOTS, DELETED_ROOTS].flatMap((group) => Object.values<string>(group));
  return [...REQUEST_ROOTS, ...named].every((name) => name in roots);
}
