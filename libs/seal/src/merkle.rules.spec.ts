import {
  EMPTY_ROOT,
  FAN_OUT,
  Frontier,
  type Hash,
  type KeptNode,
  type LeafRange,
  completedNodes,
  consistencyRanges,
  extendsTree,
  hashesOf,
  includes,
  inclusionRanges,
  keptRanges,
  leafHashOf,
  nodeHashOf,
  parentOf,
} from './merkle.rules.js';

/** The leaves that the test vectors of RFC 6962's reference implementation use. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hex = (hash: Hash) => hash.toString('hex');
const leaf = (index: number) => leafHashOf(`leaf ${index}`);
const leaves = (count: number) => Array.from({ length: count }, (_, index) => leaf(index));

/** The definition of the RFC, word by word: slow, and obviously right. */
function rootOf(hashes: readonly Hash[]): Hash {
  const [only] = hashes;
  if (!only) return EMPTY_ROOT;
  if (hashes.length === 1) return only;
  let cut = 1;
  while (cut * 2 < hashes.length) cut *= 2;
  return nodeHashOf(rootOf(hashes.slice(0, cut)), rootOf(hashes.slice(cut)));
}

/** Everything that a store would keep of these leaves, level by level. */
function keptOf(hashes: readonly Hash[]): Hash[][] {
  const kept: Hash[][] = [[...hashes]];
  for (const { level, until } of completedNodes({ from: 0, until: hashes.length })) {
    const below = kept[level - 1] ?? [];
    kept.push(
      Array.from({ length: until }, (_, index) =>
        parentOf(below.slice(index * FAN_OUT, (index + 1) * FAN_OUT)),
      ),
    );
  }
  return kept;
}

/** What a prover answers who keeps only every eighth level, and fetches only what is asked for. */
function prover(hashes: readonly Hash[]) {
  const kept = keptOf(hashes);
  return (ranges: readonly LeafRange[]) => {
    const fetched = ranges
      .flatMap(keptRanges)
      .flatMap(({ level, from, until }): KeptNode[] =>
        (kept[level] ?? []).slice(from, until).map((hash, offset) => ({ level, index: from + offset, hash })),
      );
    return hashesOf(ranges, fetched);
  };
}

/** Every path that differs from this one in one bit of one byte; the bit moves on, so that all eight are tried. */
function* damaged(path: readonly Hash[]): Generator<Hash[]> {
  for (const [step, hash] of path.entries()) {
    for (let byte = 0; byte < hash.length; byte += 1) {
      const copy = path.map((each) => Buffer.from(each));
      const bytes = copy[step] ?? Buffer.alloc(0);
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (byte % 8));
      yield copy;
    }
  }
}

it("gives the RFC's root of nothing", () => {
  expect(hex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(hex(new Frontier().root())).toBe(hex(EMPTY_ROOT));
});

it.each(ROOTS.map((root, index) => [index + 1, root]))(
  "gives the known root of the first %i of the RFC's leaves",
  (size, root) => {
    const frontier = new Frontier();

    for (const each of LEAVES.slice(0, size)) frontier.push(leafHashOf(Buffer.from(each, 'hex')));

    expect(hex(frontier.root())).toBe(root);
  },
);

it.each([
  // leaf, size: the known paths, bottom up.
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
])('gives the known path of leaf %i of %i', (index, size, path) => {
  const hashes = LEAVES.slice(0, size).map((each) => leafHashOf(Buffer.from(each, 'hex')));

  expect(prover(hashes)(inclusionRanges(index, size)).map(hex)).toEqual(path);
});

it.each([
  // before, size: the known proofs.
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
])('gives the known proof that %i leaves grew to %i', (before, size, path) => {
  const hashes = LEAVES.slice(0, size).map((each) => leafHashOf(Buffer.from(each, 'hex')));

  expect(prover(hashes)(consistencyRanges(before, size)).map(hex)).toEqual(path);
});

describe('for every size up to 70', () => {
  const SIZES = Array.from({ length: 71 }, (_, size) => size);
  const all = leaves(70);
  const heads = SIZES.map((size) => ({ size, root: rootOf(all.slice(0, size)) }));
  const headOf = (size: number) => heads[size] ?? { size: -1, root: EMPTY_ROOT };

  it('every leaf is proven to be where it is, and nowhere else', () => {
    for (const size of SIZES.slice(1)) {
      const prove = prover(all.slice(0, size));
      const { root } = headOf(size);
      for (let index = 0; index < size; index += 1) {
        const path = prove(inclusionRanges(index, size));
        const claim = { index, size, leafHash: leaf(index), root };
        expect([index, size, includes(claim, path)]).toEqual([index, size, true]);
        expect(includes({ ...claim, leafHash: leaf(index + 1) }, path)).toBe(false);
        expect(size > 1 && includes({ ...claim, index: (index + 1) % size }, path)).toBe(false);
        expect(includes({ ...claim, root: headOf(size - 1).root }, path)).toBe(false);
        expect(includes(claim, [...path, leaf(0)])).toBe(false);
        expect(path.length > 0 && includes(claim, path.slice(1))).toBe(false);
      }
    }
  });

  it('every earlier tree is proven to be how it began, and no other', () => {
    for (const after of heads) {
      const prove = prover(all.slice(0, after.size));
      for (const before of heads.slice(0, after.size + 1)) {
        const path = prove(consistencyRanges(before.size, after.size));
        expect([before.size, after.size, extendsTree(before, after, path)]).toEqual([
          before.size,
          after.size,
          true,
        ]);
        expect(extendsTree({ ...before, root: leaf(99) }, after, path)).toBe(false);
        expect(before.size > 0 && extendsTree(before, { ...after, root: leaf(99) }, path)).toBe(false);
        expect(extendsTree(before, after, [...path, leaf(0)])).toBe(false);
        expect(path.length > 0 && extendsTree(before, after, path.slice(1))).toBe(false);
        expect(before.size < after.size && extendsTree(after, before, path)).toBe(false);
      }
    }
  });

  it('a proof in which any byte has changed proves nothing', () => {
    for (const size of [2, 3, 7, 8, 33, 64, 70]) {
      const prove = prover(all.slice(0, size));
      const after = headOf(size);
      for (let index = 0; index < size; index += 1) {
        const claim = { index, size, leafHash: leaf(index), root: after.root };
        for (const path of damaged(prove(inclusionRanges(index, size))))
          expect(includes(claim, path)).toBe(false);
        const before = headOf(index);
        for (const path of damaged(prove(consistencyRanges(index, size))))
          expect(extendsTree(before, after, path)).toBe(false);
      }
    }
  });
});

it('an altered tail of leaves is no growth of the tree before', () => {
  const [before, honest] = [leaves(40), leaves(50)];
  const rewritten = honest.map((hash, index) => (index === 39 ? leaf(1_000) : hash));
  const path = prover(rewritten)(consistencyRanges(40, 50));

  const [old, after] = [before, rewritten].map((hashes) => ({ size: hashes.length, root: rootOf(hashes) }));

  expect(old && after && extendsTree(old, after, path)).toBe(false);
});

it('keeps one node in 256, and proves from them the same', () => {
  const size = 2 * FAN_OUT * FAN_OUT + 3 * FAN_OUT + 5;
  const hashes = leaves(size);
  const [root, prove] = [rootOf(hashes), prover(hashes)];

  expect(prove([{ from: 0, until: size }]).map(hex)).toEqual([hex(root)]);
  for (const index of [0, 255, 256, 65_535, 65_536, 131_072, size - 1]) {
    const ranges = inclusionRanges(index, size);
    expect(includes({ index, size, leafHash: leaf(index), root }, prove(ranges))).toBe(true);
    const rows = ranges.flatMap(keptRanges).reduce((sum, { from, until }) => sum + until - from, 0);
    expect(rows).toBeLessThan(6 * FAN_OUT);
  }
  const before = { size: 70_000, root: rootOf(hashes.slice(0, 70_000)) };
  expect(extendsTree(before, { size, root }, prove(consistencyRanges(70_000, size)))).toBe(true);
});

it.each([
  ['a leaf that is not in the tree', () => inclusionRanges(5, 5)],
  ['a tree that shrank', () => consistencyRanges(6, 5)],
])('%s has no proof', (_, ask) => {
  expect(ask).toThrow();
});

it.each([-1, 0.5, Number.NaN, 2 ** 60])('nonsense in a proof proves nothing: %d', (number) => {
  const root = leaf(0);

  expect(includes({ index: number, size: 1, leafHash: root, root }, [])).toBe(false);
  expect(extendsTree({ size: number, root }, { size: 1, root }, [])).toBe(false);
});
