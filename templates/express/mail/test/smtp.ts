import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type Received = { to: string[]; content: string };

/** A mail server on a port of its own. `behaviour` replaces how it handles a mail. */
export async function startSmtp(behaviour: Partial<SMTPServerOptions> = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    // A client that waits for a reply does not keep it.
    closeTimeout: 100,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      text(stream).then(
        (content) => {
          received.push({ to, content });
          done();
        },
        (error: Error) => done(error),
      );
    },
    ...behaviour,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A mail server that takes the content of a mail and breaks the connection without a reply. */
export async function startForgetful() {
  const server = createServer((socket) => {
    let isContent = false;
    socket.on('error', () => undefined);
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (isContent) {
        if (text.endsWith('\r\n.\r\n')) socket.destroy();
        return;
      }
      isContent = text.startsWith('DATA');
      socket.write(isContent ? '354 go on\r\n' : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A reply of the server that refuses a command. */
export const reply = (responseCode: number, message = 'no') =>
  Object.assign(new Error(message), { responseCode });
