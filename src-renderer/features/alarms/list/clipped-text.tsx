/** Characters that a cell lays out at most; more would never be seen and costs time on every frame. */
const laidOut = 300;
/** Characters of the full text on hover; the details show all of it. */
const onHover = 1_000;

/** Text from outside in one line: isolated from the direction of what stands around it, cut to the cell, whole on hover. */
export function ClippedText({ text }: { readonly text: string }) {
  if (text === '') {
    return null;
  }
  return <bdi title={cut(text, onHover)}>{text.slice(0, laidOut)}</bdi>;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} …` : text;
}
