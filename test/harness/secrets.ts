export const AUTH_SECRET = 'a-secret-for-tests-that-is-long-enough-to-pass';
export const DATA_KEYS = `k1:${'5e'.repeat(32)}`;
export const WEBHOOK_SECRET = 'whsec_test_secret_of_the_world';
/** The seed of an Ed25519 key. */
export const SIGNING_KEY = Buffer.alloc(32, 7).toString('base64');
