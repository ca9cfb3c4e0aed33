/**
 * The house rules of architecture.md §1 and §4: stairs go down only. Each comment names the cure.
 */
const type = 'type-only';
const lib = (...names) => ({ path: names.map((name) => `node_modules/(@types/)?${name}/`).join('|') });
const only = (name, room, ...libraries) => ({
  name,
  comment: `One home per library: only ${room} may touch ${libraries.join(', ')}. Move the code there, or pass the result in.`,
  severity: 'error',
  from: { path: '^(server|jobs|sidebar)/', pathNot: room },
  to: { ...lib(...libraries), dependencyTypesNot: [type] },
});
const never = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: typeof from === 'string' ? { path: from } : from,
  to: typeof to === 'string' ? { path: to } : to,
});

/**
 * Flows by their nouns, lowest first. A flow may call flows of lower floors and of its own noun, so that a chain passes through three nouns
 * at most, and never in a ring.
 */
const FLOW_FLOORS = [
  [
    'absences',
    'api-keys',
    'audit',
    'calendars',
    'channels',
    'groups',
    'health',
    'imports',
    'notices',
    'playbook',
    'pushes',
    'sessions',
    'settings',
    'syncs',
    'tags',
    'tasks',
    'warnings',
  ],
  ['accounts', 'cadence', 'pool', 'complaints'],
  [
    'contacts',
    'events',
    'books',
    'exports',
    'doctor',
    'digests',
    'reminders',
    'nps',
    'follow-ups',
    'promises',
    'questions',
    'orders',
    'contracts',
    'opportunities',
    'payments',
    'staff',
    'transfers',
    'webhooks',
    'backup',
  ],
];

module.exports = {
  forbidden: [
    never(
      'no-circular',
      '^(server|jobs|sidebar)/',
      { circular: true },
      'Two rooms lean on each other: move what both need one floor down.',
    ),
    never(
      'no-orphans',
      { orphan: true, path: '^(server|jobs|sidebar)/', pathNot: '(main|worker)\\.ts$|\\.d\\.ts$' },
      {},
      'Nobody uses this file: delete it or wire it.',
    ),
    never(
      'nobody-imports-test',
      '^(server|jobs|sidebar)/',
      '^test/',
      'Product code never depends on tests: move the thing into the product.',
    ),
    never(
      'domain-knows-nobody',
      '^server/domain/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/domain/' },
      'The domain is pure: pass the fact in as an argument.',
    ),
    never(
      'domain-has-no-libraries',
      '^server/domain/',
      { path: 'node_modules/', pathNot: 'node_modules/chinese-days/' },
      'Only a working-day calendar may be used here.',
    ),
    never(
      'domain-is-not-node',
      '^server/domain/',
      { dependencyTypes: ['core'] },
      'Not even node: – pass clocks, ids and hashes in.',
    ),
    never(
      'store-looks-down',
      '^server/store/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(store|domain)/|^server/errors\\.ts$' },
      'A shelf keeps things; decisions belong to a flow.',
    ),
    never(
      'wecom-looks-down',
      '^server/wecom/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(wecom|domain)/|^server/errors\\.ts$' },
      'The client speaks to WeCom only; a flow combines it with the store.',
    ),
    never(
      'infra-looks-down',
      '^server/infra/',
      { path: '^(server|jobs|sidebar|packages)/', pathNot: '^server/(infra|domain)/|^server/errors\\.ts$' },
      'What every room needs of a machine: logs, seals, streams, posts to the open internet. It knows no room.',
    ),
    never(
      'outgoing-through-the-context',
      { path: '^(server|jobs)/', pathNot: '^server/boot/open-context\\.ts$' },
      { path: '^server/infra/create-outgoing\\.ts$', dependencyTypesNot: [type] },
      'One door to the open internet: use context.outgoing.',
    ),
    never(
      'tables-look-down',
      '^server/tables/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(tables|domain)/' },
      'This room reads and writes files; what their rows mean is the domain, what becomes of them a flow.',
    ),
    never(
      'outgoing-home',
      { path: '^(server|jobs)/', pathNot: '^server/(infra|wecom)/|^server/boot/listen\\.ts$' },
      { path: '^(node:)?(http|https)$', dependencyTypes: ['core'], dependencyTypesNot: [type] },
      "Requests to other people's servers leave through context.outgoing, which guards our own network.",
    ),
    ...FLOW_FLOORS.flatMap((nouns, floor) => [
      never(
        `flows-of-floor-${floor}-look-down`,
        { path: `^server/flows/(${nouns.join('|')})/` },
        {
          path: '^server/flows/([^/]+)/',
          pathNot: [
            '^server/flows/$1/',
            ...FLOW_FLOORS.slice(0, floor).map((below) => `^server/flows/(${below.join('|')})/`),
          ],
        },
        'A flow may call flows of its own noun, and of nouns on a lower floor (FLOW_FLOORS above); else the chain belongs to a flow higher up.',
      ),
    ]),
    never(
      'flows-have-a-floor',
      { path: '^server/(api|callback|cli)/|^jobs/' },
      { path: '^server/flows/', pathNot: FLOW_FLOORS.flat().map((noun) => `^server/flows/${noun}/`) },
      'Say in FLOW_FLOORS on which floor this noun stands.',
    ),
    never(
      'flows-hold-types-only',
      '^server/flows/',
      {
        path: '^server/(context|store|wecom|infra/create-outgoing)',
        pathNot: '^server/wecom/client/error\\.ts$',
        dependencyTypesNot: [type],
      },
      'Ask for it in Pick<Context, …>; import only its type.',
    ),
    never(
      'flows-know-no-door',
      '^server/flows/',
      {
        path: '^(server/(api|callback|http|cli|boot|demo)/|jobs/|sidebar/|packages/)',
        dependencyTypesNot: [type],
      },
      'A flow never calls back up.',
    ),
    never(
      'flows-have-no-libraries',
      '^server/flows/',
      { path: 'node_modules/', dependencyTypesNot: [type] },
      'A flow arranges; libraries live in the cupboards.',
    ),
    never(
      'routes-open-what-they-name',
      { path: '^server/api/', pathNot: '^server/api/(api-endpoint|openapi|permit|survey)\\.ts$' },
      '^server/http/endpoint\\.ts$',
      'Use apiEndpoint: it opens what the contract of the route loads, for the caller, before the handler runs.',
    ),
    never(
      'http-is-generic',
      '^server/http/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(http/|errors\\.ts$|domain/well-formed\\.ts$)' },
      'Middleware knows requests, not customers.',
    ),
    never(
      'api-goes-through-flows',
      '^server/api/',
      { path: '^(server/(store|wecom|callback|cli|boot|demo)|packages)/' },
      'A route is path, contract, flow.',
    ),
    never(
      'callback-goes-through-flows',
      '^server/callback/',
      {
        path: '^(server/(store|wecom|api|cli|boot|demo)|packages)/',
        pathNot: '^server/wecom/client/crypto\\.ts$',
        dependencyTypesNot: [type],
      },
      'Keep, answer, dispatch: work belongs to a flow.',
    ),
    never(
      'jobs-go-through-flows',
      '^(jobs|server/cli)/',
      {
        path: '^server/(store|wecom|api|http|callback)/',
        pathNot: '^server/callback/(work-on-event|queue)\\.ts$',
        dependencyTypesNot: [type],
      },
      'Select, try a flow, count.',
    ),
    never(
      'packages-know-nobody',
      '^packages/([^/]+)/',
      { path: '^(server|jobs|sidebar|test|packages)/', pathNot: '^packages/$1/' },
      'A package stands alone: a stranger can use it without Genjin.',
    ),
    never(
      'nobody-opens-the-embedded-database',
      {
        path: '^(server|jobs|sidebar)/',
        pathNot: '^server/(boot/(open-database|old-sandbox)|cli/database)\\.ts$',
      },
      '^packages/embedded-mongo/',
      'It is reached over the MongoDB protocol only: use the connection.',
    ),
    never(
      'nobody-knows-the-sandbox',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/demo/' },
      '^packages/wecom-sandbox/',
      'The product assumes nothing about the platform it works with.',
    ),
    never(
      'demo-looks-down',
      '^server/demo/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(demo|domain|flows)/|^server/context\\.ts$' },
      'The demo book is made of facts and kept by flows, as anybody else is.',
    ),
    never(
      'nobody-knows-the-demo',
      {
        path: '^(server|jobs|sidebar)/',
        pathNot: '^server/(demo/|boot/open-platform\\.ts$|main\\.ts$|cli/)|^jobs/main\\.ts$',
      },
      '^server/demo/',
      'The product works the same without a demo book.',
    ),
    never(
      'boot-is-for-mains',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(boot/|cli/|main\\.ts$)|^jobs/main\\.ts$' },
      { path: '^server/boot/', dependencyTypesNot: [type] },
      'Opening and closing is done by who starts the process; everybody else is given what was opened.',
    ),
    never(
      'pages-know-contracts-only',
      '^sidebar/',
      { path: '^(server|jobs)/', pathNot: '^server/api/contract/' },
      'Pages talk HTTP; of the server they may use contract types.',
    ),
    never(
      'pages-take-types-only',
      '^sidebar/',
      { path: '^server/api/contract/', dependencyTypesNot: [type] },
      'import type: zod must not reach the page.',
    ),
    only('mongoose-home', '^server/(store/|boot/open-database\\.ts$)', 'mongoose', 'mongodb', 'ioredis'),
    only('axios-home', '^server/(wecom/|boot/open-context\\.ts$)', 'axios'),
    only(
      'koa-home',
      '^server/(http|api|callback|app\\.ts)',
      'koa',
      '@koa/router',
      'koa-static',
      'koa-mount',
      'koa-compress',
      '@koa/bodyparser',
      'raw-body',
    ),
    only('tables-home', '^server/tables/', 'csv-parse', 'yauzl', 'yazl', 'saxes'),
    only('cron-home', '^jobs/', 'node-cron', 'croner'),
    only('xml-home', '^server/callback/', 'fast-xml-parser'),
    only('embedded-libraries', '^packages/embedded-mongo/', 'bson', 'lmdb'),
    only('page-libraries', '^sidebar/', 'vue', '@wecom/jssdk', 'weui'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|docs)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.json'],
    },
  },
};
