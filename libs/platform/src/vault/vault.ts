import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { assert, present } from '#libs/kernel';

export interface DataKey {
  /** Stands beside what was sealed with it. */
  readonly id: string;
  readonly key: Buffer;
}

/** What a row keeps of a secret. */
export interface Sealed {
  readonly keyId: string;
  /** Nonce, tag, ciphertext. */
  readonly cipher: Buffer;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What must not lie in the database in plain words. Sealed under the first key; what was sealed under a former one still opens, so a
 * new key is put in front and the old one stays until nothing is sealed under it.
 */
export class Vault {
  constructor(private readonly keys: readonly DataKey[]) {}

  /** `owner` (the row's id) is bound to the seal, so that a cipher copied into another row does not open there. */
  seal(content: string | Buffer, owner: string): Sealed {
    const [current] = this.keys;
    const { id, key } = present(current, 'a key in DATA_KEYS');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
    return { keyId: id, cipher: Buffer.concat([nonce, cipher.getAuthTag(), sealed]) };
  }

  /** Throws for a key that is not here, and for anything that was altered or moved. */
  open({ keyId, cipher }: Sealed, owner: string): Buffer {
    const found = this.keys.find(({ id }) => id === keyId);
    assert(found, `the key ${keyId} is in DATA_KEYS`);
    const nonce = cipher.subarray(0, NONCE_BYTES);
    const tag = cipher.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(ALGORITHM, found.key, nonce, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(owner),
    );
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(cipher.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }
}
