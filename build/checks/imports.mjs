/**
 * Checks what the linter's patterns cannot see: where an import really leads. Imports point one way,
 * shared ← engine ← headless, shell; shared ← renderer. Run by `npm test`; prints each violation, exits 1 if there is one.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { parseSync } from 'vite';

const longestScreenFile = 200;

/** What each part may import: parts of the project, and the two environments that not every part has. */
const parts = [
  { folder: 'src-shared', imports: ['src-shared'], node: false, electron: false },
  { folder: 'src-main/engine', imports: ['src-main/engine', 'src-shared'], node: true, electron: false },
  {
    folder: 'src-main/headless',
    imports: ['src-main/headless', 'src-main/engine', 'src-shared'],
    node: true,
    electron: false,
  },
  {
    folder: 'src-main/shell',
    imports: ['src-main/shell', 'src-main/engine', 'src-shared'],
    node: true,
    electron: true,
  },
  {
    folder: 'src-main/preload',
    imports: ['src-main/preload', 'src-main/shell', 'src-shared'],
    node: false,
    electron: true,
  },
  { folder: 'src-renderer', imports: ['src-renderer', 'src-shared'], node: false, electron: false },
];

/**
 * Every violation below a project's folder, one line each.
 * @param {string} root
 * @returns {string[]}
 */
export function findViolations(root) {
  const aliases = subpathImports(root);
  return parts.flatMap((part) =>
    filesBelow(join(root, part.folder))
      .filter((file) => /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/.test(file))
      .flatMap((file) => {
        const text = readFileSync(file, 'utf8');
        const name = posixPath(relative(root, file));
        return [...importViolations(part, aliases, name, text), ...lengthViolations(name, text)];
      }),
  );
}

/**
 * @param {(typeof parts)[number]} part
 * @param {ReadonlyMap<string, string>} aliases
 * @param {string} file relative to the root
 * @param {string} text
 * @returns {string[]}
 */
function importViolations(part, aliases, file, text) {
  return specifiersIn(file, text).flatMap(({ specifier, line }) => {
    const where = `${file}:${line} imports "${specifier}"`;
    const packageName = specifier.startsWith('@') ? specifier : (specifier.split('/')[0] ?? specifier);
    if (packageName === 'electron') return part.electron ? [] : [`${where}: electron is banned here`];
    if (specifier.startsWith('node:') || builtinModules.includes(packageName)) {
      return part.node ? [] : [`${where}: ${part.folder} runs where there is no Node`];
    }
    const target = resolveInProject(aliases, file, specifier);
    if (target === null) return [];
    if (target === undefined) return [`${where}: no entry of "imports" in package.json covers it`];
    // The version has one place only.
    if (part.node && target === 'package.json') return [];
    const isAllowed = part.imports.some((folder) => target.startsWith(`${folder}/`));
    return isAllowed ? [] : [`${where}: ${part.folder} may import from ${part.imports.join(', ')} only`];
  });
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {string[]}
 */
function lengthViolations(file, text) {
  if (!file.startsWith('src-renderer/') || !file.endsWith('.tsx')) return [];
  const lines = text.trimEnd().split('\n').length;
  return lines <= longestScreenFile ? [] : [`${file}: ${lines} lines, ${longestScreenFile} are allowed`];
}

/**
 * @param {string} file
 * @param {string} text
 * @returns {{ specifier: string, line: number }[]}
 */
function specifiersIn(file, text) {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const reexports = module.staticExports.flatMap((statement) =>
    statement.entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest] : [])),
  );
  const fixed = [...module.staticImports.map((statement) => statement.moduleRequest), ...reexports].map(
    ({ value, start }) => ({ value, start }),
  );
  // Only a dynamic import of a literal says where it leads.
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"])(.*)\1$/s.exec(text.slice(start, end).trim())?.[2];
    return literal === undefined ? [] : [{ value: literal, start }];
  });
  const seen = new Set();
  return [...fixed, ...dynamic]
    .filter(({ start }) => !seen.has(start) && seen.add(start))
    .map(({ value, start }) => ({ specifier: value, line: text.slice(0, start).split('\n').length }));
}

/**
 * @param {ReadonlyMap<string, string>} aliases
 * @param {string} file
 * @param {string} specifier
 * @returns {string | null | undefined} path relative to the root; null for a package, undefined for an unknown alias
 */
function resolveInProject(aliases, file, specifier) {
  const path = specifier.replace(/\?.*$/, '');
  if (path.startsWith('.')) return posix.join(posix.dirname(file), path);
  if (path.startsWith('/')) return path.slice(1);
  if (!path.startsWith('#')) return null;
  for (const [prefix, folder] of aliases) {
    if (path.startsWith(prefix)) return posix.join(folder, path.slice(prefix.length));
  }
  return undefined;
}

/**
 * @param {string} root
 * @returns {Map<string, string>} `#shared/` → `src-shared`
 */
function subpathImports(root) {
  /** @type {Record<string, string>} */
  const entries = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).imports ?? {};
  return new Map(
    Object.entries(entries).map(([from, to]) => [from.replace(/\*$/, ''), posix.normalize(to.replace(/\*$/, ''))]),
  );
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} path */
function posixPath(path) {
  return path.split(sep).join('/');
}

if (import.meta.main) {
  const violations = findViolations(process.cwd());
  for (const violation of violations) console.error(violation);
  if (violations.length === 0) console.log('every import points the right way');
  process.exitCode = violations.length === 0 ? 0 : 1;
}
