import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { IntakeModule } from '#libs/intake';
import { MerchantModule } from '#libs/merchant';
import { VolumeModule } from '#libs/volume';
import { AppealFileService } from './appeal-file.service.js';
import { CorrectionService } from './correction.service.js';
import { IntegrityBlockerReader } from './integrity-blocker.reader.js';
import { IntegrityCheckService } from './integrity-check.service.js';
import { IntegrityFlagReader } from './integrity-flag.reader.js';
import { IntegrityFlagRepository } from './integrity-flag.repository.js';
import { IntegrityFlagService } from './integrity-flag.service.js';

@Module({
  imports: [IdentityModule, IntakeModule, MerchantModule, VolumeModule],
  providers: [
    AppealFileService,
    CorrectionService,
    IntegrityBlockerReader,
    IntegrityCheckService,
    IntegrityFlagReader,
    IntegrityFlagRepository,
    IntegrityFlagService,
  ],
  exports: [
    AppealFileService,
    CorrectionService,
    IntegrityBlockerReader,
    IntegrityCheckService,
    IntegrityFlagReader,
    IntegrityFlagService,
  ],
})
export class IntegrityModule {}
