import { protocolSchema } from '#libs/counter';
import { batchSchema } from '#libs/intake';
import { SERVICES } from '#platform/service';
import { eventsPage } from './events.js';
import { permissionsPage } from './permissions.js';
import { reportsPage } from './reports.js';
import { printWhole, schemaOf } from './schema.js';

/** Path and content of every generated file that needs nothing but the sources. */
export function generatedPages(): [path: string, text: string][] {
  return [
    ...SERVICES.map((service): [string, string] => [
      `apps/${service}/schema.graphql`,
      printWhole(schemaOf(service)),
    ]),
    ['docs/permissions.md', permissionsPage()],
    ['docs/events.md', eventsPage()],
    ['docs/intake.schema.json', `${JSON.stringify(batchSchema(), null, 2)}\n`],
    ['docs/counter-protocol.v1.schema.json', `${JSON.stringify(protocolSchema(), null, 2)}\n`],
    ['docs/reports.md', reportsPage()],
  ];
}
