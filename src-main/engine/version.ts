/** The version of this engine; the same as in package.json, which a test compares. */
export const engineVersion = '0.1.0';
