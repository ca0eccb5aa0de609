export const AUTH_SECRET = 'a-secret-for-tests-that-is-long-enough-to-pass';
export const DATA_KEYS = `k1:${'5e'.repeat(32)}`;
export const WEBHOOK_SECRET = 'whsec_test_secret_of_the_world';
