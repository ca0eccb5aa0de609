import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DivisionReader } from '#libs/division';
import { Clock, type IdOf, InvalidInputError, NotFound, businessDay, newId, refuseKey } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx, isDuplicate, jsonOf } from '#platform/database';
import type { ChannelPoint, ChannelPointId } from './channel-point.entity.js';
import { ChannelPointRepository } from './channel-point.repository.js';
import { PlaceStepService, type PlaceStepWish } from './place-step.service.js';
import { PlaceKeyUsedError, PlaceStateError } from './place.errors.js';
import { type LooseProposal, type Proposal, proposalOf, refuseProposal } from './place-proposal.rules.js';

/** A chain of petrol stations proposes all of its shops at once; more than this are not on their way. */
const PROPOSED_MAX = 500;

export interface PlaceProposer {
  readonly userId: IdOf<'usr'>;
  /** For which they may. */
  readonly merchantIds: readonly string[];
}

export interface PlaceProposalInput {
  readonly merchantId: string;
  readonly idempotencyKey: string;
  readonly place: LooseProposal;
}

/** The operator's side: what is proposed, mended and told of a place, until it is closed. */
@Injectable()
export class PlaceService {
  constructor(
    private readonly database: Database,
    private readonly points: ChannelPointRepository,
    private readonly steps: PlaceStepService,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
    private readonly clock: Clock,
  ) {}

  /** The same key answers with the first proposal, whatever has become of it. */
  async propose(
    { merchantId, idempotencyKey, place }: PlaceProposalInput,
    by: PlaceProposer,
  ): Promise<ChannelPointId | InvalidInputError | PlaceKeyUsedError> {
    const merchant = by.merchantIds.includes(merchantId) ? await this.merchants.byId(merchantId) : null;
    if (!merchant) throw new NotFound('Merchant', merchantId);
    const badKey = refuseKey(idempotencyKey);
    if (badKey) return badKey;
    const proposal = proposalOf(place);
    const known = await this.known(idempotencyKey, merchant.id, proposal, by.userId);
    if (known) return known;
    const refusal = await this.refuse(proposal);
    if (refusal) return refusal;
    if (merchant.state !== 'ACTIVE') return new InvalidInputError([notActive]);
    try {
      return await this.database.transaction((tx) =>
        this.keep(tx, merchant.id, idempotencyKey, proposal, by.userId),
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Sent twice at once: the unique key decides, not the look before.
      const first = await this.known(idempotencyKey, merchant.id, proposal, by.userId);
      if (first) return first;
      throw error;
    }
  }

  /** What was proposed, said anew while nobody has to look at it. */
  async amend(
    placeId: string,
    revision: number,
    place: LooseProposal,
    by: PlaceProposer,
  ): Promise<ChannelPointId | InvalidInputError | PlaceStateError> {
    const proposal = proposalOf(place);
    const refusal = await this.refuse(proposal);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const point = await this.points.lockPlace(tx, placeId, by);
      if (!point) throw new NotFound('Place', placeId);
      if (point.revision === revision + 1) {
        const last = await this.points.step(tx, point.id, point.revision);
        if (last?.actorId === by.userId && last.act === 'AMENDED' && isSame(last.content, proposal))
          return point.id;
      }
      if (point.revision !== revision || point.state !== 'PROPOSED')
        return new PlaceStateError(point.state, point.revision);
      // Where it lies says who decides about it: another county is another proposal.
      if (proposal.kind !== point.kind || proposal.countyCode !== point.countyCode)
        return new InvalidInputError([proposal.kind === point.kind ? anotherCounty : anotherKind]);
      await this.points.amend(tx, point.id, { ...columnsOf(proposal), revision: revision + 1 });
      const effectiveOn = businessDay(this.clock.now());
      const step = { act: 'AMENDED', state: 'PROPOSED', reason: '', fileIds: [] } as const;
      await this.steps.keep(
        tx,
        point,
        { ...step, revision: revision + 1, content: proposal, effectiveOn },
        { side: 'OPERATOR', userId: by.userId },
      );
      return point.id;
    });
  }

  /** What the operator does with it. The same step again is answered as the first time. */
  step(
    wish: PlaceStepWish,
    by: PlaceProposer,
  ): Promise<ChannelPointId | InvalidInputError | PlaceStateError> {
    return this.database.transaction(async (tx) => {
      const point = await this.points.lockPlace(tx, wish.placeId, by);
      if (!point) throw new NotFound('Place', wish.placeId);
      if (await this.steps.isRepeated(tx, point, wish, by.userId)) return point.id;
      const refusal = await this.steps.take(tx, point, wish, { side: 'OPERATOR', userId: by.userId });
      return refusal ?? point.id;
    });
  }

  private known(
    key: string,
    operatorId: string,
    proposal: Proposal,
    userId: string,
  ): Promise<ChannelPointId | PlaceKeyUsedError | null> {
    return this.database.transaction(async (tx) => {
      const point = await this.points.byKey(tx, userId, key);
      if (!point) return null;
      const first = await this.points.step(tx, point.id, 1);
      return point.operatorId === operatorId && isSame(first?.content ?? null, proposal)
        ? point.id
        : new PlaceKeyUsedError();
    });
  }

  private async refuse(proposal: Proposal): Promise<InvalidInputError | null> {
    const codes = [proposal.countyCode, proposal.townshipCode ?? ''].filter((code) => /^\d{6,9}$/.test(code));
    const divisions = await this.divisions.inForce(codes);
    return refuseProposal(proposal, new Map(divisions.map(({ code, level }) => [code, level])));
  }

  private async keep(
    tx: Tx,
    operatorId: IdOf<'mer'>,
    proposalKey: string,
    proposal: Proposal,
    userId: IdOf<'usr'>,
  ): Promise<ChannelPointId | InvalidInputError> {
    if ((await this.points.countProposed(tx, operatorId)) >= PROPOSED_MAX)
      return new InvalidInputError([tooMany]);
    const now = this.clock.now();
    const point: ChannelPoint = {
      id: newId('chp'),
      ...columnsOf(proposal),
      cabinetKind: null,
      state: 'PROPOSED',
      openedOn: null,
      operatorId,
      revision: 1,
      heldBy: null,
      documentNo: '',
      proposedBy: userId,
      proposalKey,
      contractSeriesId: null,
      contractedFrom: null,
      contractedTo: null,
      createdAt: now,
    };
    await this.points.insert(tx, point);
    const step = { act: 'PROPOSED', state: 'PROPOSED', reason: '', fileIds: [] } as const;
    await this.steps.keep(
      tx,
      point,
      { ...step, revision: 1, content: proposal, effectiveOn: businessDay(now) },
      { side: 'OPERATOR', userId },
    );
    return point.id;
  }
}

function columnsOf({ longitude, latitude, ...facts }: Proposal) {
  return { ...facts, longitude: longitude?.toFixed(6) ?? null, latitude: latitude?.toFixed(6) ?? null };
}

/** As it comes out of JSON, where nothing is undefined and keys have any order. */
function isSame(kept: object | null, proposal: Proposal): boolean {
  return isDeepStrictEqual(jsonOf(kept), jsonOf(JSON.stringify(proposal)));
}

const notActive = {
  path: 'merchantId',
  message: {
    zh: '该商户尚未获准或已暂停，不能申报渠道点',
    en: 'This merchant is not active and proposes no places.',
  },
};
const tooMany = {
  path: 'merchantId',
  message: {
    zh: `在办的渠道点最多 ${PROPOSED_MAX} 个，请先办结`,
    en: `At most ${PROPOSED_MAX} places are on their way at a time; finish some first.`,
  },
};
const anotherCounty = {
  path: 'place.countyCode',
  message: {
    zh: '县市区不能更改，请关闭后重新申报',
    en: 'The county cannot be changed; close this one and propose another.',
  },
};
const anotherKind = {
  path: 'place.kind',
  message: {
    zh: '类别不能更改，请关闭后重新申报',
    en: 'The kind cannot be changed; close this one and propose another.',
  },
};
