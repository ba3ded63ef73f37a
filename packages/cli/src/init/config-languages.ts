import { stringify } from 'yaml';

/** How a config file is written in a language. */
export interface ConfigLanguage {
  readonly comment: string;
  readonly begin: readonly string[];
  readonly group: (name: string) => string;
  /** A setting by name, without a value where that is undefined. */
  readonly setting: (name: string, value: unknown) => string;
  readonly indentation: string;
  readonly endOfGroup: readonly string[];
  readonly end: readonly string[];
}

const yaml: ConfigLanguage = {
  comment: '#',
  begin: [],
  group: (name) => `${name}:`,
  setting: (name, value) =>
    value === undefined ? `${name}:` : `${name}: ${stringify(value, { collectionStyle: 'flow' }).trim()}`,
  indentation: '  ',
  endOfGroup: [],
  end: [],
};

const typescript: ConfigLanguage = {
  comment: '//',
  begin: ["import { defineConfig } from 'whereabouts';", '', 'export default defineConfig({'],
  group: (name) => `  ${name}: {`,
  setting: (name, value) => `${name}: ${typeof value === 'string' ? quoted(value) : JSON.stringify(value)},`,
  indentation: '    ',
  endOfGroup: ['  },'],
  end: ['});'],
};

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/** The language of a config file by its extension. */
export const configLanguages: Readonly<Record<string, ConfigLanguage>> = {
  '.yaml': yaml,
  '.yml': yaml,
  '.ts': typescript,
  '.mts': typescript,
};
