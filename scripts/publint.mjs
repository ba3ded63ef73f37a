// Checks what each package would publish, as npm would pack it.
import { readdirSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

let failures = 0;
for (const name of readdirSync('packages').sort()) {
  const { messages, pkg } = await publint({ pkgDir: `packages/${name}`, strict: true, pack: 'pnpm' });
  for (const message of messages) console.error(`${name}: ${formatMessage(message, pkg)}`);
  failures += messages.length;
}
console.log(`publint: ${failures === 0 ? 'no complaints' : `${failures} complaints`}`);
process.exitCode = failures === 0 ? 0 : 1;
