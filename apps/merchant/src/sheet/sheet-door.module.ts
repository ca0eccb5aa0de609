import { Module } from '@nestjs/common';
import { SheetModule } from '#libs/sheet';
import { SheetController } from './sheet.controller.js';
import { SheetImportResolver, SheetRowFaultResolver, SheetRowResolver } from './sheet.resolver.js';

@Module({
  imports: [SheetModule],
  controllers: [SheetController],
  providers: [SheetImportResolver, SheetRowFaultResolver, SheetRowResolver],
})
export class SheetDoorModule {}
