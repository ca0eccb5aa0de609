import { Module } from '@nestjs/common';
import { AccessTokens } from '#platform/auth';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { Log } from '#platform/log';
import { AccountEndService } from './account-end.service.js';
import { AuditModule } from './audit.module.js';
import { GuestService } from './guest.service.js';
import { HttpSmsGateway } from './http-sms.gateway.js';
import { LogSmsGateway } from './log-sms.gateway.js';
import { MembershipRepository } from './membership.repository.js';
import { MembershipService } from './membership.service.js';
import { PasswordHashService } from './password-hash.service.js';
import { PasswordService } from './password.service.js';
import { PersonReader } from './person.reader.js';
import { PhoneProofService } from './phone-proof.service.js';
import { ProfileService } from './profile.service.js';
import { SecretService } from './secret.service.js';
import { SessionReader } from './session.reader.js';
import { SessionRepository } from './session.repository.js';
import { SessionService } from './session.service.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';
import { SignInCodeService } from './sign-in-code.service.js';
import { SignInService } from './sign-in.service.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { SmsGateway } from './sms.gateway.js';
import { TeamInvitationReader } from './team-invitation.reader.js';
import { TeamInvitationRepository } from './team-invitation.repository.js';
import { TeamInvitationService } from './team-invitation.service.js';
import { TeamService } from './team.service.js';
import { UserReader } from './user.reader.js';
import { UserRepository } from './user.repository.js';
import { UserService } from './user.service.js';

@Module({
  imports: [AuditModule],
  providers: [
    TeamInvitationReader,
    TeamInvitationRepository,
    TeamInvitationService,
    TeamService,
    AccountEndService,
    GuestService,
    MembershipRepository,
    MembershipService,
    PasswordHashService,
    PasswordService,
    PersonReader,
    PhoneProofService,
    ProfileService,
    SecretService,
    SessionReader,
    SessionRepository,
    SessionService,
    SignInCodeRepository,
    SignInCodeService,
    SignInService,
    SignInThrottle,
    UserReader,
    UserRepository,
    UserService,
    {
      provide: AccessTokens,
      useFactory: (config: Config) => new AccessTokens(config.authSecret),
      inject: [Config],
    },
    {
      provide: SmsGateway,
      useFactory: ({ smsGatewayUrl }: Config, database: Database, log: Log) =>
        smsGatewayUrl === undefined ? new LogSmsGateway(log) : new HttpSmsGateway(smsGatewayUrl, database),
      inject: [Config, Database, Log],
    },
  ],
  exports: [
    AccountEndService,
    AuditModule,
    GuestService,
    MembershipService,
    PasswordService,
    PersonReader,
    PhoneProofService,
    ProfileService,
    SessionReader,
    SessionService,
    SignInCodeService,
    SignInService,
    SmsGateway,
    TeamInvitationReader,
    TeamInvitationService,
    TeamService,
    UserReader,
    UserService,
  ],
})
export class IdentityModule {}
