import { generateKeyPairSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, type InvalidField, NotFound, isId, newId } from '#libs/kernel';
import { Database, isDuplicate } from '#platform/database';
import { PartnerCodeTakenError, TooManyKeysError } from './intake.errors.js';
import type { Partner, PartnerId, PartnerKey, PartnerState } from './partner.entity.js';
import { type KeyHolder, PartnerReader } from './partner.reader.js';
import { PartnerRepository } from './partner.repository.js';
import { isSignedBy, isTimely, readSignature, signedBytes } from './signature.rules.js';

/** The one in use and its successor. */
const KEYS_IN_FORCE_MAX = 2;

const CODE = /^[A-Z][A-Z0-9_]{1,39}$/;
/** Sources of our own. */
const RESERVED = new Set(['TAOYUAN', 'CLAIM', 'DEVICE', 'IMPORT']);
/** Of operators whose files we read ourselves. */
const OPERATOR_PREFIX = 'HOST_';

export interface PartnerInput {
  readonly code: string;
  readonly name: string;
}

/** The private half is in nobody's hands but the asker's: it is not kept. */
export interface NewKey {
  readonly key: PartnerKey;
  readonly privateKeyPem: string;
}

export interface SignedRequest {
  readonly header: string;
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

function refusePartner({ code, name }: PartnerInput): InvalidInputError | null {
  const faults: InvalidField[] = [];
  if (!CODE.test(code) || RESERVED.has(code) || code.startsWith(OPERATOR_PREFIX)) {
    const en =
      'A code has 2 to 40 capital letters, digits or underscores, begins with a letter, and is none of ours.';
    faults.push({
      path: 'code',
      message: { zh: '代码须为大写字母、数字或下划线，且不得与本平台来源同名', en },
    });
  }
  if (name.trim() === '' || name.length > 80) {
    faults.push({
      path: 'name',
      message: { zh: '名称须为 1 到 80 字', en: 'A name has 1 to 80 characters.' },
    });
  }
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** Who may hand in batches, and with which keys. Ed25519, so that nothing that could sign lies here. */
@Injectable()
export class PartnerService {
  constructor(
    private readonly database: Database,
    private readonly partners: PartnerRepository,
    private readonly reader: PartnerReader,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async create(
    input: PartnerInput,
    actorId: IdOf<'usr'>,
  ): Promise<Partner | InvalidInputError | PartnerCodeTakenError> {
    const refusal = refusePartner(input);
    if (refusal) return refusal;
    const partner: Partner = {
      id: newId('ptn'),
      code: input.code,
      name: input.name.trim(),
      state: 'ACTIVE',
      createdBy: actorId,
      createdAt: this.clock.now(),
    };
    try {
      await this.database.transaction(async (tx) => {
        await this.partners.insert(tx, partner);
        const detail = { code: partner.code };
        await this.audit.record(tx, { actorId, act: 'partner.created', subject: partner.id, detail });
      });
      return partner;
    } catch (error) {
      if (isDuplicate(error)) return new PartnerCodeTakenError();
      throw error;
    }
  }

  /** The source of what an operator of pavilions and zones tells of its tills; made when it first does, without a key: nobody signs for it. */
  async ofOperator(
    operatorId: string,
    name: string,
    actorId: string,
  ): Promise<{ readonly partnerId: PartnerId; readonly code: string }> {
    const code = `${OPERATOR_PREFIX}${operatorId.slice(operatorId.indexOf('_') + 1).toUpperCase()}`;
    const known = await this.reader.byCode(code);
    if (known) return { partnerId: known, code };
    const partner: Partner = {
      id: newId('ptn'),
      code,
      name: name.slice(0, 80),
      state: 'ACTIVE',
      createdBy: actorId as IdOf<'usr'>,
      createdAt: this.clock.now(),
    };
    try {
      await this.database.transaction((tx) => this.partners.insert(tx, partner));
      return { partnerId: partner.id, code };
    } catch (error) {
      // Two processes at once: the other has made it.
      if (isDuplicate(error)) return this.ofOperator(operatorId, name, actorId);
      throw error;
    }
  }

  /** A new key pair. The old key stays in force until it is revoked, so that nothing stops while the partner changes over. */
  issueKey(partnerId: string, actorId: IdOf<'usr'>): Promise<NewKey | TooManyKeysError> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    return this.database.transaction(async (tx) => {
      const partner = await this.partners.lock(tx, partnerId);
      if (!partner) throw new NotFound('Partner', partnerId);
      if ((await this.partners.countKeysInForce(tx, partner.id)) >= KEYS_IN_FORCE_MAX)
        return new TooManyKeysError(KEYS_IN_FORCE_MAX);
      const key: PartnerKey = {
        id: newId('pky'),
        partnerId: partner.id,
        publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
        createdBy: actorId,
        createdAt: this.clock.now(),
        revokedAt: null,
      };
      await this.partners.insertKey(tx, key);
      const detail = { keyId: key.id };
      await this.audit.record(tx, { actorId, act: 'partner.key_issued', subject: partner.id, detail });
      return { key, privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
    });
  }

  /** From now on nothing that is signed with it is taken. Doing it twice is harmless. */
  revokeKey(partnerId: string, keyId: string, actorId: IdOf<'usr'>): Promise<void> {
    return this.database.transaction(async (tx) => {
      const partner = await this.partners.lock(tx, partnerId);
      if (!partner) throw new NotFound('Partner', partnerId);
      const isRevoked =
        isId('pky', keyId) && (await this.partners.revokeKey(tx, partner.id, keyId, this.clock.now()));
      if (!isRevoked) throw new NotFound('PartnerKey', keyId);
      await this.audit.record(tx, {
        actorId,
        act: 'partner.key_revoked',
        subject: partner.id,
        detail: { keyId },
      });
    });
  }

  setState(partnerId: string, state: PartnerState, actorId: IdOf<'usr'>): Promise<PartnerId> {
    return this.database.transaction(async (tx) => {
      const partner = await this.partners.lock(tx, partnerId);
      if (!partner) throw new NotFound('Partner', partnerId);
      await this.partners.setState(tx, partner.id, state);
      await this.audit.record(tx, {
        actorId,
        act: 'partner.state_set',
        subject: partner.id,
        detail: { state },
      });
      return partner.id;
    });
  }

  /** Whoever has signed this request just now; null for everybody else, without saying what was wrong. */
  async signerOf({
    header,
    method,
    path,
    body,
  }: SignedRequest): Promise<(Pick<KeyHolder, 'code'> & { partnerId: PartnerId }) | null> {
    const signature = readSignature(header);
    if (!signature || !isTimely(signature, this.clock.now())) return null;
    const holder = await this.reader.holderOf(signature.keyId);
    if (!holder || holder.revokedAt !== null || holder.state !== 'ACTIVE') return null;
    const signed = signedBytes(signature.signedAtSeconds, method, path, body);
    return isSignedBy(holder.publicKey, signed, signature.bytes) ? holder : null;
  }
}
