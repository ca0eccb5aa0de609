import { AnswerCache, answerOf } from './answer-cache.js';

const FRESH_MS = 1_000;
const at = (askedAtMs: number, body = '{"data":1}') =>
  Promise.resolve(answerOf(200, body, askedAtMs, FRESH_MS));

describe('kept answers', () => {
  it.each([
    // asked at   looked at   kept
    [5_000, 5_000, true],
    [5_000, 5_999, true],
    [5_000, 6_000, false],
    [5_000, 4_999, false], // The clock has gone backwards.
  ])('asked at %d are good at %d: %s', async (askedAtMs, nowMs, isKept) => {
    const cache = new AnswerCache();
    await cache.ask('list', 0, () => at(askedAtMs));

    expect(cache.get('list', nowMs) !== null).toBe(isKept);
  });

  it('are asked for once by all who want the same', async () => {
    const cache = new AnswerCache();
    let asked = 0;
    const question = () => {
      asked += 1;
      return at(0);
    };

    const answers = await Promise.all([
      cache.ask('a', 0, question),
      cache.ask('a', 0, question),
      cache.ask('b', 0, question),
    ]);

    expect(asked).toBe(2);
    expect(answers[0]).toBe(answers[1]);
  });

  it('are not shared by who comes a second later', async () => {
    const cache = new AnswerCache();
    let asked = 0;
    const question = () => {
      asked += 1;
      return new Promise<never>(() => undefined);
    };
    for (const nowMs of [0, 999, 1_000, 1_999]) void cache.ask('list', nowMs, question);

    expect(asked).toBe(2);
  });

  it('are not kept when something changed while they were made, and asked for anew meanwhile', async () => {
    const cache = new AnswerCache();
    let answerFirst: (body: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => {
      answerFirst = resolve;
    });
    const first = cache.ask('list', 0, async () => answerOf(200, await slow, 0, FRESH_MS));
    cache.forget();
    const second = cache.ask('list', 0, () => at(0, 'new'));
    await second;
    answerFirst('old');

    expect((await first).body.toString()).toBe('old'); // Whoever asked before the change is told what was true then.
    expect(cache.get('list', 0)?.body.toString()).toBe('new');
  });

  it('go when something has moved, but for those that show nothing that moves', async () => {
    const cache = new AnswerCache();
    await cache.ask('stock', 0, () => at(0));
    await cache.ask('places', 0, async () => answerOf(200, '{}', 0, 60_000));

    cache.forgetMoving();

    expect([cache.get('stock', 0), cache.get('places', 0)]).toEqual([null, expect.anything()]);
    expect((await cache.ask('stock', 0, () => at(0, 'new'))).body.toString()).toBe('new');
  });

  it('are not kept where they are faults, which reach all who asked', async () => {
    const cache = new AnswerCache();
    const fault = () => Promise.resolve(answerOf(400, '{}', 0, 0));

    const faults = await Promise.all([cache.ask('list', 0, fault), cache.ask('list', 0, fault)]);

    expect(faults.map(({ status }) => status)).toEqual([400, 400]);
    await expect(cache.ask('list', 0, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(cache.get('list', 0)).toBeNull();
    expect((await cache.ask('list', 0, () => at(0))).etag).toMatch(/^"[\w-]+"$/);
  });

  it('go when there are too many, those asked longest ago first', async () => {
    const cache = new AnswerCache();
    const large = 'x'.repeat(25_000_000);
    for (const key of ['a', 'b', 'c']) await cache.ask(key, 0, () => at(0, large));

    expect(['a', 'b', 'c'].map((key) => cache.get(key, 0) !== null)).toEqual([false, true, true]);
  });
});
