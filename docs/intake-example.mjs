// Signs a batch and hands it in: node docs/intake-example.mjs <url> <key id> <private key .pem> <batch .json>
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [url, keyId, pemFile, batchFile] = process.argv.slice(2);
if (!batchFile) {
  console.error(
    'node docs/intake-example.mjs <url of the settlement service> <key id> <private key .pem> <batch .json>',
  );
  process.exit(64);
}

const path = '/intake/batches';
const body = readFileSync(batchFile);
const t = String(Math.floor(Date.now() / 1000));
const signed = Buffer.concat([Buffer.from(`${t}.POST ${path}\n`), body]);
const signature = sign(null, signed, createPrivateKey(readFileSync(pemFile))).toString('base64');

const response = await fetch(new URL(path, url), {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'taoyuan-signature': `key=${keyId},t=${t},s=${signature}` },
  body,
});
console.log(response.status, JSON.stringify(await response.json(), null, 2));
process.exit(response.ok ? 0 : 1);
