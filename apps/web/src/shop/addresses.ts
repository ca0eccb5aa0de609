/** Whether an address is one of the shop's pages: what the worker may answer with the shop it has kept. Of the rest of this host it knows nothing. */
export const isShopAddress = (path: string): boolean =>
  /^\/(?:(?:products|orders|openings|scan|after-sales|adoptions|notices)(?:\/[^/]+)?|(?:confirm|invoices|adopt|trace)\/[^/]+|reviews(?:\/new)?|impact|unit(?:\/lists(?:\/[^/]+)?)?|addresses|categories|counters|coupons|search|cart|checkout|account(?:\/data)?|sign-in)?$/.test(
    path,
  );
