/**
 * Checks proofs of the Taoyuan ledger with nothing but what Node 20 and browsers bring (WebCrypto): for the command line by
 * verify-proof.mjs beside it, and in the console, where the browser of whoever looks does the same sums. Read it: it is all there is.
 */

/** Thirty-two bytes that are a key of nobody. */
const ANY_KEY = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';

const bytesOf = (base64) =>
  Uint8Array.from(atob(base64.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const textBytes = (text) => new TextEncoder().encode(text);
const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const equal = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index]);
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** RFC 6962: a zero byte before a leaf, a one before a node. */
const leafHash = (leaf) => sha256([0], textBytes(leaf));
const nodeHash = (left, right) => sha256([1], left, right);

/** A line of the form name+id+base64: one byte for the kind (1 is Ed25519), then the key. */
async function openKey(line) {
  const [, name, keyId, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) ?? [];
  if (!name) throw new Error('the key is no line of the form name+id+base64');
  const typed = bytesOf(base64);
  const id = (await sha256(textBytes(`${name}\n`), typed)).slice(0, 4);
  if (typed[0] !== 1 || typed.length !== 33 || hex(id) !== keyId)
    throw new Error('the key does not fit its own id');
  return { name, id, typed };
}

/** What a checkpoint says of itself; whether it is true, its signature shows. */
export function readCheckpoint(note) {
  const [origin, size, root, day] = note.split('\n');
  if (!day || !/^\d+$/.test(size)) throw new Error('this is no checkpoint');
  return { origin, size: Number(size), root: bytesOf(root), day: day.replace(/^day /, '') };
}

/** Whether this Node or browser knows Ed25519 at all; no key of anybody's is needed to ask. */
export async function canCheckSignatures() {
  try {
    await crypto.subtle.importKey('raw', bytesOf(ANY_KEY), { name: 'Ed25519' }, false, ['verify']);
    return true;
  } catch {
    return false; // Older browsers name no reason that one could rely on.
  }
}

/** What a checkpoint says, once its signature by one of these keys, a line each, is right. Keys are changed; each signs its own time. */
export async function openCheckpoint(note, lines) {
  const keys = await Promise.all(
    lines
      .trim()
      .split(/\s*\n\s*/)
      .map(openKey),
  );
  const cut = note.indexOf('\n\n');
  const signed = note.slice(0, cut + 1);
  const signatures = note
    .slice(cut + 2)
    .split('\n')
    .flatMap((each) => {
      const [, name, base64] = /^— (\S+) (\S+)$/.exec(each) ?? [];
      return name ? [{ name, signature: bytesOf(base64) }] : [];
    });
  const [found] = signatures.flatMap(({ name, signature }) => {
    const key = keys.find((each) => each.name === name && equal(each.id, signature.slice(0, 4)));
    return key ? [{ key, signature }] : [];
  });
  const names = [...new Set(keys.map(({ name }) => name))].join(', ');
  if (cut < 0 || !found) throw new Error(`the checkpoint is not signed by ${names} with a key that you gave`);
  const { key, signature } = found;
  const publicKey = await crypto.subtle.importKey('raw', key.typed.slice(1), { name: 'Ed25519' }, false, [
    'verify',
  ]);
  const isSigned = await crypto.subtle.verify(
    { name: 'Ed25519' },
    publicKey,
    signature.slice(4),
    textBytes(signed),
  );
  if (!isSigned) throw new Error('the signature under the checkpoint is wrong');
  return { ...readCheckpoint(signed), signedBy: `${key.name}+${hex(key.id)}` };
}

/** Up the tree, from the leaf to the root: at each step the sibling stands on the left or on the right (RFC 9162, 2.1.3.2). */
async function rootOver(index, size, hash, path) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new Error('the place lies outside the tree');
  let [at, last] = [index, size - 1];
  for (const sibling of path) {
    if (last === 0) throw new Error('the path is too long');
    if (at % 2 === 1 || at === last) {
      hash = await nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Error('the path is too short');
  return hash;
}

/** The record stands at its place in the tree whose root the checkpoint names; who has signed that is another question. */
export async function checkPlace(proof) {
  const checkpoint = readCheckpoint(proof.checkpoint);
  if (!checkpoint.origin.endsWith(`/${proof.stream}`))
    throw new Error(`the checkpoint is not one of ${proof.stream}`);
  const leaf = await leafHash(proof.leaf);
  const root = await rootOver(proof.seq - 1, checkpoint.size, leaf, proof.path.map(bytesOf));
  if (!equal(root, checkpoint.root)) throw new Error('the record is not in the tree that was signed');
  return { ...checkpoint, leafHash: hex(leaf), record: JSON.parse(proof.leaf) };
}

/** The record stands at its place in the tree of a checkpoint that one of these keys has signed. */
export async function checkInclusion(proof, key) {
  const { signedBy } = await openCheckpoint(proof.checkpoint, key);
  return { ...(await checkPlace(proof)), signedBy };
}

/** The code on a statement: the same, for a record of which only the hash is known, against a checkpoint from elsewhere. */
export async function checkQrText(text, note, key) {
  const [mark, stream, seq, size, day, base64] = text.trim().split('.');
  const checkpoint = await openCheckpoint(note, key);
  if (mark !== 'TAOYUAN1' || !checkpoint.origin.endsWith(`/${stream}`))
    throw new Error(`the checkpoint is not one of ${stream}`);
  if (checkpoint.day !== day || checkpoint.size !== Number(size))
    throw new Error(`the code belongs to the checkpoint of ${day}`);
  const bytes = bytesOf(base64);
  const hashes = Array.from({ length: bytes.length / 32 }, (_, index) =>
    bytes.slice(index * 32, (index + 1) * 32),
  );
  const root = await rootOver(Number(seq) - 1, checkpoint.size, hashes[0], hashes.slice(1));
  if (!equal(root, checkpoint.root)) throw new Error('the record is not in the tree that was signed');
  return { ...checkpoint, leafHash: hex(hashes[0]) };
}

/** The later tree begins with the earlier one (RFC 9162, 2.1.4.2): both roots must come out of the same path. */
export async function checkConsistency(proof, key) {
  const [before, after] = [await openCheckpoint(proof.before, key), await openCheckpoint(proof.after, key)];
  for (const { origin } of [before, after])
    if (!origin.endsWith(`/${proof.stream}`)) throw new Error(`a checkpoint is not one of ${proof.stream}`);
  const path = proof.path.map(bytesOf);
  if (before.size > after.size) throw new Error('the tree has shrunk');
  if (before.size === 0 || before.size === after.size) {
    if (path.length > 0 || (before.size > 0 && !equal(before.root, after.root)))
      throw new Error('the trees differ');
    return { before, after };
  }
  let [at, last] = [before.size - 1, after.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  const [first, ...rest] = at === 0 ? [before.root, ...path] : path;
  if (!first) throw new Error('the path is too short');
  let [old, grown] = [first, first];
  for (const sibling of rest) {
    if (last === 0) throw new Error('the path is too long');
    if (at % 2 === 1 || at === last) {
      [old, grown] = [await nodeHash(sibling, old), await nodeHash(sibling, grown)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      grown = await nodeHash(grown, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || !equal(old, before.root) || !equal(grown, after.root))
    throw new Error('the later tree does not begin with the earlier one: something was changed or taken out');
  return { before, after };
}
