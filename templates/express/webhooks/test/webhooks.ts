import { createHmac } from 'node:crypto';

export const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

/** The signature of a delivery, as the service that sends it makes it. */
export function signed(body: string, secret: string, time = secondsFromNow(0)): string {
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return `t=${time},v1=${signature}`;
}
