import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type SettingsFile, settingsFileSchema } from './settings-schema.ts';

/** What an engine runs with: the settings file, the environment and where the data is. */
export interface EngineSettings extends SettingsFile {
  /** Absolute path. */
  readonly dataFolder: string;
}

/** The settings cannot be used. `message` is one line that names the key or the folder. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const prefix = 'PEDKAI_';
const objectSchema = z.record(z.string(), z.unknown());

/**
 * Reads `config.json` in the data folder and the overrides `PEDKAI_SECTION__KEY` (for example `PEDKAI_HTTP__PORT`),
 * and makes the folder when it does not exist. Throws SettingsError with one line that says what is wrong.
 */
export function loadSettings(dataFolder: string, env: Readonly<Record<string, string | undefined>>): EngineSettings {
  const folder = path.resolve(dataFolder);
  makeWritable(folder);
  const file = path.join(folder, 'config.json');
  const merged = withOverrides(readFile(file), env);
  const parsed = settingsFileSchema.safeParse(merged);
  if (!parsed.success) throw new SettingsError(`${file} or environment: ${describe(parsed.error)}`);
  return { ...parsed.data, dataFolder: folder };
}

function makeWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SettingsError(
      `The data folder ${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function readFile(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new SettingsError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return objectSchema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it must be one JSON object';
    throw new SettingsError(`${file} is not a settings file: ${why}`);
  }
}

/** Known sections only: other programs' variables may start the same way (PEDKAI_CHROMIUM is the tests'). */
function withOverrides(
  settings: Record<string, unknown>,
  env: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const merged = structuredClone(settings);
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(prefix) || !name.includes('__') || value === undefined) continue;
    const keys = name.slice(prefix.length).toLowerCase().split('__');
    const last = keys.pop();
    if (last === undefined) continue;
    let section = merged;
    for (const key of keys) {
      const next = objectSchema.safeParse(section[key]);
      const held = next.success ? next.data : {};
      section[key] = held;
      section = held;
    }
    section[last] = last === 'names' ? value.split(',') : value;
  }
  return merged;
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'the settings do not fit';
  if (issue.code === 'unrecognized_keys') return `unknown key ${[...issue.path, issue.keys[0]].join('.')}`;
  return `${issue.path.join('.')}: ${issue.message}`;
}
