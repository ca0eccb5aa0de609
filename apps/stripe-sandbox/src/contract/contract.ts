import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FormTree } from '../http/form.js';
import { readContract, type ContractFile } from './file.js';
import { readLoosely, RequestContract, type Values } from './request-contract.js';
import { ResponseContract } from './response-contract.js';
import type { RequestRoot } from './roots.js';

export type ContractState = 'absent' | 'loading' | 'ready';

/** Both halves of the contract, or neither where the TypeScript compiler is not installed. */
export class Contract {
  #state: ContractState = 'loading';
  #request: RequestContract | null = null;
  #response: ResponseContract | null = null;
  readonly ready: Promise<void>;

  /** Resolves `ready` once the schemas are there; `warn` is told once when there can be none. */
  constructor(sdkVersion: string, warn: (message: string) => void) {
    const cached = readContract(sdkVersion);
    if (cached !== null) this.#use(cached);
    this.ready = cached === null ? this.#generate(sdkVersion, warn) : Promise.resolve();
  }

  get state(): ContractState {
    return this.#state;
  }

  /** Compiles the checks of answers ahead of the first request; does nothing without a contract. */
  warm(): void {
    this.#response?.warm();
  }

  read(root: RequestRoot, form: FormTree): Values {
    return this.#request === null ? readLoosely(form) : this.#request.read(root, form);
  }

  check(answer: object): void {
    this.#response?.check(answer);
  }

  #use(file: ContractFile): void {
    this.#request = new RequestContract(file);
    this.#response = new ResponseContract(file);
    this.#state = 'ready';
  }

  async #generate(sdkVersion: string, warn: (message: string) => void): Promise<void> {
    try {
      const file = await generate(sdkVersion);
      this.#use(file);
    } catch (error) {
      this.#state = 'absent';
      const why = error instanceof Error ? error.message : String(error);
      warn(`Requests and answers are not checked against the SDK's types (${why}).`);
    }
  }
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
