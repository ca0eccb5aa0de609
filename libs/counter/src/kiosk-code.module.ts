import { Module } from '@nestjs/common';
import { KioskCodeService } from './kiosk-code.service.js';

/** Apart, because it needs the service's secret: for the broker, which tells the codes, and the shop, which reads them. */
@Module({ providers: [KioskCodeService], exports: [KioskCodeService] })
export class KioskCodeModule {}
