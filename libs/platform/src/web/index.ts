export * from './built-page.js';
export * from './mount-page.js';
export * from './page-html.js';
