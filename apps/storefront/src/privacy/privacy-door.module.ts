import { Module } from '@nestjs/common';
import { PrivacyModule } from '#libs/privacy';
import { PrivacyResolver } from './privacy.resolver.js';

@Module({ imports: [PrivacyModule], providers: [PrivacyResolver] })
export class PrivacyDoorModule {}
