export * from './account.module.js';
export { REFRESH_COOKIE } from './session-cookies.js';
