export { describeMachine, type MachineDescription } from './describe-machine.js';
export { type Diagnosis, doctor } from './doctor.js';
export { installNative, type NativeInstallation } from './native/install-native.js';
export { type NativeSource, nativeSources } from './native/native-sources.js';
export { type BackendName, type OpenBackend, openBackend, type SkippedBackend } from './open-backend.js';
