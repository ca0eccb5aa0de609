import { jest } from '@jest/globals';
import { pino } from 'pino';
import type { Tx } from '#platform/database';
import { LINE_OPTIONS, Log } from '#platform/log';
import {
  type AnyConsumer,
  type BatchConsumer,
  type Consumer,
  DeadLetterService,
  Dispatcher,
  type Event,
  type OutwardConsumer,
  Relay,
  emit,
  newEvent,
} from '#platform/outbox';
import { FakeClock } from '../harness/clock.js';
import { createTestDatabase, type TestDatabase } from '../harness/database.js';
import { InlineQueue } from '../harness/inline-queue.js';
import { countStatements } from '../harness/statements.js';

/** Its effect is a row, so that effects can be counted. */
class WriteCategoryOnTested implements Consumer {
  readonly queue = 'money';
  failures = 0;

  async apply(tx: Tx, event: Event): Promise<void> {
    await tx.insert('category', [{ code: event.id.slice(-30), nameZh: '', nameEn: '', position: 0 }]);
    if (this.failures > 0) {
      this.failures -= 1;
      throw new Error('not today');
    }
  }
}

/** Takes many; refuses what its list names. */
class WriteCategoriesOnCounted implements BatchConsumer {
  readonly queue = 'volume';
  readonly sizes: number[] = [];
  readonly poisonous = new Set<string>();

  async applyAll(tx: Tx, events: readonly Event[]): Promise<void> {
    this.sizes.push(events.length);
    await tx.insert(
      'category',
      events.map(({ id }) => ({ code: id.slice(-30), nameZh: '', nameEn: '', position: 0 })),
    );
    if (events.some(({ id }) => this.poisonous.has(id))) throw new Error('poison');
  }
}

class CallOnTested implements OutwardConsumer {
  readonly queue = 'outward';
  readonly calls: string[] = [];

  async act(event: Event): Promise<void> {
    this.calls.push(event.id);
  }
}

describe('a fact', () => {
  let test: TestDatabase;
  const clock = new FakeClock();
  const queue = new InlineQueue();
  const writer = new WriteCategoryOnTested();
  const caller = new CallOnTested();
  let relay: Relay;
  let dispatcher: Dispatcher;
  const lines: string[] = [];

  beforeAll(async () => {
    test = await createTestDatabase();
    const routes = new Map<string, readonly AnyConsumer[]>([['test.tested', [writer, caller]]]);
    const log = new Log(pino(LINE_OPTIONS, { write: (line: string) => lines.push(line) }));
    relay = new Relay(test.database, queue, clock, routes);
    dispatcher = new Dispatcher(test.database, clock, log, routes);
  });
  afterAll(() => test.drop());
  afterEach(async () => {
    queue.lose();
    caller.calls.length = 0;
    lines.length = 0;
    writer.failures = 0;
    await test.database.transaction(async (tx) => {
      for (const table of ['outbox', 'inbox', 'category']) await tx.write(`DELETE FROM ${table}`);
    });
  });

  const tested = () => newEvent('test.tested', { n: '1' }, clock.now());
  const tell = (event: Event) => test.database.transaction((tx) => emit(tx, event));
  const effects = async () => (await test.database.query('SELECT code FROM category')).length;
  const states = async () =>
    (await test.database.query<{ state: string }>('SELECT state FROM inbox ORDER BY consumer')).map(
      (row) => row.state,
    );

  it('is written only if its change is', async () => {
    const failing = test.database.transaction(async (tx) => {
      await emit(tx, tested());
      throw new Error('rolled back');
    });

    await expect(failing).rejects.toThrow('rolled back');
    expect(await relay.publish()).toBe(0);
  });

  it('reaches every consumer once', async () => {
    await tell(tested());

    expect(await relay.publish()).toBe(1);
    expect(await queue.drain(dispatcher)).toBeNull();

    expect([await effects(), caller.calls.length, await states()]).toEqual([1, 1, ['APPLIED', 'APPLIED']]);
  });

  it('is logged with its order wherever it arrives', async () => {
    const event = newEvent('test.tested', { orderId: 'ord_1' }, clock.now());
    await tell(event);
    await relay.publish();
    await queue.drain(dispatcher);

    const ids = { eventId: event.id, orderId: 'ord_1', event: 'test.tested', msg: 'delivered' };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ ...ids, consumer: 'WriteCategoryOnTested' }),
      expect.objectContaining({ ...ids, consumer: 'CallOnTested' }),
    ]);
  });

  it('G10: has its effect once, however often and however concurrently it is delivered', async () => {
    const event = tested();
    await tell(event);
    await relay.publish();

    const delivery = { eventIds: [event.id], consumer: 'WriteCategoryOnTested' };
    await Promise.all(Array.from({ length: 8 }, () => dispatcher.deliver(delivery)));

    expect(await effects()).toBe(1);
  });

  it('leaves no receipt when the effect fails, and is tried again', async () => {
    writer.failures = 1;
    await tell(tested());
    await relay.publish();

    expect(await queue.drain(dispatcher)).toMatchObject({ message: 'not today' });
    expect(await effects()).toBe(0);
    expect(await queue.drain(dispatcher)).toBeNull();

    expect(await effects()).toBe(1);
  });

  it('G6: is published although one that was made later has committed before it', async () => {
    const [early, late] = [tested(), tested()];
    let commit: () => void = () => undefined;
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const slow = test.database.transaction(async (tx) => {
      await emit(tx, early);
      written();
      await mayCommit;
    });
    await isWritten;
    await tell(late);

    expect(await relay.publish()).toBe(1);
    commit();
    await slow;
    expect(await relay.publish()).toBe(1);

    expect(await queue.drain(dispatcher)).toBeNull();
    expect(await effects()).toBe(2);
  });

  it('G10: has its effect once when the relay dies between the database and the queue', async () => {
    await tell(tested());
    const lost = jest.spyOn(queue, 'add').mockRejectedValueOnce(new Error('the relay died'));
    await expect(relay.publish()).rejects.toThrow('the relay died');
    lost.mockRestore();
    clock.advance(61_000);

    expect(await relay.sweep(60_000)).toBe(2);
    expect(await relay.publish()).toBe(0);

    expect(await queue.drain(dispatcher)).toBeNull();
    expect([await effects(), caller.calls.length]).toEqual([1, 1]);
  });

  it('is shared by two relays without being taken twice', async () => {
    for (let n = 0; n < 300; n += 1) await tell(tested());

    const taken = await Promise.all([relay.publish(), relay.publish(), relay.publish()]);

    expect(taken.reduce((a, b) => a + b)).toBe(300);
    expect(queue.length).toBe(600);
  });

  it('G5, G8: is swept up after a minute when the queue has lost it, under a new job id', async () => {
    await tell(tested());
    await relay.publish();
    queue.lose();
    clock.advance(59_000);
    expect(await relay.sweep(60_000)).toBe(0);
    clock.advance(2_000);
    const added = jest.spyOn(queue, 'add');

    expect(await relay.sweep(60_000)).toBe(2);

    expect(added.mock.calls[0]?.[0].map(({ id }) => id.split(':').at(-1))).toEqual(['2', '2']);
    added.mockRestore();
    expect(await queue.drain(dispatcher)).toBeNull();
    expect(await effects()).toBe(1);
  });

  it('is not swept once it has been received', async () => {
    await tell(tested());
    await relay.publish();
    await queue.drain(dispatcher);
    clock.advance(120_000);

    expect(await relay.sweep(60_000)).toBe(0);
  });

  it('G9: rests as a dead letter after its last attempt, with the reason, until it is replayed', async () => {
    const letters = new DeadLetterService(test.database, clock);
    const event = tested();
    writer.failures = 1;
    await tell(event);
    await relay.publish();
    queue.lose();
    await dispatcher.bury(
      { eventIds: [event.id], consumer: 'WriteCategoryOnTested' },
      new Error('not today'),
    );
    clock.advance(120_000);
    await dispatcher.deliver({ eventIds: [event.id], consumer: 'CallOnTested' });

    expect(await letters.list()).toMatchObject([
      { consumer: 'WriteCategoryOnTested', eventName: 'test.tested', lastError: 'not today' },
    ]);
    expect(await relay.sweep(60_000)).toBe(0);

    writer.failures = 0;
    expect(await letters.replay(event.id)).toBe(1);
    expect(await relay.sweep(60_000)).toBe(1);
    expect(await queue.drain(dispatcher)).toBeNull();
    expect([await effects(), await letters.list()]).toEqual([1, []]);
  });

  describe('among many of its kind', () => {
    const together = new InlineQueue(true);
    const counter = new WriteCategoriesOnCounted();
    let manyRelay: Relay;
    let manyDispatcher: Dispatcher;

    beforeAll(() => {
      const routes = new Map<string, readonly AnyConsumer[]>([['test.counted', [counter, caller]]]);
      manyRelay = new Relay(test.database, together, clock, routes);
      manyDispatcher = new Dispatcher(test.database, clock, new Log(pino({ level: 'silent' })), routes);
    });
    afterEach(() => {
      together.lose();
      counter.sizes.length = 0;
      counter.poisonous.clear();
    });

    const tellMany = async (count: number) => {
      const events = Array.from({ length: count }, () => newEvent('test.counted', {}, clock.now()));
      await test.database.transaction((tx) => emit(tx, ...events));
      await manyRelay.publish();
      return events;
    };
    const dead = () => test.database.query('SELECT event_id AS id FROM inbox WHERE state = ?', ['DEAD']);

    it('travels with them, and to whoever acts outside alone', async () => {
      await tellMany(120);

      expect(together.length).toBe(3 + 120);
      expect(await together.drain(manyDispatcher)).toBeNull();

      expect(counter.sizes).toEqual([50, 50, 20]);
      expect([await effects(), caller.calls.length]).toEqual([120, 120]);
      expect(new Set(await states())).toEqual(new Set(['APPLIED']));
    });

    it('costs as many statements among fifty as among two', async () => {
      const costOf = async (count: number) => {
        const events = await tellMany(count);
        const delivery = { consumer: 'WriteCategoriesOnCounted', eventIds: events.map(({ id }) => id) };
        return countStatements(() => manyDispatcher.deliver(delivery));
      };

      const [two, fifty] = [await costOf(2), await costOf(50)];

      expect(fifty).toBe(two);
    });

    it('has its effect once, however the groups overlap and how many workers carry them', async () => {
      const ids = (await tellMany(10)).map(({ id }) => id);
      const deliver = (eventIds: typeof ids) =>
        manyDispatcher.deliver({ consumer: 'WriteCategoriesOnCounted', eventIds });

      await Promise.all([
        deliver(ids.slice(0, 7)),
        deliver(ids.slice(3)),
        deliver(ids),
        deliver(ids.toReversed()),
      ]);

      expect(await effects()).toBe(10);
    });

    it('G9: goes alone when the group fails, so that only what is poisonous stays behind', async () => {
      const [, poison] = await tellMany(5);
      counter.poisonous.add(poison?.id ?? '');

      expect(await together.drain(manyDispatcher)).toBeNull();
      expect(await effects()).toBe(0);
      expect(await together.drain(manyDispatcher)).toMatchObject({ message: 'poison' });

      expect(await effects()).toBe(4);
      expect(counter.sizes).toEqual([5, 1, 1, 1, 1, 1]);
      await manyDispatcher.bury(
        { consumer: 'WriteCategoriesOnCounted', eventIds: [poison?.id ?? 'evt_'] },
        new Error('poison'),
      );
      expect(await dead()).toEqual([{ id: poison?.id }]);
    });

    it('is swept alone after the queue has lost the group', async () => {
      await tellMany(3);
      together.lose();
      clock.advance(120_000);

      await manyRelay.sweep(60_000);
      await together.drain(manyDispatcher);

      expect(counter.sizes).toEqual([1, 1, 1]);
      expect(await effects()).toBe(3);
    });
  });

  it('that nobody listens to is published all the same', async () => {
    await tell(newEvent('test.ignored', {}, clock.now()));

    expect(await relay.publish()).toBe(1);
    expect(await relay.publish()).toBe(0);
  });
});
