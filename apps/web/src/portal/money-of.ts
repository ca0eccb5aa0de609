import { useSearch } from 'wouter';
import { useDesk } from './desk.js';

interface MoneyOf {
  /** Variables of every question about it. */
  readonly asked: { readonly merchantId: string; readonly counterId: string | null };
  /** The address of another page about the same money. */
  readonly within: (path: string) => string;
}

/** Whose money a page shows: the merchant's own, or that of a counter which its address names. */
export function useMoneyOf(): MoneyOf {
  const { merchant } = useDesk();
  const counterId = new URLSearchParams(useSearch()).get('counter');
  const within = (path: string) =>
    counterId === null ? path : `${path}${path.includes('?') ? '&' : '?'}counter=${counterId}`;
  return { asked: { merchantId: merchant.id, counterId }, within };
}
