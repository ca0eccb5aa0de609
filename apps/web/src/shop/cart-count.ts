import { useQuery } from 'urql';
import { CART } from './cart.documents.js';
import { isKnown } from './visitor.js';

/** How many things are in the cart, and of each variant. Not asked for whoever has none. */
export function useCartCount(): { count: number; lines: ReadonlyMap<string, number> } {
  const [{ data }] = useQuery({ query: CART, variables: {}, pause: !isKnown() });
  const lines = new Map<string, number>();
  for (const { variantId, quantity } of data?.cart.lines ?? [])
    lines.set(variantId, (lines.get(variantId) ?? 0) + quantity);
  return { lines, count: [...lines.values()].reduce((sum, quantity) => sum + quantity, 0) };
}
