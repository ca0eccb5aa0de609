/** Where one signs in and comes back from, to the very page: with what its address says. */
export const signInPath = (back: string): string => `/sign-in?back=${encodeURIComponent(back)}`;

/**
 * Where to once somebody has signed in: an address of our own, because somebody else may have written the link. As a browser reads it, to which `/\` is
 * `//`, and in full: a path that begins with two slashes would be a host.
 */
export function ownAddress(said: string | null, origin: string): string {
  const own = new URL('/account', origin).href;
  if (!said?.startsWith('/')) return own;
  try {
    const { href, origin: of } = new URL(said, origin);
    return of === origin ? href : own;
  } catch {
    return own; // No address. `URL.canParse` is younger than the phones that come here.
  }
}
