import { useQuery } from 'urql';
import { HARVEST_KINDS } from './harvest.documents.js';

/** Kinds of goods, for choosing one and for naming those that stand somewhere. */
export function useKinds() {
  const [{ data }] = useQuery({ query: HARVEST_KINDS });
  return data?.goodsKinds ?? [];
}
