#!/usr/bin/env node
// citty reads NO_COLOR when it is loaded, and only the value 1.
if (process.env.NO_COLOR !== undefined || !process.stdout.isTTY) process.env.NO_COLOR = '1';
const { main } = await import('./main.js');
await main(process.argv.slice(2));
