import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const output = mkdtempSync(join(tmpdir(), 'whereabouts-demo-'));
afterAll(() => rmSync(output, { recursive: true, force: true }));

function demo(): string {
  const program = ['--import', 'tsx', '--conditions=@whereabouts/source', 'examples/demo/src/demo.ts'];
  const flags = ['--wasm', '--epochs', '1', '--output', output];
  return execFileSync(process.execPath, [...program, ...flags], { cwd: root, encoding: 'utf8' });
}

describe('the demo', () => {
  it('trains both contenders on WebAssembly and ends with a table', () => {
    const [plain, labelled] = demo()
      .split('\n')
      .filter((line) => line.endsWith('wasm'));
    expect(plain).toMatch(/^without labels +\d+\.\d % \(10\.0 %\) +- +- +\d+ +wasm$/);
    expect(labelled).toMatch(/^with APL \+ RPL +(\d+\.\d % \(\d+\.\d %\) +){3}\d+ +wasm$/);
  });

  it('shows the same table again without training', () => {
    const again = demo();
    expect(again.match(/trained by an earlier demo/g)).toHaveLength(2);
    expect(again).not.toContain('step 50');
    expect(again).toContain('with APL + RPL');
    const page = readFileSync(join(output, 'wasm', 'report.html'), 'utf8');
    expect(page).toContain('<h2>Classes of without-labels</h2>');
    expect(page).toContain('<h2>Places of with-apl-rpl</h2>');
  });
});
