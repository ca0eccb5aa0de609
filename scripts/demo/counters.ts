import { businessDay, present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { readDataFile } from '../seed/table-load.js';
import { CAST, WAREHOUSE } from './cast.js';
import type { Doors, Player } from './doors.js';
import { picture } from './pictures.js';

interface Paired {
  readonly id: string;
  readonly merchantId: string;
  readonly agreementId: string;
  readonly householdIds: readonly string[];
}

interface Agreed {
  readonly kind: string;
  readonly revision: number;
  readonly terms: readonly unknown[];
}

interface Terms {
  readonly unitFen?: string;
  readonly statedYearFen?: string;
  readonly shareBps?: number;
}

/** What agreements of each kind state, as they have to (docs/linkage.md); in fen. */
const TERMS: Readonly<Record<string, Terms>> = {
  PURCHASE_ORDER: { unitFen: '420', statedYearFen: '600000' },
  CONTRACT_FARMING: { unitFen: '380', statedYearFen: '500000' },
  EMPLOYMENT: { unitFen: '280000', statedYearFen: '2800000' },
  LAND_RENT: { unitFen: '60000', statedYearFen: '180000' },
  EQUITY_DIVIDEND: { unitFen: '10000', statedYearFen: '120000', shareBps: 600 },
  ENTRUSTED: { statedYearFen: '150000' },
  ASSET_INCOME: { statedYearFen: '120000', shareBps: 500 },
  PATRONAGE_REFUND: { statedYearFen: '90000', shareBps: 800 },
};
/** Less than any of them states for a year, and no round sum: nothing about it looks wrong. */
const PAID_FEN = ['38650', '52320', '46780', '61150', '43990', '57240'] as const;

const REFUSED = '__typename ... on DomainError { code message }';
const PAIRINGS = `{ pairings(state: ACTIVE, first: 50) { nodes { id merchantId agreementId householdIds } } }`;
const AGREEMENT = `query ($id: ID!) { linkageAgreement(id: $id) { kind revision terms { revision } } }`;
const AMEND = `mutation ($input: LinkageAgreementAmendInput!) { linkageAgreementAmend(input: $input) { ${REFUSED} } }`;
const PAY = `mutation ($input: LinkagePaymentRecordInput!) { linkagePaymentRecord(input: $input) { ${REFUSED} } }`;
const RELEASE = `mutation ($merchantId: ID!, $input: CabinetReleaseInput!) { cabinetReleaseAdd(merchantId: $merchantId, input: $input) { ${REFUSED}
  ... on CabinetReleaseAddPayload { release { id } } } }`;
const ROLL_OUT = `mutation ($input: CabinetRolloutInput!) { cabinetRolloutStart(input: $input) { ${REFUSED} } }`;

/** What has happened at the counters before anybody comes to look: families were paid, and settings are on their way. */
export class Counters {
  private readonly merchants = parseCsv(readDataFile('merchants.csv'));

  constructor(
    private readonly doors: Doors,
    private readonly now: Date,
  ) {}

  async play(): Promise<void> {
    const page = await this.doors.ask<{ nodes: readonly Paired[] }>(
      'settlement',
      this.doors.player(CAST.office),
      PAIRINGS,
      {},
    );
    for (const [index, paired] of present(page, 'pairings').nodes.entries()) await this.pay(paired, index);
    await this.rollOut();
  }

  /** By the seller's own hand: what was agreed, signed anew, and what was paid since. */
  private async pay({ id, merchantId, agreementId, householdIds }: Paired, index: number): Promise<void> {
    const seller = this.ownerOf(merchantId);
    const agreed = await this.doors.ask<Agreed>('merchant', seller, AGREEMENT, { id: agreementId });
    const { kind, revision, terms } = present(agreed, agreementId);
    const photoIds = [await this.doors.photo(seller, await picture('WAYBILL', `${id}:paper`))];
    const stated = { ...present(TERMS[kind], kind), note: '' };
    if (terms.length === 0)
      await this.doors.ask('merchant', seller, AMEND, {
        input: { agreementId, revision, terms: stated, photoIds },
      });
    const input = {
      idempotencyKey: `demo:${id}`,
      agreementId,
      householdId: present(householdIds[0], id),
      amountFen: PAID_FEN[index % PAID_FEN.length],
      paidOn: businessDay(this.now),
      note: '专柜货款，过秤当天结账',
      photoIds: [await this.doors.photo(seller, await picture('SCALE', `${id}:paid`))],
    };
    // Told again on another day it is another wish: the first stays.
    await this.doors.ask('merchant', seller, PAY, { input }, ['LINKAGE_KEY_USED']);
  }

  /** One cabinet in five first, and on when somebody has looked. */
  private async rollOut(): Promise<void> {
    const { id: merchantId = '' } = present(
      this.merchants.find(({ key }) => key === WAREHOUSE.of),
      WAREHOUSE.of,
    );
    const keeper = this.ownerOf(merchantId);
    const version = { kind: 'CONFIG', version: 'c8', content: '{"beatS":60,"screenOffAt":"23:00"}' };
    const added = await this.doors.ask<{ release: { id: string } }>('merchant', keeper, RELEASE, {
      merchantId,
      input: version,
    });
    const input = {
      merchantId,
      releaseId: present(added, 'a version').release.id,
      idempotencyKey: 'story-rollout',
      stages: [{ sharePercent: 20 }, { sharePercent: 100 }],
      faultyMax: 2,
    };
    await this.doors.ask('merchant', keeper, ROLL_OUT, { input }, ['CABINET_ROLLOUT_OPEN']);
  }

  private ownerOf(merchantId: string): Player {
    const merchant = this.merchants.find(({ id }) => id === merchantId);
    return this.doors.player(present(merchant?.['contactPhone'], merchantId));
  }
}
