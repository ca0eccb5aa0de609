import { pino } from 'pino';
import { LINE_OPTIONS, Log, withTrace } from './log.js';

let lines: string[];
let log: Log;

beforeEach(() => {
  lines = [];
  log = new Log(pino(LINE_OPTIONS, { write: (line: string) => lines.push(line) }));
});

it('says what failed without the values of the statement', () => {
  const sql = "INSERT INTO `customer_order` (recipient_phone) VALUES ('13812345678')";
  const driverError = Object.assign(new Error('Data too long'), { sql });
  const error = Object.assign(new Error('Data too long'), { sql, parameters: ['13812345678'], driverError });

  log.fault(error, 'an operation failed', { orderId: 'ord_1' });

  expect(lines.join('')).toMatch(/Data too long.*log\.spec.*ord_1|ord_1.*Data too long.*log\.spec/);
  expect(lines.join('')).not.toContain('13812345678');
});

it('keeps codes and tokens to itself', () => {
  log.info(
    { code: '123456', token: 'secret-a', refreshToken: 'secret-b', password: 'secret-c' },
    'signed in',
  );

  expect(lines.join('')).not.toMatch(/123456|secret/);
});

it('names the request, and within a delivery the fact, on every line', () => {
  withTrace({ traceId: 'req_1', eventId: 'evt_1', consumer: 'post-fee' }, () => log.info({}, 'posted'));

  expect(JSON.parse(lines.join(''))).toMatchObject({
    traceId: 'req_1',
    eventId: 'evt_1',
    consumer: 'post-fee',
  });
});
