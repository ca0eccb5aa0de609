import { Log } from '#platform/log';
import { maskPhone } from './phone.rules.js';
import {
  type AdoptionMessage,
  type DelayMessage,
  type DispatchMessage,
  type ListingMessage,
  type MerchantMessage,
  type StockMessage,
  type PaymentReminder,
  type PickUpMessage,
  type RecallMessage,
  SmsGateway,
  type TeamMessage,
} from './sms.gateway.js';

/** For development and tests: the code goes to the log. Never used in production, where settings demand a real gateway. */
export class LogSmsGateway extends SmsGateway {
  readonly showsCodes = true;

  constructor(private readonly log: Log) {
    super();
  }

  async sendSignInCode(phone: string, code: string): Promise<void> {
    this.log.info({ phone: maskPhone(phone) }, `sign-in code ${code}`);
  }

  async sendPaymentReminder(phone: string, { orderId, stage }: PaymentReminder): Promise<void> {
    this.log.info({ phone: maskPhone(phone), orderId, stage }, 'payment reminder');
  }

  async sendDelayNotice(phone: string, { orderId, proposedOn }: DelayMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), orderId, proposedOn }, 'delay notice');
  }

  async sendAdoptionNotice(phone: string, { orderId, tag, news }: AdoptionMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), orderId, tag, news }, 'adoption notice');
  }

  async sendPickUpNotice(
    phone: string,
    { orderId, news, cellCode, pickUpCode }: PickUpMessage,
  ): Promise<void> {
    this.log.info({ phone: maskPhone(phone), orderId, news, cellCode }, `pick-up notice ${pickUpCode}`);
  }

  async sendTeamInvitation(phone: string, { merchantName, role }: TeamMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), merchantName, role }, 'team invitation');
  }

  async sendMerchantNotice(phone: string, { news, merchantName, paperName }: MerchantMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), news, merchantName, paperName }, 'merchant notice');
  }

  async sendDispatchReminder(
    phone: string,
    { merchantName, late, dueToday }: DispatchMessage,
  ): Promise<void> {
    this.log.info({ phone: maskPhone(phone), merchantName, late, dueToday }, 'dispatch reminder');
  }

  async sendStockNotice(phone: string, { merchantName, productName, others }: StockMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), merchantName, productName, others }, 'stock notice');
  }

  async sendRecallNotice(phone: string, { orderId, traceCode, advice }: RecallMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), orderId, traceCode, advice }, 'recall notice');
  }

  async sendListingNotice(phone: string, { news, goodsName }: ListingMessage): Promise<void> {
    this.log.info({ phone: maskPhone(phone), news, goodsName }, 'listing notice');
  }
}
