import { newId } from '#libs/kernel';
import { Dispatcher, Relay, emit, newEvent } from '#platform/outbox';
import { World } from '../../harness/world.js';

const LETTERS = '{ deadLetters { eventId eventName consumer attempts lastError occurredAt } }';
const REPLAY = `mutation ($eventId: ID) {
  deadLetterReplay(eventId: $eventId) { ... on DeadLetterReplayPayload { replayed } ... on DomainError { code message } }
}`;

describe('dead deliveries', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  afterAll(() => world.close());
  afterEach(() => world.queue.lose());

  const operator = () =>
    world
      .client('settlement')
      .as(world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' }).token);
  /** A fee that some fault of ours has kept from the books. */
  const bury = async () => {
    const event = newEvent(
      'payment.fee_charged',
      { paymentId: newId('pay'), orderId: newId('ord'), movementRef: newId('jrn'), feeFen: '7' },
      world.clock.now(),
    );
    await world.database.transaction((tx) => emit(tx, event));
    await world.get(Relay).publish();
    world.queue.lose();
    await world
      .get(Dispatcher)
      .bury({ eventIds: [event.id], consumer: 'PostFeeOnPaymentFeeCharged' }, new Error('not today'));
    return event;
  };

  it('are shown with their reason until they are replayed', async () => {
    const event = await bury();
    const letter = {
      eventId: event.id,
      eventName: 'payment.fee_charged',
      consumer: 'PostFeeOnPaymentFeeCharged',
      attempts: 1,
      lastError: 'not today',
      occurredAt: event.occurredAt.toISOString(),
    };
    expect(await operator().ask(LETTERS)).toEqual([letter]);

    expect(await operator().ask(REPLAY, { eventId: event.id })).toEqual({ replayed: 1 });
    expect(await operator().ask(REPLAY, { eventId: event.id })).toEqual({ replayed: 0 });
    expect(await operator().ask(LETTERS)).toEqual([]);

    await world.get(Relay).sweep(60_000);
    await world.settle();
    const rows = await world.database.query<{ state: string }>('SELECT state FROM inbox WHERE event_id = ?', [
      event.id,
    ]);
    expect(rows).toEqual([{ state: 'APPLIED' }]);
  });

  it('are replayed all at once without an id', async () => {
    await bury();
    await bury();

    expect(await operator().ask(REPLAY)).toEqual({ replayed: 2 });
    await world.get(Relay).sweep(60_000);
    await world.settle();
  });

  it('refuse what is no id of a fact', async () => {
    expect(await operator().ask(REPLAY, { eventId: "evt_' OR 1=1" })).toEqual({
      code: 'INVALID_INPUT',
      message: 'This is not the id of a fact.',
    });
  });

  it.each([
    ['deadLetters', LETTERS],
    ['deadLetterReplay', REPLAY],
  ])('are for operators: %s', async (_, query) => {
    const client = world.client('settlement');
    const finance = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });

    expect(await client.codeOf(query)).toBe('UNAUTHENTICATED');
    expect(await client.as(world.person().token).codeOf(query)).toBe('FORBIDDEN');
    expect(await client.as(finance.token).codeOf(query)).toBe('FORBIDDEN');
  });
});
