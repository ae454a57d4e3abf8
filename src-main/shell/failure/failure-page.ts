import { failureUrl } from '../trust/own-pages.ts';

/** What a person can do on the page that reports a failed start. */
export type FailureChoice = 'retry' | 'quit';

export interface FailureReport {
  /** One plain line: why the engine could not start. */
  readonly reason: string;
  readonly dataFolder: string;
  /** Null while there is no folder to log to. */
  readonly logFolder: string | null;
}

/** Address behind each button of the page; the window acts on it and never loads it. */
const choiceAddresses: Readonly<Record<FailureChoice, string>> = {
  retry: `${failureUrl}retry`,
  quit: `${failureUrl}quit`,
};

/** What the person chose, told by the address that the page tries to go to; null for any other address. */
export function readFailureChoice(address: string): FailureChoice | null {
  if (address === choiceAddresses.retry) return 'retry';
  return address === choiceAddresses.quit ? 'quit' : null;
}

/** The page that says why the engine could not start. It holds no script; its two buttons are links. */
export function renderFailurePage(report: FailureReport): string {
  const logs = report.logFolder === null ? '' : `<dt>Logs</dt><dd>${escapeHtml(report.logFolder)}</dd>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Pedkai: the engine could not start</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
<h1>The engine could not start</h1>
<p id="reason" role="alert">${escapeHtml(report.reason)}</p>
<dl><dt>Data folder</dt><dd id="data-folder">${escapeHtml(report.dataFolder)}</dd>${logs}</dl>
<p>No alarm that was accepted is lost. Put the cause right and try again.</p>
<nav><a id="retry" class="primary" href="retry">Try again</a> <a id="quit" href="quit">Quit</a></nav>
</main>
</body>
</html>
`;
}

/** Style sheet of the page, in the system's colour scheme. */
export const failureStyle = `:root { color-scheme: light dark; }
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#f3f4f5, #111315); color: light-dark(#1b1e21, #d7dbe0); }
main { max-width: 46rem; margin: 12vh auto; padding: 0 2rem; }
h1 { font-size: 1.25rem; font-weight: 600; }
#reason { padding: .75rem 1rem; border-left: 3px solid #d64545; background: light-dark(#fff, #1b1e21); font-size: 1rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: light-dark(#5a626b, #98a1ab); }
dd { margin: 0; overflow-wrap: anywhere; user-select: text; }
nav { display: flex; gap: .75rem; margin-top: 1.5rem; }
a { padding: .4rem 1rem; border: 1px solid light-dark(#8b949e, #5a626b); border-radius: 4px; color: inherit; text-decoration: none; }
a.primary { background: #2f6fdb; border-color: #2f6fdb; color: #fff; }
a:focus-visible { outline: 2px solid #2f6fdb; outline-offset: 2px; }
`;

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
