import { Module } from '@nestjs/common';
import { OrderingModule } from '#libs/ordering';
import { PaymentGateway } from './payment.gateway.js';
import { PaymentReader } from './payment.reader.js';
import { PaymentRepository } from './payment.repository.js';
import { PaymentService } from './payment.service.js';
import { ProviderNotificationRepository } from './provider-notification.repository.js';
import { ProviderNotificationService } from './provider-notification.service.js';
import { RefundReader } from './refund.reader.js';
import { RefundRepository } from './refund.repository.js';
import { RefundService } from './refund.service.js';
import { StripeGateway } from './stripe.gateway.js';

@Module({
  imports: [OrderingModule],
  providers: [
    { provide: PaymentGateway, useClass: StripeGateway },
    PaymentReader,
    PaymentRepository,
    PaymentService,
    ProviderNotificationRepository,
    ProviderNotificationService,
    RefundReader,
    RefundRepository,
    RefundService,
  ],
  exports: [PaymentReader, PaymentService, ProviderNotificationService, RefundReader, RefundService],
})
export class PaymentModule {}
