import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** PEM, like the key: its own authority. */
  readonly cert: string;
  readonly key: string;
}

const TAG = { BOOLEAN: 0x01, INTEGER: 0x02, BIT_STRING: 0x03, OCTET_STRING: 0x04, UTC_TIME: 0x17 } as const;
const SEQUENCE = 0x30;
const SET = 0x31;
const UTF8 = 0x0c;
/** Object identifiers in DER, tag and length with them. */
const OID = {
  commonName: Buffer.from('0603550403', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
  subjectAltName: Buffer.from('0603551d11', 'hex'),
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
};

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  const length = body.length < 0x80 ? Buffer.from([body.length]) : Buffer.from([0x80 | size.length, ...size]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const time = (iso: string) => der(TAG.UTC_TIME, Buffer.from(iso));

function extension(oid: Buffer, value: Buffer): Buffer {
  return der(SEQUENCE, oid, der(TAG.OCTET_STRING, value));
}

/** For 127.0.0.1, made by itself and good for as long as a test can run: no file of ours has a key in it, and no other program is needed. */
export function selfSigned(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(SEQUENCE, OID.ecdsaWithSha256);
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, OID.commonName, der(UTF8, Buffer.from('Taoyuan test')))));
  const isAuthority = der(SEQUENCE, der(TAG.BOOLEAN, Buffer.from([0xff])));
  const addresses = der(
    SEQUENCE,
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x82, Buffer.from('localhost')),
  );
  const body = der(
    SEQUENCE,
    der(0xa0, der(TAG.INTEGER, Buffer.from([2]))), // Version 3.
    der(TAG.INTEGER, Buffer.from([1])),
    algorithm,
    name,
    der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      der(SEQUENCE, extension(OID.basicConstraints, isAuthority), extension(OID.subjectAltName, addresses)),
    ),
  );
  const signature = der(TAG.BIT_STRING, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const lines =
    der(SEQUENCE, body, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
