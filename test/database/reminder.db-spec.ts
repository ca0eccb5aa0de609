import { jest } from '@jest/globals';
import { SmsGateway } from '#libs/identity';
import { refused } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import { ReminderService } from '#libs/receivable';
import { World } from '../harness/world.js';
import { makeDivisions } from '../make/division.make.js';
import { type CreditUnit, makeCreditUnit, makeReceipt, makeSignedOrder } from '../make/receivable.make.js';

describe('reminders', () => {
  let world: World;
  let unit: CreditUnit;
  const sent: string[] = [];
  const refusals: Error[] = [];

  beforeAll(async () => {
    world = await World.start({ services: ['settlement', 'storefront'] });
    await makeDivisions(world);
    // The phone is where the outside world begins.
    jest.spyOn(world.get(SmsGateway), 'sendPaymentReminder').mockImplementation(async (phone, reminder) => {
      world.database.assertNoneOpen();
      const refusal = refusals.pop();
      if (refusal) throw refusal;
      sent.push(`${phone} ${reminder.stage} ${reminder.openFen}`);
    });
  });
  beforeEach(async () => {
    sent.length = 0;
    world.clock.set('2026-11-02T02:00:00Z');
    unit = await makeCreditUnit(world);
  });
  afterEach(async () => {
    await world.settle();
    await world.clear('receivable_reminder', 'receivable_part', 'receivable_entry', 'receivable');
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await world.close();
  });

  const remindOn = async (day: string) => {
    world.clock.set(`${day}T02:00:00Z`);
    await Promise.all([world.get(ReminderService).remindDue(10), world.get(ReminderService).remindDue(10)]);
    await world.get(ReminderService).remindDue(10);
  };
  const stages = () => sent.map((line) => line.split(' ').slice(1).join(' '));

  it('are sent a week before, on the day, and fifteen and thirty days after it, once each', async () => {
    await makeSignedOrder(world, unit);
    await world.settle();

    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-12-02', '2026-12-03', '2026-12-17'])
      await remindOn(day);
    for (const day of ['2026-12-31', '2027-01-01', '2027-03-01']) await remindOn(day);

    expect(stages()).toEqual(['DUE_SOON 10000', 'DUE 10000', 'OVERDUE_15 10000', 'OVERDUE_30 10000']);
  });

  it('are only the latest for whom nobody was told of the earlier ones, and none of what is paid or called off', async () => {
    await makeSignedOrder(world, unit);
    const gone = await makeSignedOrder(world, unit);
    const other = await makeCreditUnit(world);
    await makeSignedOrder(world, other);
    await world.settle();
    await makeReceipt(world, other, 10_000n);
    expect(refused(await world.get(OrderService).cancel(unit.buyerId, gone.orderId))).toBe(false);
    await world.settle();

    await remindOn('2026-12-20');
    expect(stages()).toEqual(['OVERDUE_15 10000']);

    await makeReceipt(world, unit, 4_000n);
    await remindOn('2027-01-05');
    expect(stages()).toEqual(['OVERDUE_15 10000', 'OVERDUE_30 6000']);
  });

  it('that the gateway has not taken are tried again after an hour, without keeping the others', async () => {
    await makeSignedOrder(world, unit);
    await makeSignedOrder(world, await makeCreditUnit(world));
    await world.settle();
    refusals.push(new Error('busy'));

    world.clock.set('2026-12-02T02:00:00Z');
    await world.get(ReminderService).remindDue(10);
    expect(sent).toHaveLength(1);
    await world.get(ReminderService).remindDue(10);
    expect(sent).toHaveLength(1);

    world.clock.advance(3_600_000);
    await world.get(ReminderService).remindDue(10);
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map((line) => line.split(' ')[0])).size).toBe(2);
  });
});
