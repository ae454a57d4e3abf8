/**
 * What the engine prints on stdout when it accepts requests.
 * @typedef {{ url: string, console: string }} Ready `console` is the address of the console with its key
 */

/**
 * @param {string} line
 * @returns {Ready | null} null when it is another line
 */
export function parseReadyLine(line) {
  try {
    const answer = JSON.parse(line);
    const isReady = answer?.ready === true && typeof answer.url === 'string' && typeof answer.console === 'string';
    return isReady ? { url: answer.url, console: answer.console } : null;
  } catch {
    return null;
  }
}
