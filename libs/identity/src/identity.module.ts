import { Module } from '@nestjs/common';
import { MembershipReader } from './membership.reader.js';

@Module({ providers: [MembershipReader], exports: [MembershipReader] })
export class IdentityModule {}
