// biome-ignore-all lint/suspicious/noTemplateCurlyInString: electron-builder fills these placeholders in itself.
/**
 * Installers of the desktop console. Started by `npm run dist` (build/dist.mjs); docs/packaging.md says what is built and where.
 * Paths are relative to the project's folder, those of icons to the folder of build resources.
 * @type {import('electron-builder').Configuration}
 */
const configuration = {
  appId: 'org.pedkai.console',
  productName: 'Pedkai',
  copyright: 'Copyright © Pedkai',
  // A .deb names a home page and somebody to write to; who publishes the installers puts their own here.
  extraMetadata: { homepage: 'https://pedkai.invalid/' },
  directories: { output: 'dist', buildResources: 'build/icons' },
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',

  // The bundles and the packages that stay outside them. Of better-sqlite3 only its library and the target's own binary.
  files: [
    'out/**',
    'package.json',
    '!**/*.map',
    '!out/.built-from',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/better-sqlite3/binding.gyp',
    '!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node',
  ],
  // Read with plain file access by path; the shell tells the engine where.
  extraResources: [
    { from: 'migrations', to: 'migrations' },
    { from: 'docs/adr', to: 'adr' },
  ],
  asar: true,
  // The system's loader can open a native module only as a file of its own.
  asarUnpack: ['node_modules/better-sqlite3/prebuilds/**'],
  // One binary per platform serves Node and Electron (Node-API); a rebuild would ask for a compiler and change nothing.
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,

  electronFuses: {
    // The program is the console and nothing else: not a Node, not a debugging target, not a loader of loose files.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
    grantFileProtocolExtraPrivileges: false,
  },
  protocols: [{ name: 'Pedkai', schemes: ['pedkai'] }],
  publish: null,

  linux: {
    target: ['AppImage', 'deb'],
    icon: 'png',
    category: 'Network',
    executableName: 'pedkai',
    synopsis: 'Console for the people who keep a telecom network running',
    maintainer: 'Pedkai maintainers <maintainers@pedkai.invalid>',
    desktop: { entry: { StartupWMClass: 'Pedkai', Keywords: 'NOC;alarms;telecom;network;' } },
  },
  deb: { packageCategory: 'net' },
  win: { target: ['nsis'], icon: 'icon.ico' },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // Alarms and decisions are the user's, not the program's.
    deleteAppDataOnUninstall: false,
  },
  mac: {
    target: ['dmg'],
    icon: 'icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
  },
};

export default configuration;
