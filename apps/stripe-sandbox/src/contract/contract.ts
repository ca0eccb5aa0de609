import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FormTree } from '../http/form.js';
import { readContract, type ContractFile } from './file.js';
import { readLoosely, RequestContract, type Values } from './request-contract.js';
import { ResponseContract } from './response-contract.js';
import type { RequestRoot } from './roots.js';

export type ContractState = 'absent' | 'loading' | 'ready';

interface Halves {
  readonly request: RequestContract;
  readonly response: ResponseContract;
}

/** Compiling takes a second, and the contract of a version never changes: the sandboxes of a process share it. */
const shared = new Map<string, Halves>();

/** Both halves of the contract, or neither where the TypeScript compiler is not installed. */
export class Contract {
  #state: ContractState = 'loading';
  #halves: Halves | null = null;
  readonly ready: Promise<void>;

  /** Resolves `ready` once the schemas are there; `warn` is told once when there can be none. */
  constructor(sdkVersion: string, warn: (message: string) => void) {
    const known = shared.get(sdkVersion);
    const cached = known === undefined ? readContract(sdkVersion) : null;
    if (known !== undefined) this.#use(known);
    else if (cached !== null) this.#use(halvesOf(cached));
    this.ready = this.#state === 'ready' ? Promise.resolve() : this.#generate(sdkVersion, warn);
  }

  get state(): ContractState {
    return this.#state;
  }

  /** Compiles the checks of answers ahead of the first request; does nothing without a contract. */
  warm(): void {
    this.#halves?.response.warm();
  }

  read(root: RequestRoot, form: FormTree): Values {
    return this.#halves === null ? readLoosely(form) : this.#halves.request.read(root, form);
  }

  check(answer: object): void {
    this.#halves?.response.check(answer);
  }

  #use(halves: Halves): void {
    this.#halves = halves;
    this.#state = 'ready';
  }

  async #generate(sdkVersion: string, warn: (message: string) => void): Promise<void> {
    try {
      const file = await generate(sdkVersion);
      this.#use(halvesOf(file));
    } catch (error) {
      this.#state = 'absent';
      const why = error instanceof Error ? error.message : String(error);
      warn(`Requests and answers are not checked against the SDK's types (${why}).`);
    }
  }
}

function halvesOf(file: ContractFile): Halves {
  const halves = { request: new RequestContract(file), response: new ResponseContract(file) };
  shared.set(file.sdk, halves);
  return halves;
}

/** The compiler takes memory that a process never gives back, so compiled code leaves it to a child. */
async function generate(sdkVersion: string): Promise<ContractFile> {
  if (import.meta.url.endsWith('.ts')) return (await import('./generate.js')).writeContract(sdkVersion);
  const child = fork(fileURLToPath(new URL('./generate.js', import.meta.url)), { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  const file = code === 0 ? readContract(sdkVersion) : null;
  if (file === null) throw new Error('the TypeScript compiler is not installed or could not read them');
  return file;
}
