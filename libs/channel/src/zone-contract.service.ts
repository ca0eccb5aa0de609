import { isDeepStrictEqual } from 'node:util';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DivisionReader, prefixOf } from '#libs/division';
import { AuditService, MembershipReader } from '#libs/identity';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, newId, refuseKey } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, isDuplicate, jsonOf } from '#platform/database';
import { type StoredFile, StoredFileService } from '#platform/files';
import { emit } from '#platform/outbox';
import { channelPointChanged } from './channel-point.events.js';
import type { ZoneContract, ZoneContractId } from './zone-contract.entity.js';
import {
  OwnContractError,
  ZoneContractKeyUsedError,
  ZoneContractStateError,
  ZoneContractWaitsError,
} from './zone-contract.errors.js';
import type { PlaceScope } from './place-scope.rules.js';
import { ZoneContractReader } from './zone-contract.reader.js';
import { ZoneContractRepository } from './zone-contract.repository.js';
import { type ContractTerms, lastDayOf, refuseContract, refuseOpinion } from './zone-contract.rules.js';

/** A chain has some hundreds of shops; what is more comes in two lists. */
export const SHOPS_MAX = 500;

export interface ZoneContractInput {
  readonly hostId: string;
  readonly idempotencyKey: string;
  /** The contract whose place it takes when that ends; null for a first one. */
  readonly renewsId: string | null;
  readonly contract: ContractTerms;
}

interface HostActor {
  readonly userId: IdOf<'usr'>;
  readonly merchantIds: readonly string[];
}

interface OfficeActor {
  readonly userId: IdOf<'usr'>;
  readonly divisions: readonly string[] | 'ALL';
}

type Proposed =
  | ZoneContractId
  | InvalidInputError
  | ZoneContractKeyUsedError
  | ZoneContractWaitsError
  | ZoneContractStateError;

type Said = ContractTerms & Pick<ZoneContract, 'renewsId' | 'hostId'>;

const saidOf = (contract: Said): Said => {
  const { hostId, renewsId, divisionCode, number, validFrom, validTo, operatorBps, terms, fileIds } =
    contract;
  return {
    hostId,
    renewsId,
    divisionCode,
    number,
    validFrom,
    validTo,
    operatorBps,
    terms,
    fileIds: jsonOf(fileIds),
  };
};

/** What a host and an office agree for many shops at once, and what it means for them. */
@Injectable()
export class ZoneContractService {
  constructor(
    private readonly database: Database,
    private readonly contracts: ZoneContractRepository,
    private readonly reader: ZoneContractReader,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
    private readonly memberships: MembershipReader,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The same key answers with the first contract, whatever has become of it. */
  async propose(input: ZoneContractInput, by: HostActor): Promise<Proposed> {
    const host = by.merchantIds.includes(input.hostId) ? await this.merchants.byId(input.hostId) : null;
    if (!host) throw new NotFound('Merchant', input.hostId);
    const badKey = refuseKey(input.idempotencyKey);
    if (badKey) return badKey;
    const { number, terms } = input.contract;
    const contract = { ...input.contract, number: number.trim(), terms: terms.trim() };
    const renewsId = input.renewsId as ZoneContractId | null;
    const said = saidOf({ ...contract, renewsId, hostId: host.id });
    const known = await this.known(input.idempotencyKey, said, by.userId);
    if (known) return known;
    // Before the transaction: nothing is read beside one.
    const [division] = await this.divisions.inForce([said.divisionCode]);
    try {
      return await this.database.transaction((tx) =>
        this.keep(tx, said, input.idempotencyKey, division?.level, by),
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Sent twice at once, or two people at once: the unique keys decide, not a look beforehand.
      return (await this.known(input.idempotencyKey, said, by.userId)) ?? new ZoneContractWaitsError();
    }
  }

  /** Agreed to or sent back. Of two at once one decides; the same decision again is answered as the first time. */
  decide(
    contractId: string,
    state: 'AGREED' | 'RETURNED',
    reason: string,
    by: OfficeActor,
  ): Promise<ZoneContractId | InvalidInputError | ZoneContractStateError | OwnContractError> {
    const refusal = refuseOpinion(reason);
    if (refusal) return Promise.resolve(refusal);
    const said = reason.trim();
    return this.database.transaction(async (tx) => {
      const contract = await this.contracts.lock(tx, contractId, by);
      if (!contract) throw new NotFound('ZoneContract', contractId);
      if (contract.state === state && contract.decidedBy === by.userId && contract.reason === said)
        return contract.id;
      if (contract.state !== 'PROPOSED') return new ZoneContractStateError(contract.state);
      if (await this.isOwn(tx, contract, by.userId)) return new OwnContractError();
      await this.contracts.decide(
        tx,
        contract.id,
        { state, decidedBy: by.userId, reason: said },
        this.clock.now(),
      );
      if (state === 'AGREED') await this.tell(tx, contract);
      await this.note(tx, contract, state.toLowerCase(), by.userId, { reason: said });
      return contract.id;
    });
  }

  /** Ended from today on, with what would have renewed it: its shops sell nothing from now on. Ended again, nothing happens. */
  end(
    contractId: string,
    reason: string,
    by: { readonly userId: IdOf<'usr'> } & PlaceScope,
  ): Promise<ZoneContractId | InvalidInputError | ZoneContractStateError> {
    const refusal = refuseOpinion(reason);
    if (refusal) return Promise.resolve(refusal);
    return this.database.transaction(async (tx) => {
      const contract = await this.contracts.lock(tx, contractId, by);
      if (!contract) throw new NotFound('ZoneContract', contractId);
      if (contract.state !== 'AGREED') return new ZoneContractStateError(contract.state);
      const today = businessDay(this.clock.now());
      if (lastDayOf(contract) < today) return contract.id;
      await this.contracts.end(tx, contract.seriesId, today, by.userId, reason.trim());
      await this.tell(tx, contract);
      await this.note(tx, contract, 'ended', by.userId, { reason: reason.trim() });
      return contract.id;
    });
  }

  /** From now on these shops sell as long as the contract and what renews it hold. All of them are the host's, or none is taken. */
  attach(
    contractId: string,
    placeIds: readonly string[],
    by: HostActor,
  ): Promise<ZoneContractId | InvalidInputError | ZoneContractStateError> {
    const ids = [...new Set(placeIds)];
    if (ids.length === 0 || ids.length > SHOPS_MAX) return Promise.resolve(new InvalidInputError([noShops]));
    return this.database.transaction(async (tx) => {
      const contract = await this.contracts.lock(tx, contractId, by);
      if (!contract) throw new NotFound('ZoneContract', contractId);
      if (contract.state !== 'AGREED') return new ZoneContractStateError(contract.state);
      const attached = await this.contracts.attach(tx, contract, prefixOf(contract.divisionCode), ids);
      if (attached < ids.length) return new InvalidInputError([notAllShops]);
      await this.tell(tx, contract);
      await this.note(tx, contract, 'shops_added', by.userId, { shops: attached });
      return contract.id;
    });
  }

  /** The paper itself. */
  async open(
    contractId: string,
    fileId: string,
    scope: PlaceScope,
    actorId: IdOf<'usr'>,
  ): Promise<{ readonly file: StoredFile; readonly bytes: Readable }> {
    const contract = await this.reader.byId(contractId, scope);
    const file = contract && (await this.reader.filesOf(contract)).find(({ id }) => id === fileId);
    const bytes = file ? await this.files.open(file) : null;
    if (!contract || !file || !bytes) throw new NotFound('File', fileId);
    if ('divisions' in scope)
      await this.audit.seen([
        {
          actorId,
          act: 'zone_contract.file_seen',
          subject: contract.id,
          scope: [contract.divisionCode],
          detail: { fileId },
        },
      ]);
    return { file, bytes };
  }

  private async keep(
    tx: Tx,
    said: Said,
    idempotencyKey: string,
    level: string | undefined,
    by: HostActor,
  ): Promise<Proposed> {
    const renewed = said.renewsId === null ? null : await this.contracts.lock(tx, said.renewsId, by);
    if (said.renewsId !== null && renewed?.hostId !== said.hostId)
      throw new NotFound('ZoneContract', said.renewsId);
    if (renewed && renewed.state !== 'AGREED') return new ZoneContractStateError(renewed.state);
    const before = renewed ? await this.contracts.agreed(tx, renewed.seriesId) : [];
    const until = before.map(lastDayOf).toSorted().at(-1);
    const files = await this.files.byIds(said.fileIds, tx);
    const refusal = refuseContract(said, {
      today: businessDay(this.clock.now()),
      level,
      files: new Set<string>(files.filter(({ uploadedBy }) => uploadedBy === by.userId).map(({ id }) => id)),
      previous: renewed && until ? { divisionCode: renewed.divisionCode, until } : null,
    });
    if (refusal) return refusal;
    const id = newId('zct');
    const contract: ZoneContract = {
      id,
      ...said,
      seriesId: renewed?.seriesId ?? id,
      openSeriesId: renewed?.seriesId ?? id,
      state: 'PROPOSED',
      proposedBy: by.userId,
      idempotencyKey,
      proposedAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      reason: '',
      endedOn: null,
      endedBy: null,
      endReason: '',
    };
    await this.contracts.insert(tx, contract);
    await this.files.attach(tx, said.fileIds, by.userId, id);
    await this.note(tx, contract, 'proposed', by.userId, { number: said.number });
    return id;
  }

  private known(
    key: string,
    said: Said,
    userId: IdOf<'usr'>,
  ): Promise<ZoneContractId | ZoneContractKeyUsedError | null> {
    return this.database.transaction(async (tx) => {
      const known = await this.contracts.byKey(tx, userId, key);
      if (!known) return null;
      return isDeepStrictEqual(saidOf(known), said) ? known.id : new ZoneContractKeyUsedError();
    });
  }

  /** What its shops may do now stands beside each, and who shows them forgets what it has kept. */
  private async tell(tx: Tx, { seriesId }: ZoneContract): Promise<void> {
    const now = this.clock.now();
    const open = await this.contracts.recount(tx, seriesId, businessDay(now));
    await emit(tx, ...open.map((id) => channelPointChanged(id, now)));
  }

  private note(
    tx: Tx,
    { id, divisionCode, hostId }: ZoneContract,
    act: string,
    actorId: string,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorId,
      act: `zone_contract.${act}`,
      subject: id,
      divisionCode,
      detail: { hostId, ...detail },
    });
  }

  private async isOwn(tx: Tx, { proposedBy, hostId }: ZoneContract, userId: IdOf<'usr'>): Promise<boolean> {
    return proposedBy === userId || (await this.memberships.merchantIdsOf(userId, tx)).includes(hostId);
  }
}

const noShops = {
  path: 'placeIds',
  message: { zh: `请选择 1 到 ${SHOPS_MAX} 个专区`, en: `Name 1 to ${SHOPS_MAX} zones.` },
};
const notAllShops = {
  path: 'placeIds',
  message: {
    zh: '只能加入本主办方在合同范围内、未关闭的专区',
    en: 'Only zones that the host runs within the division of the contract and that are not closed.',
  },
};
