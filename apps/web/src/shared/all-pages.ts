import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Answer<Data> {
  readonly data?: Data | undefined;
  readonly error?: CombinedError | undefined;
}

/** Of a hundred each: nobody ships a thousand parcels in a day by hand, nor keeps so many batches. */
const PAGES_MAX = 10;

/** Reads a list to its end, where its order is not the one that counts here. */
export async function allOf<Data, Node>(
  ask: (after: string | null) => Promise<Answer<Data>>,
  pageOf: (data: Data) => Page<Node>,
): Promise<Node[]> {
  const found: Node[] = [];
  let after: string | null = null;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const { data, error }: Answer<Data> = await ask(after);
    if (!data) throw error ?? new Error('Nobody answered.');
    const { nodes, pageInfo } = pageOf(data);
    found.push(...nodes);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return found;
}

export interface Whole<Value> {
  /** Undefined until it is known. */
  readonly value: Value | undefined;
  readonly error: CombinedError | undefined;
  readonly again: () => void;
}

/** What takes several questions, asked anew under another `key`; what is known stays while it is asked again. */
export function useWhole<Value>(key: string, fetchAll: () => Promise<Value>): Whole<Value> {
  const [state, setState] = useState<Omit<Whole<Value>, 'again'>>({ value: undefined, error: undefined });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isLeft = false;
    void fetchAll().then(
      (value) => {
        if (!isLeft) setState({ value, error: undefined });
      },
      (error: unknown) => {
        if (!isLeft) setState(({ value }) => ({ value, error: error as CombinedError }));
      },
    );
    return () => {
      isLeft = true;
    };
  }, [key, round]);
  return { ...state, again: () => setRound((now) => now + 1) };
}
