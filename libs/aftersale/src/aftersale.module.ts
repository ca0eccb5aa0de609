import { Module } from '@nestjs/common';
import { FulfillmentModule } from '#libs/fulfillment';
import { AuditModule } from '#libs/identity';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { AfterSaleDeadlineService } from './after-sale-deadline.service.js';
import { AfterSaleForgettingService } from './after-sale-forgetting.service.js';
import { AfterSaleHandoverService } from './after-sale-handover.service.js';
import { AfterSaleOpeningService } from './after-sale-opening.service.js';
import { AfterSaleViewingService } from './after-sale-viewing.service.js';
import { AfterSalePlanService } from './after-sale-plan.service.js';
import { AfterSaleReader } from './after-sale.reader.js';
import { AfterSaleRefundService } from './after-sale-refund.service.js';
import { AfterSaleRepository } from './after-sale.repository.js';
import { AfterSaleUnclaimedService } from './after-sale-unclaimed.service.js';
import { AfterSaleService } from './after-sale.service.js';
import { AfterSaleStepService } from './after-sale-step.service.js';

const doors = [
  AfterSaleDeadlineService,
  AfterSaleForgettingService,
  AfterSaleHandoverService,
  AfterSaleOpeningService,
  AfterSaleViewingService,
  AfterSalePlanService,
  AfterSaleReader,
  AfterSaleRefundService,
  AfterSaleService,
  AfterSaleUnclaimedService,
];

@Module({
  imports: [AuditModule, FulfillmentModule, OrderingModule, PaymentModule],
  providers: [...doors, AfterSaleRepository, AfterSaleStepService],
  exports: doors,
})
export class AftersaleModule {}
