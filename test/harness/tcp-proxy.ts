import { once } from 'node:events';
import { type Socket, connect, createServer, type Server } from 'node:net';

/** A line between two processes, on which answers (or questions) can be held for as long as a spec wants. */
export class TcpProxy {
  private upstreamPort = 0;
  private held: 'NOTHING' | 'QUESTIONS' | 'ANSWERS' = 'NOTHING';
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(): Promise<TcpProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const proxy = new TcpProxy(server, typeof address === 'object' && address ? address.port : 0);
    server.on('connection', (client) => proxy.join(client));
    return proxy;
  }

  to(port: number): void {
    this.upstreamPort = port;
  }

  /** From now on nothing gets through in this direction; it is kept. */
  hold(what: 'QUESTIONS' | 'ANSWERS'): void {
    this.held = what;
  }

  /** What was kept goes on, as far as somebody is still there to take it. */
  release(): void {
    this.held = 'NOTHING';
    for (const pass of this.waiting.splice(0)) pass();
  }

  /** Whoever is connected is cut off, as when the server starts anew; whoever comes again gets through. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const upstream = connect(this.upstreamPort, '127.0.0.1');
    this.pass(client, upstream, 'QUESTIONS');
    this.pass(upstream, client, 'ANSWERS');
  }

  private pass(from: Socket, to: Socket, what: 'QUESTIONS' | 'ANSWERS'): void {
    this.sockets.add(from);
    from.on('data', (chunk) => {
      const write = () => void (to.destroyed || to.write(chunk));
      if (this.held === what) this.waiting.push(write);
      else write();
    });
    // Whoever is killed takes the other end along.
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }
}
