import util from 'node:util';

/**
 * What the JavaScript of tfjs-node 4.22 calls and newer Nodes took away: Node 23 removed `isNullOrUndefined`, Node 22
 * warns of it at every start, and `isArray` is next in line.
 */
const removedFunctions = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
};

/** First Node whose `util` needs the shim. */
const firstNode = 22;

/** Whether tfjs-node needs the shim on this version of Node, such as `24.1.0`. */
export function needsNodeShim(version: string = process.versions.node): boolean {
  return Number.parseInt(version, 10) >= firstNode;
}

/** Gives `node:util` back the functions that tfjs-node calls; done before it is loaded, never at import. */
export function shimNode(version: string = process.versions.node): void {
  if (needsNodeShim(version)) Object.assign(util, removedFunctions);
}
