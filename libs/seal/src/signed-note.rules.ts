import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { HASH_BYTES, type Hash } from './merkle.rules.js';

/**
 * A signed note (C2SP signed-note) around a checkpoint (C2SP tlog-checkpoint): text that a person can read, a mail can carry, and the
 * tools of transparency logs understand. Lines: origin, number of leaves, Merkle root; then ours: the day and the chain's last hash.
 */
export interface Checkpoint {
  /** `<name of the key>/<stream>`, e.g. taoyuan.example/JOURNAL. */
  readonly origin: string;
  readonly treeSize: number;
  readonly merkleRoot: Hash;
  readonly day: string;
  readonly chainHash: Hash;
}

export interface SigningKey {
  /** Whom the signature names; no blanks and no plus. */
  readonly name: string;
  /** The 32 bytes of an Ed25519 private key. */
  readonly seed: Buffer;
}

export interface PublicKey {
  readonly name: string;
  /** Eight hexadecimal digits that stand before the signature, so that keys can be told apart. */
  readonly keyId: string;
  readonly bytes: Buffer;
}

const ED25519 = 1;
const SEED_BYTES = 32;
/** What DER puts before the bytes of an Ed25519 key. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const KEY_NAME = /^[^\s+]+$/;
const SIGNATURE_LINE = /^— (\S+) ([A-Za-z0-9+/]+=*)$/;

function privateKeyOf({ seed }: SigningKey) {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function named(name: string, bytes: Buffer): PublicKey {
  const id = createHash('sha256').update(`${name}\n`).update(Buffer.of(ED25519)).update(bytes).digest();
  return { name, keyId: id.toString('hex', 0, 4), bytes };
}

/** Null for what is no 32 bytes in base64, or a name that a signature line cannot carry. */
export function signingKeyOf(name: string, base64: string): SigningKey | null {
  const seed = Buffer.from(base64, 'base64');
  return seed.length === SEED_BYTES && KEY_NAME.test(name) ? { name, seed } : null;
}

export function publicKeyOf(key: SigningKey): PublicKey {
  const spki = createPublicKey(privateKeyOf(key)).export({ format: 'der', type: 'spki' });
  return named(key.name, spki.subarray(SPKI_PREFIX.length));
}

/** One line for paper: `<name>+<key id>+<base64>`. */
export function keyText({ name, keyId, bytes }: PublicKey): string {
  return `${name}+${keyId}+${Buffer.concat([Buffer.of(ED25519), bytes]).toString('base64')}`;
}

/** Null for what is no key, or not the key that its id says. */
export function publicKeyFrom(text: string): PublicKey | null {
  const [, name = '', keyId = '', base64 = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text.trim()) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes[0] !== ED25519 || bytes.length !== HASH_BYTES + 1) return null;
  const key = named(name, bytes.subarray(1));
  return key.keyId === keyId ? key : null;
}

/** What is signed: every line with its end. */
export function checkpointText({ origin, treeSize, merkleRoot, day, chainHash }: Checkpoint): string {
  return `${origin}\n${treeSize}\n${merkleRoot.toString('base64')}\nday ${day}\nchain ${chainHash.toString('base64')}\n`;
}

export interface SignedNote {
  readonly keyId: string;
  readonly signature: Buffer;
  readonly note: string;
}

export function signNote(checkpoint: Checkpoint, key: SigningKey): SignedNote {
  const text = checkpointText(checkpoint);
  const signature = sign(null, Buffer.from(text), privateKeyOf(key));
  const { name, keyId } = publicKeyOf(key);
  const line = Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64');
  return { keyId, signature, note: `${text}\n— ${name} ${line}\n` };
}

/** Null for text that is no checkpoint of ours. Says nothing about its signature. */
export function checkpointFrom(note: string): Checkpoint | null {
  const [origin = '', size = '', root = '', day = '', chain = ''] = note.split('\n');
  const merkleRoot = Buffer.from(root, 'base64');
  const chainHash = Buffer.from(chain.replace(/^chain /, ''), 'base64');
  const checkpoint = { origin, treeSize: Number(size), merkleRoot, day: day.replace(/^day /, ''), chainHash };
  const isWellFormed =
    Number.isSafeInteger(checkpoint.treeSize) &&
    merkleRoot.length === HASH_BYTES &&
    chainHash.length === HASH_BYTES &&
    note.startsWith(`${checkpointText(checkpoint)}\n`);
  return isWellFormed ? checkpoint : null;
}

/** The key that signed the note, out of those that are trusted; null where none has. */
export function signerOf(note: string, trusted: readonly PublicKey[]): PublicKey | null {
  const end = note.indexOf('\n\n');
  if (end < 0) return null;
  const text = Buffer.from(note.slice(0, end + 1));
  for (const line of note.slice(end + 2).split('\n')) {
    const [, name, base64 = ''] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = Buffer.from(base64, 'base64');
    const key = trusted.find((each) => each.name === name && each.keyId === bytes.toString('hex', 0, 4));
    if (!key) continue;
    const spki = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, key.bytes]),
      format: 'der',
      type: 'spki',
    });
    if (verify(null, text, spki, bytes.subarray(4))) return key;
  }
  return null;
}
