import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { PHONES } from '../data/phones.js';
import { readDataFile } from '../seed/table-load.js';
import type { Doors, Player } from './doors.js';
import { picture } from './pictures.js';

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
}

/** The cooperative of Pingle, whose county's official has something to look at. */
const OWNER = PHONES.merchant(0);

const PLANS = [
  {
    key: 'draft',
    isSubmitted: false,
    content: {
      kindCode: null,
      name: '平乐奈李干',
      description: null,
      variants: [{ name: '250 克袋装', netWeightG: 250 }],
    },
  },
  {
    key: 'waiting',
    isSubmitted: true,
    content: {
      kindCode: 'YELLOW_PEACH',
      name: '平乐黄桃（家庭装）',
      description: '单果 200 克以上，带袋采摘，冷库锁鲜，冷链发货。请当面验收并尽快冷藏。',
      variants: [{ name: '8.5 斤装', grade: 'FIRST', netWeightG: 4_250, priceFen: '15200' }],
    },
  },
  {
    key: 'held',
    isSubmitted: true,
    content: {
      kindCode: 'YELLOW_PEACH',
      name: '平乐黄桃（中秋礼盒）',
      description: '逐个称重、套网装盒，单果 300 克以上。冷链发货，请当面验收并尽快冷藏。',
      // More than 30 percent above what peaches of the highest grade cost.
      variants: [{ name: '6 枚礼盒', grade: 'EXTRA', netWeightG: 2_000, priceFen: '13800' }],
      note: '单果 300 克以上，礼盒与内托成本较高',
    },
  },
] as const;

const REFUSED = '__typename ... on DomainError { code message }';
const LISTING = '{ id state revision }';
const SAVE = `mutation ($input: ListingSaveInput!) { listingSave(input: $input) { ${REFUSED}
  ... on ListingSavePayload { listing ${LISTING} } } }`;
const OWN = `query ($merchantId: ID!) { listings(merchantId: $merchantId, first: 100) { nodes { id name } } }`;
const LOOK = `query ($id: ID!) { listing(id: $id) ${LISTING} }`;
const SUBMIT = `mutation ($id: ID!, $revision: Int!) { listingSubmit(listingId: $id, revision: $revision) { ${REFUSED} } }`;

/** A draft, goods that wait for a reviewer, and goods that are held for their price: whoever looks at the console has something to decide. */
export class Listings {
  constructor(private readonly doors: Doors) {}

  async play(): Promise<void> {
    const owner = this.doors.player(OWNER);
    const merchantId = present(
      parseCsv(readDataFile('memberships.csv')).find(({ userId }) => userId === owner.userId)?.['scopeId'],
      'a merchant of the owner',
    );
    for (const plan of PLANS) await this.list(owner, merchantId, plan);
  }

  /** From wherever it stands, so that a story that was broken off goes on. */
  private async list(
    owner: Player,
    merchantId: string,
    { key, isSubmitted, content }: (typeof PLANS)[number],
  ): Promise<void> {
    const { nodes } = present(
      await this.doors.ask<{ nodes: { id: string; name: string }[] }>('merchant', owner, OWN, { merchantId }),
      'listings of the owner',
    );
    const known = nodes.find(({ name }) => name === content.name);
    const { id } = known ?? (await this.type(owner, merchantId, key, content));
    const { state, revision } = present(
      await this.doors.ask<Listed>('merchant', owner, LOOK, { id }),
      `the listing ${id}`,
    );
    if (isSubmitted && state === 'DRAFT') await this.doors.ask('merchant', owner, SUBMIT, { id, revision });
  }

  private async type(
    owner: Player,
    merchantId: string,
    key: string,
    content: (typeof PLANS)[number]['content'],
  ): Promise<Listed> {
    const photoIds = [await this.doors.photo(owner, await picture('PEACHES', content.name))];
    const saved = await this.doors.ask<{ listing: Listed }>('merchant', owner, SAVE, {
      input: {
        merchantId,
        listingId: null,
        idempotencyKey: `demo:listing:${key}`,
        revision: 0,
        content: {
          originCountyCode: '430225',
          isPerishable: true,
          seasonFrom: 7,
          seasonTo: 8,
          ...content,
          photoIds,
        },
      },
    });
    return present(saved, content.name).listing;
  }
}
