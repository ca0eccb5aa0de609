import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from './certificate.js';
import { eventually, freePort } from './fleet.js';

/** Whoever has Mosquitto tries with `FOREIGN_BROKER=mosquitto npm test -- test/counter/link`: set up as docs/operations.md says. */
const MOSQUITTO = process.env['FOREIGN_BROKER'] === 'mosquitto';
const MOSQUITTO_CONF = ({ port, folder }: { readonly port: number; readonly folder: string }) => `
user root
listener ${port} 127.0.0.1
certfile ${folder}/cert.pem
keyfile ${folder}/key.pem
allow_anonymous false
password_file ${folder}/passwords
acl_file ${folder}/acl
max_queued_messages 0
use_username_as_clientid true
max_inflight_messages 0
`;
const MOSQUITTO_ACL = `user taoyuan
topic read +/counter/+/up/+
topic write +/counter/+/down/+

pattern write v1/counter/%u/up/+
pattern read v1/counter/%u/down/+
`;

/** A broker of somebody else's in a process of its own, with accounts and topics of its own. It forgets everything when it is killed. */
export class ForeignBroker {
  /** Whether it says so when somebody wants to hear what is none of theirs, as ours does; Mosquitto takes the wish and hands nothing out. */
  static readonly REFUSES_ALOUD = !MOSQUITTO;

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
    if (MOSQUITTO) return this.launchMosquitto();
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

  private async launchMosquitto(): Promise<void> {
    const { port, passwords, certificate } = this;
    const folder = mkdtempSync(join(tmpdir(), 'taoyuan-mosquitto-'));
    writeFileSync(join(folder, 'cert.pem'), certificate.cert);
    writeFileSync(join(folder, 'key.pem'), certificate.key);
    writeFileSync(join(folder, 'acl'), MOSQUITTO_ACL, { mode: 0o600 });
    writeFileSync(join(folder, 'mosquitto.conf'), MOSQUITTO_CONF({ port, folder }));
    writeFileSync(join(folder, 'passwords'), '', { mode: 0o600 });
    for (const [user, password] of Object.entries(passwords))
      execFileSync('mosquitto_passwd', ['-b', join(folder, 'passwords'), user, password]);
    this.child = spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf')], { stdio: 'inherit' });
    await eventually('Mosquitto listens', async () => listens(port));
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
