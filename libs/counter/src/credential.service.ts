import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, NotFound, isId, newId } from '#libs/kernel';
import { Database } from '#platform/database';
import { emit } from '#platform/outbox';
import type { CabinetCredentialId, CabinetId } from './cabinet.entity.js';
import { cabinetChanged } from './cabinet.events.js';
import { CabinetRepository } from './cabinet.repository.js';
import type { CabinetActor } from './cabinet.service.js';
import { CabinetRetiredError, TooManyCredentialsError } from './counter.errors.js';
import { CREDENTIALS_IN_FORCE_MAX, endOfOverlap, hashOfSecret } from './credential.rules.js';

const SECRET_BYTES = 32;

/** The secret is in nobody's hands but the asker's: only its hash is kept. */
export interface NewCredential {
  readonly cabinetId: CabinetId;
  readonly credentialId: CabinetCredentialId;
  readonly secret: string;
}

/** What cabinets sign in with. */
@Injectable()
export class CredentialService {
  constructor(
    private readonly database: Database,
    private readonly cabinets: CabinetRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The one before stays good for a week, so that nobody stands before a dead cabinet; a third one waits until one of the two is revoked. */
  issue(
    cabinetId: string,
    { userId, scope }: CabinetActor,
  ): Promise<NewCredential | CabinetRetiredError | TooManyCredentialsError> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      if (cabinet.state === 'RETIRED') return new CabinetRetiredError();
      const at = this.clock.now();
      if ((await this.cabinets.countCredentialsInForce(tx, cabinet.id, at)) >= CREDENTIALS_IN_FORCE_MAX)
        return new TooManyCredentialsError(CREDENTIALS_IN_FORCE_MAX);
      await this.cabinets.endCredentials(tx, cabinet.id, endOfOverlap(at));
      const credentialId = newId('ccr');
      await this.cabinets.insertCredential(tx, {
        id: credentialId,
        cabinetId: cabinet.id,
        secretHash: hashOfSecret(secret),
        issuedBy: userId,
        issuedAt: at,
        expiresAt: null,
        revokedAt: null,
        lastUsedAt: null,
      });
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.credential_issued',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { credentialId },
      });
      await emit(tx, cabinetChanged(cabinet.id, at));
      return { cabinetId: cabinet.id, credentialId, secret };
    });
  }

  /** From now on nothing that comes with it is taken, and whoever is connected with it is thrown out. Repeating it is harmless. */
  revoke(cabinetId: string, credentialId: string, { userId, scope }: CabinetActor): Promise<CabinetId> {
    return this.database.transaction(async (tx) => {
      const cabinet = await this.cabinets.lock(tx, cabinetId, scope);
      if (!cabinet) throw new NotFound('Cabinet', cabinetId);
      const at = this.clock.now();
      const isRevoked =
        isId('ccr', credentialId) && (await this.cabinets.revokeCredential(tx, cabinet.id, credentialId, at));
      if (!isRevoked) throw new NotFound('CabinetCredential', credentialId);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'cabinet.credential_revoked',
        subject: cabinet.id,
        divisionCode: cabinet.countyCode,
        detail: { credentialId },
      });
      await emit(tx, cabinetChanged(cabinet.id, at));
      return cabinet.id;
    });
  }
}
