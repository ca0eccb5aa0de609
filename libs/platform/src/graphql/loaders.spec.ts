import { Loaders } from './loaders.js';

const owner = {};

function recorder(rows: readonly { id: string; parent: string }[]) {
  const asked: string[][] = [];
  const load = async (ids: readonly string[]) => {
    asked.push([...ids]);
    return rows;
  };
  return { asked, load };
}

it('asks once for all the ids of one round, and answers in their order whatever the order of the rows', async () => {
  const { asked, load } = recorder([
    { id: 'b', parent: 'x' },
    { id: 'a', parent: 'x' },
  ]);
  const loader = () => new Loaders().byId(owner, load, (row) => row.id);
  const one = loader();

  const rows = await Promise.all([one.load('a'), one.load('b'), one.load('a')]);

  expect(rows.map((row) => row?.id)).toEqual(['a', 'b', 'a']);
  expect(asked).toEqual([['a', 'b']]);
});

it('answers null for an id without a row', async () => {
  const { load } = recorder([]);

  expect(await new Loaders().byId(owner, load, (row) => row.id).load('gone')).toBeNull();
});

it('gives each parent its children, and an empty list where there are none', async () => {
  const { asked, load } = recorder([
    { id: '1', parent: 'x' },
    { id: '2', parent: 'y' },
    { id: '3', parent: 'x' },
  ]);
  const children = new Loaders().listOf(owner, load, (row) => row.parent);

  const lists = await children.loadMany(['x', 'y', 'z']);

  expect(lists).toEqual([
    [
      { id: '1', parent: 'x' },
      { id: '3', parent: 'x' },
    ],
    [{ id: '2', parent: 'y' }],
    [],
  ]);
  expect(asked).toEqual([['x', 'y', 'z']]);
});

it('keeps one loader per owner within a request, and nothing between requests', async () => {
  const { asked, load } = recorder([{ id: 'a', parent: 'x' }]);
  const request = new Loaders();

  await request.byId(owner, load, (row) => row.id).load('a');
  await request.byId(owner, load, (row) => row.id).load('a');
  await new Loaders().byId(owner, load, (row) => row.id).load('a');

  expect(asked).toEqual([['a'], ['a']]);
});
