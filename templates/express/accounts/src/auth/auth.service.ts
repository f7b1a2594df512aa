import type { Database } from '../db/database.ts';
import { unauthenticated, validationError } from '../http/errors.ts';
import { createUsersRepository } from '../modules/users/users.repository.ts';
import type { ChangePassword, Credentials, LoggedIn, Register } from './auth.schema.ts';
import type { Origin } from './origin.ts';
import { weaknessOf } from './password-strength.ts';
import type { Passwords } from './passwords.ts';
import { type Caller, defaultRole } from './roles.ts';
import type { IssuedTokens, Sessions } from './sessions.ts';

/** Registration, login, logout and password changes. Logs security events under `security`. */
export function createAuthService(db: Database, sessions: Sessions, passwords: Passwords) {
  const users = createUsersRepository(db);
  const nobodysHash = passwords.hashOfNobody();

  /** Every failure gets the same response, so that it does not reveal which accounts exist. */
  async function logIn(credentials: Credentials, { userAgent, log }: Origin): Promise<LoggedIn> {
    const { email, password } = credentials;
    const found = await users.findCredentials({ email });
    const verdict = await passwords.verify(found?.passwordHash ?? (await nobodysHash), password);
    if (!found || verdict === 'wrong' || found.disabledAt !== null) {
      log.warn({ security: 'login_failed', userId: found?.id }, 'login failed');
      throw unauthenticated('Wrong e-mail address or password');
    }
    const { passwordHash, ...user } = found;
    const isOutdated = verdict === 'outdated';
    const current = isOutdated ? await renewHash(user.id, passwordHash, password) : passwordHash;
    const tokens =
      current &&
      (await sessions.openIfUnchanged({ id: user.id, passwordHash: current }, userAgent));
    // The user has changed since they were read, so check the credentials again.
    if (!tokens) return logIn(credentials, { userAgent, log });
    log.info({ security: 'login_ok', userId: user.id }, 'login');
    return { user, ...tokens };
  }

  /** The new hash; undefined if the password has been changed in the meantime. */
  async function renewHash(id: string, before: string, password: string) {
    const after = await passwords.hash(password);
    return (await users.renewPasswordHash({ id, before, after })) ? after : undefined;
  }

  return {
    logIn,

    async register(
      { email, password, ...profile }: Register,
      { userAgent, log }: Origin,
    ): Promise<LoggedIn> {
      await requireStrong('password', password, email);
      const passwordHash = await passwords.hash(password);
      const registered = await db.transaction().execute(async (trx) => {
        const newUser = { ...profile, email, passwordHash, role: defaultRole };
        const user = await createUsersRepository(trx).insert(newUser);
        return { user, ...(await sessions.begin(trx, user, userAgent)) };
      });
      log.info({ security: 'registered', userId: registered.user.id }, 'registered');
      return registered;
    },

    async refresh(refreshToken: string, { log }: Origin): Promise<IssuedTokens> {
      const refreshed = await sessions.refresh(refreshToken);
      if (refreshed.outcome === 'refreshed') return refreshed.tokens;
      if (refreshed.outcome === 'repeated') {
        const { userId, sessionId, tokens } = refreshed;
        log.info({ security: 'token_repeated', userId, sessionId }, 'same tokens again');
        return tokens;
      }
      if (refreshed.outcome === 'reused') {
        const { userId, sessionId } = refreshed;
        log.warn(
          { security: 'token_reuse', userId, sessionId },
          'session ended: refresh token used again',
        );
      } else {
        log.warn({ security: 'refresh_failed' }, 'refresh failed');
      }
      throw unauthenticated('The refresh token is invalid or has expired');
    },

    async logOut({ id, sessionId }: Caller, { log }: Origin): Promise<void> {
      await sessions.end(id, sessionId);
      log.info({ security: 'logout', userId: id, sessionId }, 'logout');
    },

    async logOutEverywhere({ id }: Caller, { log }: Origin): Promise<void> {
      await sessions.endAll(id);
      log.info({ security: 'logout_all', userId: id }, 'logout of every session');
    },

    /** Ends all other sessions of the user, since the old password may be known to others. */
    async changePassword(caller: Caller, given: ChangePassword, { log }: Origin): Promise<void> {
      const { id: userId, sessionId } = caller;
      const user = await users.findCredentials({ id: userId });
      const verdict = user && (await passwords.verify(user.passwordHash, given.currentPassword));
      if (!user || verdict === 'wrong') {
        log.warn({ security: 'password_change_failed', userId }, 'password not changed');
        throw validationError([{ field: 'currentPassword', message: 'The current password is incorrect' }]);
      }
      await requireStrong('newPassword', given.newPassword, user.email);
      const after = await passwords.hash(given.newPassword);
      const change = { id: userId, before: user.passwordHash, after };
      if (!(await users.changePassword(change, sessionId))) {
        throw validationError([
          { field: 'currentPassword', message: 'The password has been changed by another request' },
        ]);
      }
      sessions.forget(userId);
      log.info({ security: 'password_changed', userId }, 'password changed');
    },
  };
}

async function requireStrong(field: string, password: string, email: string): Promise<void> {
  const message = await weaknessOf(password, email);
  if (message) throw validationError([{ field, message }]);
}
