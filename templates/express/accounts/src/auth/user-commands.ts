import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Database } from '../db/database.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import { newProfile, userEmail } from '../modules/users/users.schema.ts';
import { weaknessOf } from './password-strength.ts';
import { newPassword, type Passwords } from './passwords.ts';
import { defaultRole, roles } from './roles.ts';

const usage = `Expected one of these:
  create   --email ada@example.com [--role ${roles.join('|')}] [--profile '{…}']
  set-role --email ada@example.com --role ${roles.join('|')}
  disable  --email ada@example.com
  enable   --email ada@example.com`;

const options = {
  email: { type: 'string' },
  role: { type: 'string' },
  profile: { type: 'string', default: '{}' },
} as const;
const emailOption = z.object({ email: userEmail });
const roleOption = emailOption.extend({ role: z.enum(roles) });
const createOptions = emailOption.extend({ role: z.enum(roles).default(defaultRole) });

type Parts = { db: Database; passwords: Passwords; readPassword: () => Promise<string> };

/** Manages users from the command line, for example to create the first administrator. */
export async function runUserCommand(args: string[], parts: Parts): Promise<string> {
  const { positionals, values: given } = parseArgs({ args, options, allowPositionals: true });
  const { profile, ...values } = given;
  const [command, ...rest] = positionals;
  if (rest.length > 0) throw new Error(usage);
  const users = createUsersRepository(parts.db);

  async function idOf(email: string): Promise<string> {
    const user = await users.findCredentials({ email });
    if (!user) throw new Error(`There is no user ${email}`);
    return user.id;
  }

  switch (command) {
    case 'create': {
      const { email, role } = read(createOptions, values);
      if (await users.findCredentials({ email })) {
        throw new Error(`There is already a user ${email}: use set-role to change the role`);
      }
      const fields = read(newProfile, readJson(profile));
      const { password } = read(z.object({ password: newPassword }), {
        password: await parts.readPassword(),
      });
      const weakness = await weaknessOf(password, email);
      if (weakness) throw new Error(`password: ${weakness}`);
      const passwordHash = await parts.passwords.hash(password);
      await users.insert({ ...fields, email, role, passwordHash });
      return `Created ${email} with the role ${role}`;
    }
    case 'set-role': {
      const { email, role } = read(roleOption, values);
      await users.update(await idOf(email), { role });
      return `${email} now has the role ${role}`;
    }
    case 'disable': {
      const { email } = read(emailOption, values);
      await users.update(await idOf(email), { disabled: true });
      return `${email} is disabled, and all their sessions have ended`;
    }
    case 'enable': {
      const { email } = read(emailOption, values);
      await users.update(await idOf(email), { disabled: false });
      return `${email} is enabled and can log in`;
    }
    default:
      throw new Error(usage);
  }
}

/** The fields of a new user beside the address, as JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('--profile: Expected JSON');
  }
}

function read<T extends z.ZodObject>(schema: T, values: unknown): z.output<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(problems.join('\n'));
}
