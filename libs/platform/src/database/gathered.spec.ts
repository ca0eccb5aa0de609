import { Gathered } from './gathered.js';

interface Row {
  readonly id: string;
  readonly reading: number;
}

/** A reading that ends when the spec says so. */
class Stage {
  readonly asked: (readonly string[])[] = [];
  private readonly ends: (() => void)[] = [];
  /** Whoever asks now holds a transaction open. */
  isOpenHere = false;
  private readonly reader = new Gathered<Row>(
    this,
    async (keys) => {
      this.asked.push(keys);
      const reading = this.asked.length;
      await new Promise<void>((end) => this.ends.push(end));
      if (keys.includes('bad')) throw new Error('no such key');
      return keys.filter((id) => id !== 'unknown').flatMap((id) => [{ id, reading }]);
    },
    ({ id }) => id,
  );

  of(...keys: string[]): Promise<string> {
    const told = (rows: readonly Row[]) => rows.map(({ id, reading }) => `${id}${reading}`).join(' ');
    return this.reader.of(keys).then(told, (error: unknown) => (error as Error).message);
  }

  /** What is under way ends, and what was waiting for it or for the end of this turn begins. */
  async end(): Promise<void> {
    for (const end of this.ends.splice(0)) end();
    await turn();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a gathered reading', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });

  it('is read at once where nobody else reads, and again for whoever comes afterwards', async () => {
    const first = stage.of('a', 'b');
    await turn();
    await stage.end();
    const second = stage.of('a');
    await turn();
    await stage.end();

    expect([await first, await second, stage.asked]).toEqual(['a1 b1', 'a2', [['a', 'b'], ['a']]]);
  });

  it('is shared by all who ask in one turn of the event loop', async () => {
    const all = [stage.of('a', 'b'), stage.of('b', 'c')];
    await turn();
    await stage.end();

    expect([await Promise.all(all), stage.asked]).toEqual([['a1 b1', 'b1 c1'], [['a', 'b', 'c']]]);
  });

  it('is shared by all who ask while one is under way, each with what they have asked for', async () => {
    const first = stage.of('a');
    await turn();
    const shared = [stage.of('a', 'b'), stage.of('c', 'unknown'), stage.of('unknown')];
    expect(stage.asked).toEqual([['a']]);
    await stage.end();
    const later = stage.of('a');
    await stage.end();
    await stage.end();

    // Whoever came while the second was under way is told of none that began before they came.
    expect([await first, await Promise.all(shared), await later]).toEqual(['a1', ['a2 b2', 'c2', ''], 'a3']);
    expect(stage.asked).toEqual([['a'], ['a', 'b', 'c', 'unknown'], ['a']]);
  });

  it('fails for whoever has asked for what cannot be read, and for nobody else', async () => {
    const first = stage.of('bad');
    await turn();
    const shared = [stage.of('a'), stage.of('bad'), stage.of('b')];
    for (let round = 0; round < 3; round += 1) await stage.end();
    const after = stage.of('a');
    await turn();
    await stage.end();

    expect([await first, ...(await Promise.all(shared)), await after]).toEqual([
      'no such key',
      'a3',
      'no such key',
      'b5',
      'a6',
    ]);
  });

  it('is shared with nobody who asks in the midst of a transaction, whoever else reads', async () => {
    const within = () => {
      stage.isOpenHere = true;
      const reading = stage.of('a');
      stage.isOpenHere = false;
      return reading;
    };
    const alone = within();
    const first = stage.of('a');
    await turn();
    const beside = within();
    const shared = stage.of('b');
    expect(stage.asked).toEqual([['a'], ['a'], ['a']]);
    await stage.end();
    await stage.end();

    expect([await alone, await first, await beside, await shared]).toEqual(['a1', 'a2', 'a3', 'b4']);
  });

  it('asks for nothing where nothing is wanted, and lets nobody with many keys make others wait for them', async () => {
    expect(await stage.of()).toBe('');
    const first = stage.of('a');
    await turn();
    const many = stage.of(...Array.from({ length: 501 }, (_, index) => `k${index}`));
    const small = stage.of('b');
    expect(stage.asked.map(({ length }) => length)).toEqual([1, 501]);
    await stage.end();
    await stage.end();

    expect([await first, (await many).split(' ').length, await small]).toEqual(['a1', 501, 'b3']);
  });

  it('begins beside a list of many keys, also where that was first', async () => {
    const many = stage.of(...Array.from({ length: 501 }, (_, index) => `k${index}`));
    const small = stage.of('a');
    await turn();
    expect(stage.asked.map(({ length }) => length)).toEqual([501, 1]);
    await stage.end();

    expect([(await many).split(' ').length, await small]).toEqual([501, 'a2']);
  });
});
