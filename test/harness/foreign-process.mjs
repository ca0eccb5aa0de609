// A broker of somebody else's, as a process of its own: it lets in whom its list names, keeps topics apart, and knows nothing of Taoyuan. See foreign-broker.ts.
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Aedes } from 'aedes';

const { port, passwords, tls } = JSON.parse(process.argv[2] ?? '{}');
/** Whose account may do everything that Taoyuan has to. */
const PLATFORM = 'taoyuan';

const own = (user, way) => new RegExp(`^v\\d+/counter/${user}/${way}/[^/#]+$`);

const users = new Map();
const broker = await Aedes.createBroker({
  authenticate: (client, user, password, done) => {
    const isKnown = passwords[user] !== undefined && passwords[user] === String(password ?? '');
    // Nobody takes the session of another.
    const isOwn = user === PLATFORM || client.id === user;
    if (isKnown && isOwn) users.set(client, user);
    done(isKnown && isOwn ? null : Object.assign(new Error('unknown'), { returnCode: 4 }), isKnown && isOwn);
  },
  authorizePublish: (client, { topic }, done) => {
    const user = client ? users.get(client) : PLATFORM;
    done(user === PLATFORM || own(user, 'up').test(topic) ? null : new Error('not yours'));
  },
  authorizeSubscribe: (client, subscription, done) => {
    const user = users.get(client);
    done(null, user === PLATFORM || own(user, 'down').test(subscription.topic) ? subscription : null);
  },
});
const onSocket = (socket) => {
  socket.on('error', () => undefined);
  broker.handle(socket);
};
const server = tls ? createTlsServer(tls, onSocket) : createServer(onSocket);
server.listen(port, '127.0.0.1', () => console.log('listening'));
