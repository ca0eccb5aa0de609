import { AsyncLocalStorage } from 'node:async_hooks';
import { jest } from '@jest/globals';
import { Together } from './together.js';

interface Wish {
  readonly of: string;
  readonly what: string;
}

/** Acts that end when the spec says so. */
class Stage {
  readonly alone: string[] = [];
  readonly batches: string[][] = [];
  readonly trace = new AsyncLocalStorage<string>();
  readonly traces: (string | undefined)[] = [];
  isOpenHere = false;
  /** Cannot be done together, or at all. */
  bad: { together?: string; ever?: string } = {};
  private readonly gates: (() => void)[] = [];
  private readonly acts = new Together<Wish, string>(
    this,
    (wish) => wish.of,
    async (wish) => {
      this.alone.push(wish.what);
      this.traces.push(this.trace.getStore());
      await this.gate();
      if (this.bad.ever === wish.what) throw new Error(`${wish.what} cannot be done`);
      return `${wish.what} alone`;
    },
    async (wishes) => {
      const all = wishes.map(({ what }) => what);
      this.batches.push(all);
      await this.gate();
      if (all.some((what) => what === this.bad.together || what === this.bad.ever)) throw new Error('no');
      return all.map((what) => `${what} of ${all.length}`);
    },
  );

  ask(what: string, of = what): Promise<string> {
    return this.acts.of({ of, what }).catch((error: unknown) => (error as Error).message);
  }

  /** What is under way ends, and what begins thereby has begun. */
  async end(): Promise<void> {
    for (const end of this.gates.splice(0)) end();
    await turn();
    await turn();
  }

  private gate(): Promise<void> {
    return new Promise((end) => this.gates.push(end));
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('acts of many at once', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  });
  afterEach(() => jest.useRealTimers());

  it('are done alone where nobody else asks', async () => {
    const a = stage.ask('a');
    await turn();
    await stage.end();
    const b = stage.ask('b');
    await turn();
    await stage.end();

    expect([await a, await b, stage.batches]).toEqual(['a alone', 'b alone', []]);
  });

  it('share one transaction where they come in one turn, and the next one where they come meanwhile', async () => {
    const first = [stage.ask('a'), stage.ask('b')];
    await turn();
    const next = [stage.ask('c'), stage.ask('d'), stage.ask('e')];
    expect(stage.batches).toEqual([['a', 'b']]);
    await stage.end();
    await stage.end();

    expect(await Promise.all([...first, ...next])).toEqual([
      'a of 2',
      'b of 2',
      'c of 3',
      'd of 3',
      'e of 3',
    ]);
    expect(stage.alone).toEqual([]);
  });

  it('are never two of one key in a transaction, and the second comes after the first', async () => {
    const all = [stage.ask('a1', 'a'), stage.ask('b1', 'b'), stage.ask('a2', 'a')];
    await turn();
    expect([stage.batches, stage.alone]).toEqual([[['a1', 'b1']], []]);
    await stage.end();
    await stage.end();

    expect(await Promise.all(all)).toEqual(['a1 of 2', 'b1 of 2', 'a2 alone']);
  });

  it.each([
    ['together', ['a alone', 'bad alone', 'c alone']],
    ['ever', ['a alone', 'bad cannot be done', 'c alone']],
  ])('are done each alone where one cannot be done %s', async (when, outcomes) => {
    stage.bad = { [when]: 'bad' };
    const all = [stage.ask('a'), stage.ask('bad'), stage.ask('c')];
    await turn();
    for (let act = 0; act < 4; act += 1) await stage.end();

    expect(await Promise.all(all)).toEqual(outcomes);
    expect(stage.alone).toEqual(['a', 'bad', 'c']);
  });

  it('wait no longer than a little while for those who wait for a lock, and never go on more than four roads', async () => {
    const stuck = stage.ask('stuck');
    await turn();
    for (const what of ['a', 'b', 'c', 'd']) {
      void stage.ask(what);
      await turn();
      expect(stage.alone).not.toContain(what);
      jest.advanceTimersByTime(20);
      await turn();
    }
    expect(stage.alone).toEqual(['stuck', 'a', 'b', 'c']);
    await stage.end();
    expect(stage.alone).toEqual(['stuck', 'a', 'b', 'c', 'd']);

    expect(await stuck).toBe('stuck alone');
  });

  it('take fifty into a transaction, and leave the rest to the next', async () => {
    for (let n = 0; n < 60; n += 1) void stage.ask(`w${n}`);
    await turn();
    await stage.end();

    expect(stage.batches.map(({ length }) => length)).toEqual([50, 10]);
  });

  it('run alone under the trace of whoever has asked, whoever went before', async () => {
    void stage.trace.run('first', () => stage.ask('a'));
    await turn();
    void stage.trace.run('second', () => stage.ask('b'));
    await stage.end();

    expect(stage.traces).toEqual(['first', 'second']);
  });

  it('are none of anybody who holds a transaction open', () => {
    stage.isOpenHere = true;

    expect(() => stage.ask('a')).toThrow('a transaction is already open');
  });
});
