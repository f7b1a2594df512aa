import { chromium, type Page } from 'playwright-core';
import { service } from '../services/service.ts';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Visit = {
  page: Page;
  /** What must not happen: requests that fail, errors, and what the console and the policy say. */
  complaints: string[];
  /** The addresses that were asked for. */
  asked: string[];
  close(): Promise<void>;
};

/** Opens an address in Chromium, and writes down what happens. */
export async function visit(url: string): Promise<Visit> {
  const complaints: string[] = [];
  const asked: string[] = [];
  const browser = await chromium.launch({ executablePath: await service('Chromium'), args });
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  page.on('request', (request) => asked.push(request.url()));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.exposeFunction('tellViolation', (what: string) => complaints.push(what));
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => tellViolation(`${event.violatedDirective}: ${event.blockedURI}`))",
  );
  await page.goto(url);
  return { page, complaints, asked, close: () => browser.close() };
}
