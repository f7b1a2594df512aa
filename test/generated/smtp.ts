import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

type Session = { envelope: { rcptTo: { address: string }[] } };
type Options = {
  authOptional: boolean;
  closeTimeout: number;
  disabledCommands: string[];
  onData(stream: AsyncIterable<Buffer>, session: Session, done: () => void): void;
};
type Smtp = {
  server: Server;
  listen(port: number, host: string): void;
  close(done: () => void): void;
};

/** A mail server, by the package that the generated project brings along, and what it has received. */
export async function startSmtp(project: string, port = 0) {
  const require = createRequire(join(project, 'package.json'));
  const { SMTPServer }: { SMTPServer: new (options: Options) => Smtp } = require('smtp-server');
  const received: { to: string[]; content: string }[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    // Connections that are kept for the next mail do not keep the server.
    closeTimeout: 100,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      void text(stream).then((content) => {
        received.push({ to, content });
        done();
      });
    },
  });
  smtp.listen(port, '127.0.0.1');
  await once(smtp.server, 'listening');
  const address = smtp.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  const mailsTo = (email: string) => received.filter(({ to }) => to.includes(email));
  /** The mail to an address that comes next after `count` of them. */
  async function mailTo(email: string, count = 0): Promise<string> {
    for (let waited = 0; waited < 20_000; waited += 50) {
      const mail = mailsTo(email)[count];
      // Long lines are broken as quoted-printable says.
      if (mail) return mail.content.replace(/=\r\n/g, '').replace(/=3D/g, '=');
      await sleep(50);
    }
    throw new Error(`no mail has come to ${email}`);
  }

  return {
    port: address.port,
    received,
    mailTo,
    /** The token in the link of that mail. */
    async tokenTo(email: string, count = 0): Promise<string> {
      const [, token] = /#token=([\w-]{43})/.exec(await mailTo(email, count)) ?? [];
      if (token === undefined) throw new Error('the mail has no link');
      return token;
    },
    stop: () => new Promise<void>((resolve) => smtp.close(() => resolve())),
  };
}
