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
      'outgoing-looks-down',
      '^server/outgoing/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(outgoing|domain)/|^server/errors\\.ts$' },
      'This room posts what it is given; a flow decides what and to whom.',
    ),
    never(
      'tables-look-down',
      '^server/tables/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(tables|domain)/' },
      'This room reads and writes files; what their rows mean is the domain, what becomes of them a flow.',
    ),
    never(
      'outgoing-home',
      { path: '^(server|jobs)/', pathNot: '^server/(outgoing|wecom)/|^server/listen\\.ts$|^server/sandbox/' },
      { path: '^(node:)?(http|https)$', dependencyTypes: ['core'], dependencyTypesNot: [type] },
      "Requests to other people's servers leave through context.outgoing, which guards our own network.",
    ),
    never(
      'flows-never-call-flows',
      { path: '^server/flows/([^/]+)/([^/]+)\\.ts$' },
      { path: '^server/flows/', pathNot: '^server/flows/$1/$2\\.ts$' },
      'What two flows share is a fact (domain) or a shelf (store); a chain of flows is written at the door.',
    ),
    never(
      'flows-hold-types-only',
      '^server/flows/',
      {
        path: '^server/(context|store|wecom|outgoing)',
        pathNot: '^server/wecom/error\\.ts$',
        dependencyTypesNot: [type],
      },
      'Ask for it in Pick<Context, …>; import only its type.',
    ),
    never(
      'flows-know-no-door',
      '^server/flows/',
      '^(server/(api|callback|http|cli|sandbox|embedded-db)/|jobs/|sidebar/)',
      'A flow never calls back up.',
    ),
    never(
      'flows-have-no-libraries',
      '^server/flows/',
      { path: 'node_modules/', dependencyTypesNot: [type] },
      'A flow arranges; libraries live in the cupboards.',
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
      { path: '^server/(store|wecom|outgoing|callback|cli|sandbox|embedded-db)/' },
      'A route is path, contract, flow.',
    ),
    never(
      'callback-goes-through-flows',
      '^server/callback/',
      {
        path: '^server/(store|wecom|outgoing|api|cli|sandbox|embedded-db)/',
        pathNot: '^server/wecom/crypto\\.ts$',
        dependencyTypesNot: [type],
      },
      'Keep, answer, dispatch: work belongs to a flow.',
    ),
    never(
      'jobs-go-through-flows',
      '^(jobs|server/cli)/',
      {
        path: '^server/(store|wecom|outgoing|api|http|callback)/',
        pathNot: '^server/callback/(work-on-event|queue)\\.ts$',
        dependencyTypesNot: [type],
      },
      'Select, try a flow, count.',
    ),
    never(
      'embedded-db-is-an-outbuilding',
      '^server/embedded-db/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/embedded-db/' },
      'It is reached over the MongoDB protocol only.',
    ),
    never(
      'nobody-imports-embedded-db',
      {
        path: '^(server|jobs|sidebar)/',
        pathNot: '^server/(embedded-db/|open-database\\.ts$|old-sandbox\\.ts$|main\\.ts$|cli/)',
      },
      '^server/embedded-db/',
      'Use MONGODB_URI.',
    ),
    never(
      'sandbox-is-an-outbuilding',
      '^server/sandbox/',
      { path: '^(server|jobs|sidebar)/', pathNot: '^server/(sandbox|domain)/|^server/wecom/crypto\\.ts$' },
      "The sandbox is written from the platform's facts, not from our client.",
    ),
    never(
      'nobody-imports-sandbox',
      {
        path: '^(server|jobs|sidebar)/',
        pathNot: '^server/(sandbox/|open-platform\\.ts$|load-sandbox-book\\.ts$|main\\.ts$|cli/)',
      },
      '^server/sandbox/',
      'The product assumes nothing about the sandbox.',
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
    only('mongoose-home', '^server/(store/|open-database\\.ts$)', 'mongoose', 'mongodb', 'ioredis'),
    only('axios-home', '^server/(wecom/|open-context\\.ts$)', 'axios'),
    only(
      'koa-home',
      '^server/(http|api|callback|sandbox|app\\.ts)',
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
    only('embedded-libraries', '^server/embedded-db/', 'bson', 'lmdb', 'mingo'),
    only('page-libraries', '^(sidebar|server/sandbox/client)/', 'vue', '@wecom/jssdk', 'weui'),
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
