import { nativeEngineIsLinked } from './native-engine.js';

/** Says before the tests on which engines they run. */
export default function announceEngines(): void {
  console.log(
    nativeEngineIsLinked()
      ? 'engines under test: cpu, wasm, native'
      : 'engines under test: cpu, wasm (native is not on this machine: `pnpm whereabouts doctor` says why)',
  );
}
