export interface ScreenKey {
  readonly credentialId: string;
  readonly secret: string;
}

/**
 * What the machine signs in with stands behind the `#` of the address that it opens (`/kiosk/<counter>#ccr_….<secret>`): that part never leaves the browser, so no log of anybody's
 * has it. Null for whoever else opens the page.
 */
export function screenKey(): ScreenKey | null {
  const [credentialId = '', secret = ''] = decodeURIComponent(location.hash.slice(1)).split('.');
  return credentialId.startsWith('ccr_') && secret !== '' ? { credentialId, secret } : null;
}
