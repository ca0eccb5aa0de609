/** Browsers name the page that opens a socket; a page of another host has no business with our cookies. Other clients name none. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
