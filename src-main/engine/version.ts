import manifest from '../../package.json' with { type: 'json' };

/** The version of this engine, as in package.json. */
export const engineVersion: string = manifest.version;
