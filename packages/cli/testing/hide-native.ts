const hide = `
import Module from 'node:module';
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  if (String(name).startsWith('@tensorflow/tfjs-node'))
    throw Object.assign(new Error('hidden by a test'), { code: 'MODULE_NOT_FOUND' });
  return resolve.call(this, name, ...rest);
};`;

/** Flags of Node with which a process does not find the packages of the native engine, as on a machine without them. */
export const hideNative = ['--import', `data:text/javascript,${encodeURIComponent(hide)}`];
