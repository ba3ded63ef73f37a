/** Builds the page, serves it and says where; Ctrl-C ends it. A number as argument is the port. */
import { servePage } from './serve-page.js';

const [port] = process.argv.slice(2);
if (port !== undefined && !(/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65_536)) {
  console.error(`The port is a whole number from 1 to 65535, such as 8000, not ${port}.`);
  process.exitCode = 2;
} else {
  const { address, stop } = await servePage(port === undefined ? undefined : Number(port));
  console.log(`Open ${address} in a browser; Ctrl-C ends this.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stop().then(() => process.exit(0)));
}
