import * as z from 'zod';

/** A JSON schema as a document writes it. */
export type RawSchema = unknown;

const schemas = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() })).default({});
const reference = z.looseObject({ $ref: z.string().optional() });
const parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z.unknown().optional(),
});
const header = z.looseObject({ required: z.boolean().default(false) });
const security = z.array(z.record(z.string(), z.array(z.string())));
const operation = z.looseObject({
  parameters: z.array(reference).default([]),
  requestBody: reference.optional(),
  responses: z.record(z.string(), reference).default({}),
  security: security.optional(),
});
const body = z.looseObject({ required: z.boolean().default(false), content });
const answer = z.looseObject({ headers: z.record(z.string(), reference).default({}), content });
const document = z.looseObject({
  openapi: z.string(),
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  paths: z.record(z.string(), z.looseObject({ parameters: z.array(reference).default([]) })),
  security: security.default([]),
});

/** What a media type holds, by its name without parameters. */
export type Content = ReadonlyMap<string, RawSchema>;
export type Parameter = { name: string; in: string; required: boolean; schema: RawSchema };
export type Answer = { headers: ReadonlyMap<string, { required: boolean }>; content: Content };
export type Operation = {
  method: string;
  path: string;
  parameters: readonly Parameter[];
  body: { required: boolean; content: Content } | undefined;
  answers: ReadonlyMap<string, Answer>;
  /** Ways to be let in, each a set of schemes with roles; none is needed where one is empty. */
  security: readonly Readonly<Record<string, readonly string[]>>[];
  /** What a reference within its document leads to. */
  find(reference: string): unknown;
};

/** What clients depend on, by method and path, whose parameters have no names there. */
export type Api = ReadonlyMap<string, Operation>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads an OpenAPI document of version 3; throws a `ZodError` if it is none. */
export function readDocument(text: unknown): Api {
  const { servers, paths, security } = document.parse(text);
  const find = (reference: string) => at(text, reference);
  const base = basePathOf(servers[0]?.url);
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      if (item[method] === undefined) continue;
      const read = operation.parse(item[method]);
      const made = {
        method: method.toUpperCase(),
        path: base + path,
        parameters: readParameters([...item.parameters, ...read.parameters], find),
        body: read.requestBody && readBody(follow(read.requestBody, find)),
        answers: new Map(
          Object.entries(read.responses).map(([status, each]) => [
            status,
            readAnswer(follow(each, find), find),
          ]),
        ),
        security: read.security ?? security,
        find,
      };
      operations.set(`${made.method} ${made.path.replace(/\{[^}]*\}/g, '{}')}`, made);
    }
  }
  return operations;
}

type Find = Operation['find'];

const follow = (value: { $ref?: string | undefined }, find: Find): unknown =>
  value.$ref === undefined ? value : find(value.$ref);

/** A parameter of the operation takes the place of one of the path. */
function readParameters(raw: readonly z.infer<typeof reference>[], find: Find): Parameter[] {
  const parameters = raw.map((each) => parameter.parse(follow(each, find)));
  const byName = new Map(parameters.map((each) => [`${each.in} ${each.name}`, each]));
  return [...byName.values()].map(({ name, in: place, required, schema }) => ({
    name,
    in: place,
    required,
    schema,
  }));
}

function readBody(raw: unknown): NonNullable<Operation['body']> {
  const { required, content } = body.parse(raw);
  return { required, content: readContent(content) };
}

function readAnswer(raw: unknown, find: Find): Answer {
  const { headers, content } = answer.parse(raw);
  const named = Object.entries(headers).map(
    ([name, each]) => [name.toLowerCase(), header.parse(follow(each, find))] as const,
  );
  return { headers: new Map(named), content: readContent(content) };
}

const readContent = (raw: z.infer<typeof content>): Content =>
  new Map(
    Object.entries(raw).map(([type, { schema }]) => [type.split(';')[0]?.trim() ?? type, schema]),
  );

/** The path that a server adds to those of the document; where it stands itself has no meaning. */
function basePathOf(url = '/'): string {
  const { pathname } = new URL(url, 'http://localhost/');
  return pathname.replace(/\/$/, '');
}

/** The value that a JSON pointer leads to. */
function at(text: unknown, reference: string): unknown {
  const steps = reference.replace(/^#\//, '').split('/');
  return steps.reduce<unknown>((value, step) => {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    return schemas.safeParse(value).data?.[name];
  }, text);
}
