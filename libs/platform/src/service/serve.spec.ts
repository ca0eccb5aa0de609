import { fastifyAdapter } from './serve.js';

/** Sign-in is throttled by this address, so believing the wrong sender lets a guesser choose it. */
describe('the address of a client', () => {
  const addressOf = async (trustedProxies: string | undefined, forwardedFor: string, from: string) => {
    const fastify = fastifyAdapter({ trustedProxies }).getInstance();
    fastify.get('/address', (request, reply) => reply.send(request.ip));
    const { body } = await fastify.inject({
      url: '/address',
      remoteAddress: from,
      headers: { 'x-forwarded-for': forwardedFor },
    });
    await fastify.close();
    return body;
  };

  it.each([
    // trusted               X-Forwarded-For             sent from      is taken for
    [undefined, '203.0.113.7', '10.0.0.5', '10.0.0.5'],
    ['10.0.0.5', '203.0.113.7', '10.0.0.5', '203.0.113.7'],
    ['10.0.0.0/8', '203.0.113.7', '10.9.9.9', '203.0.113.7'],
    ['10.0.0.5, 10.0.0.6', '203.0.113.7, 10.0.0.6', '10.0.0.5', '203.0.113.7'],
    // What the client wrote itself stands left of what our own proxy has added.
    ['10.0.0.5', '198.51.100.1, 203.0.113.7', '10.0.0.5', '203.0.113.7'],
    ['10.0.0.5', '203.0.113.7', '192.0.2.1', '192.0.2.1'],
  ])('with %s trusted, "%s" sent from %s is %s', async (trusted, forwardedFor, from, address) => {
    expect(await addressOf(trusted, forwardedFor, from)).toBe(address);
  });
});
