/**
 * The applications of the web. One is built once its folder `src/<name>` exists. `jsKb` and `cssKb` are what its first load may weigh on the wire (gzip), whichever of its
 * addresses is opened: the entry, what that imports, and the heaviest of the parts that are loaded later by themselves.
 * `icon` is the drawing it is installed under. `lightReact` builds React's API with Preact: a phone in a village pays for every kilobyte.
 */
export const PAGES = {
  shop: { service: 'storefront', lightReact: true, icon: 'mark.svg', jsKb: 45, cssKb: 10 },
  kiosk: { service: 'storefront', lightReact: true, jsKb: 30, cssKb: 8 },
  portal: { service: 'merchant', lightReact: true, jsKb: 70, cssKb: 10 },
  console: { service: 'settlement', lightReact: true, jsKb: 60, cssKb: 12 },
};
