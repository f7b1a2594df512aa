import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameRefusal, resourceNames } from '../../../src/manifest/names.ts';
import { fastapi } from '../../../src/stacks/fastapi/fastapi.ts';
import { toLiteral } from '../../../src/stacks/python/literal.ts';
import {
  attributeName,
  className,
  moduleName,
  variableName,
} from '../../../src/stacks/python/names.ts';
import { toolNote } from '../../../src/stacks/python/tool-note.ts';
import { stacks } from '../../../src/stacks/stacks.ts';
import { accountsManifest } from '../manifests.ts';

const python = (code: string): unknown =>
  JSON.parse(execFileSync('python3', ['-c', code], { encoding: 'utf8' }));

describe('what Python has already has another name in code', () => {
  it('every keyword of the Python at hand', () => {
    const keywords = python('import json, keyword; print(json.dumps(keyword.kwlist))');
    for (const keyword of [keywords].flat().map(String)) {
      for (const nameOf of [attributeName, className, moduleName, variableName]) {
        expect(nameOf(keyword)).toBe(`${keyword}_`);
      }
    }
  });

  it('every builtin function, for arguments and variables', () => {
    const builtins = python(
      "import json, builtins; print(json.dumps([n for n in dir(builtins) if n.islower() and n[0] != '_']))",
    );
    for (const name of [builtins].flat().map(String)) expect(variableName(name)).toBe(`${name}_`);
  });

  it.each([
    ['model_config', 'model_config_'],
    ['copy', 'copy_'],
    ['json', 'json_'],
    ['schema', 'schema_'],
    ['metadata', 'metadata_'],
    ['registry', 'registry_'],
    ['list', 'list_'],
    ['title', 'title'],
    ['type', 'type'],
    ['format', 'format'],
    ['models', 'models'],
  ])('an attribute %s is %s', (column, name) => {
    expect(attributeName(column)).toBe(name);
  });

  it.each(['pass', 'import', 'classes', 'lambda', 'constructor'])(
    'so that an endpoint may be called %s',
    (name) => {
      expect(nameRefusal(resourceNames(name, 'one'), stacks.fastapi.rules)).toBeUndefined();
    },
  );
});

describe('a text in Python', () => {
  it.each(['plain', 'it\'s "so"', "it's", '"so"', 'a\\b', 'a\nb\tc\rd', '${e} {f} %s', 'ü😀'])(
    '%j',
    (text) => {
      const literal = toLiteral(text);
      expect(
        python(
          `import ast, json, sys; print(json.dumps(ast.literal_eval(${JSON.stringify(literal)})))`,
        ),
      ).toBe(text);
    },
  );
});

describe('the name of a project', () => {
  const { nameFault, packageNameFault } = stacks.fastapi.rules;

  it.each(['my-api', 'my_api', 'api2', 'a.b', 'Api'])('%s is fine', (name) => {
    expect(nameFault(name)).toBeUndefined();
  });

  it.each(['', '-a', 'a-', 'a b', 'ä', 'con', '.a', 'Types_zxcvbn'])('%j is none', (name) => {
    expect(nameFault(name)).toMatch(/^Expected /);
    expect(packageNameFault(name)).toMatch(/^Expected /);
  });

  it('is none that a project depends on', () => {
    const made = { ...accountsManifest, stack: 'fastapi', packageManager: 'uv' };
    const files = fastapi.renderProject(made, '1.0.0');
    const text = files.find(({ path }) => path === 'pyproject.toml')?.content ?? '';
    const packages = [...text.matchAll(/"([\w-]+)(?:\[[\w,]+\])?==/g)].map(([, name = '']) => name);
    expect(packages.length).toBeGreaterThan(20);
    for (const name of packages) expect({ name, fault: nameFault(name) }).not.toEqual({ name });
  });
});

describe('the pin of the tool in pyproject.toml', () => {
  const text =
    '[project]\nname = "a"\nversion = "0.1.0"\n\n[tool.create-backend]\nversion = "0.3.0"\n';
  it('is read and written in its place', () => {
    expect(toolNote.read(text)).toBe('0.3.0');
    const next = toolNote.write(text, toolNote.referenceTo({ kind: 'packed', file: 'a.tgz' }));
    expect(next).toBe(text.replace('"0.3.0"', '".backend/a.tgz"'));
    expect(toolNote.isPacked(toolNote.read(next) ?? '')).toBe(true);
    expect(toolNote.read('[project]\nversion = "1"\n')).toBeUndefined();
  });
});

describe('what the bodies of classes name', () => {
  const root = new URL(
    '../../../templates/fastapi/resource/app/modules/[module]/',
    import.meta.url,
  );

  it.each(['models', 'schemas'])('no attribute hides it there: %s', (file) => {
    const template = readFileSync(new URL(`${file}.py.hbs`, root), 'utf8');
    const names = [...template.matchAll(/^from \S+ import ([\w, ]+)$/gm)].flatMap(([, all = '']) =>
      all.split(', '),
    );
    // What decorates a class stands outside of it.
    const called = names.filter((name) => !new RegExp(`\n@${name}\\b`).test(template));
    expect(called.length).toBeGreaterThan(8);
    const isFree = (name: string) => /^[a-z]/.test(name) && attributeName(name) === name;
    expect(called.filter(isFree)).toEqual([]);
  });
});
