import { present } from '#libs/kernel';
import { fictionalCreditCode } from '../data/merchants.js';
import { PHONES } from '../data/phones.js';
import type { Doors, Player } from './doors.js';
import { picture } from './pictures.js';

interface Applied {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
}

interface Plan {
  readonly by: string;
  readonly kind: 'COOPERATIVE' | 'FAMILY_FARM';
  readonly name: string;
  readonly contact: string;
  readonly goods: string;
  /** How far it has come when somebody comes to look. */
  readonly until: 'DRAFT' | 'SUBMITTED' | 'RETURNED' | 'RECOMMENDED' | 'REFUSED' | 'APPROVED';
}

/** All of Yanling: its official looks at them, and the platform's operator at what is recommended. */
const COUNTY = '430225';
const OFFICIAL = PHONES.county(7);

const PLANS: readonly Plan[] = [
  {
    by: PHONES.consumer(3),
    kind: 'FAMILY_FARM',
    name: '炎陵县云上家庭农场（演示）',
    contact: '何场长',
    goods: '高山蔬菜，还没填完',
    until: 'DRAFT',
  },
  {
    by: PHONES.consumer(4),
    kind: 'COOPERATIVE',
    name: '炎陵县大院白鹅养殖专业合作社（演示）',
    contact: '唐理事长',
    goods: '炎陵白鹅、鹅蛋',
    until: 'SUBMITTED',
  },
  {
    by: PHONES.consumer(5),
    kind: 'FAMILY_FARM',
    name: '炎陵县青石冈家庭农场（演示）',
    contact: '谭场长',
    goods: '黄桃、奈李',
    until: 'RETURNED',
  },
  {
    by: PHONES.consumer(6),
    kind: 'COOPERATIVE',
    name: '炎陵县策源笋干专业合作社（演示）',
    contact: '周理事长',
    goods: '笋干、香菇',
    until: 'RECOMMENDED',
  },
  {
    by: PHONES.consumer(7),
    kind: 'COOPERATIVE',
    name: '炎陵县水口商贸专业合作社（演示）',
    contact: '李经理',
    goods: '各地特产',
    until: 'REFUSED',
  },
  {
    by: PHONES.consumer(8),
    kind: 'COOPERATIVE',
    name: '炎陵县垄溪蜂业专业合作社（演示）',
    contact: '刘理事长',
    goods: '土蜂蜜',
    until: 'APPROVED',
  },
];

const REFUSED = '__typename ... on DomainError { code message }';
const OWN = '{ merchantApplications(first: 1) { nodes { id } } }';
const LOOK = 'query ($id: ID!) { merchantApplication(id: $id) { id state revision } }';
const SAVE = `mutation ($input: MerchantApplicationSaveInput!) { merchantApplicationSave(input: $input) { ${REFUSED}
  ... on MerchantApplicationSavePayload { application { id state revision } } } }`;
const SAY = `mutation ($input: MerchantApplicationBankAccountSetInput!) { merchantApplicationBankAccountSet(input: $input) { ${REFUSED}
  ... on MerchantApplicationBankAccountSetPayload { application { id state revision } } } }`;
const SUBMIT = `mutation ($id: ID!, $revision: Int!) { merchantApplicationSubmit(applicationId: $id, revision: $revision) { ${REFUSED} } }`;
const RECOMMEND = `mutation ($id: ID!, $revision: Int!, $reason: String!) {
  merchantApplicationRecommend(applicationId: $id, revision: $revision, reason: $reason) { ${REFUSED} } }`;
const RETURN = `mutation ($id: ID!, $revision: Int!, $reason: String!, $fields: [MerchantApplicationFaultInput!]!) {
  merchantApplicationReturn(applicationId: $id, revision: $revision, reason: $reason, fields: $fields) { ${REFUSED} } }`;
const REFUSE = `mutation ($id: ID!, $revision: Int!, $reason: String!) {
  merchantApplicationRefuse(applicationId: $id, revision: $revision, reason: $reason) { ${REFUSED} } }`;
const APPROVE = `mutation ($id: ID!, $revision: Int!) { merchantApplicationApprove(applicationId: $id, revision: $revision) { ${REFUSED} } }`;

/** Who wants to sell, each as far as they have come: whoever looks at the console has something to decide. */
export class Applicants {
  constructor(private readonly doors: Doors) {}

  async play(): Promise<void> {
    for (const [index, plan] of PLANS.entries()) await this.apply(plan, index + 1);
  }

  /** From wherever it stands, so that a story that was broken off goes on. */
  private async apply(plan: Plan, number: number): Promise<void> {
    const applicant = this.doors.player(plan.by);
    const { id } = (await this.own(applicant)) ?? (await this.type(applicant, plan, number));
    const [official, operator] = [this.doors.player(OFFICIAL), this.doors.player(PHONES.operator)];
    const say = async (player: Player, query: string, more: object = {}) => {
      const { revision } = await this.look(applicant, id);
      await this.doors.ask(player === applicant ? 'merchant' : 'settlement', player, query, {
        id,
        revision,
        ...more,
      });
    };
    const isAt = async (state: string) => (await this.look(applicant, id)).state === state;
    if (plan.until === 'DRAFT') return;
    if (await isAt('DRAFT')) await say(applicant, SUBMIT);
    if (plan.until === 'RETURNED' && (await isAt('SUBMITTED'))) {
      const fields = [{ path: 'content.papers.0.validTo', message: '营业执照照片看不清有效期，请重拍' }];
      await say(official, RETURN, { reason: '请补充后再提交', fields });
    }
    if (plan.until === 'REFUSED' && (await isAt('SUBMITTED')))
      await say(official, REFUSE, { reason: '不在本县生产，属于贸易转售' });
    if (['RECOMMENDED', 'APPROVED'].includes(plan.until) && (await isAt('SUBMITTED')))
      await say(official, RECOMMEND, { reason: '在本县种养，联结脱贫户，同意推荐' });
    if (plan.until === 'APPROVED' && (await isAt('RECOMMENDED'))) await say(operator, APPROVE);
  }

  private async own(applicant: Player): Promise<{ readonly id: string } | null> {
    const page = await this.doors.ask<{ nodes: { id: string }[] }>('merchant', applicant, OWN, {});
    return page?.nodes[0] ?? null;
  }

  private async look(applicant: Player, id: string): Promise<Applied> {
    return present(await this.doors.ask<Applied>('merchant', applicant, LOOK, { id }), id);
  }

  private async type(
    applicant: Player,
    { kind, name, contact, goods, until }: Plan,
    number: number,
  ): Promise<Applied> {
    const creditCode = fictionalCreditCode(kind, COUNTY, 9_100 + number);
    const scan = async (paper: string, motif: 'WAYBILL' | 'BAGS') =>
      this.doors.file(applicant, await picture(motif, `${name}${paper}`), `${paper}.jpg`);
    const papers = [
      { kind: 'BUSINESS_LICENCE', number: creditCode, fileIds: [await scan('营业执照', 'WAYBILL')] },
      ...(until === 'DRAFT'
        ? []
        : [
            { kind: 'LEGAL_PERSON_ID', fileIds: [await scan('身份证', 'BAGS')] },
            { kind: 'TRUTH_LETTER', fileIds: [await scan('承诺书', 'WAYBILL')] },
          ]),
      ...(until === 'DRAFT' || kind !== 'FAMILY_FARM'
        ? []
        : [{ kind: 'STANDING_PROOF', fileIds: [await scan('家庭农场名录', 'WAYBILL')] }]),
    ];
    const saved = await this.doors.ask<{ application: Applied }>('merchant', applicant, SAVE, {
      input: {
        applicationId: null,
        idempotencyKey: `demo:application:${number}`,
        revision: 0,
        content: {
          kind,
          name,
          creditCode,
          countyCode: COUNTY,
          legalPersonName: contact,
          contactName: contact,
          contactPhone: applicant.phone,
          goods,
          processedFood: 'NONE',
          papers,
        },
      },
    });
    const { application } = present(saved, name);
    if (until === 'DRAFT') return application;
    // Where the money is to go: reviewed with the rest, and waiting for finance once it is approved.
    const account = {
      accountName: name,
      bankName: '炎陵农商银行（演示）',
      accountNumber: `62300000000009${String(number).padStart(5, '0')}`,
    };
    const input = { applicationId: application.id, revision: application.revision, account };
    const said = await this.doors.ask<{ application: Applied }>('merchant', applicant, SAY, { input });
    return present(said, name).application;
  }
}
