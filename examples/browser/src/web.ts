/** Builds the page, serves it and says where; Ctrl-C ends it. A number as argument is the port. */
import { servePage } from './serve-page.js';

const [port] = process.argv.slice(2);
const { address, stop } = await servePage(port === undefined ? undefined : Number(port));
console.log(`Open ${address} in a browser; Ctrl-C ends this.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stop().then(() => process.exit(0)));
