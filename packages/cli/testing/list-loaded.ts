const list = `
import Module from 'node:module';
process.on('exit', () => {
  const paths = Object.keys(Module._cache).join('\\n');
  const names = new Set([...paths.matchAll(/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*node_modules)/g)].map(([, name]) => name));
  process.stderr.write(JSON.stringify([...names]));
});`;

/** Flags of Node with which a process writes the CommonJS packages that it loaded to standard error, as a list in JSON. */
export const listLoaded = ['--import', `data:text/javascript,${encodeURIComponent(list)}`];
