import { grownNodes, link, tailRanges } from './chain.rules.js';
import { CHAIN_START, chainHashOf } from './leaf.rules.js';
import { FAN_OUT, type KeptNode, completedNodes, leafHashOf } from './merkle.rules.js';

const hashes = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, offset) => leafHashOf(`leaf ${from + offset}`));

it('gives each record the next place, and each link the one before', () => {
  const [first, second] = link('JOURNAL', { seq: 0, hash: CHAIN_START }, [
    { id: 'jrn_a', leaf: { id: 'jrn_a' } },
    { id: 'jrn_b', leaf: { id: 'jrn_b' } },
  ]);

  const leafHash = leafHashOf('{"id":"jrn_a"}');
  expect(first).toEqual({
    stream: 'JOURNAL',
    seq: 1,
    subjectId: 'jrn_a',
    leafHash,
    prevHash: CHAIN_START,
    hash: chainHashOf(CHAIN_START, leafHash),
  });
  expect(second).toMatchObject({ seq: 2, prevHash: first?.hash });
});

it.each([1, 7, 100, 255, 256, 257, 1_000, 30_000])(
  'grows the same nodes in batches of %i as at once',
  (batch) => {
    const size = FAN_OUT * FAN_OUT + 3 * FAN_OUT + 9;
    const stored = new Map<string, KeptNode>();
    const store = (nodes: readonly KeptNode[]) => {
      for (const node of nodes) stored.set(`${node.level}/${node.index}`, node);
    };

    for (let from = 0; from < size; from += batch) {
      const leaves = { from, until: Math.min(size, from + batch) };
      const added = hashes(leaves.from, leaves.until);
      const tails = tailRanges(leaves).flatMap(({ level, from: start, until }) =>
        Array.from({ length: until - start }, (_, offset) => stored.get(`${level}/${start + offset}`)).filter(
          (node) => node !== undefined,
        ),
      );
      store(grownNodes(leaves, added, tails));
      store(added.map((hash, offset) => ({ level: 0, index: from + offset, hash })));
    }

    const whole = { from: 0, until: size };
    const expected = grownNodes(whole, hashes(0, size), []);
    expect(completedNodes(whole)).toEqual([
      { level: 1, from: 0, until: FAN_OUT + 3 },
      { level: 2, from: 0, until: 1 },
    ]);
    expect([...stored.values()].filter(({ level }) => level > 0)).toEqual(expect.arrayContaining(expected));
    expect([...stored.values()].filter(({ level }) => level > 0)).toHaveLength(expected.length);
  },
);
