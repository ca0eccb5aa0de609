import { jest } from '@jest/globals';
import { post } from './ask.js';

/** A line that takes what is sent and never says a word. */
const silence: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(new Error('given up')));
  });

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

it('waits for half a minute and not for ever', async () => {
  jest.useFakeTimers();
  jest.spyOn(globalThis, 'fetch').mockImplementation(silence);
  let heard = 'nothing';
  const asking = post({ query: '{ viewer { __typename } }' }).catch((error: Error) => {
    heard = error.message;
  });
  await jest.advanceTimersByTimeAsync(29_999);

  expect(heard).toBe('nothing');
  await jest.advanceTimersByTimeAsync(1);
  await asking;

  expect(heard).toBe('given up');
});
