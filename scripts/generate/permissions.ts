import { EVERYONE, GUESTS, PERMISSIONS, PERMISSIONS_OF, ROLES, type Permission } from '#platform/auth';
import { SERVICES } from '#platform/service';
import { type Operation, operationsOf } from './operations.js';
import { GENERATED_BY } from './sources.js';

const KINDS = { Query: 'query', Mutation: 'mutation', Subscription: 'subscription', Route: 'route' } as const;

function rolesWith(permission: Permission): string {
  if (GUESTS.includes(permission)) return 'guests, and anybody signed in';
  if (EVERYONE.includes(permission)) return 'anybody signed in';
  return ROLES.filter((role) => PERMISSIONS_OF[role].includes(permission)).join(', ');
}

function whoOf(allowed: string | null): string {
  if (allowed === 'PUBLIC') return 'anybody';
  const permission = PERMISSIONS.find((each) => each === allowed);
  return permission ? `${rolesWith(permission)} (\`${permission}\`)` : 'nobody: nothing is declared';
}

function tableOf(operations: readonly Operation[]): string {
  const order = Object.keys(KINDS);
  const rows = operations
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : 1))
    .map(
      ({ kind, name, allowed, audited }) =>
        `| \`${name}\` | ${KINDS[kind]} | ${whoOf(allowed)} | ${audited === null ? '' : `\`${audited}\``} |`,
    );
  return ['| operation | kind | who | seen as |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** `docs/permissions.md`: every operation of every service, and who may call it. */
export function permissionsPage(): string {
  const parts = SERVICES.map((service) => `## ${service}\n\n${tableOf(operationsOf(service))}`);
  return `# Who may call what

${GENERATED_BY}

An operation that declares neither \`@Allow\` nor \`@Public\` is refused to everyone, and a test fails. A role reaches only what lies
in its scope: a merchant's people their merchant, officials their division, and what is not theirs looks as if it did not exist.
Outside Nest's guard and open to anybody who can reach the port: \`/health/live\`, \`/health/ready\`, \`/metrics\`, the documents under
\`/graphql/documents\` (run as nobody in particular) and, outside production, the desk at \`/desk\`; the pages of the web and their assets, in which what is shown first is what nobody in particular may ask.

*Seen as* is the act under which the audit log keeps whoever calls an operation that shows something sensitive, whatever else it records of what is done.

${parts.join('\n\n')}
`;
}
