import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Certificate } from './certificate.js';
import { freePort } from './fleet.js';

/** A broker of somebody else's in a process of its own, with accounts and topics of its own. It forgets everything when it is killed. */
export class ForeignBroker {
  private child: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    private readonly passwords: Readonly<Record<string, string>>,
    private readonly certificate: Certificate,
  ) {}

  static async start(
    passwords: Readonly<Record<string, string>>,
    certificate: Certificate,
  ): Promise<ForeignBroker> {
    const broker = new ForeignBroker(await freePort(), passwords, certificate);
    await broker.launch();
    return broker;
  }

  /** For whoever has the account. */
  urlFor(user: string): string {
    return `mqtts://${user}:${this.passwords[user] ?? ''}@127.0.0.1:${this.port}`;
  }

  async launch(): Promise<void> {
    const { port, passwords, certificate } = this;
    const tls = { cert: certificate.cert, key: certificate.key };
    const child = spawn(
      process.execPath,
      ['test/harness/foreign-process.mjs', JSON.stringify({ port, passwords, tls })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.child = child;
    await once(child.stdout, 'data');
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
