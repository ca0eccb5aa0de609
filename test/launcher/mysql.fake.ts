import { createServer, type Server } from 'node:net';

/** As much of a MySQL server as it takes to be asked for its version: handshake, yes to every password, one row. */

function packet(sequence: number, ...parts: (Buffer | number[] | string)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, sequence]), body]);
}

const text = (value: string): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

function greeting(version: string): Buffer {
  const salt = 'saltsalt';
  const capabilities = { low: [0x0f, 0xa2], high: [0x08, 0x00] }; // Protocol 4.1, secure passwords, named plugins.
  return packet(
    0,
    [10],
    `${version}\0`,
    [1, 0, 0, 0],
    salt,
    [0],
    capabilities.low,
    [33, 2, 0],
    capabilities.high,
    [21],
    zeros(10),
    'saltsaltsalt\0',
    'mysql_native_password\0',
  );
}

const ok = packet(2, [0, 0, 0, 2, 0, 0, 0]);

function oneRow(version: string): Buffer {
  const end = [0xfe, 0, 0, 2, 0];
  const column = Buffer.concat(['def', '', '', '', 'version', ''].map(text));
  return Buffer.concat([
    packet(1, [1]),
    packet(2, column, [0x0c, 33, 0, 80, 0, 0, 0, 0xfd, 0, 0, 0, 0, 0]),
    packet(3, end),
    packet(4, text(version)),
    packet(5, end),
  ]);
}

const COM_QUERY = 3;

export function fakeMysql(version: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined); // The client hangs up when it has seen enough.
      socket.write(greeting(version));
      socket.once('data', () => {
        socket.write(ok);
        socket.on('data', (data) => data[4] === COM_QUERY && socket.write(oneRow(version)));
      });
    }).listen(0, '127.0.0.1', () => resolve(server));
  });
}
