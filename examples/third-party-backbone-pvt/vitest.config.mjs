import { defineConfig } from 'vitest/config';

// Vitest would else find the configuration of the repository that this folder lies in.
export default defineConfig({});
