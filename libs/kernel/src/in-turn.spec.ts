import { eachInTurn } from './in-turn.js';

it('sees to everybody, and tells of the first who failed', async () => {
  const seen: number[] = [];
  const work = (one: number): Promise<void> => {
    seen.push(one);
    return one % 2 === 0 ? Promise.reject(new Error(`no ${one}`)) : Promise.resolve();
  };

  await expect(eachInTurn([1, 2, 3, 4, 5], work)).rejects.toThrow('no 2');
  expect(seen).toEqual([1, 2, 3, 4, 5]);
  await expect(eachInTurn([1, 3], work)).resolves.toBeUndefined();
});
