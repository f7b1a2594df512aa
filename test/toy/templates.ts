/** The three templates of the toy: a project, an endpoint, a migration. Its comments begin with `--`. */
export const project = `-- {{name}} answers below {{basePath}}.
-- tool: {{tool}}
local app = require("toy").app("{{basePath}}")

return app
`;

/** An earlier version of the toy did not say what an endpoint is for. */
const first = process.env.TOY_VERSION === 'first';

export const endpoint = `{{#if isFirst}}
-- {{humanPlural}}
{{else}}
-- What callers do with {{humanPlural}}.
{{/if}}
local {{plural}} = require("toy").resource("{{path}}")

{{#each fields}}
{{resource}}.field("{{name}}", "{{type}}")
{{/each}}

return {{plural}}
`;

export const isFirst = first;

export const migration = `-- up
{{#each up}}
{{text}};
{{/each}}
-- down
{{#each down}}
{{text}};
{{/each}}
`;
