import type { Balances } from '../engine/balances.js';
import type { Store } from '../engine/store.js';
import { innerList } from './page.js';
import { badParameter } from './problem.js';

const DEPTH_MAX = 4;

type Node = Record<string, unknown>;
type Lookup = (id: string) => object | undefined;

/** Puts whole objects where a resource holds only their ids, as far as `expand[]` asks for it. */
export class Expander {
  readonly #lookups: Readonly<Record<string, Lookup>>;
  readonly #included: Readonly<Record<string, (id: string) => object>>;

  constructor(store: Store, balances: Balances) {
    const account: Lookup = (id) => store.accounts.get(id);
    const transaction: Lookup = (id) => balances.get(id);
    const charge: Lookup = (id) => store.charges.get(id);
    this.#lookups = {
      balance_transaction: transaction,
      charge,
      destination: account,
      destination_payment: charge,
      failure_balance_transaction: transaction,
      latest_charge: charge,
      payment_intent: (id) => store.paymentIntents.get(id),
      payment_method: (id) => store.paymentMethods.get(id),
      source: (id) =>
        [store.charges, store.refunds, store.transfers, store.reversals, store.payouts, store.disputes]
          .map((table) => table.get(id))
          .find((row) => row !== undefined),
      source_transaction: charge,
      transfer: (id) => store.transfers.get(id),
    };
    this.#included = {
      'charge.refunds': (id) =>
        innerList(
          store.refunds.newestFirst().filter((refund) => refund.charge === id),
          `/v1/charges/${id}/refunds`,
        ),
      'checkout.session.line_items': (id) =>
        innerList(store.sessionPlans.get(id)?.lineItems ?? [], `/v1/checkout/sessions/${id}/line_items`),
    };
  }

  /** A copy with the paths expanded; the original stays as the store has it. */
  expand(answer: object, paths: readonly string[]): object {
    let expanded = answer;
    for (const path of paths) {
      const parts = path.split('.');
      if (parts.length > DEPTH_MAX + 1)
        throw badParameter(`You cannot expand more than ${DEPTH_MAX} levels.`, 'expand');
      expanded = this.#walk(expanded as Node, parts, path);
    }
    return expanded;
  }

  #walk(node: Node, [part, ...rest]: readonly string[], path: string): Node {
    if (part === undefined) return node;
    const value = this.#fetch(node, part, path);
    if (Array.isArray(value))
      return { ...node, [part]: value.map((item: Node) => this.#walk(item, rest, path)) };
    if (typeof value !== 'object' || value === null) return { ...node, [part]: value };
    return { ...node, [part]: this.#walk(value as Node, rest, path) };
  }

  #fetch(node: Node, part: string, path: string): unknown {
    const include = this.#included[`${String(node['object'])}.${part}`];
    if (include !== undefined) return include(String(node['id']));
    const value = node[part];
    const isList = part === 'data' && Array.isArray(value);
    if (isList || (typeof value === 'object' && value !== null)) return value;
    const lookup = this.#lookups[part];
    if (lookup === undefined || value === undefined) {
      throw badParameter(`This property cannot be expanded (${part}), in ${path}.`, 'expand');
    }
    if (typeof value !== 'string') return value;
    return lookup(value) ?? value;
  }
}
