import { extname, isAbsolute, join, relative, sep } from 'node:path';

/** Where a request for a file of the console leads. */
export type FileTarget =
  | { readonly kind: 'file'; readonly file: string }
  /** A view of the console, which is an address without a file behind it. */
  | { readonly kind: 'view' }
  | { readonly kind: 'refused' };

/**
 * Finds the file that a path of an address means, inside a folder and never outside it.
 * A path whose last part has no extension is a view; undecodable paths, NUL, backslashes and anything that
 * leaves the folder are refused.
 */
export function resolveFile(folder: string, pathname: string): FileTarget {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return { kind: 'refused' };
  }
  if (path.includes('\0') || path.includes('\\')) return { kind: 'refused' };
  const file = join(folder, path);
  const inside = relative(folder, file);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return { kind: 'refused' };
  return extname(path) === '' ? { kind: 'view' } : { kind: 'file', file };
}
