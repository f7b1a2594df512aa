import { once } from 'node:events';
import { connect } from 'node:net';

/** A POST whose body stops half way until `finish` is called; the answer as it comes off the wire. */
export function slowPost(baseUrl: string, path: string, data: unknown) {
  const { hostname, port } = new URL(baseUrl);
  const body = JSON.stringify({ data });
  const half = Math.floor(body.length / 2);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => undefined).on('close', () => resolve());
  });
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${hostname}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, half)}`);
  return {
    finish: () => socket.write(body.slice(half)),
    answer: async () => {
      await closed;
      return answer;
    },
  };
}

/** Asks until the answer has the status; how long that took, in milliseconds. */
export async function waitForStatus(url: string, status: number, patience = 15_000) {
  const startedAt = performance.now();
  for (;;) {
    const answer = await fetch(url).then(
      (response) => response.status,
      () => undefined,
    );
    const elapsed = performance.now() - startedAt;
    if (answer === status) return elapsed;
    if (elapsed > patience) throw new Error(`${url} answers ${answer}, not ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A connection as a balancer keeps it: whatever is sent, and how it ends, is up to the test. */
export function openConnection(baseUrl: string) {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect(Number(port), hostname);
  let text = '';
  let isClosed = false;
  socket.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  socket
    .on('error', () => undefined)
    .on('close', () => {
      isClosed = true;
    });
  return {
    opened: once(socket, 'connect'),
    get: (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`),
    send: (bytes: string) => socket.write(bytes),
    /** The heads and bodies of all answers so far. */
    answers: () => text.split(/(?=HTTP\/1\.1 \d{3} )/).filter((answer) => answer !== ''),
    isClosed: () => isClosed,
  };
}
