import type { IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';
import { CONTEXTS } from './contexts.js';

const TRANSPORT = [
  'node_modules/@nestjs/(graphql|mercurius|bull|platform-fastify)/',
  'node_modules/@fastify/',
  'node_modules/(mercurius|fastify|bull|graphql|graphql-ws)/',
];

/** The arrows of the house, for the tree at `root` ('' or a folder with a trailing slash). */
export function rulesFor(root = ''): IForbiddenRuleType[] {
  const at = (path: string) => `^${root}${path}`;
  const forbid = (
    name: string,
    from: IRegularForbiddenRuleType['from'],
    to: IRegularForbiddenRuleType['to'],
  ): IRegularForbiddenRuleType => ({
    name,
    severity: 'error',
    from,
    to,
  });
  const doors = [at('libs/[^/]+/src/(fields/)?index\\.ts$'), at('libs/platform/src/[^/]+/index\\.ts$')];

  const downwards = Object.entries(CONTEXTS).map(([name, allowed]) =>
    forbid(
      `context:${name}`,
      { path: at(`libs/${name}/`) },
      { path: at('libs/'), pathNot: [name, ...allowed].map((to) => at(`libs/${to}/`)) },
    ),
  );
  return [
    ...downwards,
    // Without it an alias that does not resolve leads nowhere, and every rule about its target passes in silence.
    forbid('everything-resolves', { path: at('(apps|libs)/') }, { couldNotResolve: true }),
    forbid('no-cycle', { path: at('(apps|libs)/') }, { circular: true }),
    forbid('libs-know-no-app', { path: at('libs/') }, { path: at('apps/') }),
    forbid('apps-know-no-app', { path: at('apps/([^/]+)/') }, { path: at('apps/'), pathNot: at('apps/$1/') }),
    forbid(
      'nobody-knows-tests-or-scripts',
      { path: at('(apps|libs)/'), pathNot: '\\.spec\\.ts$' },
      { path: at('(test|scripts)/') },
    ),
    forbid(
      'front-doors-only',
      { path: at('(apps|libs)/([^/]+)/') },
      { path: at('libs/'), pathNot: [...doors, at('libs/$2/')] },
    ),
    // `apps/merchant` is not at home in `libs/merchant`.
    forbid('apps-front-doors-only', { path: at('apps/') }, { path: at('libs/'), pathNot: doors }),
    forbid(
      'platform-parts-front-doors-only',
      { path: at('libs/platform/src/([^/]+)/') },
      {
        path: at('libs/platform/src/'),
        pathNot: [at('libs/platform/src/$1/'), at('libs/platform/src/[^/]+/index\\.ts$')],
      },
    ),
    forbid(
      'no-transport-in-libs',
      { path: at('libs/'), pathNot: at('libs/((platform|account)/|[^/]+/src/fields/)') },
      { path: TRANSPORT },
    ),
    // Else a process that speaks no GraphQL would load it.
    forbid(
      'fields-are-for-doors',
      { path: at('libs/'), pathNot: at('libs/[^/]+/src/fields/') },
      { path: at('libs/[^/]+/src/fields/') },
    ),
    forbid('no-database-in-apps', { path: at('apps/') }, { path: 'node_modules/(typeorm|mysql2)/' }),
    forbid(
      'rules-are-pure',
      { path: '\\.rules\\.ts$' },
      // A lower context's rules come through its front door; hashing is arithmetic.
      {
        pathNot: [
          at('libs/kernel/'),
          '\\.(rules|errors)\\.ts$',
          at('libs/(?!platform)[^/]+/src/index\\.ts$'),
          '^crypto$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'entities-know-no-behaviour',
      { path: '\\.entity\\.ts$' },
      { path: '\\.(service|repository|reader|gateway|resolver|controller|consumer|module)\\.ts$' },
    ),
    forbid(
      'readers-do-not-write',
      { path: '\\.reader\\.ts$' },
      { path: '\\.(repository|service)\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    {
      name: 'no-dead-files',
      severity: 'error',
      from: { path: at('apps/[^/]+/src/main\\.ts$') },
      to: {
        path: at('(apps/(storefront|merchant|settlement|broker)|libs)/'),
        pathNot: ['\\.spec\\.ts$', 'src/main\\.ts$'],
        reachable: false,
      },
    },
  ];
}
