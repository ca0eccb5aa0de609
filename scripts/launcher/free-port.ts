import { createServer } from 'node:net';

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const given = typeof address === 'object' && address ? address.port : undefined;
      server.close(() => resolve(given));
    });
  });
}

/** The wished loopback port if it is free now, else any free one. */
export async function freePort(wish: number | undefined): Promise<number> {
  const port = (wish === undefined ? undefined : await listenOnce(wish)) ?? (await listenOnce(0));
  if (port === undefined) throw new Error('the kernel has no free loopback port');
  return port;
}
