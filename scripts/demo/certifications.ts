import { present } from '#libs/kernel';
import { parseCsv } from '../data/csv.js';
import { PHONES } from '../data/phones.js';
import { readDataFile } from '../seed/table-load.js';
import type { Doors, Player } from './doors.js';
import { picture } from './pictures.js';

interface Applied {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly desk: string | null;
}

/** Of 中村瑶族乡 in Yanling, with agreements of their own; how far each has come when somebody comes to look. */
const PLANS = [
  { seller: 'pingle-peach', until: 'ON_NOTICE' },
  { seller: 'pingle-peach', until: 'SECTOR:430225' },
  { seller: 'xinshan-peach', until: 'TOWNSHIP:430225209' },
  { seller: 'xinshan-peach', until: 'DRAFT' },
] as const;

const TOWNSHIP_CODE = '430225209';
const TOWNSHIP = PHONES.below(1);
/** The county's department of agriculture, and its certifier. */
const SECTOR = PHONES.below(3);
const COUNTY = PHONES.below(0);

const REFUSED = '__typename ... on DomainError { code message }';
const LOOK = 'query ($id: ID!) { certificationApplication(id: $id) { id state revision desk } }';
const SAVE = `mutation ($input: CertificationApplicationSaveInput!) { certificationApplicationSave(input: $input) { ${REFUSED}
  ... on CertificationApplicationSavePayload { application { id state revision desk } } } }`;
const SUBMIT = `mutation ($id: ID!, $revision: Int!) { certificationApplicationSubmit(applicationId: $id, revision: $revision) { ${REFUSED} } }`;
const PASS = `mutation ($id: ID!, $revision: Int!, $reason: String!) {
  certificationPass(applicationId: $id, revision: $revision, reason: $reason) { ${REFUSED} } }`;
const OBJECT = `mutation ($id: ID!, $input: CertificationObjectInput!) { certificationObject(noticeId: $id, input: $input) { ${REFUSED} } }`;

/** Products that ask to be recognised, each as far as it has come; one hangs out, and somebody has objected. */
export class Certifications {
  private readonly merchants = parseCsv(readDataFile('merchants.csv'));
  private readonly products = parseCsv(readDataFile('products.csv'));
  private readonly agreements = parseCsv(readDataFile('linkage-agreements.csv'));

  constructor(
    private readonly doors: Doors,
    private readonly today: Date,
  ) {}

  async play(): Promise<void> {
    const taken = new Set<string>();
    for (const [index, { seller, until }] of PLANS.entries()) {
      const merchant = this.merchants.find(({ key }) => key === seller);
      const product = this.products.find(
        ({ id = '', merchantId, originCountyCode }) =>
          merchantId === merchant?.['id'] && originCountyCode === '430225' && !taken.has(id),
      );
      const agreement = this.agreements.find(({ merchantId }) => merchantId === merchant?.['id']);
      // A small cooperative has fewer products than we have stations.
      if (!product || !agreement) continue;
      taken.add(product['id'] ?? '');
      await this.apply(index + 1, {
        owner: this.doors.player(merchant?.['contactPhone'] ?? ''),
        productId: product['id'] ?? '',
        agreementId: agreement['id'] ?? '',
        until,
      });
    }
  }

  /** From wherever it stands, so that a story that was broken off goes on. */
  private async apply(
    number: number,
    plan: {
      readonly owner: Player;
      readonly productId: string;
      readonly agreementId: string;
      readonly until: string;
    },
  ): Promise<void> {
    const { owner, until } = plan;
    const { id } = await this.type(number, plan);
    const look = async () => present(await this.doors.ask<Applied>('merchant', owner, LOOK, { id }), id);
    if (until === 'DRAFT') return;
    const { revision, state } = await look();
    if (state === 'DRAFT') await this.doors.ask('merchant', owner, SUBMIT, { id, revision });
    for (const [desk, phone] of [
      [`TOWNSHIP:${TOWNSHIP_CODE}`, TOWNSHIP],
      ['SECTOR:430225', SECTOR],
      ['COUNTY:430225', COUNTY],
    ] as const) {
      const at = await look();
      if (at.state !== 'IN_REVIEW' || at.desk !== desk || desk === until) continue;
      const said = { id, revision, reason: '材料齐全，联农带农属实，同意上报' };
      await this.doors.ask('settlement', this.doors.player(phone), PASS, said);
    }
    if (until !== 'ON_NOTICE') return;
    const buyer = this.doors.player(PHONES.consumer(9));
    const input = {
      body: '请核实该产品的种植基地面积是否与申报一致（演示）',
      contactName: '热心村民',
      contactPhone: buyer.phone,
    };
    // Days later it hangs out no more.
    await this.doors.ask('storefront', buyer, OBJECT, { id, input }, ['CERTIFICATION_NOTICE_CLOSED']);
  }

  private async type(
    number: number,
    { owner, productId, agreementId }: { owner: Player; productId: string; agreementId: string },
  ): Promise<Applied> {
    const scan = async (paper: string) =>
      this.doors.file(owner, await picture('WAYBILL', `${productId}${paper}`), `${paper}.jpg`);
    const issuedOn = new Date(this.today.getTime() - 40 * 86_400_000).toISOString().slice(0, 10);
    const saved = await this.doors.ask<{ application: Applied }>(
      'merchant',
      owner,
      SAVE,
      {
        input: {
          applicationId: null,
          idempotencyKey: `demo:certification:${number}`,
          productId,
          schemeCode: 'CITY_2024',
          revision: 0,
          content: {
            townshipCode: TOWNSHIP_CODE,
            commodityValueFen: '120000000',
            agreementIds: [agreementId],
            priceComparison: '同级产品市区商超每 500 克 15 元，本品 11 元',
            afterSale: '坏果包赔，签收后 48 小时内联系合作社',
            isProcessedFood: false,
            papers: [
              {
                kind: 'TEST_REPORT',
                number: `JC-2026-${number}`,
                validFrom: issuedOn,
                fileIds: [await scan('检测报告')],
              },
              { kind: 'FRESH_COMMITMENT', fileIds: [await scan('承诺达标合格证')] },
              { kind: 'PRODUCT_PHOTO', fileIds: [await scan('产品照片')] },
              { kind: 'TRUTH_LETTER', fileIds: [await scan('真实性承诺书')] },
            ],
          },
        },
      },
      // Broken off and told again, its papers are others: what is there counts.
      ['CERTIFICATION_CHANGED'],
    );
    return saved?.application ?? this.known(owner, productId);
  }

  private async known(owner: Player, productId: string): Promise<Applied> {
    const query = '{ certificationApplications(first: 100) { nodes { id state productId desk } } }';
    const page = await this.doors.ask<{ nodes: (Applied & { productId: string })[] }>(
      'merchant',
      owner,
      query,
      {},
    );
    return present(
      page?.nodes.find((each) => each.productId === productId),
      productId,
    );
  }
}
