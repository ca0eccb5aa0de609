import { tellBeside } from './beside.js';

function madeHere(): Error {
  return new Error('beside');
}

it('tells of a question beside a transaction once for each way that leads to it', () => {
  const told: unknown[] = [];
  const tell = tellBeside({ fault: (error) => told.push(error) });
  const one = () => madeHere();
  const other = () => madeHere();

  const errors = [1, 2, 3].map(one);
  for (const error of [...errors, ...[1, 2].map(other)]) tell(error);

  expect(told).toHaveLength(2);
  expect(told[0]).toBe(errors[0]);
});

it('tells no more than so many, however they come about', () => {
  const told: unknown[] = [];
  const tell = tellBeside({ fault: (error) => told.push(error) });

  for (let way = 0; way < 300; way += 1) tell(Object.assign(new Error('beside'), { stack: `way ${way}` }));

  expect(told).toHaveLength(200);
});
