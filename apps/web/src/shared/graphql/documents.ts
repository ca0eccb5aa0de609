/** `ProductPage` is the document `product-page`; undefined unless it may be asked by GET. */
export function documentOf(operationName: string | undefined): string | undefined {
  const name = (operationName ?? '').replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  return DOCUMENTS.includes(name) ? name : undefined;
}

/** Where its answer is. */
export const addressOf = (document: string, variables: object): string =>
  `/graphql/documents/${document}?variables=${encodeURIComponent(JSON.stringify(variables))}`;

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };

/** The same for the same variables, in whatever order they are written; what is null or missing says nothing. */
export function sameText(value: unknown): string {
  const tidy = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(tidy);
    if (typeof json !== 'object' || json === null) return json;
    return Object.fromEntries(
      Object.entries(json)
        .filter(([, member]) => member !== null && member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]) => [key, tidy(member)]),
    );
  };
  return JSON.stringify(tidy((value ?? {}) as Json));
}
