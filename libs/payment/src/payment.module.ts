import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { AuditModule } from '#libs/identity';
import { OrderingModule } from '#libs/ordering';
import { BankRefundReader } from './bank-refund.reader.js';
import { BankRefundRepository } from './bank-refund.repository.js';
import { BankRefundService } from './bank-refund.service.js';
import { DisputeReader } from './dispute.reader.js';
import { DisputeRepository } from './dispute.repository.js';
import { DisputeService } from './dispute.service.js';
import { PaymentGateway } from './payment.gateway.js';
import { PaymentHoldReader } from './payment-hold.reader.js';
import { PaymentHoldRepository } from './payment-hold.repository.js';
import { PaymentHoldService } from './payment-hold.service.js';
import { PaymentReader } from './payment.reader.js';
import { PaymentRepository } from './payment.repository.js';
import { PaymentService } from './payment.service.js';
import { ProviderBalanceGateway } from './provider-balance.gateway.js';
import { ProviderBalanceService } from './provider-balance.service.js';
import { ProviderNotificationReader } from './provider-notification.reader.js';
import { ProviderNotificationRepository } from './provider-notification.repository.js';
import { ProviderNotificationService } from './provider-notification.service.js';
import { ProviderStateService } from './provider-state.service.js';
import { RefundPlanService } from './refund-plan.service.js';
import { RefundRequestService } from './refund-request.service.js';
import { RefundReader } from './refund.reader.js';
import { RefundRepository } from './refund.repository.js';
import { RefundService } from './refund.service.js';
import { StripeBalanceGateway } from './stripe-balance.gateway.js';
import { StripeGateway } from './stripe.gateway.js';
import { UnreturnedPaymentReader } from './unreturned-payment.reader.js';
import { WholeRefundService } from './whole-refund.service.js';

@Module({
  imports: [OrderingModule, ApprovalModule, AuditModule],
  providers: [
    { provide: PaymentGateway, useClass: StripeGateway },
    { provide: ProviderBalanceGateway, useClass: StripeBalanceGateway },
    BankRefundReader,
    BankRefundRepository,
    BankRefundService,
    DisputeReader,
    DisputeRepository,
    DisputeService,
    PaymentHoldReader,
    PaymentHoldRepository,
    PaymentHoldService,
    PaymentReader,
    PaymentRepository,
    PaymentService,
    ProviderNotificationReader,
    ProviderNotificationRepository,
    ProviderNotificationService,
    ProviderBalanceService,
    ProviderStateService,
    RefundPlanService,
    RefundReader,
    RefundRepository,
    RefundRequestService,
    RefundService,
    UnreturnedPaymentReader,
    WholeRefundService,
  ],
  exports: [
    BankRefundReader,
    BankRefundService,
    DisputeReader,
    DisputeService,
    PaymentHoldReader,
    PaymentHoldService,
    PaymentReader,
    PaymentService,
    ProviderNotificationReader,
    ProviderNotificationService,
    ProviderBalanceService,
    ProviderStateService,
    RefundReader,
    RefundRequestService,
    RefundService,
    UnreturnedPaymentReader,
    WholeRefundService,
  ],
})
export class PaymentModule {}
