import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpSmsGateway } from './http-sms.gateway.js';

describe('HttpSmsGateway', () => {
  const noTransaction = { assertNoneOpen: () => undefined };
  let server: Server;
  let answer: { status: number; headers?: Record<string, string> };
  let received: { method: string | undefined; type: string | undefined; body: unknown }[];

  beforeEach(async () => {
    received = [];
    answer = { status: 200 };
    const take = async (request: IncomingMessage) => {
      received.push({
        method: request.method,
        type: request.headers['content-type'],
        body: JSON.parse(await text(request)),
      });
    };
    server = createServer((request, response) => {
      void take(request).then(() => response.writeHead(answer.status, answer.headers).end('{}'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const gateway = () => {
    const { port } = server.address() as AddressInfo;
    return new HttpSmsGateway(`http://127.0.0.1:${port}/messages`, noTransaction);
  };

  it('posts the code once, as JSON', async () => {
    await gateway().sendSignInCode('13812345678', '012345', 'zh-CN');

    expect(received).toEqual([
      {
        method: 'POST',
        type: 'application/json',
        body: {
          template: 'SIGN_IN_CODE',
          locale: 'zh-CN',
          phone: '13812345678',
          code: '012345',
          expiresInSeconds: 300,
        },
      },
    ]);
  });

  it('posts a reminder once, with the amount as text', async () => {
    const reminder = { orderId: 'ord_1', stage: 'DUE', dueOn: '2026-12-02', openFen: 9_007_199_254_740_993n };
    await gateway().sendPaymentReminder('13812345678', reminder, 'en');

    expect(received.map(({ body }) => body)).toEqual([
      {
        template: 'PAYMENT_REMINDER',
        locale: 'en',
        phone: '13812345678',
        ...reminder,
        openFen: '9007199254740993',
      },
    ]);
  });

  it.each([
    ['DELAYED', '2026-12-02', 0, '2026-12-02'],
    ['SHORT', null, 3, ''],
    ['CALLED_OFF', null, 3, ''],
  ] as const)(
    'tells an adopter by a template of its own: %s',
    async (news, promisedOn, shortPortions, day) => {
      const notice = { orderId: 'ord_1', tag: 'A-1', shortPortions };
      await gateway().sendAdoptionNotice('13812345678', { ...notice, news, promisedOn }, 'zh-CN');

      expect(received.map(({ body }) => body)).toEqual([
        {
          template: `ADOPTION_${news}`,
          locale: 'zh-CN',
          phone: '13812345678',
          ...notice,
          promisedOn: day,
        },
      ]);
    },
  );

  it('tells where a parcel lies, and by which code it is fetched', async () => {
    const notice = { orderId: 'ord_1', placeName: '市民中心', cellCode: 'B2', pickUpCode: '12345678' };
    const keptUntil = new Date('2026-12-02T02:00:00.000Z');
    await gateway().sendPickUpNotice('13812345678', { ...notice, news: 'PLACED', keptUntil }, 'zh-CN');

    expect(received.map(({ body }) => body)).toEqual([
      {
        template: 'PICK_UP_PLACED',
        locale: 'zh-CN',
        phone: '13812345678',
        ...notice,
        keptUntil: '2026-12-02T02:00:00.000Z',
      },
    ]);
  });

  it('says what to do with what was recalled', async () => {
    const notice = { orderId: 'ord_1', productName: '炎陵黄桃', traceCode: '7K3M9QX2AB4' };
    await gateway().sendRecallNotice('13812345678', { ...notice, advice: 'THROW_AWAY' }, 'zh-CN');

    expect(received.map(({ body }) => body)).toEqual([
      { template: 'RECALL_THROW_AWAY', locale: 'zh-CN', phone: '13812345678', ...notice },
    ]);
  });

  it('asks whoever is to work for a merchant, for which, as what and until when', async () => {
    const invitation = { merchantName: '平乐黄桃', role: 'RESTOCKER' } as const;
    const expiresAt = new Date('2026-12-02T02:00:00.000Z');
    await gateway().sendTeamInvitation('13812345678', { ...invitation, expiresAt }, 'en');

    expect(received.map(({ body }) => body)).toEqual([
      {
        template: 'TEAM_INVITATION',
        locale: 'en',
        phone: '13812345678',
        ...invitation,
        expiresAt: '2026-12-02T02:00:00.000Z',
      },
    ]);
  });

  it('tells of goods that were handed in, with the first thing to mend', async () => {
    const notice = { goodsName: '炎陵黄桃', reason: '照片看不清' };
    await gateway().sendListingNotice('13812345678', { ...notice, news: 'RETURNED' }, 'zh-CN');

    expect(received.map(({ body }) => body)).toEqual([
      { template: 'LISTING_RETURNED', locale: 'zh-CN', phone: '13812345678', ...notice },
    ]);
  });

  it.each([
    ['PAPER_ENDING', '营业执照', '2026-12-02', '2026-12-02'],
    ['APPLICATION_APPROVED', '', null, ''],
  ] as const)('tells of a merchant by a template of its own: %s', async (news, paperName, endsOn, day) => {
    const notice = { merchantName: '平乐黄桃', paperName };
    await gateway().sendMerchantNotice('13812345678', { ...notice, news, endsOn }, 'zh-CN');

    expect(received.map(({ body }) => body)).toEqual([
      { template: `MERCHANT_${news}`, locale: 'zh-CN', phone: '13812345678', ...notice, endsOn: day },
    ]);
  });

  it('tells what has to leave', async () => {
    const reminder = { merchantName: '平乐黄桃', late: 1, dueToday: 2, dueTomorrow: 0 };
    await gateway().sendDispatchReminder('13812345678', reminder, 'zh-CN');

    expect(received.map(({ body }) => body)).toEqual([
      { template: 'DISPATCH_REMINDER', locale: 'zh-CN', phone: '13812345678', ...reminder },
    ]);
  });

  it('tells of goods of which little is left, and of how many others', async () => {
    const notice = { merchantName: '平乐黄桃', productName: '炎陵黄桃', variantName: '5斤装', others: 2 };
    await gateway().sendStockNotice('13812345678', notice, 'en');

    expect(received.map(({ body }) => body)).toEqual([
      { template: 'STOCK_LOW', locale: 'en', phone: '13812345678', ...notice },
    ]);
  });

  it.each([
    [{ status: 500 }, 'The SMS gateway answered 500.'],
    [{ status: 429 }, 'The SMS gateway answered 429.'],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'fetch failed'],
  ])('throws when the gateway answers %j', async (refusal, message) => {
    answer = refusal;

    await expect(gateway().sendSignInCode('13812345678', '012345', 'zh-CN')).rejects.toThrow(message);
  });

  it('does not reach out within a transaction', async () => {
    const within = {
      assertNoneOpen: () => {
        throw new Error('a transaction is open');
      },
    };

    await expect(
      new HttpSmsGateway('http://127.0.0.1:1/', within).sendSignInCode('1', '2', 'en'),
    ).rejects.toThrow('is open');
  });

  it('never shows codes', () => {
    expect(gateway().showsCodes).toBe(false);
  });
});
